"""The data of cases. Written by `services` only, read through `selectors`."""

from services_api.cases.models.attachments import Attachment, AttachmentKind, ScanState
from services_api.cases.models.bindings import FunctionBinding
from services_api.cases.models.case import TAKEN_DOWN, Case, CaseQuerySet, Channel, Outcome
from services_api.cases.models.clocks import ClockExtension, ClockPause, PauseReason
from services_api.cases.models.drafts import DraftSubmission, SubmissionKey
from services_api.cases.models.events import CaseEvent, Decision
from services_api.cases.models.lists import SavedList
from services_api.cases.models.messages import Message, MessageKind
from services_api.cases.models.numbers import NumberCounter, NumberSeries
from services_api.cases.models.people import EXPIRED, CoApplicant, Representation
from services_api.cases.models.relations import CaseRelation
from services_api.cases.models.requests import CreationKey
from services_api.cases.models.retention import RetentionRule
from services_api.cases.models.tasks import UNFINISHED, Task, TaskKind, TaskState
from services_api.cases.models.tokens import ApiToken

__all__ = [
    "EXPIRED",
    "TAKEN_DOWN",
    "UNFINISHED",
    "ApiToken",
    "Attachment",
    "AttachmentKind",
    "Case",
    "CaseEvent",
    "CaseQuerySet",
    "CaseRelation",
    "Channel",
    "ClockExtension",
    "ClockPause",
    "CoApplicant",
    "CreationKey",
    "Decision",
    "DraftSubmission",
    "FunctionBinding",
    "Message",
    "MessageKind",
    "NumberCounter",
    "NumberSeries",
    "Outcome",
    "PauseReason",
    "Representation",
    "RetentionRule",
    "SavedList",
    "ScanState",
    "SubmissionKey",
    "Task",
    "TaskKind",
    "TaskState",
]
