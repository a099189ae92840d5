"""The Celery application: each message carries its tenant in a header."""

import os
from pathlib import Path

from tenants.celery import TenantCelery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
app = TenantCelery("hamaynk")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
if app.conf.broker_url.startswith("filesystem:"):
    for folder in ("data_folder_in", "processed_folder", "control_folder"):
        Path(app.conf.broker_transport_options[folder]).mkdir(parents=True, exist_ok=True)
