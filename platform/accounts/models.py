"""Staff of one tenant. A user of one community does not exist in another (decision 2)."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser, UserManager
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.db import models
from django.utils.crypto import salted_hmac
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

    email = models.EmailField(_("e-mail address"), unique=True)
    patronymic = models.CharField(_("patronymic"), max_length=60, blank=True)
    job_title = models.CharField(_("position"), max_length=150, blank=True)

    objects = StaffManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["username"]

    class Meta:
        verbose_name = _("member of staff")
        verbose_name_plural = _("staff")

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def _get_session_auth_hash(self, secret: Any = None) -> str:
        """The session's proof of the password, salted by the tenant: a session row copied to B signs nobody in."""
        return salted_hmac(
            tenant_salt("accounts.User.session"), self.password, secret=secret, algorithm="sha256"
        ).hexdigest()


class TenantTokenGenerator(PasswordResetTokenGenerator):
    """Tokens of password resets and invitations; worth nothing in another tenant, used up by the new password."""

    def __init__(self, purpose: str) -> None:
        super().__init__()
        self.purpose = purpose

    @property
    def key_salt(self) -> str:  # type: ignore[override]
        return tenant_salt(f"accounts.{self.purpose}")


invitation_tokens = TenantTokenGenerator("invitation")
password_reset_tokens = TenantTokenGenerator("password-reset")
