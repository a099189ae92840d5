"""Shapes of cases for officers."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from services_api.api.addresses import address
from services_api.api.selection import Selectable
from services_api.api.serializers.applications import CoApplicantSerializer, RepresentationSerializer
from services_api.cases.public import (
    Attachment,
    Case,
    Outcome,
    addressee_labels,
    state_label,
)
from services_api.org.public import Confidentiality
from services_api.procedures.public import Phase

# Told only to whoever may read personal data: null for all others.
PERSONAL = ("applicant", "subject", "answers", "attachments", "decisions")


class CaseLineSerializer(Selectable, serializers.ModelSerializer[Case]):
    """A case in a list. A token without the scope cases:personal is told neither the applicant nor the subject."""

    id = serializers.UUIDField(source="uuid")
    procedure = serializers.CharField(source="version.procedure.code")
    phase = serializers.ChoiceField(choices=Phase.choices)
    state_label = serializers.SerializerMethodField()
    applicant = serializers.CharField(source="applicant.display_name", allow_null=True)
    subject = serializers.CharField(allow_null=True)
    outcome = serializers.ChoiceField(choices=Outcome.choices, allow_blank=True)
    confidentiality = serializers.ChoiceField(
        choices=Confidentiality.choices, help_text="0 open, 1 staff only, 2 personal data, 3 restricted."
    )
    assignee = serializers.SerializerMethodField()
    is_overdue = serializers.SerializerMethodField()

    class Meta:
        model = Case
        fields = [
            "id", "number", "procedure", "phase", "state", "state_label", "outcome", "subject", "applicant",
            "channel", "language", "settlement", "confidentiality", "assignee", "submitted_at", "registered_at",
            "due_at", "is_overdue", "decided_at", "closed_at", "lock_version",
        ]  # fmt: skip

    def get_state_label(self, case: Case) -> str:
        return state_label(case)

    def get_assignee(self, case: Case) -> str | None:
        """Person and position, or the queue."""
        labels = self.context.get("labels") or addressee_labels([case])
        return labels[case.pk] or None

    def get_is_overdue(self, case: Case) -> bool:
        return case.is_overdue()

    def to_representation(self, instance: Case) -> dict[str, Any]:
        """Without what the caller may not read."""
        shown = super().to_representation(instance)
        if not self.context.get("personal", False):
            shown.update({name: None for name in PERSONAL if name in shown})
        return shown


class AttachmentSerializer(serializers.ModelSerializer[Attachment]):
    id = serializers.UUIDField(source="uuid")
    url = serializers.SerializerMethodField(help_text="Empty while the file is being checked, and once it was removed.")

    class Meta:
        model = Attachment
        fields = ["id", "kind", "field", "name", "media_type", "size", "sha256", "created_at", "scan_state", "url"]

    def get_url(self, attachment: Attachment) -> str:
        if not attachment.is_released:
            return ""
        case = self.context["case"]
        return address(reverse("api:case-file", kwargs={"uuid": case.uuid, "attachment": attachment.uuid}))


class EventSerializer(serializers.Serializer[Any]):
    """One link of the chain. The comment is internal; it may speak of people, so it is personal, too."""

    sequence = serializers.IntegerField()
    code = serializers.CharField()
    from_state = serializers.CharField()
    to_state = serializers.CharField()
    actor = serializers.CharField(source="actor_label")
    at = serializers.DateTimeField()
    public_text = serializers.DictField(child=serializers.CharField())
    comment = serializers.SerializerMethodField()
    hash = serializers.CharField()

    def get_comment(self, event: Any) -> str:
        return str(event.comment) if self.context.get("personal", False) else ""


class DecisionSerializer(serializers.Serializer[Any]):
    outcome = serializers.ChoiceField(choices=Outcome.choices)
    text = serializers.CharField()
    reasons = serializers.CharField()
    decided_by = serializers.CharField()
    decided_at = serializers.DateTimeField()


class AvailableSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    label = serializers.SerializerMethodField()  # type: ignore[assignment]
    requires = serializers.ListField(child=serializers.CharField())

    def get_label(self, step: Any) -> str:
        return str(step.label())


class ContactSerializer(serializers.Serializer[Any]):
    kind = serializers.CharField()
    name = serializers.CharField(source="display_name")
    email = serializers.CharField()
    phone = serializers.CharField()
    address = serializers.CharField()


class PrincipalSerializer(RepresentationSerializer):
    """For whom the applicant of a case acts, on what basis, proved by what."""

    proof = serializers.ListField(
        child=serializers.UUIDField(), allow_null=True,
        help_text="Attachments that prove it. Null for a token without cases:personal.",
    )  # fmt: skip


class CaseDetailSerializer(CaseLineSerializer):
    """A case with everything its page shows; every reading is logged and shown to the applicant."""

    applicant = ContactSerializer(allow_null=True)  # type: ignore[assignment]
    answers = serializers.DictField(allow_null=True)
    attachments = AttachmentSerializer(many=True, allow_null=True)
    events = EventSerializer(many=True)
    decisions = DecisionSerializer(many=True, allow_null=True)
    representation = serializers.SerializerMethodField(help_text="Null: the applicant acts for themselves.")
    co_applicants = serializers.SerializerMethodField()
    transitions = serializers.SerializerMethodField()

    class Meta(CaseLineSerializer.Meta):
        fields = [
            *CaseLineSerializer.Meta.fields, "representation", "co_applicants", "answers", "attachments", "events",
            "decisions", "transitions",
        ]  # fmt: skip

    @extend_schema_field(PrincipalSerializer(allow_null=True))
    def get_representation(self, case: Case) -> dict[str, Any] | None:
        found = self.context["beside"][0]
        if found is None:
            return None
        told, proof = found.told(), None
        if self.context["personal"]:
            proof = [each.uuid for each in case.attachments.all() if found.proof and each.field == found.proof]
        return dict(PrincipalSerializer(self._named({**told, "proof": proof})).data)

    @extend_schema_field(CoApplicantSerializer(many=True))
    def get_co_applicants(self, case: Case) -> list[dict[str, Any]]:
        told = [self._named(each.told()) for each in self.context["beside"][1]]
        return list(CoApplicantSerializer(told, many=True).data)

    def _named(self, told: dict[str, Any]) -> dict[str, Any]:
        return told if self.context["personal"] else {**told, "name": None}

    @extend_schema_field(AvailableSerializer(many=True))
    def get_transitions(self, case: Case) -> list[dict[str, Any]]:
        return list(AvailableSerializer(self.context["transitions"], many=True).data)
