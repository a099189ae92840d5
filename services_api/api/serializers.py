"""Shapes of what the API takes and gives."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from rest_framework import serializers

from services_api.cases.public import Attachment, Case, Channel, Outcome, addressee_labels, grouped, state_label
from services_api.procedures.public import Phase
from tenants import hosts
from tenants.context import current_community


def address(path: str) -> str:
    """A full address on the current tenant's host."""
    community = current_community()
    return hosts.address(community.primary_host()) + path if community else path


class ProblemErrorSerializer(serializers.Serializer[Any]):
    field = serializers.CharField(help_text="Name of the field, with dots into objects.")
    detail = serializers.CharField(help_text="What is wrong with it, in the reader's language.")


class ProblemSerializer(serializers.Serializer[Any]):
    """RFC 9457."""

    type = serializers.URLField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    instance = serializers.CharField()
    errors = ProblemErrorSerializer(many=True, required=False)  # type: ignore[assignment]


class ConflictSerializer(ProblemSerializer):
    lock_version = serializers.IntegerField(help_text="The case's revision now.")
    changes = serializers.ListField(child=serializers.DictField(), help_text="What happened after the revision given.")


class ProcedureSerializer(serializers.Serializer[Any]):
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


class UploadSerializer(serializers.Serializer[Any]):
    file = serializers.FileField(allow_empty_file=True, help_text="PDF, JPG or PNG, up to 10 MB.")


class UploadedSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="uuid")
    name = serializers.CharField()
    size = serializers.IntegerField()
    media_type = serializers.CharField()
    sha256 = serializers.CharField()


class AttachedSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField(help_text="As given by POST /attachments/.")
    field = serializers.CharField(max_length=60, help_text="The form's question that the file answers.")


class ApplicationSerializer(serializers.Serializer[Any]):
    procedure = serializers.SlugField(max_length=60)
    language = serializers.ChoiceField(choices=[code for code, _name in settings.LANGUAGES], default="hy")
    answers = serializers.DictField(help_text="By the form's JSON Schema (GET /procedures/{code}/form/).")
    attachments = AttachedSerializer(many=True, required=False, default=list)


class SubmittedSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="case.uuid")
    number = serializers.CharField(source="case.number")
    tracking_code = serializers.SerializerMethodField(help_text="Kept for a day only; null afterwards.")
    submitted_at = serializers.DateTimeField(source="case.submitted_at")
    registered_at = serializers.DateTimeField(source="case.registered_at")
    due_at = serializers.DateTimeField(source="case.due_at", allow_null=True)
    status_page = serializers.SerializerMethodField()

    def get_tracking_code(self, submitted: Any) -> str | None:
        return grouped(submitted.code) or None

    def get_status_page(self, submitted: Any) -> str:
        return address(reverse("cases:lookup"))


class StatusRequestSerializer(serializers.Serializer[Any]):
    number = serializers.CharField(max_length=80)
    tracking_code = serializers.CharField(max_length=80)


class EventLineSerializer(serializers.Serializer[Any]):
    at = serializers.DateTimeField()
    text = serializers.CharField()


class AnswerSerializer(serializers.Serializer[Any]):
    outcome = serializers.ChoiceField(choices=Outcome.values)
    text = serializers.CharField()
    reasons = serializers.CharField()
    decided_at = serializers.DateTimeField()
    appeal_text = serializers.CharField()


class NeededSerializer(serializers.Serializer[Any]):
    """What the applicant has to answer; the answer is given on the page of the case."""

    text = serializers.CharField()
    missing = serializers.ListField(child=serializers.CharField())
    due_at = serializers.DateTimeField()


class StatusSerializer(serializers.Serializer[Any]):
    number = serializers.CharField()
    title = serializers.CharField()
    standing = serializers.CharField()
    next_text = serializers.CharField()
    submitted_at = serializers.DateTimeField()
    needed = NeededSerializer(allow_null=True)
    due_at = serializers.DateTimeField(allow_null=True)
    days_left = serializers.IntegerField(allow_null=True)
    is_overdue = serializers.BooleanField()
    is_closed = serializers.BooleanField()
    timeline = EventLineSerializer(many=True)
    answer = AnswerSerializer(allow_null=True)


