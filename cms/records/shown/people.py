"""People: the council by factions, the head with deputies, the staff as a tree, commissions, one person."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils.functional import SimpleLazyObject

from cms.phones import phone_href
from cms.records.models import Body, Mandate, Person
from cms.records.models.base import today
from cms.records.shown.pictures import PORTRAIT, drawn, prefetched

if TYPE_CHECKING:
    from cms.records.register import Asked

LEADERS = {Mandate.Post.CHAIR, Mandate.Post.UNIT_HEAD, Mandate.Post.HEAD}
_STAFF_ORDER = {post: number for number, post in enumerate(Mandate.Post.values)}


def current_offices() -> tuple[Prefetch, ...]:
    """The running mandates of people, as `current_offices` of each."""
    running = Mandate.objects.current().select_related("body", "settlement")
    return (Prefetch("mandates", queryset=running, to_attr="current_offices"),)


def in_bodies(*kinds: str) -> Callable[[QuerySet[Any]], QuerySet[Any]]:
    """People who hold or held an office in bodies of these kinds."""

    def narrow(rows: QuerySet[Any]) -> QuerySet[Any]:
        terms = Mandate.objects.filter(person=OuterRef("pk"), body__kind__in=kinds, body__is_published=True)
        return rows.filter(Exists(terms))

    return narrow


def offices_text(record: Person, language: str) -> str:
    """The offices a person holds now, in one line."""
    offices = getattr(record, "current_offices", None)
    if offices is None:
        offices = Mandate.objects.current().filter(person=record).select_related("body")
    return "; ".join(dict.fromkeys(office_line(mandate, language) for mandate in offices))


def office_line(mandate: Mandate, language: str) -> str:
    """«Head of a unit, Finance department»; the name of the body where the office itself does not tell it."""
    office = mandate.office(language)
    tells = (Mandate.Post.HEAD, Mandate.Post.FIRST_DEPUTY, Mandate.Post.DEPUTY, Mandate.Post.SECRETARY)
    if mandate.post == Mandate.Post.ADMINISTRATIVE_HEAD and mandate.settlement is not None:
        return ", ".join(filter(None, (office, mandate.settlement.title(language))))
    if mandate.post in tells or getattr(mandate, f"title_{language}"):
        return office
    return ", ".join(filter(None, (office, mandate.body.title(language))))


def _current(*kinds: str) -> list[Mandate]:
    return list(
        Mandate.objects.current()
        .published()
        .filter(body__kind__in=kinds)
        .select_related("body", "settlement", "person")
        .prefetch_related(prefetched("person__portrait", PORTRAIT))
    )


def card(person: Person, asked: Asked, note: str = "") -> dict[str, Any]:
    """A person in a list: name, address of the detail page, portrait or mark, contacts."""
    return {
        "name": person.title(asked.language),
        "url": f"{asked.page.url}{person.address}/",
        "portrait": drawn(person.portrait, PORTRAIT) if person.portrait_id else None,
        "mark": person.initials(asked.language),
        "note": note,
        "education": person.text("education", asked.language),
        "profession": person.text("profession", asked.language),
        "phone": person.phone,
        "phone_href": phone_href(person.phone),
        "email": person.email,
        "reception": person.text("reception", asked.language),
    }


def _named(mandates: Iterable[Mandate], language: str) -> list[Mandate]:
    """Those whose people have a name in the language."""
    return [mandate for mandate in mandates if mandate.person.title(language)]


def _leaders_first(mandates: Iterable[Mandate]) -> list[Mandate]:
    return sorted(mandates, key=lambda mandate: (mandate.post not in LEADERS, mandate.position, mandate.pk))


def council(asked: Asked) -> dict[str, Any]:
    """Members by factions; each with the commissions; former members."""
    language = asked.language
    terms = _named(_current("council", "faction", "commission"), language)
    body = Body.objects.filter(kind="council", is_published=True).first()
    commissions: dict[int, list[str]] = {}
    for term in terms:
        if term.body.kind == Body.Kind.COMMISSION:
            commissions.setdefault(term.person_id, []).append(term.body.title(language))
    in_faction = {term.person_id for term in terms if term.body.kind == Body.Kind.FACTION}
    by_body: dict[Body, list[Mandate]] = {}
    for term in terms:
        if term.body.kind == Body.Kind.FACTION:
            by_body.setdefault(term.body, []).append(term)
    groups = [
        {"title": faction.title(language), "members": _members(members, asked, commissions)}
        for faction, members in sorted(by_body.items(), key=lambda pair: (pair[0].position, -len(pair[1]), pair[0].pk))
    ]
    others = [term for term in terms if term.body.kind == Body.Kind.COUNCIL and term.person_id not in in_faction]
    if others:
        groups.append({"title": "", "members": _members(others, asked, commissions)})
    members = {term.person_id for term in terms if term.body.kind in (Body.Kind.COUNCIL, Body.Kind.FACTION)}
    starts = [term.starts_on for term in terms if term.body.kind == Body.Kind.COUNCIL]
    return {
        "groups": groups,
        "has_factions": bool(by_body),
        "members_total": len(members),
        "seats": body.seats if body else None,
        "since": min(starts) if starts else None,
        "contact": _contact(body, language),
        "commissions": _commission_links(asked),
        "former": _former(asked, "council"),
    }


def _members(terms: list[Mandate], asked: Asked, commissions: dict[int, list[str]]) -> list[dict[str, Any]]:
    rows = []
    for term in _leaders_first(terms):
        leads = term.post in LEADERS and term.body.kind == Body.Kind.FACTION
        note = term.office(asked.language) if leads else ", ".join(commissions.get(term.person_id, []))
        rows.append(card(term.person, asked, note))
    return rows


def _commission_links(asked: Asked) -> list[dict[str, str]]:
    page = asked.register.page(asked.language, "commissions")
    if page is None:
        return []
    bodies = Body.objects.filter(kind="commission", is_published=True)
    return [
        {"title": body.title(asked.language), "url": f"{page.url}#{body.address}"}
        for body in bodies
        if body.title(asked.language)
    ]


def _contact(body: Body | None, language: str) -> dict[str, str]:
    if body is None:
        return {}
    return {
        "address": body.text("address", language),
        "phone": body.phone,
        "phone_href": phone_href(body.phone),
        "email": body.email,
    }


def _former(asked: Asked, *kinds: str, posts: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """Those whose term has ended, the latest first."""
    terms = Mandate.objects.former().published().filter(body__kind__in=kinds)
    if posts:
        terms = terms.filter(post__in=posts)
    terms = terms.select_related("person").order_by("-ends_on", "pk")[:60]
    return [
        {
            "name": term.person.title(asked.language),
            "url": f"{asked.page.url}{term.person.address}/",
            "from": term.starts_on,
            "to": term.ends_on,
        }
        for term in _named(terms, asked.language)
    ]


def head(asked: Asked) -> dict[str, Any]:
    """The head with biography and reception, deputies, the earlier heads."""
    language = asked.language
    terms = _named(_current("head"), language)
    terms.sort(key=lambda term: (_STAFF_ORDER[term.post], term.position, term.pk))
    chief = next((term for term in terms if term.post == Mandate.Post.HEAD), None)
    body = Body.objects.filter(kind="head", is_published=True).first()
    return {
        "head": {
            **card(chief.person, asked, chief.office(language)),
            "biography": chief.person.text("text", language),
            "since": chief.starts_on,
            "until": chief.ends_on,
            "basis": chief.basis if language == "hy" else "",
        }
        if chief
        else None,
        "deputies": [card(term.person, asked, office_line(term, language)) for term in terms if term is not chief],
        "contact": _contact(body, language),
        "former": _former(asked, "head", posts=("head",)),
    }


def staff(asked: Asked) -> dict[str, Any]:
    """Units as a tree, each with its people: what article 7 of the law on freedom of information asks for."""
    language = asked.language
    units = list(Body.objects.filter(kind__in=("unit", "settlement"), is_published=True))
    by_unit: dict[int, list[Mandate]] = {}
    for term in _named(_current("unit", "settlement"), language):
        by_unit.setdefault(term.body_id, []).append(term)
    known = {unit.pk for unit in units}
    children: dict[int | None, list[Body]] = {}
    for unit in units:
        children.setdefault(unit.parent_id if unit.parent_id in known else None, []).append(unit)

    def branch(unit: Body, depth: int) -> dict[str, Any]:
        terms = sorted(by_unit.get(unit.pk, []), key=lambda term: (_STAFF_ORDER[term.post], term.position, term.pk))
        return {
            "title": unit.title(language),
            "anchor": unit.address,
            "text": unit.text("text", language),
            "contact": _contact(unit, language),
            "people": [card(term.person, asked, term.office(language)) for term in terms],
            "units": [branch(child, depth + 1) for child in children.get(unit.pk, []) if depth < 6],
            "level": min(depth + 2, 4),
        }

    units_shown = [branch(unit, 0) for unit in children.get(None, []) if unit.title(language)]
    units_shown = [unit for unit in units_shown if unit["people"] or unit["units"] or unit["text"]]
    return {"units": units_shown, "people_total": len({term.person_id for terms in by_unit.values() for term in terms})}


def commissions(asked: Asked) -> dict[str, Any]:
    """Each commission with its chair and members."""
    language = asked.language
    terms: dict[int, list[Mandate]] = {}
    for term in _named(_current("commission"), language):
        terms.setdefault(term.body_id, []).append(term)
    bodies = [body for body in Body.objects.filter(kind="commission", is_published=True) if body.title(language)]
    return {
        "groups": [
            {
                "title": body.title(language),
                "anchor": body.address,
                "text": body.text("text", language),
                "members": [
                    card(term.person, asked, term.office(language)) for term in _leaders_first(terms.get(body.pk, []))
                ],
            }
            for body in bodies
        ]
    }


def person(asked: Asked) -> dict[str, Any]:
    """One person: offices now and before, contacts, reception, what the law asks for, biography."""
    language, on = asked.language, today()
    record: Person = asked.record
    terms = list(
        Mandate.objects.filter(person=record, body__is_published=True, starts_on__lte=on)
        .select_related("body", "settlement")
        .order_by("-starts_on", "pk")
    )
    offices = [_office(term, language, on) for term in terms]
    return {
        "person": SimpleLazyObject(lambda: card(record, asked)),
        "offices": [office for office in offices if office["is_current"]],
        "earlier": [office for office in offices if not office["is_current"]],
        "biography": record.text("text", language),
    }


def _office(term: Mandate, language: str, on: date) -> dict[str, Any]:
    return {
        "text": office_line(term, language),
        "from": term.starts_on,
        "to": term.ends_on,
        "basis": term.basis if language == "hy" else "",
        "is_current": term.holds(on),
    }
