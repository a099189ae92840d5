"""What other rooms may use of cases."""

from services_api.cases.actors import APPLICANT, PERMISSION, SYSTEM, Actor, staff
from services_api.cases.announcements import Announcement, Happening, listen, observe
from services_api.cases.assignment import labels as addressee_labels
from services_api.cases.errors import (
    AnswersInvalid,
    Conflict,
    FieldError,
    KeyReused,
    NotOpen,
    TransitionRefused,
    UploadRefused,
)
from services_api.cases.limits import AddressThrottle
from services_api.cases.models import ApiToken, Attachment, Case, Channel, FunctionBinding, Outcome
from services_api.cases.reading import log_staff_read
from services_api.cases.selectors import (
    CaseFacts,
    Filters,
    Letter,
    by_number_and_code,
    case_facts,
    case_for_resident,
    case_numbers,
    facts_for_letter,
    inbox,
    staff_case,
    uploads_by_id,
    visible_cases,
)
from services_api.cases.services import (
    Submitted,
    find_token,
    issue_token,
    purge_expired,
    revoke_token,
    store_upload,
    submit,
    transition,
)
from services_api.cases.tracking import grouped
from services_api.cases.uploads import CleanFile, clean
from services_api.cases.views.downloads import download
from services_api.cases.views.standing import case_context
from services_api.cases.walks import available, state_label

__all__ = [
    "APPLICANT",
    "PERMISSION",
    "SYSTEM",
    "Actor",
    "AddressThrottle",
    "Announcement",
    "AnswersInvalid",
    "ApiToken",
    "Attachment",
    "Case",
    "CaseFacts",
    "Channel",
    "CleanFile",
    "Conflict",
    "FieldError",
    "Filters",
    "FunctionBinding",
    "Happening",
    "KeyReused",
    "Letter",
    "NotOpen",
    "Outcome",
    "Submitted",
    "TransitionRefused",
    "UploadRefused",
    "addressee_labels",
    "available",
    "by_number_and_code",
    "case_context",
    "case_facts",
    "case_for_resident",
    "case_numbers",
    "clean",
    "download",
    "facts_for_letter",
    "find_token",
    "grouped",
    "inbox",
    "issue_token",
    "listen",
    "log_staff_read",
    "observe",
    "purge_expired",
    "revoke_token",
    "staff",
    "staff_case",
    "state_label",
    "store_upload",
    "submit",
    "transition",
    "uploads_by_id",
    "visible_cases",
]
