"""What the components are shown with: usual, empty, long and wrong. The words are Armenian, as on the pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

USUAL, EMPTY, LONG, WRONG, OTHER = _("usual"), _("empty"), _("long"), _("with an error"), _("another state")
LONG_WORD = "Քաղաքաշինության, հողաշինության և գյուղատնտեսության բաժնի ընդունելություն"
YEREVAN = ZoneInfo("Asia/Yerevan")


@dataclass(frozen=True)
class Specimen:
    """One component in one state: the template below components/ and what it is given."""

    template: str
    state: str | Promise
    given: dict[str, Any] = field(default_factory=dict)


def _moment(day: int, hour: int) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=YEREVAN)


def _news(count: int, title: str = "Լեհվազի նոր ջրագիծը կգործի դեկտեմբերի սկզբից") -> list[SimpleNamespace]:
    lede = "Կառուցվել է 6,4 կիլոմետր խողովակաշար, 280 տնտեսություն ջուր կունենա շուրջօրյա։"
    day = date(2026, 11, 20)
    return [SimpleNamespace(title=title, lede=lede, url="#main", date=day, image=None) for _number in range(count)]


def _field(kind: str, name: str, label: str, **more: Any) -> dict[str, Any]:
    return {"id": f"sg-{name}", "name": name, "label": label, "kind": kind, "required": True, **more}


_CHOICES = [
    {"value": "1", "label": "Մեղրի, թիվ 1", "hint": "6 ազատ տեղ", "selected": True},
    {"value": "2", "label": "Լեհվազ", "hint": "3 ազատ տեղ", "selected": False},
]
_PARTS = {
    part: {"id": f"sg-bd-{part}", "name": f"bd-{part}", "value": "", "invalid": False}
    for part in ("day", "month", "year")
}
_ROWS = [
    {"title": "Մանկապարտեզի վճար", "url": "#main", "text": "Չափը, արտոնությունները"},
    {"title": "Լեհվազ", "url": ""},
]
_CASE = {
    "standing": "Սպասում ենք ծննդյան վկայականի ընթեռնելի պատճենին",
    "next_text": "Պատճենը ստանալուց հետո կպատրաստենք ուղեգիրը։",
    "due_at": date(2026, 12, 16),
    "days_left": 22,
    "needed": {"label": "Կցել վկայականը", "url": "#main", "due_at": date(2026, 11, 30), "days_left": 6},
    "stages": [
        {"title": "Գրանցվել է", "note": "16 նոյեմբերի", "state": "done"},
        {"title": "Քննվում է", "note": "հիմա այստեղ է", "state": "current"},
        {"title": "Որոշում", "note": "մինչև 16 դեկտեմբերի", "state": "todo"},
    ],
}
_PERSON = {
    "name": "Անահիտ Օրինակյան (օրինակ)",
    "post": "Համայնքի ղեկավար",
    "phone": "0286 0-00-01",
    "phone_href": "tel:+37428600001",
    "email": "head@meghri.example",
    "hours_text": "հինգշաբթի, 15:00–18:00",
}


def specimens() -> list[Specimen]:
    """All of them, in the order of the page."""
    pages = Paginator(range(300), 9)
    events = [{"title": "Նռան տոն", "url": "#main", "starts_at": _moment(28, 12), "place": "Կենտրոնական հրապարակ"}]
    figures = [
        {"label": "բնակիչ", "value": "11\xa0377", "unit": ""},
        {"label": "բյուջե", "value": "1\xa0384", "unit": "մլն ֏"},
    ]
    places = [{"name": "Մեղրի", "population": 4580, "url": "#main"}, {"name": "Գուդեմնիս", "population": 21, "url": ""}]
    facts = [{"label": "Ժամկետը", "value": "մինչև 30 օր"}, {"label": "Արժեքը", "value": "անվճար"}]
    questions = [{"question": "Ե՞րբ կստանամ պատասխան", "answer": "<p>Երեսուն օրվա ընթացքում։</p>"}]
    page = SimpleNamespace(
        updated_at=date(2026, 11, 9),
        reviewed_until=date(2027, 5, 9),
        legal_basis="«Տեղական ինքնակառավարման մասին» օրենք",
        publisher="",
    )
    timeline = [
        {"at": _moment(19, 10), "text": "Ձեզանից փաստաթուղթ ենք խնդրել։", "detail": "Համարը չի երևում։"},
        {"at": _moment(16, 9), "text": "Դիմումը գրանցվել է։", "detail": ""},
    ]
    errors = [{"id": "sg-em", "message": "Գրեք էլ. հասցե, օրինակ՝ anahit@example.am"}]
    return [
        Specimen("arms", USUAL),
        Specimen("band", USUAL),
        Specimen("brand", USUAL),
        Specimen("look_menu", USUAL, {"class": "pop"}),
        Specimen("languages", USUAL),
        Specimen("crumbs", USUAL, {"crumbs": [{"title": "Բաց կառավարում", "url": "#main"}]}),
        Specimen("crumbs", LONG, {"crumbs": [{"title": LONG_WORD, "url": "#main"}] * 3}),
        Specimen("search", USUAL, {"id": "sg-q", "placeholder": "Օրինակ՝ տեղեկանք"}),
        Specimen("more", USUAL, {"label": "Բոլոր նորությունները", "url": "#main"}),
        Specimen("news_list", USUAL, {"news": _news(3)}),
        Specimen("news_list", LONG, {"news": _news(2, LONG_WORD)}),
        Specimen("days", USUAL, {"events": events}),
        Specimen("figures", USUAL, {"figures": figures}),
        Specimen("places", USUAL, {"places": places}),
        Specimen("rows", USUAL, {"rows": _ROWS}),
        Specimen("rows", LONG, {"rows": [{"title": LONG_WORD, "url": "#main", "text": LONG_WORD}]}),
        Specimen("facts", USUAL, {"facts": facts}),
        Specimen("facts", OTHER, {"facts": facts, "list": True}),
        Specimen("contact", USUAL),
        Specimen("people", USUAL, {"people": [_PERSON]}),
        Specimen(
            "offices", USUAL, {"offices": [{"name": "Ագարակ", "address": "Նժդեհի 1", "hours_text": "9:00–18:00"}]}
        ),
        Specimen("questions", USUAL, {"items": questions}),
        Specimen("reviewed", USUAL, {"page": page}),
        Specimen("pagination", USUAL, {"page_obj": pages.get_page(4)}),
        Specimen("empty", EMPTY, {"title": "Դեռ նորություն չկա", "text": "Այստեղ կերևա այն, ինչ կհրապարակվի։"}),
        Specimen("tag", USUAL, {"text": "Քննվում է"}),
        Specimen("tag", OTHER, {"text": "գործում է", "kind": "ok"}),
        Specimen("tag", OTHER, {"text": "մնացել է 14 օր", "kind": "wait"}),
        Specimen("tag", OTHER, {"text": "փակված է", "kind": "off"}),
        Specimen("forms/steps", USUAL, {"steps": {"step": 2, "steps_total": 5}}),
        Specimen("forms/error_summary", WRONG, {"errors": errors}),
        Specimen("forms/field", USUAL, {"field": _field("text", "nm", "Անուն", hint="Ինչպես անձնագրում")}),
        Specimen(
            "forms/field",
            WRONG,
            {"field": _field("email", "em", "Էլ. հասցե", error="Գրեք էլ. հասցե։", value="anahit@")},
        ),
        Specimen("forms/field", OTHER, {"field": _field("text", "pn", "Հայրանուն", required=False)}),
        Specimen("forms/field", OTHER, {"field": _field("number", "ch", "Երեխաների թիվը", size="short")}),
        Specimen("forms/field", OTHER, {"field": _field("date", "bd", "Ծննդյան ամսաթիվ", parts=_PARTS)}),
        Specimen("forms/field", OTHER, {"field": _field("select", "st", "Բնակավայր", choices=_CHOICES)}),
        Specimen("forms/field", OTHER, {"field": _field("radio", "kg", "Ո՞ր մանկապարտեզը", choices=_CHOICES)}),
        Specimen("forms/field", OTHER, {"field": _field("checkboxes", "cb", "Ինչպե՞ս կապվել", choices=_CHOICES)}),
        Specimen("forms/field", OTHER, {"field": _field("checkbox", "no", "Երեխան ՀԾՀ չունի", value=True)}),
        Specimen("forms/field", OTHER, {"field": _field("textarea", "nt", "Ի՞նչ պետք է իմանանք")}),
        Specimen(
            "forms/field", OTHER, {"field": _field("file", "ct", "Ծննդյան վկայականը", accept=".pdf,.jpg", files=[])}
        ),
        Specimen("cases/standing", USUAL, {"case": _CASE}),
        Specimen("cases/way", USUAL, {"case": _CASE}),
        Specimen("cases/timeline", USUAL, {"timeline": timeline}),
    ]
