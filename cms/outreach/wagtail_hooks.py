"""What residents hear from the site and tell it: one group of the menu."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
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
    menu_order = 140
    items = (AlertViewSet, PollViewSet, SubscribersViewSet, FeedbackViewSet)


@hooks.register("register_admin_viewset")
def residents_group() -> ViewSetGroup:
    return ResidentsGroup()


@hooks.register("register_permissions")
def reading_rights() -> QuerySet[Permission]:
    """Who may read what residents say, and how many listen: boxes in the form of a group."""
    return Permission.objects.filter(
        content_type__app_label="outreach", codename__in=("view_pagefeedback", "view_subscriber")
    )
