"""A year of a community from plain rows: records, pages, alerts, polls. Runs inside a tenant; may be repeated.

Texts are lists of three, Armenian, English, Russian, "" where there is none; `{year}` and `{next}` stand for this year
and the next one. Days are counted back from today; a negative number is a day to come.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import nh3
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page
from wagtail.rich_text import RichText

from cms.authoring import people, records
from cms.authoring.pages import add_page
from cms.models import AnnouncementPage, ConsultationPage, EventPage, GalleryPage, SiteImage
from cms.outreach import alerts
from cms.outreach.models import Alert, Poll, PollQuestion
from cms.records.models import (
    Auction,
    Body,
    BudgetYear,
    Mandate,
    Organisation,
    Procurement,
    Programme,
    Property,
    Report,
    SettlementCard,
    Vacancy,
    Video,
)
from cms.seeds.tree import translation_key
from cms.services_catalogue import CARD_TAGS

Row = Mapping[str, Any]
Texts = Sequence[str]
LANGUAGES = ("hy", "en", "ru")
# Shares of a budget are given per so many of the total; amounts are rounded to whole thousands of drams.
SHARES, ROUNDING = 10_000, 1_000
EVENT_HOURS = 2


def words(texts: Texts | None, **tokens: Any) -> dict[str, str]:
    """Three texts as a mapping by language; what is empty is left out."""
    this = timezone.localdate().year
    tokens = {"year": this, "next": this + 1, **tokens}
    return {code: text.format(**tokens) for code, text in zip(LANGUAGES, texts or (), strict=False) if text}


def day(ago: int) -> date:
    """A date in Yerevan."""
    return timezone.localdate() - timedelta(days=ago)


def moment(ago: int, hour: int = 17) -> datetime:
    """An hour, local time, of a day."""
    return timezone.make_aware(datetime.combine(day(ago), time(hour)))


def _card(name: str) -> SettlementCard | None:
    return SettlementCard.objects.filter(name_hy=name).first() if name else None


# --- who governs


@transaction.atomic
def add_government(bodies: Sequence[Row], rows: Sequence[Row], seats: int) -> dict[str, Body]:
    """Bodies and people with their terms. Returns the bodies by code, the three of every community included."""
    known = {code: people.body(code) for code in ("head", "council", "staff")}
    people.set_seats(seats)
    for position, row in enumerate(bodies):
        parent = known["staff"] if row["kind"] == Body.Kind.UNIT else known["council"]
        known[row["code"]] = people.add_body(
            row["kind"], words(row["title"]), parent=parent, phone=row.get("phone", ""), position=position
        )
    members = []
    for row in rows:
        person = people.add_person(
            words(row["name"]),
            text=words(row.get("text")),
            education=words(row.get("education")),
            profession=words(row.get("profession")),
            phone=row.get("phone", ""),
            email=row.get("email", ""),
        )
        since = date.fromisoformat(row["from"])
        until = date.fromisoformat(row["until"]) if row.get("until") else None
        body = known[row["body"]]
        people.appoint(
            person, body, row["post"], since,
            until=until, settlement=_card(row.get("settlement", "")), title=words(row.get("title")),
            position=row.get("place", 0),
        )  # fmt: skip
        if body.kind == Body.Kind.COUNCIL and until is None:
            members.append((person, since))
            if row.get("faction"):
                post = Mandate.Post.CHAIR if row.get("faction_chair") else Mandate.Post.MEMBER
                people.appoint(person, known[row["faction"]], post, since)
    for row in bodies:
        for place, number in enumerate(row.get("members", ())):
            person, since = members[number]
            post = Mandate.Post.MEMBER if place else Mandate.Post.CHAIR
            people.appoint(person, known[row["code"]], post, since, position=place)
    return known


def describe_settlements(rows: Mapping[str, Row]) -> None:
    """Text, reception and phone of settlements by their Armenian name; what people wrote stays."""
    for name in SettlementCard.objects.filter(name_hy__in=rows, text_hy="").values_list("name_hy", flat=True):
        row = rows[name]
        records.describe_settlement(
            name, text=words(row["text"]), reception=words(row["reception"]), phone=row.get("phone", "")
        )


def add_organisations(rows: Iterable[Row]) -> None:
    """Organisations of the community."""
    for row in rows:
        records.add(
            Organisation, words(row["title"]), kind=row["kind"], settlement=_card(row.get("settlement", "")),
            phone=row.get("phone", ""), head=words(row.get("head")),
        )  # fmt: skip


# --- money


def budget_lines(total: int, rows: Sequence[Sequence[Any]], quarters: Sequence[float]) -> list[tuple[Any, ...]]:
    """Lines of a budget whose two sides add up to `total` (AMD), with what was executed.

    `rows`: side, group, code, three names, share of the total per 10,000. `quarters`: executed share of the plan since
    1 January, growing.
    """
    lines: list[tuple[Any, ...]] = []
    for side in ("income", "expense"):
        chosen, rest = [row for row in rows if row[0] == side], total
        for number, (_side, group, code, names, share) in enumerate(chosen, start=1):
            # The last line takes what rounding has left, so that the sides add up.
            amount = rest if number == len(chosen) else round(total * share / SHARES / ROUNDING) * ROUNDING
            rest -= amount
            # Lines do not all go alike; what differs is fixed by the code, so that every run gives the same.
            pace = 1 + (sum(map(ord, code)) % 7 - 3) / 60
            done = tuple(min(amount, round(amount * part * pace / ROUNDING) * ROUNDING) for part in quarters)
            lines.append((side, group, code, words(names), amount, None, done))
    return lines


_REPORTS = (
    (
        "{year} թվականի առաջին եռամսյակի կատարման հաշվետվություն",
        "First quarter of {year}",
        "Первый квартал {year} года",
    ),
    ("{year} թվականի առաջին կիսամյակի կատարման հաշվետվություն", "First half of {year}", "Первое полугодие {year} года"),
    ("{year} թվականի ինն ամսվա կատարման հաշվետվություն", "Nine months of {year}", "Девять месяцев {year} года"),
)
_ADOPTED = (
    "Ավագանու որոշում {year} թվականի բյուջեի մասին",
    "Decision on the budget of {year}",
    "Решение о бюджете на {year} год",
)
_WHOLE_YEAR = (
    "{year} թվականի բյուջեի տարեկան հաշվետվություն",
    "Annual report on the budget of {year}",
    "Годовой отчёт об исполнении бюджета за {year} год",
)
_BUDGET = ("{year} թվականի բյուջե", "Budget of {year}", "Бюджет на {year} год")


def add_budget(
    year: int, total: int, rows: Sequence[Sequence[Any]], decision: str, quarters: Sequence[float]
) -> BudgetYear:
    """An adopted budget with its documents; one that is there already stays."""
    found = BudgetYear.objects.filter(year=year).first()
    if found is not None:
        return found
    adopted_on, is_over = date(year - 1, 12, 22), len(quarters) == len(_REPORTS) + 1
    budget = records.set_budget(
        year, words(_BUDGET, year=year), status="closed" if is_over else "adopted", number=decision,
        decided_on=adopted_on, lines=budget_lines(total, rows, quarters),
    )  # fmt: skip
    records.add_budget_document(budget, "adopted", words(_ADOPTED, year=year), adopted_on, number=decision)
    for quarter, title in enumerate(_REPORTS[: len(quarters)], start=1):
        on = date(year, quarter * 3 + 1, 15)
        records.add_budget_document(budget, "quarterly", words(title, year=year), on, quarter=quarter)
    if is_over:
        records.add_budget_document(budget, "annual", words(_WHOLE_YEAR, year=year), date(year + 1, 2, 20))
    return budget


def add_plans(programmes: Iterable[Row], reports: Iterable[Row]) -> None:
    """Programmes (`years`: two years, or offsets from this year) and reports (`year`: an offset)."""
    this = timezone.localdate().year
    for row in programmes:
        first, last = (year if year > 1000 else this + year for year in row["years"])
        on = date.fromisoformat(row["on"]) if "on" in row else day(row["days"])
        records.add(
            Programme, words(row["title"], year=first), kind=row["kind"], first_year=first, last_year=last,
            decision_number=row.get("number", ""), date=on, text=words(row.get("text")),
        )  # fmt: skip
    for row in reports:
        year = this + row["year"]
        records.add(
            Report, words(row["title"], year=year), kind=row["kind"], year=year, date=day(row["days"]),
            text=words(row.get("text")),
        )  # fmt: skip


def add_procurement(rows: Iterable[Row]) -> None:
    """Procurement; a contract lasts half a year."""
    year = timezone.localdate().year
    for row in rows:
        is_contract = row["stage"] == Procurement.Stage.CONTRACT
        records.add(
            Procurement, words(row["title"]), stage=row["stage"], code=f"{row['code']}-{year % 100}",
            amount=row["amount"], supplier=row.get("supplier", ""), date=day(row["days"]),
            deadline=moment(row["deadline"]) if row.get("deadline") is not None else None,
            contract_from=day(row["days"]) if is_contract else None,
            contract_to=day(row["days"] - 180) if is_contract else None,
        )  # fmt: skip


_HALL = ("Համայնքապետարանի նիստերի դահլիճ", "Session hall of the municipality", "Зал заседаний муниципалитета")


def add_property(properties: Iterable[Row], auctions: Iterable[Row]) -> None:
    """Property and its auctions; an auction names its property by the number of the row."""
    rows = [
        records.add(
            Property, words(row["title"]), kind=row["kind"], state=row["state"],
            settlement=_card(row.get("settlement", "")), area=row["area"], use=words(row.get("use")),
        )
        for row in properties
    ]  # fmt: skip
    for row in auctions:
        records.add(
            Auction, words(row["title"]), kind=row["kind"], property=rows[row["property"]], date=day(row["days"]),
            deadline=moment(row["deadline"]), held_at=moment(row["held"], 11), starting_price=row["price"],
            deposit=row["deposit"], final_price=row.get("final"), place=words(_HALL), result=words(row.get("result")),
        )  # fmt: skip


_HOW_TO_APPLY = (
    "Դիմումը, ինքնակենսագրությունը, դիպլոմի և անձնագրի պատճենները ընդունում է քարտուղարությունը։",
    "Application, curriculum vitae and copies of diploma and passport are taken by the secretariat.",
    "Заявление, автобиографию, копии диплома и паспорта принимает секретариат.",
)


def add_vacancies(rows: Iterable[Row], bodies: Mapping[str, Body]) -> None:
    """Vacant posts with their competitions."""
    for row in rows:
        records.add(
            Vacancy, words(row["title"]), unit=bodies.get(row["unit"]), date=day(row["days"]),
            deadline=moment(row["deadline"], 18), held_at=moment(row["held"], 11), salary=row["salary"],
            requirements=words(row.get("requirements")), procedure=words(_HOW_TO_APPLY),
            result=words(row.get("result")),
        )  # fmt: skip


def add_videos(rows: Iterable[Row], link: str) -> None:
    """Recordings; `link`: the address they all lead to, since nothing of a demonstration is on another site."""
    for row in rows:
        records.add(
            Video, words(row["title"]), kind=row["kind"], date=day(row["days"]), minutes=row.get("minutes"), link=link
        )


# --- pages


def _html(text: str) -> str:
    return nh3.clean(text, tags=CARD_TAGS)


def set_text(key: str, texts: Texts, *, ago: int) -> None:
    """Publish a text of one's own on a page of the seeded tree, in each language; what people published stays."""
    for code, text in words(texts).items():
        page = Page.objects.filter(translation_key=translation_key(key), locale__language_code=code).first()
        if page is None or page.last_published_at is not None:
            continue
        specific = page.specific
        specific.body = [("paragraph", RichText(_html(text)))]
        specific.first_published_at = specific.last_published_at = moment(ago, 11)
        specific.save()


