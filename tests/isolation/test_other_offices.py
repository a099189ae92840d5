"""Every address of a case, walked by officers of the same municipality who may not see it: another settlement, another
department, below the clearance, the day after a substitution. Whatever the address, it is not found."""

from __future__ import annotations

import itertools
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import get_resolver

from services_api.cases import public as cases
from services_api.cases.models import Attachment
from tests.isolation.test_walk import PARAMETER, patterns
from tests.services_api.cases.staffed import SHVANIDZOR, build, today

# Where staff read and work on cases; whatever stands below is walked, also what does not exist yet.
ROOTS = ("admin/work/", "api/v1/cases/", "api/v1/tasks/")
MOST_ADDRESSES = 12


@pytest.fixture
def house(meghri, staff_of, as_tenant):
    as_tenant(meghri)
    return build(meghri, staff_of)


@pytest.fixture
def case(house):
    """An application of Shvanidzor with a file, in the hands of its officer."""
    made = house.case("walked", SHVANIDZOR, assigned_position=house.positions["shvanidzor"])
    kept = cases.store_upload(cases.clean(SimpleUploadedFile("akt.pdf", b"%PDF-1.4\n% x\n%%EOF\n")))
    Attachment.objects.filter(pk=kept.pk).update(case=made, draft=None)
    made.file = kept
    order = cases.Order(kind="inform", to=[f"p{house.positions['shvanidzor'].pk}"], text="x")
    (made.task,) = cases.issue(made.uuid, order, actor=cases.staff(house.user("registry")))
    return made


def addresses(case) -> list[str]:
    """Every address below the roots that names this case, with its file where one is named."""
    found = set()
    parts = {"uuid": [str(case.uuid)], "attachment": [str(case.file.uuid)], "task": [str(case.task.uuid)]}
    for pattern in patterns(get_resolver()):
        names = PARAMETER.findall(pattern)
        if not pattern.startswith(ROOTS) or not {"uuid", "task"} & set(names):
            continue
        choices = [parts.get(name, [str(case.uuid), str(case.pk), "x"]) for name in names]
        for values in itertools.islice(itertools.product(*choices), MOST_ADDRESSES):
            found.add("/" + pattern % dict(zip(names, values, strict=True)))
    return sorted(found)


def statuses(client, paths: list[str]) -> dict[str, set[int]]:
    """What reading and writing answer at each address; 405 says nothing about a case."""
    client.raise_request_exception = False
    return {path: {client.get(path).status_code, client.post(path, {}).status_code} - {405} for path in paths}


@pytest.mark.slow
def test_no_address_of_a_case_opens_to_officers_who_may_not_see_it(house, case, signed_in, meghri):
    paths = addresses(case)
    assert len(paths) >= 5, paths
    yesterday = today() - timedelta(days=1)
    house.substitution("shvanidzor", "chief", valid_from=yesterday, valid_to=yesterday)
    for name in ("nrnadzor", "specialist", "chief"):
        answers = statuses(signed_in(meghri, house.people[name]), paths)
        wrong = {path: each for path, each in answers.items() if each != {404}}
        assert not wrong, (name, wrong)
    for name in ("shvanidzor", "registry", "head"):
        answers = statuses(signed_in(meghri, house.people[name]), paths)
        main = [path for path in paths if re.fullmatch(rf".*/cases/{case.uuid}/", path)]
        assert main and all(200 in answers[path] for path in main), (name, answers)


@pytest.mark.slow
def test_above_the_clearance_no_address_opens_to_its_own_officer(house, case, signed_in, meghri):
    type(case).objects.filter(pk=case.pk).update(confidentiality=3)
    for name in ("shvanidzor", "registry"):
        answers = statuses(signed_in(meghri, house.people[name]), addresses(case))
        assert set().union(*answers.values()) == {404}, name


def test_lists_and_files_of_lists_do_not_name_it_either(house, case, signed_in, meghri):
    for name, shown in (("nrnadzor", False), ("specialist", False), ("shvanidzor", True), ("head", True)):
        client = signed_in(meghri, house.people[name])
        for path in (
            "/admin/work/", f"/admin/work/?q={case.number}", "/admin/work/export.csv", "/api/v1/cases/",
            "/api/v1/cases/export.csv",
        ):  # fmt: skip
            # The word that was looked for stands in its own field.
            body = b"".join(client.get(path)).decode().replace(f'value="{case.number}"', "")
            assert (case.number in body) == shown, (name, path)
