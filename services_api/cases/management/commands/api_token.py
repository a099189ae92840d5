"""`manage.py api_token issue|list|revoke SLUG ...`: tokens of programs that work for a member of staff."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from services_api.cases.models import ApiToken
from services_api.cases.services import issue_token, revoke_token
from tenants.context import register, tenant
from tenants.models import Community


class Command(BaseCommand):
    help = "Makes, lists and withdraws tokens for the API of one community."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        issue = actions.add_parser("issue", help="A new token; it is printed once.")
        issue.add_argument("slug", help="The community.")
        issue.add_argument("email", help="The member of staff for whom the program works.")
        issue.add_argument("name", help="Which program uses it.")
        issue.add_argument("--scope", action="append", dest="scopes", choices=ApiToken.Scope.values, required=True)
        issue.add_argument("--days", type=int, default=365, help="How long it is valid.")
        listing = actions.add_parser("list", help="Tokens with their owners, scopes and ends.")
        listing.add_argument("slug", help="The community.")
        revoke = actions.add_parser("revoke", help="From now on the token opens nothing.")
        revoke.add_argument("slug", help="The community.")
        revoke.add_argument("id", type=int, help="As shown by list.")

    def handle(self, *args: Any, action: str, slug: str, **options: Any) -> None:
        with register():
            community = Community.objects.filter(slug=slug).first()
        if community is None:
            raise CommandError(f"There is no community {slug}.")
        with tenant(community):
            getattr(self, action)(**options)

    def issue(self, **options: Any) -> None:
        user = get_user_model().objects.filter(email__iexact=options["email"], is_active=True).first()
        if user is None:
            raise CommandError(f"Nobody with the address {options['email']} works there.")
        end = timezone.now() + timedelta(days=options["days"])
        _token, secret = issue_token(user, options["name"], options["scopes"], end)
        self.stdout.write(secret)

    def list(self, **options: Any) -> None:
        for token in ApiToken.objects.select_related("user"):
            state = "withdrawn" if token.revoked_at else f"until {token.expires_at:%Y-%m-%d}"
            self.stdout.write(f"{token.pk}  {token.name}  {token.user.email}  {' '.join(token.scopes)}  {state}")

    def revoke(self, **options: Any) -> None:
        token = ApiToken.objects.filter(pk=options["id"]).first()
        if token is None:
            raise CommandError(f"There is no token {options['id']}.")
        revoke_token(token)
        self.stdout.write(f"{token.name}: withdrawn")
