"""What a community has published, read once for all duties: a bounded number of queries, whatever the number of rows.

A page counts as published by a person when it has a moment of publication; the seeds leave none. Its text counts
where it differs from the starter text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, cached_property
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Count, Max, Q
from django.utils import timezone
from wagtail.models import Page

from cms import services_catalogue
from cms.disclosure.dates import end_of_quarter
from cms.naming import name_in
from cms.seeds.tree import texts as starter_texts
from cms.seeds.tree import translation_key
from cms.stream import BodyField
from tenants.models import Community

# Blocks that are content without a word of their own, and those that only speak about the page.
FILES = {"document", "documents", "file", "files", "folder", "table", "video", "embed", "gallery", "photo"}
ASIDE = {"note", "heading"}
# Fewer letters than this are no publication («Կհրապարակվի շուտով»).
MIN_LETTERS = 40
MAX_CHILDREN = 1000
_TAG = re.compile(r"<[^>]*>")
_NO_LETTER = re.compile(r"[\W_]+")
# Codes of registers (RegisterPage.register) and their models.
REGISTERS = {
    "people": "Person",
    "settlements": "SettlementCard",
    "organisations": "Organisation",
    "budget": "BudgetYear",
    "programmes": "Programme",
    "reports": "Report",
    "procurement": "Procurement",
    "property": "Property",
    "auctions": "Auction",
    "vacancies": "Vacancy",
    "videos": "Video",
}


def letters(text: str) -> str:
    """The letters and digits of a text, for comparing what people see."""
    return _NO_LETTER.sub("", _TAG.sub(" ", text)).casefold()


@dataclass(frozen=True, slots=True)
class PageFacts:
    """A page of the tree in Armenian: what a person has put there."""

    key: str
    pk: int
    url: str
    published_on: date | None
    own_text: str = ""
    has_files: bool = False
    has_starter: bool = False
    children: Sequence[tuple[str, date]] = ()

    @property
    def has_content(self) -> bool:
        """Whether something of the community's own stands here or directly below."""
        own = self.published_on is not None and (self.has_files or len(self.own_text) >= MIN_LETTERS)
        return own or bool(self.children)

    @property
    def newest_on(self) -> date | None:
        """The latest publication of the page or of one below it."""
        days = [day for _title, day in self.children]
        return max([*days, self.published_on] if self.published_on else days, default=None)

    def mentions(self, stems: Sequence[str]) -> bool:
        """Whether the own text, or the title of a page below, holds one of the stems. No stems: nothing is asked."""
        if not stems:
            return True
        words = self.own_text + " ".join(letters(title) for title, _day in self.children)
        return any(letters(stem) in words for stem in stems)


@dataclass(frozen=True, slots=True)
class Records:
    """Published records of a register: how many, the newest date of a fact, the latest change."""

    count: int = 0
    newest_on: date | None = None
    changed_on: date | None = None


