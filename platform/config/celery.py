"""The Celery application: each message carries its tenant in a header."""

import os

from tenants.celery import TenantCelery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
app = TenantCelery("hamaynk")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
