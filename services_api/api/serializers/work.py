"""Shapes of what officers do, and of the lists they do it from."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from services_api.api.selection import Selectable
from services_api.cases.public import (
    RELATION_KINDS,
    Channel,
    FunctionBinding,
    MessageKind,
    Outcome,
    Task,
    TaskKind,
    TaskState,
)
from services_api.org.public import Confidentiality
from services_api.procedures.public import Phase

MOST_FILES = 10
TEXT = 5_000


def revision_field() -> Any:
    """The revision that was read, unless the header If-Match says it."""
    return serializers.IntegerField(
        min_value=1,
        max_value=2**31 - 1,
        required=False,
        help_text="The revision that was read, unless If-Match says it.",
    )


def files_field() -> Any:
    """Files that were uploaded before."""
    return serializers.ListField(
        child=serializers.UUIDField(), required=False, default=list, max_length=MOST_FILES,
        help_text="Files that were uploaded before (POST /attachments/).",
    )  # fmt: skip


def _token(**options: Any) -> Any:
    return serializers.RegexField(
        r"^[pqu][0-9]{1,18}$", help_text="p12 a position, q3 a queue, u5 a person; see /cases/{id}/addressees/.",
        **options,
    )  # fmt: skip


class TransitionDataSerializer(serializers.Serializer[Any]):
    """What the step requires."""

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
    """A step of the workflow."""

    transition = serializers.CharField(max_length=60)
    lock_version = revision_field()
    data = TransitionDataSerializer(required=False, default=dict)  # type: ignore[assignment]
    attachments = files_field()


class CaseFiltersSerializer(serializers.Serializer[Any]):
    """What a list of cases is narrowed by."""

    which = serializers.ChoiceField(
        choices=["open", "mine", "queues", "unassigned", "overdue", "week", "waiting", "closed", "all"],
        required=False,
        default="open",
    )
    phase = serializers.ChoiceField(choices=Phase.choices, required=False)
    state = serializers.CharField(required=False, default="", allow_blank=True, max_length=40)
    outcome = serializers.ChoiceField(choices=Outcome.choices, required=False)
    procedure = serializers.CharField(required=False, default="", allow_blank=True, max_length=60)
    settlement = serializers.CharField(
        required=False, allow_blank=True, max_length=100, help_text="Armenian name; empty: those of no settlement."
    )
    channel = serializers.ChoiceField(choices=Channel.choices, required=False)
    assignee = serializers.RegexField(
        r"^(me|nobody|[pqu][0-9]{1,18})$", required=False,
        help_text="me (also by a position of mine), nobody, p12 a position, q3 a queue, u5 a person.",
    )  # fmt: skip
    overdue = serializers.BooleanField(required=False, allow_null=True, default=None)
    submitted_from = serializers.DateTimeField(required=False)
    submitted_until = serializers.DateTimeField(required=False, help_text="This moment itself is left out.")
    due_from = serializers.DateTimeField(required=False)
    due_until = serializers.DateTimeField(required=False, help_text="This moment itself is left out.")
    q = serializers.CharField(
        required=False, default="", allow_blank=True, max_length=100,
        help_text="Number, name or subject; number only for a token without cases:personal.",
    )  # fmt: skip


class OrderingSerializer(serializers.Serializer[Any]):
    """By what a list is ordered."""

    order = serializers.ChoiceField(
        choices=["-submitted_at", "submitted_at", "due_at", "-due_at"], required=False, default="-submitted_at",
        help_text="With - the latest first; cases without a term come last.",
    )  # fmt: skip


class CountsSerializer(serializers.Serializer[Any]):
    """How many cases stand behind each tab of the inbox; counting stops at `counted_to` + 1."""

    open = serializers.IntegerField()
    mine = serializers.IntegerField()
    queues = serializers.IntegerField()
    unassigned = serializers.IntegerField()
    overdue = serializers.IntegerField()
    week = serializers.IntegerField()
    waiting = serializers.IntegerField()
    tasks = serializers.IntegerField()
    counted_to = serializers.IntegerField()


class TaskSerializer(Selectable):
    """A task on a case."""

    id = serializers.UUIDField(source="uuid")
    case = serializers.UUIDField(source="case.uuid")
    case_number = serializers.CharField(source="case.number")
    case_subject = serializers.SerializerMethodField(help_text="Null for a token without cases:personal.")
    kind = serializers.ChoiceField(choices=TaskKind.choices)
    kind_label = serializers.CharField(source="get_kind_display")
    state = serializers.ChoiceField(choices=TaskState.values)
    to = serializers.SerializerMethodField()
    issuer = serializers.CharField(source="issuer_label")
    text = serializers.CharField()
    issued_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField(allow_null=True)
    is_overdue = serializers.SerializerMethodField()
    group = serializers.CharField()
    needed = serializers.IntegerField(help_text="Tasks of the group that have to be done; 0 means all.")
    order = serializers.IntegerField(help_text="One after another; 0 means at once.")
    result = serializers.CharField()
    finished_at = serializers.DateTimeField(allow_null=True)
    finished_by = serializers.CharField()

    def get_case_subject(self, task: Task) -> str | None:
        return task.case.subject if self.context.get("personal", False) else None

    def get_to(self, task: Task) -> str:
        return str(task.position or task.queue or task.user)

    def get_is_overdue(self, task: Task) -> bool:
        return task.is_overdue()


class OrderSerializer(serializers.Serializer[Any]):
    """Tasks to give: one group."""

    kind = serializers.ChoiceField(choices=TaskKind.choices)
    to = serializers.ListField(child=_token(), min_length=1, max_length=20)
    text = serializers.CharField(required=False, default="", allow_blank=True, max_length=TEXT)
    until = serializers.DateField(required=False, allow_null=True, default=None)
    join = serializers.RegexField(
        r"^(all|any|[1-9][0-9]?)$", required=False, default="all",
        help_text="How many must be done: all, any, or a number.",
    )  # fmt: skip
    in_turn = serializers.BooleanField(required=False, default=False)


class FinishSerializer(serializers.Serializer[Any]):
    """How a task ends by whoever has it."""

    state = serializers.ChoiceField(choices=["done", "returned", "refused"])
    result = serializers.CharField(
        required=False, default="", allow_blank=True, max_length=TEXT,
        help_text="Needed for what is returned or refused, for an opinion and a report.",
    )  # fmt: skip


class PostponeSerializer(serializers.Serializer[Any]):
    until = serializers.DateField(help_text="Another last day.")


class LetterFileSerializer(serializers.Serializer[Any]):
    """A file of a letter."""

    id = serializers.UUIDField(source="uuid")
    name = serializers.CharField()
    media_type = serializers.CharField()
    size = serializers.IntegerField()
    sha256 = serializers.CharField()


class MessageSerializer(serializers.Serializer[Any]):
    """A letter between the applicant and the officer, a question or its answer."""

    id = serializers.UUIDField(source="uuid")
    kind = serializers.ChoiceField(choices=MessageKind.choices)
    is_from_applicant = serializers.BooleanField()
    author = serializers.CharField(source="author_label")
    text = serializers.CharField()
    missing = serializers.ListField(child=serializers.CharField())
    at = serializers.DateTimeField()
    due_at = serializers.DateTimeField(allow_null=True)
    settled_at = serializers.DateTimeField(allow_null=True)
    files = LetterFileSerializer(many=True, source="attachments")


class WriteMessageSerializer(serializers.Serializer[Any]):
    """A letter."""

    text = serializers.CharField(max_length=TEXT)
    attachments = files_field()


class NoteSerializer(serializers.Serializer[Any]):
    """An internal note; the applicant never sees it."""

    sequence = serializers.IntegerField(help_text="Its place in the chain of events.")
    text = serializers.CharField(source="comment")
    author = serializers.CharField(source="actor_label")
    at = serializers.DateTimeField()


class WriteNoteSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=TEXT)


class RelationSerializer(serializers.Serializer[Any]):
    """A case that belongs to this one, as far as you may see it."""

    id = serializers.UUIDField(source="uuid")
    number = serializers.CharField()
    subject = serializers.CharField()
    words = serializers.CharField(help_text="What it is to this case, in the reader's language.")


class RelateSerializer(serializers.Serializer[Any]):
    """Another case that you may see."""

    number = serializers.CharField(max_length=40)
    kind = serializers.ChoiceField(choices=[each.value for each in RELATION_KINDS], required=False, default="related")


class AddresseeSerializer(serializers.Serializer[Any]):
    """To whom a case or a task may be given."""

    token = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    note = serializers.CharField(help_text="Whether that person is absent.")


class AddresseesSerializer(serializers.Serializer[Any]):
    people = AddresseeSerializer(many=True)
    queues = AddresseeSerializer(many=True)


class HandOverSerializer(serializers.Serializer[Any]):
    """To whom a case goes."""

    to = _token()
    lock_version = revision_field()
    comment = serializers.CharField(required=False, default="", allow_blank=True, max_length=2_000)


class ConfidentialitySerializer(serializers.Serializer[Any]):
    """How far a case may be known."""

    level = serializers.ChoiceField(choices=Confidentiality.choices)
    lock_version = revision_field()
    comment = serializers.CharField(required=False, default="", allow_blank=True, max_length=2_000)


class PauseSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField()
    begin = serializers.DateTimeField()
    end = serializers.DateTimeField(allow_null=True, help_text="Null while it lasts.")


class ExtensionSerializer(serializers.Serializer[Any]):
    granted_at = serializers.DateTimeField()
    ground = serializers.CharField()
    length = serializers.IntegerField()
    unit = serializers.CharField()
    rule = serializers.CharField()


class SilenceSerializer(serializers.Serializer[Any]):
    """What happens by itself when nobody acts."""

    at = serializers.DateTimeField()
    days = serializers.IntegerField()
    words = serializers.CharField()
    is_serious = serializers.BooleanField(help_text="It decides the case.")


class TermSerializer(serializers.Serializer[Any]):
    """The term of a case and everything that moved it."""

    registered_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField(allow_null=True)
    days_left = serializers.IntegerField(allow_null=True)
    is_overdue = serializers.BooleanField()
    notes = serializers.ListField(child=serializers.CharField(), help_text="The same in words.")
    pauses = PauseSerializer(many=True)
    extensions = ExtensionSerializer(many=True)
    silence = SilenceSerializer(allow_null=True)


class ReadSerializer(serializers.Serializer[Any]):
    """A reading of the applicant's data by staff, as the applicant sees it."""

    at = serializers.DateTimeField()
    reader = serializers.CharField(source="actor_label")
    purpose = serializers.CharField()


class BindingSerializer(serializers.Serializer[Any]):
    """Who fills a function of workflows."""

    id = serializers.IntegerField(source="pk")
    function = serializers.ChoiceField(choices=FunctionBinding.Function.values)
    procedure = serializers.SerializerMethodField(help_text="Null: every procedure.")
    settlement = serializers.CharField(help_text="Empty: every settlement.")
    to = serializers.SerializerMethodField()
    token = serializers.SerializerMethodField()

    def get_procedure(self, binding: FunctionBinding) -> str | None:
        return binding.procedure.code if binding.procedure else None

    def get_to(self, binding: FunctionBinding) -> str:
        return str(binding.position or binding.queue)

    def get_token(self, binding: FunctionBinding) -> str:
        return f"p{binding.position_id}" if binding.position_id else f"q{binding.queue_id}"


class SelfSerializer(serializers.Serializer[Any]):
    """Who calls, and what the token may do."""

    name = serializers.CharField()
    email = serializers.CharField()
    scopes = serializers.ListField(child=serializers.CharField(), help_text="Of the token; all for a session.")
    token = serializers.CharField(allow_null=True, help_text="Its name.")
    expires_at = serializers.DateTimeField(allow_null=True)
