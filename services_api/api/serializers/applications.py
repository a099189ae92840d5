"""Shapes of applying and following."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from services_api.api.addresses import address
from services_api.api.problems import path_of
from services_api.api.serializers.work import files_field
from services_api.cases.public import (
    EXPIRED,
    AttachmentKind,
    Channel,
    CoApplicant,
    Outcome,
    Representation,
    ScanState,
    applicants_step,
    grouped,
    waiting_question,
)
from services_api.parties.public import Party
from services_api.procedures.public import Phase

CHANNEL = Channel.API


class UploadSerializer(serializers.Serializer[Any]):
    file = serializers.FileField(allow_empty_file=True, help_text="PDF, JPG or PNG, up to 10 MB.")


class UploadedSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="uuid")
    name = serializers.CharField()
    size = serializers.IntegerField()
    media_type = serializers.CharField()
    sha256 = serializers.CharField()
    scan_state = serializers.ChoiceField(
        choices=ScanState.choices, help_text="checking: wait; infected: it was removed; none: there is no scanner here."
    )


class AttachedSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField(help_text="As given by POST /attachments/.")
    field = serializers.CharField(max_length=60, help_text="The form's question that the file answers.")


def tell_by_sms_field() -> Any:
    """The tick below the review of the website."""
    return serializers.BooleanField(
        required=False, default=False,
        help_text="Tell the applicant by short message, too, at the number of `x-short-messages`; not at night.",
    )  # fmt: skip


class ApplicationSerializer(serializers.Serializer[Any]):
    procedure = serializers.SlugField(max_length=60)
    language = serializers.ChoiceField(choices=settings.LANGUAGES, default="hy")
    answers = serializers.DictField(
        help_text="By the form's JSON Schema (GET /procedures/{code}/form/); they also say for whom and with whom."
    )
    attachments = AttachedSerializer(many=True, required=False, default=list)
    tell_by_sms = tell_by_sms_field()


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


class StatusQuestionSerializer(serializers.Serializer[Any]):
    number = serializers.CharField(max_length=80)
    tracking_code = serializers.CharField(max_length=80)


class EventLineSerializer(serializers.Serializer[Any]):
    at = serializers.DateTimeField()
    text = serializers.CharField()


class AnswerSerializer(serializers.Serializer[Any]):
    outcome = serializers.ChoiceField(choices=Outcome.choices)
    text = serializers.CharField()
    reasons = serializers.CharField()
    decided_at = serializers.DateTimeField()
    appeal_text = serializers.CharField()


class NeededSerializer(serializers.Serializer[Any]):
    """What the applicant has to answer; the answer is given on the page of the case."""

    text = serializers.CharField()
    missing = serializers.ListField(child=serializers.CharField())
    due_at = serializers.DateTimeField()


class RepresentationSerializer(serializers.Serializer[Any]):
    """For whom it is applied."""

    kind = serializers.ChoiceField(choices=Party.Kind.choices)
    name = serializers.CharField(
        allow_null=True, help_text="Null for a token without cases:personal."
    )  # fmt: skip
    basis = serializers.ChoiceField(choices=Representation.Basis.choices)
    basis_label = serializers.CharField(source="basis_text")


class CoApplicantSerializer(serializers.Serializer[Any]):
    """Somebody named as applying, too. They confirm by the link of their letter, and by nothing else."""

    name = serializers.CharField(
        allow_null=True, help_text="Null for a token without cases:personal."
    )  # fmt: skip
    state = serializers.ChoiceField(choices=[*CoApplicant.State.values, EXPIRED])
    state_label = serializers.CharField(source="state_text")
    expires_at = serializers.DateTimeField(help_text="Until when they may confirm.")
    answered_at = serializers.DateTimeField(allow_null=True)


class StatusSerializer(serializers.Serializer[Any]):
    number = serializers.CharField()
    title = serializers.CharField()
    representation = RepresentationSerializer(allow_null=True, help_text="Null: for oneself.")
    co_applicants = CoApplicantSerializer(many=True, source="together")
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


class PassSerializer(serializers.Serializer[Any]):
    """What number and code give."""

    id = serializers.UUIDField()
    seconds = serializers.IntegerField(help_text="How long the pass is good.")

    def get_fields(self) -> dict[str, Any]:
        """`pass` is a word of Python."""
        return {**super().get_fields(), "pass": serializers.CharField(help_text="Begins with hmc_.")}


class OwnMessageSerializer(serializers.Serializer[Any]):
    """A letter, as the applicant sees it."""

    author = serializers.CharField(help_text="Empty: you.")
    is_own = serializers.BooleanField()
    at = serializers.DateTimeField()
    text = serializers.CharField()
    missing = serializers.ListField(child=serializers.CharField())


class OwnFileSerializer(serializers.Serializer[Any]):
    """A file, with the address to get it from."""

    id = serializers.UUIDField(source="uuid")
    kind = serializers.ChoiceField(choices=AttachmentKind.choices)
    name = serializers.CharField()
    media_type = serializers.CharField()
    size = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    scan_state = serializers.ChoiceField(choices=ScanState.choices)
    url = serializers.SerializerMethodField(help_text="Empty while the file is being checked, and once it was removed.")

    def get_url(self, attachment: Any) -> str:
        if not attachment.is_released:
            return ""
        parts = {"uuid": self.context["case"].uuid, "attachment": attachment.uuid}
        return address(reverse("api:own-file", kwargs=parts))


class StageSerializer(serializers.Serializer[Any]):
    """A stage of the way."""

    title = serializers.CharField()
    state = serializers.ChoiceField(choices=["done", "current", "todo"])
    note = serializers.CharField()


class LookSerializer(serializers.Serializer[Any]):
    """Who has read your data, and what for."""

    at = serializers.DateTimeField()
    text = serializers.CharField()


class DeedsSerializer(serializers.Serializer[Any]):
    """What you can do now."""

    answer = serializers.BooleanField()
    write = serializers.BooleanField()
    withdraw = serializers.BooleanField()
    rate = serializers.BooleanField()
    get_decision = serializers.BooleanField()


class OwnCaseSerializer(StatusSerializer):
    """An application as its applicant sees it."""

    id = serializers.SerializerMethodField()
    term_notes = serializers.ListField(child=serializers.CharField())
    stages = StageSerializer(many=True)
    messages = OwnMessageSerializer(many=True)
    files = serializers.SerializerMethodField(help_text="Your own, those of letters and of the answer.")
    views = LookSerializer(many=True)
    can = serializers.SerializerMethodField()

    @extend_schema_field(serializers.UUIDField)
    def get_id(self, _told: Any) -> str:
        return str(self.context["case"].uuid)

    @extend_schema_field(OwnFileSerializer(many=True))
    def get_files(self, _told: Any) -> Any:
        case = self.context["case"]
        found = list(case.attachments.all())
        found += [each for letter in case.messages.all() for each in letter.attachments.all()]
        found += [each for decision in case.decisions.all() for each in decision.attachments.all()]
        return OwnFileSerializer(found, many=True, context=self.context).data

    @extend_schema_field(DeedsSerializer)
    def get_can(self, _told: Any) -> Any:
        case = self.context["case"]
        asked = waiting_question(case) is not None
        told = {
            "answer": asked and applicants_step(case, effect="take_reply") is not None,
            "write": not case.is_closed,
            "withdraw": applicants_step(case, phase=Phase.WITHDRAWN) is not None,
            "rate": case.is_decided and case.rated_at is None,
            "get_decision": bool(case.decisions.all()),
        }
        return DeedsSerializer(told).data


class ReplySerializer(serializers.Serializer[Any]):
    """The answer to a question: text, files, or both."""

    text = serializers.CharField(required=False, default="", allow_blank=True, max_length=5_000)
    attachments = files_field()


class WithdrawSerializer(serializers.Serializer[Any]):
    comment = serializers.CharField(required=False, default="", allow_blank=True, max_length=2_000)


class RatingSerializer(serializers.Serializer[Any]):
    rating = serializers.IntegerField(min_value=1, max_value=5)
    text = serializers.CharField(required=False, default="", allow_blank=True, max_length=2_000)


class DraftAnswersSerializer(serializers.Serializer[Any]):
    """Answers by the form's JSON Schema, also incomplete ones."""

    answers = serializers.DictField()
    language = serializers.ChoiceField(choices=settings.LANGUAGES, required=False)


