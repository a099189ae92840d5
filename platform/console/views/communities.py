"""The list of the country's communities and the page of one."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import F
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import HeaderButton

from accounts import public as accounts
from console import domains, selectors
from console.views.pages import CommunityPage
from tenants import hosts
from tenants.context import tenant
from tenants.models import Community, Domain, Marz

STATUS_CLASSES: dict[str, str] = {
    Community.Status.ACTIVE: "w-status--primary",
    Community.Status.PROVISIONING: "console-status--notice",
    Community.Status.SUSPENDED: "console-status--danger",
}


def url_of(community: Community) -> str:
    """Where the name of a community leads: its progress while it is being connected, its page otherwise."""
    view = "console:progress" if community.status == Community.Status.PROVISIONING else "console:community"
    return reverse(view, args=[community.slug])


class StatusColumn(Column):
    cell_template_name = "console/cells/status.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        context["value"] = instance.get_status_display()
        context["classname"] = STATUS_CLASSES.get(instance.status, "")
        return context


class HostColumn(Column):
    cell_template_name = "console/cells/host.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        host = instance.primary_host()
        context["host"] = host
        context["address"] = hosts.address(host) if host and instance.status == Community.Status.ACTIVE else ""
        return context


class VersionColumn(BaseColumn):
    """State of the schema's version; the states of all schemas are asked once for the whole list."""

    cell_template_name = "console/cells/version.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        state = parent_context["table"].versions.get(instance.schema_name, "")
        context["state"] = state
        context["value"] = selectors.VERSION_LABELS.get(state, "")
        return context


class CommunityFilterSet(WagtailFilterSet):
    status = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("Status"), choices=Community.Status, widget=forms.CheckboxSelectMultiple
    )
    marz = django_filters.ModelMultipleChoiceFilter(
        label=gettext_lazy("Province"), queryset=Marz.objects.all(), widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Community
        fields: list[str] = []


class CommunityListView(BaseListingView):
    """All communities on one page (the country has 71; hundreds are paged), in a constant number of queries."""

    template_name = "console/communities.html"
    results_template_name = "console/communities_results.html"
    page_title = gettext_lazy("Communities")
    header_icon = "site"
    paginate_by = 100
    is_searchable = True
    search_fields = ["name_hy", "name_en", "name_ru", "slug", "code"]
    search_backend_name = None
    default_ordering = "name"
    filterset_class = CommunityFilterSet
    index_url_name = "console:communities"
    index_results_url_name = "console:communities_results"
    verbose_name_plural = gettext_lazy("communities")

    @cached_property
    def columns(self) -> list[Any]:
        return [
            TitleColumn("name", label=_("Community"), accessor=str, get_url=url_of, sort_key="name"),
            Column("marz", label=_("Province"), sort_key="marz"),
            StatusColumn("status", label=_("Status"), sort_key="status"),
            HostColumn("host", label=_("Website")),
            DateColumn("last_activity_at", label=_("Last activity"), sort_key="last_activity_at"),
            VersionColumn("version", label=_("Version")),
        ]

    def get_base_queryset(self) -> Any:
        return selectors.communities()

    def get_valid_orderings(self) -> list[str]:
        names = ["name", "marz", "status", "last_activity_at"]
        return names + [f"-{name}" for name in names]

    def order_queryset(self, queryset: Any) -> Any:
        descending = self.ordering.startswith("-")
        if self.ordering.lstrip("-") == "last_activity_at":  # where nothing has happened yet stands last either way
            moment = F("last_activity_at")
            return queryset.order_by(
                moment.desc(nulls_last=True) if descending else moment.asc(nulls_last=True), "name_hy"
            )
        order = {"name": ["name_hy"], "marz": ["marz__code", "name_hy"], "status": ["status", "name_hy"]}.get(
            self.ordering.lstrip("-"), [self.ordering.lstrip("-"), "name_hy"]
        )
        return queryset.order_by(*((f"-{field}" if descending else field) for field in order))

    def get_table(self, object_list: Any) -> Any:
        table = super().get_table(object_list)
        table.versions = selectors.versions()
        return table

    @cached_property
    def header_buttons(self) -> list[Any]:
        return [HeaderButton(_("Connect a community"), reverse("console:connect"), icon_name="plus")]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        counts = selectors.status_counts()
        chosen = self.request.GET.getlist("status")
        context["counts"] = [
            {
                "label": label,
                "number": counts[status],
                "url": f"{self.index_url}?status={status}",
                "is_current": chosen == [status],
            }
            for status, label in Community.Status.choices
        ]
        context["total"] = sum(counts.values())
        return context


class CommunityDetailView(CommunityPage):
    """Facts, hosts, steps and what can be done."""

    template_name = "console/community.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        community = self.community
        onboarding = selectors.onboarding_of(community)
        has_schema = community.status in (Community.Status.ACTIVE, Community.Status.SUSPENDED)
        invitation_open = False
        if onboarding and has_schema:
            with tenant(community):
                invitation_open = accounts.invitation_is_open(onboarding.admin_email)
        version = selectors.versions().get(community.schema_name, "")
        host = community.primary_host()
        return super().get_context_data(
            status_class=STATUS_CLASSES.get(community.status, ""),
            address=hosts.address(host) if host else "",
            onboarding=onboarding,
            invitation_open=invitation_open,
            version=version,
            version_label=selectors.VERSION_LABELS.get(version, ""),
            hosts=[self.host_row(domain) for domain in community.domains.all()],
            progress=selectors.progress(community),
            actions=selectors.actions_on(community),
            **kwargs,
        )

    @staticmethod
    def host_row(domain: Domain) -> dict[str, Any]:
        return {
            "domain": domain,
            "kind": domain.get_kind_display(),
            "address": hosts.address(domain.domain) if domain.is_served else "",
            "record_name": domains.record_name(domain) if domain.kind == Domain.Kind.OWN else "",
            "record_value": domains.record_value(domain) if domain.kind == Domain.Kind.OWN else "",
        }
