"""Wiring. The Celery application is imported here, so that every process publishes to the configured broker."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
