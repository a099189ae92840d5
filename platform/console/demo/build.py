"""Fills the demonstration communities. Every step may be repeated: what is there already stays."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.core.exceptions import ImproperlyConfigured

from cms.public import authoring, search_paused
from console.demo import chronicle, organisation, pictures
from tenants import hosts, provisioning
from tenants.catalogue import MINISTRY_SLUG
from tenants.context import register, tenant
from tenants.models import Community

Report = Callable[[str], None]
PASSWORD = "hamaynk-demo-2026"  # noqa: S105 - a demo login; it exists only with settings.DEMO
CONTENT = json.loads((Path(__file__).parent / "content.json").read_text(encoding="utf-8"))
CAPTIONS = {
    "hy": "Գծանկար՝ օրինակի համար, ոչ լուսանկար։",
    "en": "A drawing, as an example; no photograph.",
    "ru": "Рисунок для примера, не фотография.",
}
SUBJECTS = {"garden": "այգիներ և լեռներ", "village": "տներ և լեռներ", "water": "ջուր և լեռներ"}


@dataclass(frozen=True, slots=True)
class Login:
    """A demo member of staff: the part before the @, the name, the position, the groups (None: all)."""

    name: str
    first_name: str
    last_name: str
    job_title: str
    groups: tuple[str, ...] | None


OFFICERS = "Դիմումների պատասխանատուներ"
REGISTRY = "Գործավարներ"
LOGINS = (
    Login("admin", "Անի", "Կառավարյան", "Կայքի կառավարիչ", None),
    Login("editor", "Լուսինե", "Խմբագրյան", "Մամուլի պատասխանատու", ("Գլխավոր խմբագիրներ",)),
    Login("officer", "Հայկ", "Գործավարյան", "Գործավար", (REGISTRY,)),
    Login("head", "Արմեն", "Օրինակյան", "Համայնքի ղեկավար", (OFFICERS,)),
    Login("specialist", "Մարիամ", "Բաժնյան", "Գլխավոր մասնագետ", (OFFICERS,)),
    Login("office", "Վահե", "Գյուղապետյան", "Վարչական ղեկավար", (OFFICERS,)),
)


def build(report: Report) -> None:
    """Onboard what is missing, then fill it. Raises ImproperlyConfigured outside the demo mode."""
    if not settings.DEMO:
        raise ImproperlyConfigured("Demo content and logins exist only in local mode on a loopback address.")
    for slug, content in CONTENT.items():
        community = _connect(slug, content, report)
        with tenant(community):
            report(f"{slug}: logins")
            add_logins(community)
            if not community.is_ministry:
                organisation.build(community)
            # The profile is written last: with it the content is complete, and what people changed since stays.
            if not community.is_ministry and not authoring.has_profile():
                report(f"{slug}: content")
                fill(community, content)


def _connect(slug: str, content: dict[str, Any], report: Report) -> Community:
    with register():
        community = Community.objects.get(slug=slug)
        if community.status in (Community.Status.DRAFT, Community.Status.PROVISIONING):
            asked = provisioning.Request(
                admin_email=f"admin@{slug}.example",
                code=content.get("code", ""),
                slug=slug if slug == MINISTRY_SLUG else "",
                admin_first_name=LOGINS[0].first_name,
                admin_last_name=LOGINS[0].last_name,
                requested_by="manage.py demo",
            )
            if community.status == Community.Status.DRAFT:
                community = provisioning.accept(asked)
            provisioning.run(community, report)
        return Community.objects.select_related("marz").get(slug=slug)


@cache
def _password_hash() -> str:
    """Computed once: a good hash is slow on purpose, and all demo logins share the password."""
    return make_password(PASSWORD)


def _is_of_a_municipality(login: Login) -> bool:
    """The ministry receives no applications."""
    return login.groups in ((OFFICERS,), (REGISTRY,))


def add_logins(community: Community) -> None:
    """One login for each role, all with the same published password."""
    staff = get_user_model().objects
    for login in LOGINS:
        if community.is_ministry and _is_of_a_municipality(login):
            continue
        email = f"{login.name}@{community.slug}.example"
        user = staff.filter(email=email).first()
        if user is not None and user.has_usable_password():
            continue  # theirs already: names, groups and password may have been changed
        user = user or staff.create_staff(email)  # type: ignore[attr-defined]
        user.first_name, user.last_name, user.job_title = login.first_name, login.last_name, login.job_title
        user.is_staff = True
        user.password = _password_hash()
        user.save()
        wanted = Group.objects.all() if login.groups is None else Group.objects.filter(name__in=login.groups)
        user.groups.set(wanted)


def fill(community: Community, content: dict[str, Any]) -> None:
    """Profile, reception, figures and news of a community."""
    with search_paused():
        for language, people in content["people"].items():
            authoring.set_reception(language, people, content["offices"].get(language, ()))
        for language, figures in content["figures"].items():
            authoring.set_figures(language, [tuple(row) for row in figures], content["figures_note"][language])
        for item in [*content["news"], *chronicle.news(community.slug)]:
            _add_news(community, content["accent"], item)
        chronicle.write(community, content["accent"])
        arms = authoring.add_picture(
            "Զինանշանի փոխարեն",
            "Վահան՝ լեռներով և ջրով։ Օրինակ է, ոչ զինանշան։",
            pictures.arms(content["accent"]),
            is_drawing=True,
        )
        authoring.set_profile(
            accent=content["accent"],
            arms=arms,
            phone=content["phone"],
            email=content["email"],
            addresses=content["addresses"],
            hours=[tuple(row) for row in content["hours"]],
            look=content.get("look", {}),
        )
    authoring.finish()


def _add_news(community: Community, accent: str, item: dict[str, Any]) -> None:
    drawn = pictures.landscape(f"{community.slug}/{item['key']}", accent, item["subject"])
    picture = authoring.add_picture(
        f"Գծանկար․ {item['hy']['title']}"[:200], f"Գծանկար՝ {SUBJECTS[item['subject']]}", drawn, is_drawing=True
    )
    for language in ("hy", "en", "ru"):
        text = item.get(language)
        if text:
            authoring.add_news(
                item["key"],
                language,
                title=text["title"],
                lede=text["lede"],
                paragraphs=[f"<p>{paragraph}</p>" for paragraph in text["body"]],
                on=authoring.days_ago(item["days"]),
                slug=item["slug"],
                place=item["place"].get(language, ""),
                picture=picture,
                caption=CAPTIONS[language],
            )


def table() -> list[tuple[str, str, str]]:
    """Address, who, and login of everything in the demo: rows for people to read."""
    rows = []
    with register():
        communities = list(
            Community.objects.filter(slug__in=list(CONTENT), status=Community.Status.ACTIVE).prefetch_related("domains")
        )
    communities.sort(key=lambda community: list(CONTENT).index(community.slug))
    for community in communities:
        address = hosts.address(community.primary_host())
        rows.append((f"{address}/", f"{community.name('hy')}, website", ""))
        for login in LOGINS:
            if not (community.is_ministry and _is_of_a_municipality(login)):
                rows.append((f"{address}/admin/", login.job_title, f"{login.name}@{community.slug}.example"))
    return rows
