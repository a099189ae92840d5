"""The first thing a request meets: whose house is this?"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotFound,
    HttpResponsePermanentRedirect,
)
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.template import loader
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.cache import patch_cache_control

from tenants import activity, hosts
from tenants.context import current_community, in_register
from tenants.database import connection
from tenants.models import Community

Handler = Callable[[HttpRequest], HttpResponse]
HEALTH_PREFIX = "/health/"
# What answers for a suspended community: its staff may still work, its visitors see why the site is away.
STAFF_PREFIXES = ("/admin/", "/static/")


class TenantMiddleware:
    """Finds the community of the host and sets schema and role for the request.

    An unknown host gets a bare 404 that tells nothing of the installation. The connection goes back to the register
    after the response, so that no thread keeps a tenant by accident.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if getattr(request, "is_dummy", False) and not in_register():
            # Wagtail's preview runs the chain a second time inside a request: its tenant is chosen already, and the
            # outer request still needs it when the preview is done.
            request.tenant = current_community()  # type: ignore[attr-defined]
            return self.get_response(request)
        connection.operator_depth = 0
        connection.set_schema_to_public()
        if request.path_info.startswith(HEALTH_PREFIX):
            return self.health(request)
        try:
            hostname = request.get_host().rsplit(":", 1)[0]
        except DisallowedHost:
            return self.unknown_host()
        host = hosts.find(hostname)
        if host is None:
            return self.unknown_host()
        if host.redirect_to:
            return HttpResponsePermanentRedirect(hosts.address(host.redirect_to) + request.get_full_path())
        community = host.community
        request.tenant = community  # type: ignore[attr-defined]
        connection.set_tenant(community)
        try:
            if community.status != Community.Status.ACTIVE and not self.staff_may_enter(request, community):
                return self.closed(request, community)
            response = self.get_response(request)
            if request.method == "POST" and response.status_code < 400:
                activity.note(community)
            return response
        finally:
            connection.set_schema_to_public()

    @staticmethod
    def staff_may_enter(request: HttpRequest, community: Community) -> bool:
        return community.status == Community.Status.SUSPENDED and request.path_info.startswith(STAFF_PREFIXES)

    @classmethod
    def health(cls, request: HttpRequest) -> HttpResponse:
        """Answered here and on any host: the rest of the chain expects a tenant."""
        try:
            match = resolve(request.path_info, urlconf=settings.HEALTH_URLCONF)
        except Resolver404:
            return cls.unknown_host()
        return match.func(request, *match.args, **match.kwargs)

    @staticmethod
    def unknown_host() -> HttpResponse:
        return HttpResponseNotFound(b"404\n", content_type="text/plain; charset=utf-8")

    @staticmethod
    def closed(request: HttpRequest, community: Community) -> HttpResponse:
        """503 for a suspended site (it will be back), 410 for an archived one."""
        translation.activate(settings.LANGUAGE_CODE)
        archived = community.status == Community.Status.ARCHIVED
        html = loader.render_to_string(
            "tenants/suspended.html",
            {"community": community, "archived": archived, "reason": community.status_reason},
        )
        response = HttpResponse(html, status=410 if archived else 503)
        patch_cache_control(response, no_store=True)
        if not archived:
            response["Retry-After"] = "3600"
        return response


class SiteLocaleMiddleware(LocaleMiddleware):
    """The language of a public page is in its address and nowhere else: no cookie, no Accept-Language.

    So one address is one page for everybody, which is what caches, search engines and shared links need.
    """

    def process_request(self, request: HttpRequest) -> None:
        language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = language

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        response.headers.setdefault("Content-Language", translation.get_language() or settings.LANGUAGE_CODE)
        return response
