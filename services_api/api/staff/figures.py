"""The figures of those who lead, as numbers."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from services_api.api.base import StaffEndpoint
from services_api.api.documented import operation
from services_api.api.reading import given
from services_api.cases.public import figures
from services_api.workdays.public import local


class PeriodQuestionSerializer(serializers.Serializer[Any]):
    """Of which days."""

    period = serializers.ChoiceField(
        choices=["month", "quarter", "year", "own"], required=False, default="month",
        help_text="The one that runs, from its first day to today; own: `first` to `last`.",
    )  # fmt: skip
    first = serializers.DateField(required=False, help_text="Of own days.")
    last = serializers.DateField(required=False, help_text="Of own days, itself included; at most ten years later.")


class NumbersSerializer(serializers.Serializer[Any]):
    """What is counted of the cases that you see."""

    received = serializers.IntegerField()
    answered = serializers.IntegerField()
    in_time = serializers.IntegerField()
    late = serializers.IntegerField()
    share = serializers.IntegerField(allow_null=True, help_text="Percent of the answers that were in time.")
    ended = serializers.IntegerField(help_text="Without an answer: withdrawn, forwarded, joined.")
    overdue = serializers.IntegerField(help_text="Now, whatever the period.")
    median = serializers.FloatField(allow_null=True, help_text="Days to an answer.")
    ratings = serializers.IntegerField()
    mean_rating = serializers.FloatField(allow_null=True)


class DaysSerializer(serializers.Serializer[Any]):
    first = serializers.DateField()
    last = serializers.DateField()


class FigureRowSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    figures = NumbersSerializer()


class FigureGroupSerializer(serializers.Serializer[Any]):
    code = serializers.ChoiceField(choices=["procedure", "unit", "settlement", "channel"])
    title = serializers.CharField()
    rows = FigureRowSerializer(many=True)


class FigureMomentSerializer(serializers.Serializer[Any]):
    """A day, week or month of the period, by its first day."""

    first = serializers.DateField()
    received = serializers.IntegerField()
    in_time = serializers.IntegerField()
    late = serializers.IntegerField()


class FiguresSerializer(serializers.Serializer[Any]):
    """The figures of a period beside those of the one before."""

    period = DaysSerializer()
    total = NumbersSerializer()
    before = NumbersSerializer()
    moments = FigureMomentSerializer(many=True)
    groups = FigureGroupSerializer(many=True)


class Figures(StaffEndpoint):
    """Figures."""

    @operation("figures", "organisation", {200: FiguresSerializer}, parameters=[PeriodQuestionSerializer])
    def get(self, request: Request) -> Response:
        """Received, answered in time and late, overdue, median days, ratings; by procedure, unit, settlement, channel.

        For whoever leads a unit or sees all cases; nothing here for others.
        """
        if not figures.may_see(request.user):
            raise NotFound
        data = given(PeriodQuestionSerializer, request.query_params)
        period = figures.period_of(data["period"], local(timezone.now()).date())
        if data["period"] == "own":
            days = figures.own(str(data.get("first", "")), str(data.get("last", "")))
            if days is None:
                raise ValidationError({"first": _("Write a first and a last day, at most ten years apart.")})
            period = days
        return Response(FiguresSerializer(figures.report(request.user, period)).data)
