"""The records' place in the workplace."""

from __future__ import annotations

from django.urls import URLPattern, path
from wagtail import hooks

from cms.records.admin.budget_table import budget_table
from cms.records.admin.preview import preview_record
from cms.records.admin.viewsets import RecordsGroup


@hooks.register("register_admin_viewset")
def records_group() -> RecordsGroup:
    return RecordsGroup()


@hooks.register("register_admin_urls")
def records_urls() -> list[URLPattern]:
    return [
        path("records/budget/table/<int:pk>/", budget_table, name="records_budget_table"),
        path("records/<slug:register>/<int:pk>/preview/", preview_record, name="records_preview"),
    ]
