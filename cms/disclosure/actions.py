"""What to do about a duty: one button that opens the right screen, prefilled where something new is to be made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.conf import settings
from django.db.models import CharField, Count, Value
from django.dispatch import receiver
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.models import Page
from wagtail.permissions import page_permission_policy
from wagtail.signals import init_new_page

from cms.disclosure.facts import REGISTERS
from cms.disclosure.models import PublicationDuty, Source, Standing
from cms.editing.forms import free_slug
from cms.seeds.tree import translation_key
from tenants.transliteration import slug_of

# Where new pages of a duty are made: key of the parent in the tree, page type, kind, and a title to begin with. The
# titles are content of an Armenian page, not words of the screen.
_NEW_PAGES = {
    "agenda": ("announcements", "announcementpage", "session", "Ավագանու հերթական նիստի հրավիրման մասին"),
    "draft-decisions": ("hearings", "consultationpage", "draft", "Ավագանու որոշման նախագծի հանրային քննարկում"),
    "hearings": ("hearings", "consultationpage", "hearing", "Հանրային լսումների անցկացման մասին"),
}
_PARENTS = ("announcements", "hearings")
# What a link may say beforehand about a new page.
PREFILLED = ("title", "kind", "lede", "legal_basis")
_EDIT = {"add", "change", "publish"}
_PUBLISH = "records.publish_records"
_OF_RECORDS = {"records", "people", "budget"}


@dataclass(frozen=True, slots=True)
class Action:
    """A button: its words and where it leads."""

    label: str
    url: str


class Actions:
    """The buttons of one person for all duties: a query for the pages, one for drafts, however many duties."""

    def __init__(self, user: Any, duties: Iterable[PublicationDuty]) -> None:
        self.user = user
        self.duties = list(duties)
        self.may_write = page_permission_policy.user_has_any_permission(user, _EDIT)
        keys = list(dict.fromkeys([*_PARENTS, *(key for duty in duties for key in duty.page_keys)]))
        by_key = {translation_key(key): key for key in keys}
        found = Page.objects.filter(translation_key__in=by_key, locale__language_code=settings.LANGUAGE_CODE)
        self.pages = {by_key[key]: pk for pk, key in found.values_list("pk", "translation_key")}

    def of(self, row: Standing) -> Action | None:
        """The button for a duty that is not kept; None where this person may do nothing about it."""
        duty = row.duty
        if row.source == Source.OUTER:
            return self._edit_page(duty, _("Open the page"))
        if duty.code in _NEW_PAGES:
            return self._new_page(duty) or self._edit_page(duty)
        if duty.evaluator == "profile" and row.params.get("parts") != ["people"]:
            return self._settings()
        if duty.evaluator in _OF_RECORDS and row.message != "off_topic":
            return self._publish_drafts(duty) or self._record(row) or self._edit_page(duty)
        return self._edit_page(duty)

    def others(self, row: Standing) -> list[Action]:
        """What else helps with this duty: drafts that wait for their publication, a text in place of records."""
        duty, found = row.duty, []
        if row.source == Source.OUTER:
            return []
        number = self.drafts.get(duty.code, 0)
        if number and self._may(duty, "view") and not self.user.has_perm(_PUBLISH):
            words = ngettext("%(number)s draft waits for publication", "%(number)s drafts wait for publication", number)
            found.append(Action(words % {"number": number}, self._list_of_drafts(duty)))
        if duty.evaluator == "records" and duty.options.get("or_page") and row.message != "off_topic":
            page = self._edit_page(duty, _("Or write a text on the page"))
            if page is not None:
                found.append(page)
        return found

    @cached_property
    def drafts(self) -> dict[str, int]:
        """Code of a duty -> records of its kind that visitors do not see yet. One query."""
        questions = []
        for duty in self.duties:
            if duty.evaluator not in _OF_RECORDS or duty.register not in REGISTERS:
                continue
            rows = apps.get_model("records", REGISTERS[duty.register]).objects.filter(is_published=False)
            if duty.options.get("kinds"):
                rows = rows.filter(kind__in=duty.options["kinds"])
            if duty.options.get("bodies"):
                rows = rows.filter(mandates__body__kind__in=duty.options["bodies"])
            counted = rows.order_by().annotate(duty=Value(duty.code, CharField())).values("duty")
            questions.append(counted.annotate(number=Count("pk", distinct=True)).values_list("duty", "number"))
        if not questions:
            return {}
        return dict(questions[0].union(*questions[1:], all=True))

    @cached_property
    def offices_drafted(self) -> set[str]:
        """Kinds of bodies for which somebody has written a draft of a person. One query."""
        drafts = apps.get_model("records", "Mandate").objects.filter(person__is_published=False)
        return set(drafts.order_by().values_list("body__kind", flat=True))

    def _may(self, duty: PublicationDuty, right: str) -> bool:
        return bool(self.user.has_perm(f"records.{right}_{REGISTERS[duty.register].lower()}"))

    def _list_of_drafts(self, duty: PublicationDuty) -> str:
        return f"{reverse(f'records_{duty.register}:index')}?is_published=False"

    def _publish_drafts(self, duty: PublicationDuty) -> Action | None:
        if not self.drafts.get(duty.code) or not self.user.has_perm(_PUBLISH) or not self._may(duty, "change"):
            return None
        return Action(_("Look through the drafts and publish"), self._list_of_drafts(duty))

    def _edit_page(self, duty: PublicationDuty, label: str = "") -> Action | None:
        pk = next((self.pages[key] for key in duty.page_keys if key in self.pages), None)
        if pk is None or not self.may_write:
            return None
        return Action(label or _("Fill in the page"), reverse("wagtailadmin_pages:edit", args=[pk]))

    def _new_page(self, duty: PublicationDuty) -> Action | None:
        parent, model, kind, title = _NEW_PAGES[duty.code]
        if parent not in self.pages or not self.may_write:
            return None
        words = {"title": title, "kind": kind, "legal_basis": duty.legal_basis(settings.LANGUAGE_CODE)}
        address = reverse("wagtailadmin_pages:add", args=["cms", model, self.pages[parent]])
        return Action(_("Write an announcement"), f"{address}?{urlencode(words)}")

    def _record(self, row: Standing) -> Action | None:
        duty = row.duty
        if duty.register not in REGISTERS:
            return None
        by_change = duty.evaluator == "people" or duty.options.get("dated_by") == "changed"
        if by_change and row.newest_on and self._may(duty, "change"):
            # The list is there, only old: what is needed is a look at it, not one more row.
            return Action(_("Renew the records"), reverse(f"records_{duty.register}:index"))
        if duty.options.get("part") == "execution":
            return self._execution() or self._new_record(row)
        return self._new_record(row)

    def _new_record(self, row: Standing) -> Action | None:
        duty = row.duty
        if not self._may(duty, "add"):
            return None
        words: dict[str, Any] = {}
        if kinds := duty.options.get("kinds"):
            words["kind"] = kinds[0]
        if bodies := duty.options.get("bodies"):
            lacking = [kind for kind in row.params.get("parts", ()) if kind in bodies]
            # Whose draft waits already is not written a second time.
            absent = [kind for kind in lacking if kind not in self.offices_drafted] or lacking
            words["body"] = (absent or bodies)[0]
        if duty.evaluator == "budget":
            year = _year_to_report() if duty.options.get("part") == "execution" else timezone.localdate().year
            words |= {"year": year, "status": "adopted"}
        query = f"?{urlencode(words)}" if words else ""
        return Action(_("Add a record"), reverse(f"records_{duty.register}:add") + query)

    def _execution(self) -> Action | None:
        """The table of the budget to report on; for those who may not change what is shown, a report of a quarter."""
        years = apps.get_model("records", "BudgetYear").objects.filter(year__lte=_year_to_report())
        budget = years.order_by("-year").first()
        if budget is None:
            return None
        may_change = self.user.has_perm("records.change_budgetyear")
        if may_change and (not budget.is_published or self.user.has_perm(_PUBLISH)):
            return Action(_("Fill in the execution"), reverse("records_budget_table", args=[budget.pk]))
        if not self.user.has_perm("records.add_budgetdocument"):
            return None
        words = urlencode({"budget": budget.pk, "kind": "quarterly"})
        return Action(_("Add a report"), f"{reverse('records_budget-documents:add')}?{words}")

    def _settings(self) -> Action | None:
        if not self.user.has_perm("cms.change_siteprofile"):
            return None
        return Action(_("Fill in the contacts"), reverse("wagtailsettings:edit", args=["cms", "siteprofile"]))


def _year_to_report() -> int:
    """The year of the last quarter that has ended: until the end of March it is the year before."""
    today = timezone.localdate()
    return today.year if today.month > 3 else today.year - 1


_said: ContextVar[Mapping[str, str] | None] = ContextVar("prefilled", default=None)


@hooks.register("before_create_page")
def remember_prefilled(request: HttpRequest, parent: Page, page_class: type[Page]) -> None:
    """What the link of a button says about the new page; only for the empty form, never for what was typed."""
    given = request.GET if request.method == "GET" else {}
    _said.set({name: given[name] for name in PREFILLED if given.get(name)})


@receiver(init_new_page, dispatch_uid="disclosure.prefill")
def prefill(sender: Any, page: Page, parent: Page, **kwargs: Any) -> None:
    """Put it into the form, as far as the page type has such a field and the value fits."""
    for name, value in (_said.get() or {}).items():
        known = {each.name: each for each in page._meta.get_fields()}
        field = known.get(name)
        if field is None:
            continue
        choices = [key for key, _label in getattr(field, "choices", None) or ()]
        if choices and value not in choices:
            continue
        setattr(page, name, value[: getattr(field, "max_length", None) or 1000])
        if name == "title":
            # The editor makes the address while a title is typed; this one is typed by nobody.
            page.slug = free_slug(slug_of(page.title), parent)
    _said.set(None)
