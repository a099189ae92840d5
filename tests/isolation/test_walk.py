"""Every address of the resolver, walked in Meghri with the ids, cookies, tokens and files of Goris.

The mark of Goris must never appear. Each row has a positive control: the same address in Goris, by its own people,
shows the mark, or the row is not counted.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.urls import URLResolver, get_resolver

from tenants.context import tenant
from tests.isolation.house import FIRST_ID, furnish

PARAMETER = re.compile(r"%\((\w+)\)s")
# Ends the session of the one who walks.
SKIPPED = ("admin/logout/",)
# Addresses that must be among the positive controls; without them the walk would prove little.
MUST_SHOW = (
    "admin/pages/%(page_id)s/edit/",
    "admin/images/%(image_id)s/",
    "admin/documents/edit/%(document_id)s/",
    "admin/users/edit/%(pk)s/",
    "admin/redirects/%(redirect_id)s/",
    "admin/outreach/alerts/edit/%(pk)s/",
    "alerts/",
    "alerts.json",
    "alerts/%(uuid)s/",
    "subscribe/manage/%(token)s/",
    "unsubscribe/%(token)s/",
    "admin/from-ministry/%(uuid)s/",
    "admin/work/cases/%(uuid)s/",
    "admin/work/tasks/",
    "admin/work/export.csv",
    "admin/exchange/outbox/",
    "admin/exchange/programs/",
    "admin/exchange/registers/",
    "admin/exchange/texts/%(channel)s/%(message)s/",
    "admin/notices/",
    "admin/exchange/programs/%(uuid)s/",
    "admin/exchange/programs/%(uuid)s/edit/",
    "admin/organisation/",
    "admin/organisation/units/edit/%(pk)s/",
    "admin/organisation/substitutions/edit/%(pk)s/",
    "admin/organisation/functions/",
    "admin/procedures/",
    "admin/procedures/%(code)s/%(number)s/",
    "admin/records/organisations/edit/%(pk)s/",
    "admin/records/budget/table/%(pk)s/",
    "admin/records/%(register)s/%(pk)s/preview/",
    "%(path)s%(file)s",
    "admin/work/cases/%(uuid)s/files/%(uuid)s/",
    "api/v1/cases/",
    "api/v1/cases/%(uuid)s/",
    "api/v1/cases/%(uuid)s/messages/",
    "api/v1/cases/%(uuid)s/notes/",
    "api/v1/cases/%(uuid)s/tasks/",
    "api/v1/cases/export.csv",
    "api/v1/tasks/",
    "api/v1/tasks/%(task)s/",
    "api/v1/bindings/",
    "api/v1/drafts/%(token)s/",
    "documents/%(_0)s/%(_1)s",
)


@dataclass(frozen=True)
class Row:
    """One address with one choice of parameters."""

    pattern: str
    path: str


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    """All addresses below a resolver with their parameters as %(name)s, once each."""
    for possibilities in {str(key): resolver.reverse_dict.getlist(key) for key in resolver.reverse_dict}.values():
        for possibility in possibilities:
            for result, _parameters in possibility[0]:
                yield prefix + result
    for own_prefix, inner in resolver.namespace_dict.values():
        yield from patterns(inner, prefix + own_prefix)


def choices(name: str, parts: dict[str, list[str]]) -> list[str]:
    if name in parts:
        return parts[name]
    if name == "_0":  # groups without a name: documents, and pages by their address
        return [*parts["int"], "canary", *parts["str"]]
    if name == "_1":
        return parts["document_filename"]
    if name in {"pk", "id"} or name.endswith(("_id", "_pk", "pk")):
        return parts["int"]
    return parts["str"]


def rows(parts: dict[str, list[str]]) -> list[Row]:
    found = {}
    for pattern in sorted(set(patterns(get_resolver()))):
        if pattern in SKIPPED or "wagtail_serve" in pattern:
            continue
        names = PARAMETER.findall(pattern)
        for values in itertools.islice(itertools.product(*(choices(name, parts) for name in names)), 12):
            path = "/" + pattern % dict(zip(names, values, strict=True))
            found[path] = Row(re.sub(r"%\(attachment\)s", "%(uuid)s", pattern), path)
    return list(found.values())


def shown(response, mark: str) -> bool:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = " ".join(f"{name}: {value}" for name, value in response.items())
    marks = (mark.encode(), mark.encode("ascii", "backslashreplace"), b"CANARY")
    return any(each in body for each in marks) or "CANARY" in headers


@pytest.mark.slow
def test_nothing_of_goris_is_seen_in_meghri(meghri, goris, staff_of, signed_in, client_for):
    house = furnish(goris)
    owner = signed_in(goris, house.user)
    visitor = signed_in(meghri, staff_of(meghri, superuser=True))
    stranger = client_for(meghri)
    stranger.cookies = owner.cookies.copy() if hasattr(owner.cookies, "copy") else owner.cookies
    bearer = {"headers": {"Authorization": f"Bearer {house.things.secret}"}}
    for client in (owner, visitor, stranger):
        client.raise_request_exception = False
    walked = rows(house.parts)
    leaks, positive = [], set()
    for row in walked:
        if shown(owner.get(row.path), house.mark):
            positive.add(row.pattern)
        if shown(visitor.get(row.path), house.mark):
            leaks.append(f"{row.path} to a superuser of Meghri")
        if shown(stranger.get(row.path), house.mark):
            leaks.append(f"{row.path} with the cookies of Goris")
        if row.path.startswith("/api/") and shown(client_for(meghri).get(row.path, **bearer), house.mark):
            leaks.append(f"{row.path} with a token of Goris")
    assert not leaks
    assert len(walked) > 200
    assert len(positive) >= 40, sorted(positive)
    assert set(MUST_SHOW) <= positive, sorted(set(MUST_SHOW) - positive)


def test_a_case_of_goris_is_not_found_in_meghri_by_number_and_code(meghri, goris, client_for):
    house = furnish(goris)
    question = {"number": house.things.number, "code": house.things.code}
    at_home = client_for(goris).post("/case/", question, follow=True)
    assert at_home.status_code == 200 and shown(at_home, house.mark)
    next_door = client_for(meghri).post("/case/", question, follow=True)
    assert not shown(next_door, house.mark)


def test_the_signed_in_applicant_of_goris_is_nobody_in_meghri(meghri, goris, client_for):
    house = furnish(goris)
    resident = client_for(goris)
    resident.post("/case/", {"number": house.things.number, "code": house.things.code})
    path = f"/case/{house.things.case.uuid}/"
    assert shown(resident.get(path), house.mark)
    resident.defaults["SERVER_NAME"] = "meghri.localhost"
    assert not shown(resident.get(path, follow=True), house.mark)


def test_an_invitation_of_goris_opens_nothing_in_meghri(meghri, goris, client_for, staff_of):
    house = furnish(goris)
    uid, token = house.things.invitation
    from tests.isolation.house import start_ids_at

    start_ids_at(meghri.schema_name, FIRST_ID)
    twin = staff_of(meghri, "canary@example.am")
    assert twin.pk == house.user.pk, "the same id on both sides, so that only the salt tells them apart"
    with tenant(meghri):
        type(twin).objects.filter(pk=twin.pk).update(password=house.user.password, last_login=house.user.last_login)
    at_home = client_for(goris).get(f"/invitation/{uid}/{token}/", follow=True)
    assert b'type="password"' in at_home.content
    next_door = client_for(meghri).get(f"/invitation/{uid}/{token}/", follow=True)
    assert b'type="password"' not in next_door.content


def test_the_page_cache_keeps_houses_apart(meghri, goris, client_for):
    house = furnish(goris)
    for _ in range(2):
        assert shown(client_for(goris).get("/"), house.mark)
        assert not shown(client_for(meghri).get("/"), house.mark)