class NewDraftSerializer(serializers.Serializer[Any]):
    procedure = serializers.SlugField(max_length=60)
    language = serializers.ChoiceField(choices=settings.LANGUAGES, default="hy")
    answers = serializers.DictField(required=False, default=dict)


class ConsentSerializer(serializers.Serializer[Any]):
    answers = serializers.DictField(help_text="Of the last page: the consent.")
    tell_by_sms = tell_by_sms_field()


class ResumeSerializer(serializers.Serializer[Any]):
    code = serializers.CharField(max_length=80)


class KeptSerializer(serializers.Serializer[Any]):
    code = serializers.CharField(help_text="Opens the application again; it is not kept, so keep it yourself.")
    expires_at = serializers.DateTimeField()


class DraftFileSerializer(serializers.Serializer[Any]):
    field = serializers.CharField(max_length=60, help_text="The form's question that the file answers.")
    file = serializers.FileField(allow_empty_file=True)


class DraftErrorSerializer(serializers.Serializer[Any]):
    field = serializers.SerializerMethodField(help_text="Path into the answers: others[0].author.name.")
    detail = serializers.CharField(source="message")

    def get_field(self, error: Any) -> str:
        return path_of(error.field)


class KeptFileSerializer(UploadedSerializer):
    field = serializers.CharField()


class DraftSerializer(serializers.Serializer[Any]):
    """An unfinished application."""

    token = serializers.CharField(help_text="Whoever knows it holds the draft.")
    procedure = serializers.CharField(source="version.procedure.code")
    version = serializers.IntegerField(source="version.number")
    language = serializers.ChoiceField(choices=settings.LANGUAGES)
    answers = serializers.DictField()
    attachments = KeptFileSerializer(many=True)
    is_ready = serializers.SerializerMethodField(help_text="It can be sent.")
    errors = serializers.SerializerMethodField(  # type: ignore[assignment]
        help_text="What must be corrected before."
    )
    expires_at = serializers.DateTimeField()
    page = serializers.SerializerMethodField(help_text="Where a person goes on with it in a browser.")

    def get_is_ready(self, _draft: Any) -> bool:
        return not self.context["errors"]

    @extend_schema_field(DraftErrorSerializer(many=True))
    def get_errors(self, _draft: Any) -> Any:
        return DraftErrorSerializer(self.context["errors"], many=True).data

    def get_page(self, draft: Any) -> str:
        parts = {"code": draft.version.procedure.code, "token": draft.token}
        return address(reverse("cases:change", kwargs=parts))
