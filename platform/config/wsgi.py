"""WSGI entry point (gunicorn, sync processes: ASGI was measured at less than half for Wagtail's pages)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
