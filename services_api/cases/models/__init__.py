"""The data of cases. Written by `services` only, read through `selectors`."""

from services_api.cases.models.attachments import Attachment, AttachmentKind
from services_api.cases.models.bindings import FunctionBinding
from services_api.cases.models.case import Case, CaseQuerySet, Channel, Outcome
from services_api.cases.models.drafts import DraftSubmission, SubmissionKey
from services_api.cases.models.events import CaseEvent, Decision
from services_api.cases.models.numbers import NumberCounter, NumberSeries
from services_api.cases.models.tokens import ApiToken

__all__ = [
    "ApiToken",
    "Attachment",
    "AttachmentKind",
    "Case",
    "CaseEvent",
    "CaseQuerySet",
    "Channel",
    "Decision",
    "DraftSubmission",
    "FunctionBinding",
    "NumberCounter",
    "NumberSeries",
    "Outcome",
    "SubmissionKey",
]