def _each_language(row: Row, *names: str) -> Iterable[tuple[str, dict[str, str]]]:
    spoken = {name: words(row.get(name)) for name in names}
    for code in spoken["title"]:
        yield code, {name: texts.get(code, "") for name, texts in spoken.items()}


def add_announcements(rows: Iterable[Row]) -> None:
    """Announcements in force for a while."""
    for row in rows:
        for code, text in _each_language(row, "title", "lede", "body"):
            add_page(
                AnnouncementPage, f"announcement/{row['key']}", code, below="announcements", title=text["title"],
                slug=f"{row['key']}-{day(row['days']):%Y-%m}", text=[_html(text["body"])], lede=text["lede"],
                kind=row["kind"], published_on=day(row["days"]), expires_on=day(row["until"]),
            )  # fmt: skip


def add_events(rows: Iterable[Row]) -> None:
    """Events of two hours."""
    for row in rows:
        starts = moment(row["days"], row["hour"])
        for code, text in _each_language(row, "title", "lede", "place"):
            add_page(
                EventPage, f"event/{row['key']}", code, below="events", title=text["title"],
                slug=f"{row['key']}-{starts:%Y-%m}", lede=text["lede"], place=text["place"],
                settlement=row["settlement"] if code == "hy" else "", starts_at=starts,
                ends_at=starts + timedelta(hours=EVENT_HOURS), published_on=day(max(row["days"], 0)),
            )  # fmt: skip


