"""What the accounts add to Wagtail's screens for staff."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button

from accounts.models import User


@hooks.register("register_user_listing_buttons")
def invite_again_button(user: User, request_user: User) -> Iterator[Button]:
    """Somebody who has not accepted yet can be sent the letter again."""
    if not user.has_usable_password() and user.is_active and request_user.has_perm("accounts.change_user"):
        yield Button(
            _("Send the invitation again"), reverse("staff_invite_again", args=[user.pk]), icon_name="mail", priority=30
        )