class CaseLineSerializer(serializers.ModelSerializer[Case]):
    """A case in a list."""

    id = serializers.UUIDField(source="uuid")
    procedure = serializers.CharField(source="version.procedure.code")
    phase = serializers.ChoiceField(choices=Phase.values)
    state_label = serializers.SerializerMethodField()
    applicant = serializers.CharField(source="applicant.display_name")
    assignee = serializers.SerializerMethodField()
    is_overdue = serializers.SerializerMethodField()

    class Meta:
        model = Case
        fields = [
            "id", "number", "procedure", "phase", "state", "state_label", "outcome", "subject", "applicant",
            "channel", "language", "settlement", "assignee", "submitted_at", "registered_at", "due_at", "is_overdue",
            "decided_at", "closed_at", "lock_version",
        ]  # fmt: skip

    def get_state_label(self, case: Case) -> str:
        return state_label(case)

    def get_assignee(self, case: Case) -> str | None:
        """Person and position, or the queue."""
        labels = self.context.get("labels") or addressee_labels([case])
        return labels[case.pk] or None

    def get_is_overdue(self, case: Case) -> bool:
        return case.is_overdue()


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
    sequence = serializers.IntegerField()
    code = serializers.CharField()
    from_state = serializers.CharField()
    to_state = serializers.CharField()
    actor = serializers.CharField(source="actor_label")
    at = serializers.DateTimeField()
    public_text = serializers.DictField(child=serializers.CharField())
    comment = serializers.CharField()
    hash = serializers.CharField()


class DecisionSerializer(serializers.Serializer[Any]):
    outcome = serializers.ChoiceField(choices=Outcome.values)
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


class CaseDetailSerializer(CaseLineSerializer):
    """A case with everything its page shows; every reading is logged and shown to the applicant."""

    applicant = ContactSerializer()  # type: ignore[assignment]
    attachments = AttachmentSerializer(many=True)
    events = EventSerializer(many=True)
    decisions = DecisionSerializer(many=True)
    transitions = serializers.SerializerMethodField()

    class Meta(CaseLineSerializer.Meta):
        fields = [*CaseLineSerializer.Meta.fields, "answers", "attachments", "events", "decisions", "transitions"]

    def get_transitions(self, case: Case) -> list[dict[str, Any]]:
        return list(AvailableSerializer(self.context["transitions"], many=True).data)


class TransitionDataSerializer(serializers.Serializer[Any]):
    answer = serializers.CharField(required=False, allow_blank=True)
    reason = serializers.CharField(required=False, allow_blank=True)
    comment = serializers.CharField(required=False, allow_blank=True)
    assignee = serializers.IntegerField(required=False, help_text="Id of an officer.")
    position = serializers.IntegerField(required=False, help_text="Id of a position, instead of an officer.")
    queue = serializers.IntegerField(required=False, help_text="Id of a queue, instead of an officer.")
    question = serializers.CharField(required=False, allow_blank=True, help_text="What the applicant has to answer.")
    missing = serializers.CharField(required=False, allow_blank=True, help_text="What is missing, one thing a line.")
    until = serializers.DateField(required=False, help_text="Day by which the applicant answers.")
    ground = serializers.CharField(required=False, allow_blank=True, help_text="Ground of an extension.")
    days = serializers.IntegerField(required=False, min_value=1, max_value=3660, help_text="Days of an extension.")
    body = serializers.CharField(required=False, allow_blank=True, help_text="Competent body to forward to.")
    original = serializers.CharField(required=False, allow_blank=True, help_text="Number of the case that goes on.")


class TransitionSerializer(serializers.Serializer[Any]):
    transition = serializers.CharField(max_length=60)
    lock_version = serializers.IntegerField(min_value=1, help_text="The revision that was read.")
    data = TransitionDataSerializer(required=False, default=dict)  # type: ignore[assignment]
    attachments = serializers.ListField(
        child=serializers.UUIDField(), required=False, default=list, help_text="Files of the answer, uploaded before."
    )


class CaseFiltersSerializer(serializers.Serializer[Any]):
    which = serializers.ChoiceField(
        choices=["open", "mine", "queues", "unassigned", "overdue", "week", "waiting", "closed", "all"],
        required=False,
        default="open",
    )
    state = serializers.CharField(required=False, default="", allow_blank=True)
    procedure = serializers.CharField(required=False, default="", allow_blank=True)
    q = serializers.CharField(required=False, default="", allow_blank=True, help_text="Number, name or subject.")


CHANNEL = Channel.API
