"""Pages that show a register: list, detail, feed and open data below one address."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.url_routing import RouteResult

from cms.blocks import PageBodyBlock
from cms.models.base import BasePage
from cms.models.panels import page_screen
from cms.naming import site_name
from cms.page_cache import allow_caching, holds_until
from cms.records import exports, live
from cms.records.filters import read
from cms.records.register import Asked, Register, cells, slots
from cms.records.registers import registers
from cms.records.shown import budget, deadlines
from cms.stream import BodyField
from tenants.context import current_community

ROWS_A_PAGE = 25
FILES = ("rows.csv", "rows.json", "feed.rss")
_ADDRESS = re.compile(r"[a-z0-9][a-z0-9-]{0,79}\Z")
_PARAMETERS = {"p", "q", "sort", "bom", "mode"}
MAX_WORDS = 80


def register_choices() -> list[tuple[str, Any]]:
    """Codes of the registers with their names."""
    return [(register.code, register.label) for register in registers.values()]


def part_choices() -> list[tuple[str, Any]]:
    """Parts of registers that have pages of their own."""
    return [(code, part.label) for register in registers.values() for code, part in register.parts.items()]


class RegisterPage(BasePage):
    """A register, or a part of one. The records themselves are edited in the menu «Գրանցումներ»."""

    register = models.CharField(
        _("register"), max_length=20, choices=register_choices, help_text=_("Which records this page shows.")
    )
    part = models.CharField(
        _("part of the register"),
        max_length=20,
        blank=True,
        choices=part_choices,
        help_text=_("For people in office: whom this page shows."),
    )
    body = BodyField(PageBodyBlock(), verbose_name=_("text"), blank=True)
    legal_basis = models.CharField(
        _("legal basis"), max_length=250, blank=True, help_text=_("The article of the law that demands this page.")
    )

    template = "records/list.html"
    parent_page_types = ["cms.HomePage", "cms.SectionPage", "cms.ContentPage"]
    subpage_types = ["cms.ContentPage"]
    edit_handler = page_screen(
        FieldPanel("lede"),
        FieldRowPanel([FieldPanel("register"), FieldPanel("part")]),
        FieldPanel("body"),
        FieldPanel("legal_basis"),
    )

    class Meta:
        verbose_name = _("page of a register")
        verbose_name_plural = _("pages of registers")

    def clean(self) -> None:
        super().clean()
        if self.part and self.part not in self.shown.parts:
            raise ValidationError({"part": _("This part belongs to another register.")})

    @property
    def shown(self) -> Register:
        """The register of the page."""
        return registers[self.register]

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Below the page stand its records and files; children pages come first."""
        if path_components and self.live and len(path_components) <= 2:
            first, *rest = path_components
            is_child = self.get_children().live().filter(slug=first).exists()
            if not is_child and (first in FILES if not rest else self.register == "budget" and rest[0] in FILES):
                return RouteResult(self, kwargs={"address": "" if not rest else first, "file": path_components[-1]})
            if not is_child and not rest and _ADDRESS.match(first):
                return RouteResult(self, kwargs={"address": first, "file": ""})
        return super().route(request, path_components)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        address, file = kwargs.pop("address", ""), kwargs.pop("file", "")
        asked = Asked(self, self.shown, self.part, self.language, request)
        request.current_page = self  # type: ignore[attr-defined]
        if address:
            asked.record, answer = self._find(asked, address)
            if answer is not None:
                return answer
            request.current_subpath = f"{asked.record.address}/"  # type: ignore[attr-defined]
            request.shown_title = asked.record.title(self.language)  # type: ignore[attr-defined]
        if file:
            response = self._file(asked, file)
        elif address:
            response = self._detail(asked)
        else:
            response = TemplateResponse(request, *self._list(asked))
        if asked.until is not None:
            holds_until(request, asked.until)
        return allow_caching(response) if asked.is_known else response

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The draft of the page with the rows that are published; or one record as it would look (records/admin)."""
        record = getattr(request, "previewed_record", None)
        if record is not None:
            asked = Asked(self, self.shown, self.part, self.language, request, record=record)
            request.current_page = self  # type: ignore[attr-defined]
            request.shown_title = record.title(self.language)  # type: ignore[attr-defined]
            return self._detail(asked)
        template, context = self._list(Asked(self, self.shown, self.part, self.language, request))
        return TemplateResponse(request, template, context)

    def _find(self, asked: Asked, address: str) -> tuple[Any, HttpResponse | None]:
        """The record at an address; in its place an answer that tells where it is. Raises Http404."""
        by_uuid = Q(uuid=address) if re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", address) else Q()
        rows = asked.register.rows(asked.part).select_related(*asked.register.related)
        record = rows.filter(by_uuid or Q(slug=address)).first()
        if record is None:
            raise Http404
        if not record.title(asked.language):
            return record, self._untranslated(asked, record)
        if record.address != address:
            return record, HttpResponseRedirect(f"{self.url}{record.address}/")
        return record, None

    @staticmethod
    def _untranslated(asked: Asked, record: Any) -> HttpResponse:
        context = {
            "asked": asked.language,
            "original": {
                "title": record.title_hy,
                "url": asked.register.record_url(record, "hy"),
                "code": "hy",
            },
            "nearest": {"title": asked.page.title, "url": asked.page.url},
        }
        return TemplateResponse(asked.request, "cms/not_translated.html", context, status=404)

    def _common(self, asked: Asked) -> dict[str, Any]:
        return {
            "page": self,
            "self": self,
            "request": asked.request,
            "register": {"code": asked.register.code, "part": asked.part, "label": asked.register.label},
            "crumbs": self.crumbs(),
        }

    def _list(self, asked: Asked) -> tuple[str, dict[str, Any]]:
        """Template and context of the list."""
        register, part = asked.register, asked.register.parts.get(asked.part)
        own_screen = part.screen if part else register.screen
        template = (part.template if part else "") or register.template
        context = self._common(asked)
        if own_screen is not None:
            context.update(own_screen(asked))
        else:
            context.update(self._table(asked))
            if register.card is not None:
                context["cards"] = [register.card(record, asked) for record in context["records"]]
        context["empty_text"] = register.empty_text
        context["files_query"] = context.get("files_query", "")
        context["only_armenian"] = self._only_armenian(asked)
        return template, context

    def _table(self, asked: Asked) -> dict[str, Any]:
        """Rows with filters, order and page numbers."""
        register, language, query = asked.register, asked.language, asked.request.GET
        rows = register.published(language, asked.part)
        given = {name: value for name, value in query.items() if value}
        narrowed, filters, known = read(register.filters, rows, given, language)
        words = given.get("q", "").replace("\x00", "").strip()[:MAX_WORDS]
        if words:
            narrowed = narrowed.filter(Q(**{f"title_{language}__icontains": words}) | Q(slug__iexact=words))
        order = given.get("sort", "")
        asked.is_known = self._is_known(asked, given, known)
        if register.has_deadline:
            asked.until = deadlines.next_change(rows)
        page = Paginator(register.ordered(narrowed, order), ROWS_A_PAGE).get_page(given.get("p"))
        columns = register.in_place("list")
        chosen = {**known, **({"q": words} if words else {})}
        return {
            "page_obj": page,
            "columns": [column.label for column in columns],
            "rows": [self._row(asked, record, columns) for record in page],
            "records": list(page),
            "filters": filters,
            "words": words,
            "is_narrowed": bool(chosen),
            "chosen": chosen,
            "orders": [
                {
                    "label": label,
                    "url": "?" + urlencode({**chosen, "sort": name}),
                    "is_current": name == (order if order in register.orders else next(iter(register.orders))),
                }
                for name, (label, _keys) in register.orders.items()
            ],
            "total": page.paginator.count,
            "files_query": urlencode(chosen),
        }

    def _is_known(self, asked: Asked, given: dict[str, str], known: dict[str, str]) -> bool:
        if "q" in given or set(given) - _PARAMETERS - set(known):
            return False
        return given.get("sort", "") in {"", *asked.register.orders}

    def _row(self, asked: Asked, record: Any, columns: Any) -> dict[str, Any]:
        return {
            "title": record.title(asked.language),
            "url": f"{self.url}{record.address}/",
            "cells": slots(columns, record, asked.language),
            "state": deadlines.state(record, asked.language) if asked.register.has_deadline else None,
            "record": record,
        }

    def _only_armenian(self, asked: Asked) -> dict[str, Any] | None:
        """How many records exist in Armenian only, told to readers of another language."""
        if asked.language == "hy" or asked.request.GET.get("q"):
            return None
        missing = asked.register.rows(asked.part).filter(**{f"title_{asked.language}": ""}).count()
        return {"count": missing, "url": asked.register.page_url("hy", asked.part)} if missing else None

    def _detail(self, asked: Asked) -> HttpResponse:
        register, record, language = asked.register, asked.record, asked.language
        context = self._common(asked)
        context.update(
            record=record,
            title=record.title(language),
            text=record.text("text", language),
            cells=cells(register.in_place("detail"), record, language),
            state=deadlines.state(record, language) if register.has_deadline else None,
            updated_at=record.updated_at,
            crumbs=[*self.crumbs(), {"title": self.title, "url": self.url}],
        )
        if register.detail is not None:
            context.update(register.detail(asked))
        if register.has_deadline:
            asked.until = deadlines.next_change(register.rows().filter(pk=record.pk))
        asked.is_known = not asked.request.GET
        response = TemplateResponse(asked.request, register.detail_template, context)
        if context.get("video", {}).get("player_url"):
            # The one page that shows a frame of another site, because its reader has asked for it.
            response._csp_update = {"frame-src": [live.PLAYER]}  # type: ignore[attr-defined]
        return response

    def _file(self, asked: Asked, file: str) -> HttpResponse:
        """The open data of the list as it is filtered, or of one budget."""
        register, language, query = asked.register, asked.language, asked.request.GET
        given = {name: value for name, value in query.items() if value}
        bom = given.get("bom") == "1"
        if asked.record is not None:
            return self._budget_file(asked, file, bom=bom)
        rows, _filters, known = read(register.filters, register.published(language, asked.part), given, language)
        words = given.get("q", "").replace("\x00", "").strip()[:MAX_WORDS]
        if words:
            rows = rows.filter(**{f"title_{language}__icontains": words})
        asked.is_known = self._is_known(asked, given, known)
        name = "-".join(filter(None, (register.code, asked.part)))
        if file == "feed.rss":
            community = current_community()
            base = asked.request.build_absolute_uri(self.url)
            newest = rows.order_by("-date", "-pk")[: exports.FEED_ITEMS]
            title = f"{site_name(community, language)}: {self.title}" if community else self.title
            return exports.as_feed(
                newest, language, title=title, link=base, description=self.lede or self.title, base=base
            )
        columns = register.in_place("data")
        rows = register.ordered(rows)
        if file == "rows.csv":
            return exports.as_csv(columns, rows, language, name, bom=bom)
        return exports.as_json(columns, rows, language, name)

    @staticmethod
    def _budget_file(asked: Asked, file: str, *, bom: bool) -> HttpResponse:
        rows = budget.data_rows(asked.record, asked.language)
        name = f"budget-{asked.record.year}"
        fields = [field[0] for field in budget.DATA_FIELDS]
        if file == "rows.csv":
            return exports.csv_of(fields, rows, name, bom=bom)
        if file == "rows.json":
            values = [dict(zip(fields, row, strict=True)) for row in rows]
            return exports.json_of(name, asked.language, budget.data_fields(), values)
        raise Http404


__all__ = ["RegisterPage"]
