"""Tokens of programs: who has which, made for oneself, shown once, withdrawn."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from services_api.cases import selectors, services
from services_api.cases.models import ApiToken
from services_api.cases.rights import ALL_TOKENS
from services_api.cases.workspace.inbox import BelowInbox, OfficersOnly

# Nobody remembers a program longer.
DAYS = (30, 90, 180, 365)
MOST_SHOWN = 200


class TokenForm(forms.Form):
    """A new token for oneself: it never does more than its owner may."""

    name = forms.CharField(label=gettext_lazy("Which program uses it"), max_length=100)
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("What it may do"), choices=ApiToken.Scope.choices, widget=forms.CheckboxSelectMultiple,
        initial=[ApiToken.Scope.READ],
    )  # fmt: skip
    days = forms.TypedChoiceField(label=gettext_lazy("For how long"), coerce=int, initial=90)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["days"]
        field.choices = [(days, _("%(count)s days") % {"count": days}) for days in DAYS]
        self.initial.setdefault("key", uuid4())


class TokensView(BelowInbox):
    """The list with the form for a new one. What is secret stands in the answer to the form, and nowhere else."""

    template_name = "cases/workspace/tokens.html"
    page_title = gettext_lazy("Keys of programs")
    header_icon = "key"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Make one. A form that is sent again (a reloaded page) makes no second one, and shows nothing secret."""
        form = TokenForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        data, secret = form.cleaned_data, ""

        def make() -> list[str]:
            nonlocal secret
            end = timezone.now() + timedelta(days=data["days"])
            token, secret = services.issue_token(request.user, data["name"], data["scopes"], end)
            return [str(token.pk)]

        services.once(f"user:{request.user.pk}", "token", str(data["key"]), {"name": data["name"]}, make)
        if not secret:
            messages.info(
                request, _("This key was made already and is shown once only. Make another one if it is lost.")
            )
            return redirect("cases_workspace:tokens")
        return self.render_to_response(self.get_context_data(secret=secret, made=data["name"]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now, sees_all = timezone.now(), self.request.user.has_perm(ALL_TOKENS)
        rows = [
            {
                "token": each,
                "scopes": [ApiToken.Scope(scope).label for scope in each.scopes],
                "is_good": each.revoked_at is None and each.expires_at > now,
            }
            for each in selectors.tokens_for(self.request.user)[:MOST_SHOWN]
        ]
        rows.sort(key=lambda row: not row["is_good"])
        form = kwargs.pop("form", None) or TokenForm()
        return super().get_context_data(**kwargs, rows=rows, form=form, sees_all=sees_all)


class RevokeTokenView(OfficersOnly, View):
    """From now on the token opens nothing; one's own, or anybody's with the right to."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        token = selectors.tokens_for(request.user).filter(pk=pk).first()
        if token is None:
            raise Http404
        services.revoke_token(token)
        messages.success(request, _("“%(name)s” opens nothing any more.") % {"name": token.name})
        return redirect("cases_workspace:tokens")
