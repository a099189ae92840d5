"""What to do about a duty: one button that opens the right screen, prefilled where something new is to be made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.dispatch import receiver
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page
from wagtail.permissions import page_permission_policy
from wagtail.signals import init_new_page

from cms.disclosure.models import PublicationDuty, Source, Standing
from cms.seeds.tree import translation_key

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


@dataclass(frozen=True, slots=True)
class Action:
    """A button: its words and where it leads."""

    label: str
    url: str


class Actions:
    """The buttons of one person for all duties: two queries for the pages, whatever the number of duties."""

    def __init__(self, user: Any, duties: Iterable[PublicationDuty]) -> None:
        self.user = user
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
        if duty.evaluator in {"records", "people", "budget"} and row.message != "off_topic":
            return self._new_record(duty) or self._edit_page(duty)
        return self._edit_page(duty)

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

    def _new_record(self, duty: PublicationDuty) -> Action | None:
        try:
            address = reverse(f"records_{duty.register}:add")
        except NoReverseMatch:
            return None
        from cms.disclosure.facts import REGISTERS

        if not self.user.has_perm(f"records.add_{REGISTERS[duty.register].lower()}"):
            return None
        kinds = duty.options.get("kinds", [])
        query = f"?{urlencode({'kind': kinds[0]})}" if kinds else ""
        return Action(_("Add a record"), address + query)

    def _settings(self) -> Action | None:
        if not self.user.has_perm("cms.change_siteprofile"):
            return None
        return Action(_("Fill in the contacts"), reverse("wagtailsettings:edit", args=["cms", "siteprofile"]))


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
    _said.set(None)
