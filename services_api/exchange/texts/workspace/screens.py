"""Texts of letters: which are the community's own, and one of them in all languages with what it looks like."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from services_api.exchange.letters import NAMES
from services_api.exchange.letters import sample_text as mail_sample
from services_api.exchange.sms.sending import sample_text as sms_sample
from services_api.exchange.texts import gaps, services
from services_api.exchange.texts.book import channels, gap_rows
from services_api.exchange.texts.models import Channel, LetterText
from services_api.exchange.workspace.rights import Administration
from services_api.procedures.public import procedures_with_words


class ListView(Administration, TemplateView):
    template_name = "texts/list.html"
    page_title = gettext_lazy("Texts of letters")
    header_icon = "edit"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own: dict[tuple[str, str], list[str]] = {}
        names = dict(settings.LANGUAGES)
        for each in LetterText.objects.only("channel", "message", "language"):
            own.setdefault((each.channel, each.message), []).append(str(names[each.language]))
        groups = [
            {
                "label": Channel(channel).label,
                "rows": [
                    {
                        "label": NAMES[message],
                        "url": reverse("texts_workspace:text", args=[channel, message]),
                        "own": own.get((channel, message), []),
                    }
                    for message in listed
                ],
            }
            for channel, listed in channels().items()
        ]
        return super().get_context_data(**kwargs, groups=groups)


class TextView(Administration, TemplateView):
    template_name = "texts/text.html"
    header_icon = "edit"
    tried: dict[str, dict[str, Any]]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.channel, self.message, self.tried = kwargs["channel"], kwargs["message"], {}
        if self.message not in channels().get(self.channel, []):
            raise Http404

    def get_page_title(self) -> str:
        return f"{capfirst(Channel(self.channel).label)}. {NAMES[self.message]}"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        listed = {"url": reverse("texts_workspace:index"), "label": _("Texts of letters")}
        return [*self.breadcrumbs_items, listed, {"url": "", "label": self.get_page_title()}]

    def post(self, request: HttpRequest, channel: str, message: str) -> HttpResponse:
        """Keep, show, or give up the own text of one language."""
        deed, _sign, language = request.POST.get("deed", "").partition("-")
        if language not in dict(settings.LANGUAGES):
            raise Http404
        typed = {"subject": request.POST.get("subject", ""), "body": request.POST.get("body", "")}
        if deed == "reset":
            services.reset(channel, message, language)
            messages.success(request, _("The shipped text is used again."))
        elif deed == "keep":
            try:
                services.keep(channel, message, language, by=str(request.user), **typed)
            except services.TextRefused as error:
                self.tried = {language: {**typed, "problems": error.problems}}
                return self.render_to_response(self.get_context_data(), status=422)
            messages.success(request, _("Saved."))
        else:
            told = gaps.problems(channel, message, typed["subject"], typed["body"])
            self.tried = {language: {**typed, "problems": told}}
            return self.render_to_response(self.get_context_data(), status=422 if told else 200)
        return redirect(f"{request.path}#text-{language}")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = {each.language: each for each in LetterText.objects.filter(channel=self.channel, message=self.message)}
        return super().get_context_data(
            **kwargs,
            is_mail=self.channel == Channel.MAIL,
            gaps=gap_rows(self.channel, self.message),
            procedures=procedures_with_words(self.channel, self.message),
            languages=[self._language(code, str(name), own.get(code)) for code, name in settings.LANGUAGES],
        )

    def _language(self, code: str, name: str, own: LetterText | None) -> dict[str, Any]:
        """One language: what is typed, what is kept, and how it looks with a sample case."""
        tried = self.tried.get(code, {})
        subject = tried.get("subject", own.subject if own else "")
        body = tried.get("body", own.body if own else "")
        sample = mail_sample if self.channel == Channel.MAIL else sms_sample
        kept = (own.subject, own.body) if own else None
        is_seen = bool(tried) and not tried["problems"] and bool(body.strip())
        seen = sample(self.message, code, (subject, body) if is_seen else kept)
        return {
            "code": code, "name": name, "is_own": own is not None, "own": own, "subject": subject, "body": body,
            "problems": tried.get("problems", []), "preview_subject": seen[0], "preview_body": seen[1],
            "is_tried": bool(tried),
        }  # fmt: skip
