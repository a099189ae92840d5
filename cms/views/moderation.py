"""Residents' proposals to discussions in the workplace: read, show, leave out."""

from __future__ import annotations

from typing import Any

from django.template.defaultfilters import yesno
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import DateColumn
from wagtail.admin.views.generic.models import EditView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from cms.models.consultations import ConsultationComment


class NothingIsAdded(ModelPermissionPolicy):
    """Proposals come from residents; the staff decides about them and writes none."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "add" and super().user_has_permission(user, action)


class DecideView(EditView):
    """Who decided, and when, is written with the decision."""

    def save_instance(self) -> Any:
        comment = self.form.instance
        is_waiting = comment.state == ConsultationComment.State.WAITING
        comment.decided_at = None if is_waiting else timezone.now()
        comment.decided_by = None if is_waiting else self.request.user
        return super().save_instance()


class ConsentPanel(FieldPanel):
    """A yes or no that is only shown, in words."""

    def format_value_for_display(self, value: Any) -> str:
        return str(yesno(value))


class ConsultationCommentViewSet(ModelViewSet):
    """Proposals, those that nobody has read yet first."""

    model = ConsultationComment
    name = "consultation_comments"
    url_prefix = "proposals"
    icon = "comment"
    menu_label = _("Proposals of residents")
    menu_order = 170
    add_to_admin_menu = True
    copy_view_enabled = False
    edit_view_class = DecideView
    list_display = ["__str__", "state", DateColumn("created_at", label=_("received"), sort_key="created_at")]
    list_filter = ["state"]
    search_fields = ["name", "text", "consultation_title"]
    ordering = ["-state", "-created_at"]
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel("consultation_title", read_only=True),
                    FieldPanel("name", read_only=True),
                    ConsentPanel("shows_name", read_only=True),
                    FieldPanel("email", read_only=True),
                    FieldPanel("text", read_only=True),
                ],
                heading=_("Proposal"),
            ),
            MultiFieldPanel([FieldPanel("state"), FieldPanel("reason")], heading=_("Decision")),
        ]
    )


register_permission_policy(ConsultationComment, NothingIsAdded(ConsultationComment))
consultation_comments = ConsultationCommentViewSet()