@dataclass
class Facts:
    """The current tenant's publications on a day (Asia/Yerevan). `keys`: the pages that duties ask for."""

    community: Community
    keys: Sequence[str]
    today: date = field(default_factory=timezone.localdate)

    @cached_property
    def pages(self) -> Mapping[str, PageFacts]:
        """The published seeded pages by key: one query for the pages, one a page type, one for what lies below."""
        by_key = {translation_key(key): key for key in self.keys}
        found = list(
            Page.objects.filter(translation_key__in=by_key, locale__language_code=settings.LANGUAGE_CODE, live=True)
            .specific()
            .order_by("path")
        )
        below = self._children(found)
        starters = starter_letters()
        names = letters(name_in(self.community, "hy")), letters(self.community.genitive)
        return {
            key: _page_facts(key, page, below.get(page.path, []), starters.get(key, ""), names)
            for page in found
            for key in [by_key[page.translation_key]]
        }

    def page(self, key: str) -> PageFacts | None:
        """A page of the tree, None when it is not published."""
        return self.pages.get(key)

    @staticmethod
    def _children(pages: Sequence[Page]) -> dict[str, list[tuple[str, date]]]:
        if not pages:
            return {}
        directly = Q()
        for page in pages:
            directly |= Q(path__startswith=page.path, depth=page.depth + 1)
        rows = (
            Page.objects.filter(directly, live=True, last_published_at__isnull=False)
            .exclude(translation_key__in=[page.translation_key for page in pages])
            .order_by("-last_published_at")
            .values_list("path", "title", "last_published_at")[:MAX_CHILDREN]
        )
        below: dict[str, list[tuple[str, date]]] = {}
        for path, title, moment in rows:
            below.setdefault(path[: -Page.steplen], []).append((title, local_day(moment)))
        return below

    def records(self, register: str, kinds: Sequence[str] = ()) -> Records:
        """Published Armenian records of a register; KeyError for an unknown one. One query, remembered."""
        wanted = (register, tuple(kinds))
        if wanted not in self._records:
            rows = apps.get_model("records", REGISTERS[register]).objects.published().in_language("hy")
            if kinds:
                rows = rows.filter(kind__in=kinds)
            # No future date makes something fresher than it is.
            row = rows.filter(date__lte=self.today).aggregate(
                count=Count("pk"), newest=Max("date"), changed=Max("updated_at")
            )
            self._records[wanted] = Records(
                row["count"], row["newest"], local_day(row["changed"]) if row["changed"] else None
            )
        return self._records[wanted]

    @cached_property
    def _records(self) -> dict[tuple[str, tuple[str, ...]], Records]:
        return {}

    @cached_property
    def offices(self) -> Mapping[str, Records]:
        """Who is in office today, by kind of the body: how many, and when their data were last changed."""
        rows = (
            apps.get_model("records", "Mandate")
            .objects.published()
            .current(self.today)
            .order_by()
            .values("body__kind")
            .annotate(count=Count("person", distinct=True), changed=Max("person__updated_at"))
        )
        return {
            row["body__kind"]: Records(row["count"], local_day(row["changed"]), local_day(row["changed"]))
            for row in rows
        }

    @cached_property
    def budgets(self) -> Mapping[int, date]:
        """Years with a published budget that is no draft, and the day of the decision."""
        rows = apps.get_model("records", "BudgetYear").objects.published().exclude(status="draft")
        return {row.year: row.decision_date or row.date for row in rows}

    @cached_property
    def executed_to(self) -> date | None:
        """The end of the last quarter whose execution is published, as data or as a report."""
        ends = []
        lines = apps.get_model("records", "BudgetExecution").objects.filter(line__budget__is_published=True)
        newest = lines.order_by("-line__budget__year", "-quarter").values_list("line__budget__year", "quarter").first()
        if newest:
            ends.append(end_of_quarter(*newest))
        reports = apps.get_model("records", "BudgetDocument").objects.published()
        for year, quarter in (
            reports.filter(kind__in=("quarterly", "annual"), budget__is_published=True)
            .order_by("-budget__year", "-quarter")
            .values_list("budget__year", "quarter")[:8]
        ):
            ends.append(end_of_quarter(year, quarter or 4))
        return max((end for end in ends if end <= self.today), default=None)

    @cached_property
    def notices(self) -> Mapping[tuple[str, str], tuple[date, str]]:
        """The newest published announcement or consultation of each kind: ("announcement", kind) -> day and address."""
        newest: dict[tuple[str, str], tuple[date, str]] = {}
        for sort, model, moment in (
            ("announcement", "AnnouncementPage", "published_on"),
            ("consultation", "ConsultationPage", "opens_on"),
        ):
            rows = (
                apps.get_model("cms", model)
                .objects.live()
                .filter(
                    locale__language_code=settings.LANGUAGE_CODE,
                    last_published_at__isnull=False,
                    **{f"{moment}__lte": self.today},
                )
                .order_by("kind", f"-{moment}")
                .distinct("kind")
                .only("kind", moment, "url_path", "path")
            )
            for page in rows:
                newest[(sort, page.kind)] = (getattr(page, moment), page.url or "")
        return newest

    @cached_property
    def profile(self) -> Mapping[str, bool]:
        """Which of the contacts are given: address, phone, email, hours, people."""
        from cms.models import ContactPage, SiteProfile

        profile = SiteProfile.base_queryset().prefetch_related("hours").first()
        contacts = ContactPage.objects.live().filter(locale__language_code=settings.LANGUAGE_CODE).first()
        return {
            "address": bool(profile and profile.address_hy),
            "phone": bool(profile and profile.phone),
            "email": bool(profile and profile.email),
            "hours": bool(profile and any(row.opens for row in profile.hours.all())),
            "people": bool(contacts and len(contacts.people)),
        }

    @cached_property
    def settlements(self) -> int:
        """How many settlements the community has by the register."""
        return self.community.settlements.count()

    @cached_property
    def services(self) -> int:
        """How many services residents may apply for."""
        return len(services_catalogue.published(settings.LANGUAGE_CODE))


def local_day(moment: datetime) -> date:
    """The day of a moment in Yerevan."""
    return timezone.localtime(moment).date()


@cache
def starter_letters() -> Mapping[str, str]:
    """Key of a seeded page -> the letters of its Armenian starter text, with the tokens of names taken out."""
    texts = starter_texts(settings.LANGUAGE_CODE)
    return {
        key: letters(re.sub(r"\{\w+\}", " ", " ".join(_strings(text))))
        for key, text in texts.items()
        if isinstance(text, dict)
    }


def _page_facts(key: str, page: Any, children: list[tuple[str, date]], starter: str, names: Sequence[str]) -> PageFacts:
    own, has_files, has_starter = [], False, False
    for block in _blocks(page):
        kind = block.get("type", "")
        if kind in FILES:
            has_files = True
        if kind in ASIDE:
            continue
        text = letters(" ".join(_strings(block.get("value"))))
        if not text:
            continue
        bare = text
        for name in names:
            bare = bare.replace(name, "") if name else bare
        if bare in starter or text in starter:
            has_starter = True
        else:
            own.append(text)
    return PageFacts(
        key=key,
        pk=page.pk,
        url=page.url or "",
        published_on=local_day(page.last_published_at) if page.last_published_at else None,
        own_text=" ".join(own),
        has_files=has_files,
        has_starter=has_starter,
        children=children,
    )


def _blocks(page: Any) -> Iterator[Mapping[str, Any]]:
    for each in page._meta.local_fields:
        if isinstance(each, BodyField):
            yield from getattr(page, each.name).raw_data


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, each in value.items():
            if name not in {"id", "type"}:
                yield from _strings(each)
    elif isinstance(value, Sequence):
        for each in value:
            yield from _strings(each)
