"""A community's side: what the ministry has shared, and what to do with it."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.models import SyndicatedPage
from cms.syndication import selectors, services
from cms.syndication.models import SharedItem

OFFERS_A_PAGE = 30


class OffersView(WagtailAdminTemplateMixin, TemplateView):
    """«From the ministry»: the newest first."""

    page_title = gettext_lazy("From the ministry")
    header_icon = "share"
    template_name = "syndication/offers.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(selectors.offers(), OFFERS_A_PAGE).get_page(self.request.GET.get("p"))
        page.object_list = list(page.object_list)
        keys = {services.page_key(offer.item): offer.item.uuid for offer in page.object_list}
        shown = SyndicatedPage.objects.filter(translation_key__in=keys, locale__language_code="hy", live=True)
        urls = {keys[found.translation_key]: found.url for found in shown}
        rows = [
            {"offer": offer, "item": offer.item, "url": urls.get(offer.item.uuid, "")} for offer in page.object_list
        ]
        return super().get_context_data(page_obj=page, rows=rows, **kwargs)


class OfferView(WagtailAdminTemplateMixin, TemplateView):
    """The text of one item, with the buttons that are possible."""

    header_icon = "share"
    template_name = "syndication/offer.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        found = selectors.offer(kwargs["uuid"])
        if found is None:
            raise Http404
        self.offer = found

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("from_ministry"), "label": OffersView.page_title},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_page_title(self) -> str:
        return str(self.offer.item)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        item = self.offer.item
        is_free = item.mode != SharedItem.Mode.LOCKED and not item.is_over
        states = self.offer.State
        return super().get_context_data(
            offer=self.offer,
            item=item,
            may_hide=is_free and self.offer.state == states.SHOWN,
            may_show=is_free and self.offer.state == states.HIDDEN and item.mode == SharedItem.Mode.DISMISSIBLE,
            may_take_over=is_free and item.kind != SharedItem.Kind.ALERT and self.offer.state != states.PENDING,
            languages=[code for code in ("hy", "en", "ru") if code in item.content],
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user = request.user
        by = str(user.get_full_name() or user.get_username())  # type: ignore[union-attr]
        try:
            if "take_over" in request.POST:
                draft = services.take_over(self.offer, user)
                messages.success(request, _("The draft is yours: change it and publish it."))
                return redirect("wagtailadmin_pages:edit", draft.pk)
            if "hide" in request.POST:
                services.hide(self.offer, by)
                messages.success(request, _("«%(title)s» is hidden on your site.") % {"title": self.offer.item})
            elif "show" in request.POST:
                services.show(self.offer, by)
                messages.success(request, _("«%(title)s» is shown on your site.") % {"title": self.offer.item})
        except services.NotPossible as problem:
            messages.error(request, str(problem))
        return redirect("from_ministry")
