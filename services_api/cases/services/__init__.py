"""Every write to cases: one function per use case, each in one transaction."""

from services_api.cases.services.drafts import (
    begin_draft,
    draft_by_code,
    drop_file,
    keep_answers,
    keep_file,
    keep_for_later,
    purge_expired,
    store_upload,
)
from services_api.cases.services.submission import Submitted, submit, submit_draft
from services_api.cases.services.tokens import find_token, issue_token, revoke_token
from services_api.cases.services.transitions import transition

__all__ = [
    "Submitted",
    "begin_draft",
    "draft_by_code",
    "drop_file",
    "find_token",
    "issue_token",
    "keep_answers",
    "keep_file",
    "keep_for_later",
    "purge_expired",
    "revoke_token",
    "store_upload",
    "submit",
    "submit_draft",
    "transition",
]
