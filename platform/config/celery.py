"""The Celery application: each message carries its tenant in a header."""

import logging
import os
from pathlib import Path

from tenants.celery import TenantCelery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
app = TenantCelery("hamaynk")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
if app.conf.broker_url.startswith("filesystem:"):
    for folder in ("data_folder_in", "processed_folder", "control_folder"):
        try:
            Path(app.conf.broker_transport_options[folder]).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            # As with a broker that does not answer: what needs it says so then, and all else goes on.
            logging.getLogger(__name__).warning("The broker's folder cannot be made: %s", error)
