"""Every write to cases: one function per use case, each in one transaction."""

from services_api.cases.services.clocks import run_clocks, touch_clocks
from services_api.cases.services.drafts import (
    begin_draft,
    draft_by_code,
    draft_by_token,
    draft_errors,
    drop_file,
    fill_draft,
    forget_draft,
    keep_answers,
    keep_file,
    keep_for_later,
    purge_expired,
    store_upload,
)
from services_api.cases.services.handing_over import hand_over, set_confidentiality
from services_api.cases.services.lists import drop_list, keep_columns, keep_list
from services_api.cases.services.messages import add_note, rate, write_from_applicant, write_to_applicant
from services_api.cases.services.once import once
from services_api.cases.services.relations import relate
from services_api.cases.services.submission import Submitted, submit, submit_draft
from services_api.cases.services.tasks import Order, cancel, finish, issue, postpone
from services_api.cases.services.tokens import find_token, issue_token, revoke_token
from services_api.cases.services.transitions import transition

__all__ = [
    "Order",
    "Submitted",
    "add_note",
    "begin_draft",
    "cancel",
    "draft_by_code",
    "draft_by_token",
    "draft_errors",
    "drop_file",
    "drop_list",
    "fill_draft",
    "find_token",
    "finish",
    "forget_draft",
    "hand_over",
    "issue",
    "issue_token",
    "keep_answers",
    "keep_columns",
    "keep_file",
    "keep_for_later",
    "keep_list",
    "once",
    "postpone",
    "purge_expired",
    "rate",
    "relate",
    "revoke_token",
    "run_clocks",
    "set_confidentiality",
    "store_upload",
    "submit",
    "submit_draft",
    "touch_clocks",
    "transition",
    "write_from_applicant",
    "write_to_applicant",
]
