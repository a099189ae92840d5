"""Staff screens of the Wagtail admin (Settings > Staff)."""

from __future__ import annotations

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.users.views.users import CreateView, EditView, IndexView, UserViewSet

from accounts.forms import StaffCreationForm, StaffEditForm
from accounts.services import send_invitation


class StaffIndexView(IndexView):
    """Wagtail's list with the position, without its two columns that say the same or nothing here."""

    page_title = _("Staff")
    add_item_label = _("Invite a colleague")

    @cached_property
    def columns(self) -> list[Any]:
        columns = [column for column in super().columns if column.name != "is_superuser"]
        for column in columns:
            if column.name == "email":
                column.label = _("E-mail address")
        columns.insert(3, Column("job_title", label=_("Position"), sort_key="job_title"))
        return columns


class StaffCreateView(CreateView):
    page_title = _("Invite a colleague")
    success_message = _("%(object)s is invited: the letter is on its way.")

    def save_instance(self) -> Any:
        user = super().save_instance()
        send_invitation(user)
        return user


class StaffEditView(EditView):
    success_message = _("Saved: %(object)s.")


class StaffViewSet(UserViewSet):
    """Colleagues of one community: invited by e-mail, never given a password by somebody else."""

    menu_label = _("Staff")
    index_view_class = StaffIndexView
    add_view_class = StaffCreateView
    edit_view_class = StaffEditView
    # One list of fields: without the passwords, Wagtail's two tabs hold nothing worth a click.
    create_template_name = "accounts/staff/create.html"
    edit_template_name = "wagtailadmin/generic/edit.html"

    def get_form_class(self, for_update: bool = False) -> type:
        return StaffEditForm if for_update else StaffCreationForm
