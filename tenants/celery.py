"""The Celery application class: imported while settings load, so it knows no model."""

from __future__ import annotations

from tenant_schemas_celery.app import CeleryApp


class TenantCelery(CeleryApp):
    """Each message carries `_schema_name`; the worker sets schema and role before the task, and resets them after."""
