"""What other rooms may use of cases."""

from services_api.cases.actors import APPLICANT, PERMISSION, SYSTEM, Actor, staff
from services_api.cases.announcements import Announcement, listen
from services_api.cases.errors import (
    AnswersInvalid,
    Conflict,
    FieldError,
    KeyReused,
    NotOpen,
    TransitionRefused,
    UploadRefused,
)
from services_api.cases.models import ApiToken, Attachment, Case, Channel, Outcome
from services_api.cases.selectors import Letter, facts_for_letter, visible_cases
from services_api.cases.services import find_token, issue_token, purge_expired, revoke_token, submit, transition
from services_api.cases.tracking import grouped

__all__ = [
    "APPLICANT",
    "PERMISSION",
    "SYSTEM",
    "Actor",
    "Announcement",
    "AnswersInvalid",
    "ApiToken",
    "Attachment",
    "Case",
    "Channel",
    "Conflict",
    "FieldError",
    "KeyReused",
    "Letter",
    "NotOpen",
    "Outcome",
    "TransitionRefused",
    "UploadRefused",
    "facts_for_letter",
    "find_token",
    "grouped",
    "issue_token",
    "listen",
    "purge_expired",
    "revoke_token",
    "staff",
    "submit",
    "transition",
    "visible_cases",
]
