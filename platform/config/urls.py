"""Addresses of a tenant's site. The register has none: an unknown host never gets here."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from accounts.urls import admin_urlpatterns as accounts_admin_urlpatterns
from accounts.urls import urlpatterns as accounts_urlpatterns
from cms.media import serve as serve_media
from cms.urls import urlpatterns as cms_urlpatterns
from console.urls import urlpatterns as console_urlpatterns
from services_api.urls import api_urlpatterns, resident_urlpatterns

urlpatterns = [
    *console_urlpatterns,
    *accounts_admin_urlpatterns,
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("api/v1/", include(api_urlpatterns)),
    path(f"{settings.MEDIA_URL.strip('/')}/<path:path>", serve_media, name="media"),
    *i18n_patterns(
        *accounts_urlpatterns,
        *cms_urlpatterns,
        *resident_urlpatterns,
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]
handler500 = "config.errors.server_error"
