"""What residents hear from the site and tell it: one group of the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from cms.outreach.workspace.alerts import AlertViewSet
from cms.outreach.workspace.feedback import FeedbackViewSet
from cms.outreach.workspace.polls import PollViewSet
from cms.outreach.workspace.subscribers import SubscribersViewSet


class ResidentsGroup(ViewSetGroup):
    """«Բնակիչներ»: what is said to them and heard from them."""

    menu_label = _("Residents")
    menu_name = "residents"
    menu_icon = "group"
    menu_order = 125
    items = (AlertViewSet, PollViewSet, SubscribersViewSet, FeedbackViewSet)


@hooks.register("register_admin_viewset")
def residents_group() -> ViewSetGroup:
    return ResidentsGroup()