def add_consultations(rows: Iterable[Row], place: Texts) -> None:
    """Hearings and discussions; a closed one has a result ten days later, and a digest of proposals in Armenian."""
    for row in rows:
        meets = row["meets"] is not None
        for code, text in _each_language(row, "title", "lede", "body", "result"):
            fields: dict[str, Any] = {}
            if text["result"]:
                fields["result"] = [("paragraph", RichText(_html(text["result"])))]
                fields["result_on"] = day(row["closes"] - 10)
            if code == "hy":
                fields["digest"] = [("row", _digest(entry, row["closes"])) for entry in row.get("digest", ())]
            add_page(
                ConsultationPage, f"consultation/{row['key']}", code, below="hearings", title=text["title"],
                slug=f"{row['key']}-{day(row['opens']):%Y-%m}", text=[_html(text["body"])], lede=text["lede"],
                published_on=day(row["opens"]), kind=row["kind"], is_normative=row["normative"],
                opens_on=day(row["opens"]), closes_on=day(row["closes"]),
                meets_at=moment(row["meets"], 18) if meets else None, place=words(place)[code] if meets else "",
                **fields,
            )  # fmt: skip


def _digest(entry: Sequence[str], closes: int) -> dict[str, Any]:
    author, content, conclusion, changes = entry
    return {
        "author": author, "date": day(closes + 3), "content": content, "conclusion": conclusion, "changes": changes,
    }  # fmt: skip


