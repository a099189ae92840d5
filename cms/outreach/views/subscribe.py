"""`/subscribe/`: ask, confirm, change, stop. No cookie anywhere; what a link may do, it may do by its signature."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from cms.languages import current_language
from cms.outreach import subscriptions
from cms.outreach.limits import Limit, address_of
from cms.outreach.models import Subscriber
from cms.outreach.places import places
from cms.outreach.posts import HONEYPOT, comes_from_here, is_program
from cms.outreach.topics import TOPICS, known
from cms.page_cache import allow_caching

ASKING = Limit("subscribe", 10, 3600)
MAX_EMAIL = 254


def _fields(values: dict[str, Any], errors: dict[str, str], language: str, *, with_email: bool) -> list[dict[str, Any]]:
    """The form's fields in the shape of themes/README.md."""
    fields: list[dict[str, Any]] = []
    if with_email:
        fields.append(
            {"id": "f-email", "name": "email", "label": _("Your e-mail"), "kind": "email", "required": True,
             "autocomplete": "email", "maxlength": MAX_EMAIL, "value": values["email"], "error": errors.get("email"),
             "hint": _("We send a letter with a link to it; without it nothing begins.")}
        )  # fmt: skip
    fields.append(
        {"id": "f-topics", "name": "topics", "label": _("What to write about"), "kind": "checkboxes", "required": True,
         "error": errors.get("topics"),
         "choices": [{"value": code, "label": topic.label, "selected": code in values["topics"]}
                     for code, topic in TOPICS.items()]}
    )  # fmt: skip
    settlements = places(language)
    if settlements:
        fields.append(
            {"id": "f-places", "name": "places", "label": _("Alerts of which settlements"), "kind": "checkboxes",
             "required": False, "hint": _("None chosen: of all."),
             "choices": [{"value": place.slug, "label": place.name, "selected": place.key in values["settlements"]}
                         for place in settlements]}
        )  # fmt: skip
    if not with_email:
        fields.append(
            {"id": "f-language", "name": "language", "label": _("Language of the letters"), "kind": "radio",
             "required": True,
             "choices": [{"value": code, "label": name, "selected": code == values["language"]}
                         for code, name in settings.LANGUAGES]}
        )  # fmt: skip
    return fields


def _given(request: HttpRequest, language: str) -> tuple[dict[str, Any], dict[str, str]]:
    """What was filled in, and what is wrong with it."""
    slugs = set(request.POST.getlist("places"))
    values = {
        "email": request.POST.get("email", "").strip(),
        "topics": known(request.POST.getlist("topics")),
        "settlements": [place.key for place in places(language) if place.slug in slugs],
        "language": request.POST.get("language", language),
    }
    errors = {}
    if not values["topics"]:
        errors["topics"] = _("Choose at least one topic.")
    if values["language"] not in dict(settings.LANGUAGES):
        values["language"] = language
    return values, errors


def _form(title: str, fields: list[dict[str, Any]], errors: dict[str, str], **more: Any) -> dict[str, Any]:
    ids = {"email": "f-email", "topics": "f-topics-1"}
    return {
        "title": title,
        "form": {
            "fields": fields,
            "errors": [{"id": ids.get(name, ""), "message": message} for name, message in errors.items()],
        },
        "honeypot": HONEYPOT,
        **more,
    }


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request: HttpRequest) -> HttpResponse:
    """The form. The answer is the same whether the address is known or not."""
    language, title = current_language(), _("News by e-mail")
    if request.method != "POST":
        wanted = known(request.GET.getlist("topic")) or list(TOPICS)
        values: dict[str, Any] = {"email": "", "topics": wanted, "settlements": []}
        context = _form(title, _fields(values, {}, language, with_email=True), {}, feeds=_feeds())
        return allow_caching(render(request, "outreach/subscribe.html", context))
    values, errors = _given(request, language)
    try:
        if len(values["email"]) > MAX_EMAIL:
            raise ValidationError("long")
        validate_email(values["email"])
    except ValidationError:
        errors["email"] = _("Write an address like name@example.am.")
    if not comes_from_here(request):
        errors = {"": _("Your browser did not say that the form comes from this site. Please send it once more.")}
    elif not errors and not is_program(request):
        if ASKING.allows(address_of(request)):
            subscriptions.ask(values["email"], language, values["topics"], values["settlements"])
        else:
            errors = {"": _("Too many forms came from your network. Please try again in an hour.")}
    if errors:
        context = _form(title, _fields(values, errors, language, with_email=True), errors, feeds=_feeds())
        status = 403 if not comes_from_here(request) else 429 if "" in errors else 422
        return render(request, "outreach/subscribe.html", context, status=status)
    response = HttpResponseRedirect(reverse("subscribe_sent"))
    response.status_code = 303
    return response


