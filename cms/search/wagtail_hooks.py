"""The search in the workplace: own synonyms of the community, and what visitors looked for and did not find."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from cms.search.models import SynonymGroup, UnansweredQuery


class SynonymViewSet(ModelViewSet):
    """«Որոնման հոմանիշներ»."""

    model = SynonymGroup
    name = "search_synonyms"
    url_prefix = "search/synonyms"
    icon = "search"
    menu_label = _("Synonyms for the search")
    menu_hook = "register_settings_menu_item"
    copy_view_enabled = False
    list_display = ["words", "language"]
    list_filter = ["language"]
    edit_handler = ObjectList([FieldPanel("language"), FieldPanel("words")])


class _OnlyCleared(ModelPermissionPolicy):
    """Rows are written by visitors; staff may read and delete them."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action not in {"add", "change"} and super().user_has_permission(user, action)


class UnansweredViewSet(ModelViewSet):
    """«Ի՞նչ են փնտրել և չեն գտել»."""

    model = UnansweredQuery
    name = "search_unanswered"
    url_prefix = "search/unanswered"
    icon = "help"
    menu_label = _("Looked for and not found")
    menu_hook = "register_reports_menu_item"
    copy_view_enabled = False
    list_display = [
        "words",
        "language",
        Column("times", label=_("times"), sort_key="times"),
        Column("last_day", label=_("last asked"), sort_key="last_day"),
    ]
    list_filter = ["language"]
    edit_handler = ObjectList([FieldPanel("words", read_only=True)])


register_permission_policy(UnansweredQuery, _OnlyCleared(UnansweredQuery))


@hooks.register("register_admin_viewset")
def search_viewsets() -> list[ModelViewSet]:
    return [SynonymViewSet(), UnansweredViewSet()]