def add_album(key: str, title: Texts, pictures: Sequence[SiteImage]) -> None:
    """An album below the gallery of each language; captions in Armenian are the descriptions of the pictures."""
    for code, name in words(title).items():
        photos = [
            ("photo", {"image": picture, "caption": picture.description if code == "hy" else ""})
            for picture in pictures
        ]
        add_page(
            GalleryPage, f"album/{key}", code, below="gallery", title=name, slug=key,
            date=timezone.localdate(), cover=pictures[0], photos=photos,
        )  # fmt: skip


# --- alerts and polls


def add_alerts(rows: Iterable[Row]) -> None:
    """Alerts; `hours`: from and until, in hours from now; `settlements`: Armenian names, none for all."""
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    for row in rows:
        if Alert.objects.filter(title_hy=row["title"][0]).exists():
            continue
        first, last = row["hours"]
        alerts.save(
            Alert(
                kind=row["kind"], settlements=row["settlements"], is_whole_community=not row["settlements"],
                starts_at=now + timedelta(hours=first), ends_at=now + timedelta(hours=last),
                **records.spread({"title": words(row["title"]), "text": words(row["text"])}),
            )
        )  # fmt: skip


def add_polls(rows: Iterable[Row]) -> None:
    """Polls of one question; `from` and `to` are days back."""
    for row in rows:
        if Poll.objects.filter(title_hy=row["question"][0]).exists():
            continue
        poll = Poll(
            opens_at=moment(row["from"], 9), closes_at=moment(row["to"], 18), show_results=Poll.Show.AT_ONCE,
            **records.spread({"title": words(row["question"])}),
        )  # fmt: skip
        poll.full_clean()
        poll.save()
        options = [{"id": str(number), **words(option)} for number, option in enumerate(row["options"], start=1)]
        PollQuestion.objects.create(poll=poll, options=options, **records.spread({"text": words(row["question"])}))