def _feeds() -> list[dict[str, str]]:
    """For those who would rather not give an address."""
    return [
        {"title": _("News"), "url": reverse("news_feed")},
        {"title": _("Announcements"), "url": reverse("announcement_feed")},
        {"title": _("Feed of events"), "url": reverse("event_feed")},
        {"title": _("Feed of public discussions"), "url": reverse("consultation_feed")},
        {"title": _("Alerts"), "url": reverse("alerts_feed")},
    ]


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """Look into your mailbox."""
    context = {
        "title": _("Look into your mailbox"),
        "text": _("We have sent a letter to the address you gave. Open the link in it within two days."),
        "is_private": True,
    }
    return allow_caching(render(request, "outreach/subscription.html", context))


def _gone(request: HttpRequest) -> HttpResponse:
    context = {
        "title": _("This link leads nowhere"),
        "text": _("The subscription has ended, or the link is too old. You can subscribe again at any time."),
        "again_url": reverse("subscribe"),
        "is_private": True,
    }
    return _private(render(request, "outreach/subscription.html", context, status=404))


def _private(response: HttpResponse) -> HttpResponse:
    """The address of the page is a key: it is told to nobody and kept nowhere."""
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the first letter: a button, since programs that check mail open links and press nothing."""
    subscriber = subscriptions.waiting(token)
    if subscriber is None:
        return _gone(request)
    if request.method == "POST":
        subscriptions.confirm(subscriber)
        return _to_settings(subscriber, "confirmed")
    context = {
        "title": _("Confirm the subscription"),
        "text": _("We will write to %(email)s about:") % {"email": subscriber.email},
        "topics": [TOPICS[code].label for code in subscriber.topics if code in TOPICS],
        "button": _("Yes, write to me"),
        "is_private": True,
    }
    return _private(render(request, "outreach/subscription.html", context))


def _to_settings(subscriber: Subscriber, done: str) -> HttpResponse:
    response = HttpResponseRedirect(
        reverse("subscription", args=[subscriptions.manage_token(subscriber)]) + f"?done={done}"
    )
    response.status_code = 303
    return response


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def manage(request: HttpRequest, token: str) -> HttpResponse:
    """Topics, settlements and language of a subscription; or its end."""
    subscriber, language = subscriptions.owner(token), current_language()
    if subscriber is None:
        return _gone(request)
    errors: dict[str, str] = {}
    values = {"topics": subscriber.topics, "settlements": subscriber.settlements, "language": subscriber.language}
    if request.method == "POST":
        values, errors = _given(request, language)
        if not errors:
            subscriptions.change(subscriber, values["language"], values["topics"], values["settlements"])
            return _to_settings(subscriber, "changed")
    done = {"confirmed": _("You are subscribed."), "changed": _("Your choice is kept.")}.get(
        request.GET.get("done", ""), ""
    )
    context = _form(
        _("Your subscription"),
        _fields(values, errors, language, with_email=False),
        errors,
        email=subscriber.email,
        done=done,
        unsubscribe_url=reverse("unsubscribe", args=[token]),
        is_private=True,
    )
    return _private(render(request, "outreach/subscribe.html", context, status=422 if errors else 200))


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """RFC 8058: a POST from the mail program ends the subscription; a person who follows the link gets a button."""
    subscriber = subscriptions.owner(token)
    if request.method == "POST":
        if subscriber is not None:
            subscriptions.stop(subscriber)
        # A second press, by the program or the person, is told the same.
        context = {
            "title": _("You are unsubscribed"),
            "text": _("Your address is deleted. Nothing more is sent."),
            "again_url": reverse("subscribe"),
            "is_private": True,
        }
        return _private(render(request, "outreach/subscription.html", context))
    if subscriber is None:
        return _gone(request)
    context = {
        "title": _("Unsubscribe"),
        "text": _("Shall we stop writing to %(email)s? The address is deleted at once.") % {"email": subscriber.email},
        "button": _("Stop writing to me"),
        "is_private": True,
    }
    return _private(render(request, "outreach/subscription.html", context))
