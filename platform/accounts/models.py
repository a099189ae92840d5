"""Staff of one tenant. A user of one community does not exist in another (decision 2)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.http import base36_to_int
from django.utils.translation import gettext_lazy as _

from tenants.signing import tenant_salt


class StaffManager(UserManager["User"]):
    """Signs people in by e-mail, whatever capitals they type."""

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=(username or "").strip())

    def create_staff(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A member of staff whose login is the e-mail address. Without a password nobody can sign in."""
        user = self.model(username=email.lower(), email=email.lower(), **fields)
        if password:
            user.set_password(password)
        else:
            user.set_unusable_password()
        user.save(using=self._db)
        return user


class User(AbstractUser):
    """A member of staff: press officer, case officer, head, ministry administrator."""

    email = models.EmailField(
        _("e-mail address"), unique=True, help_text=_("The person signs in with it and gets letters there.")
    )
    patronymic = models.CharField(_("patronymic"), max_length=60, blank=True)
    job_title = models.CharField(_("job title"), max_length=150, blank=True)

    objects: ClassVar[StaffManager] = StaffManager()  # type: ignore[assignment]
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["username"]

    class Meta:
        verbose_name = _("member of staff")
        verbose_name_plural = _("members of staff")
        constraints = [
            # The login ignores capitals, so two addresses that differ in capitals only would be one login.
            models.UniqueConstraint(
                Lower("email"),
                name="staff_email_once_whatever_case",
                violation_error_message=_("Somebody with this e-mail address already works here."),
            )
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def _get_session_auth_hash(self, secret: Any = None) -> str:
        """The session's proof of the password, salted by the tenant: a session row copied to B signs nobody in."""
        return salted_hmac(
            tenant_salt("accounts.User.session"), self.password, secret=secret, algorithm="sha256"
        ).hexdigest()


class TenantTokenGenerator(PasswordResetTokenGenerator):
    """Tokens of password resets and invitations; worth nothing in another tenant, used up by the new password."""

    def __init__(self, purpose: str, lifetime: timedelta) -> None:
        super().__init__()
        self.purpose, self.lifetime = purpose, lifetime

    @property
    def key_salt(self) -> str:  # type: ignore[override]
        return tenant_salt(f"accounts.{self.purpose}")

    def check_token(self, user: Any, token: str | None) -> bool:
        """True for an unused token of this tenant, purpose and user that is younger than `lifetime`."""
        if not token or not super().check_token(user, token):
            return False
        made = base36_to_int(token.split("-")[0])
        return self._num_seconds(self._now()) - made <= self.lifetime.total_seconds()


INVITATION_LIFETIME = timedelta(days=7)
RESET_LIFETIME = timedelta(days=1)
invitation_tokens = TenantTokenGenerator("invitation", INVITATION_LIFETIME)
password_reset_tokens = TenantTokenGenerator("password-reset", RESET_LIFETIME)
