"""Shapes of the catalogue."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from rest_framework import serializers

from services_api.api.addresses import address
from services_api.api.selection import Selectable


class ProcedureSerializer(Selectable):
    """What can be applied for."""

    id = serializers.CharField(source="code", help_text="The same as the code.")
    code = serializers.CharField()
    family = serializers.CharField()
    name = serializers.CharField()
    summary = serializers.CharField()
    version = serializers.IntegerField()
    language = serializers.CharField()
    form_url = serializers.SerializerMethodField()

    def get_form_url(self, card: Any) -> str:
        return address(reverse("api:form", kwargs={"code": card.code}))


class ProcedureDetailSerializer(ProcedureSerializer):
    card = serializers.DictField(child=serializers.CharField(), help_text="The service card: heading -> HTML.")
    faq = serializers.ListField(child=serializers.DictField())
    facts = serializers.ListField(child=serializers.DictField())


class ForecastSerializer(serializers.Serializer[Any]):
    """What the term would be."""

    submitted_at = serializers.DateTimeField(help_text="The moment that was asked about; now, unless told.")
    registered_at = serializers.DateTimeField(help_text="Outside office hours: 09:00 of the next working day.")
    due_at = serializers.DateTimeField(allow_null=True, help_text="Until when it is answered; null without a term.")


class ForecastQuestionSerializer(serializers.Serializer[Any]):
    at = serializers.DateTimeField(required=False, help_text="A moment of the coming or the last year; default: now.")
