"""The ministry's side: share a page or an alert, see where it stands, share it again, take it back."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from cms.models import ContentPage, NewsPage
from cms.syndication import contents, selectors, services
from cms.syndication.forms import AlertForm, SharePageForm
from cms.syndication.models import SharedItem
from tenants.context import register

ITEMS_A_PAGE = 30


class SharedScreen(WagtailAdminTemplateMixin, TemplateView):
    """Breadcrumbs below «Shared content»."""

    header_icon = "share"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = [*super().get_breadcrumbs_items(), {"url": reverse("shared_items"), "label": _("Shared content")}]
        if type(self) is not ItemsView:
            items.append({"url": "", "label": self.get_page_title()})
        return items

    def who(self) -> str:
        user = self.request.user
        return f"{user.get_full_name()} <{user.get_username()}>"[:200]  # type: ignore[union-attr]


class ItemsView(SharedScreen):
    """All shared items with the number of communities that show, hid, or took them over."""

    page_title = gettext_lazy("Shared content")
    template_name = "syndication/items.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        with register():
            page = Paginator(selectors.items(), ITEMS_A_PAGE).get_page(self.request.GET.get("p"))
            page.object_list = list(page.object_list)
        return super().get_context_data(page_obj=page, **kwargs)


class ItemView(SharedScreen):
    """One item, community by community."""

    template_name = "syndication/item.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        found = selectors.item_with_communities(kwargs["uuid"])
        if found is None:
            raise Http404
        self.item, self.deliveries = found

    def get_page_title(self) -> str:
        return str(self.item)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(item=self.item, deliveries=self.deliveries, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "withdraw" in request.POST:
            services.withdraw(self.item, self.who())
            messages.success(request, _("«%(title)s» is taken back.") % {"title": self.item})
        elif "retry" in request.POST:
            services.retry(self.item)
            messages.success(request, _("The delivery starts anew."))
        return redirect("shared_item", uuid=self.item.uuid)


class SharePageView(SharedScreen):
    """Share a news item or a page; the second time it brings the new version."""

    template_name = "syndication/share.html"
    page_title = gettext_lazy("Share with communities")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.page = get_object_or_404(Page, pk=kwargs["page_id"]).specific
        if not isinstance(self.page, NewsPage | ContentPage):
            raise Http404
        self.is_template = isinstance(self.page, ContentPage)

    def form(self, data: Any = None) -> SharePageForm:
        return SharePageForm(data, is_template=self.is_template)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        kind = SharedItem.Kind.TEMPLATE if self.is_template else SharedItem.Kind.NEWS
        mode = SharedItem.Mode.ADAPT if self.is_template else form.cleaned_data["mode"]
        try:
            item = services.share_page(self.page, kind=kind, mode=mode, by=self.who(), **form.targets())
        except services.NotPossible as problem:
            messages.error(request, str(problem))
            return self.render_to_response(self.get_context_data(form=form), status=422)
        messages.success(request, _("«%(title)s» is on its way to the communities.") % {"title": item})
        return redirect("shared_item", uuid=item.uuid)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", self.form())
        return super().get_context_data(
            page=self.page, left_behind=contents.left_behind(self.page), submit_label=_("Share"), **kwargs
        )


class AlertView(SharedScreen):
    """A new alert, or changes to one that stands on the sites."""

    template_name = "syndication/share.html"
    item: SharedItem | None = None

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if "uuid" in kwargs:
            found = selectors.item_with_communities(kwargs["uuid"])
            if found is None or found[0].kind != SharedItem.Kind.ALERT or found[0].withdrawn_at:
                raise Http404
            self.item = found[0]

    def get_page_title(self) -> str:
        return _("Change the alert") if self.item else _("Alert to communities")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = AlertForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        data = form.cleaned_data
        item = services.share_alert(
            form.texts(),
            mode=data["mode"],
            by=self.who(),
            starts_at=data["starts_at"],
            ends_at=data["ends_at"],
            item=self.item,
            **form.targets(),
        )
        messages.success(request, _("The alert stands on the sites of the communities."))
        return redirect("shared_item", uuid=item.uuid)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if "form" not in kwargs:
            kwargs["form"] = AlertForm(initial=AlertForm.initial_of(self.item) if self.item else None)
        return super().get_context_data(submit_label=_("Show on the sites"), **kwargs)
