"""Examples of the OpenAPI document, by operation; a test holds each against its shape."""

from __future__ import annotations

from typing import Any

# Operations that name something in their body, so 404 is possible without a part in the address.
MAY_NAME_NOTHING = ("submitApplication", "applicationStatus", "applicationPass", "beginDraft", "resumeDraft")
# Operations without a body, or on a revision that they find themselves, that a rule may still refuse.
MAY_BE_REFUSED = ("cancelTask", "answerQuestion", "withdraw", "rate")

CASE_ID = "6b1f2a52-3f0c-4a5e-9a57-2f1c0d7f8a11"
FILE_ID = "957b45f2-0c0e-4f6b-8d8b-3f3a7c1e2b90"
TASK_ID = "0f8fad5b-d9cb-469f-a165-70867728950e"
LETTER_ID = "7c9e6679-7425-40de-944b-e07fc1f90ae7"
PLACE = "https://meghri.example/api/v1/"
MONDAY, TUESDAY = "2026-11-23T10:15:00+04:00", "2026-11-24T09:00:00+04:00"
DUE = "2026-12-23T18:00:00+04:00"
SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
TOKEN = "Vb3kQ9sXw2LmZ8rTc5yHf1uNd7pJg4aEi6oKx0vBqRs"  # noqa: S105

PROBLEMS: dict[str, dict[str, Any]] = {
    "invalid": {"errors": [{"field": "applicant.surname", "detail": "Write the surname."}]},
    "unknown_fields": {
        "detail": "There are no such fields: colour.",
        "errors": [{"field": "fields", "detail": "There are no such fields: colour."}],
        "known": ["id", "number", "state"],
    },
    "scope_missing": {"detail": "The token lacks the scope cases:write.", "scope": "cases:write"},
    "conflict": {
        "lock_version": 4,
        "changes": [{"at": TUESDAY, "what": "Register", "who": "Անի Օրինակյան, մասնագետ", "state": "registered"}],
    },
    "precondition_failed": {"lock_version": 4},
    "revision_missing": {"errors": [{"field": "lock_version", "detail": "Say which revision you read."}]},
    "transition_refused": {
        "detail": "Something is missing.",
        "errors": [{"field": "answer", "detail": "Write the answer or attach it as a file."}],
    },
    "upload_refused": {"errors": [{"field": "file", "detail": "“plan.pdf” is empty. Choose the file again."}]},
}

ANSWERS_OF_FORM = {
    "applicant": {"surname": "Հակոբյան", "name": "Կարեն"},
    "settlement": "Մեղրի",
    "address": "Զորավար Անդրանիկի 2",
    "email": "karen@example.am",
    "subject": "Փողոցի լուսավորության մասին",
    "body": "Խնդրում եմ վերականգնել մեր փողոցի լուսավորությունը։",
}
PAIR = {"number": "Դ-2026/417", "tracking_code": "K7MP 4RTX 9ACD"}
FILE = {"id": FILE_ID, "name": "plan.pdf", "size": 8229, "media_type": "application/pdf", "sha256": SHA256}
UPLOADED = {**FILE, "scan_state": "clean"}
SUBMITTED = {
    "id": CASE_ID, **PAIR, "submitted_at": MONDAY, "registered_at": MONDAY, "due_at": DUE,
    "status_page": "https://meghri.example/case/",
}  # fmt: skip
REPRESENTATION = {
    "kind": "person", "name": "Հակոբյան Սիրանուշ", "basis": "law", "basis_label": "by law (parent)",
}  # fmt: skip
CO_APPLICANTS = [
    {"name": "Պետրոսյան Աննա", "state": "confirmed", "state_label": "has confirmed", "expires_at": DUE,
     "answered_at": TUESDAY},
    {"name": "Իվանով Իվան", "state": "invited", "state_label": "asked, has not answered yet", "expires_at": DUE,
     "answered_at": None},
]  # fmt: skip
STATUS = {
    "number": "Դ-2026/417", "representation": REPRESENTATION, "co_applicants": CO_APPLICANTS,
    "title": "Փողոցի լուսավորության մասին", "standing": "In progress", "next_text": "",
    "submitted_at": MONDAY, "needed": None, "due_at": DUE, "days_left": 28, "is_overdue": False, "is_closed": False,
    "timeline": [{"at": MONDAY, "text": "The application was received electronically."}], "answer": None,
}  # fmt: skip
OWN = {
    **STATUS, "id": CASE_ID, "term_notes": [], "stages": [{"title": "Received", "state": "done", "note": ""}],
    "messages": [{"author": "", "is_own": True, "at": TUESDAY, "text": "Անդրանիկի փողոցը։", "missing": []}],
    "files": [
        {
            "id": FILE_ID, "kind": "applicant", "name": "plan.pdf", "media_type": "application/pdf", "size": 8229,
            "created_at": MONDAY, "scan_state": "clean", "url": f"{PLACE}applications/{CASE_ID}/files/{FILE_ID}/",
        }
    ],
    "views": [{"at": TUESDAY, "text": "Անի Օրինակյան, մասնագետ, working on the application"}],
    "can": {"answer": False, "write": True, "withdraw": True, "rate": False, "get_decision": False},
}  # fmt: skip
DRAFT = {
    "token": TOKEN, "procedure": "application-to-head", "version": 1, "language": "hy", "answers": ANSWERS_OF_FORM,
    "attachments": [{**UPLOADED, "field": "attachments"}], "is_ready": False,
    "errors": [{"field": "phone", "detail": "Write the phone number."}], "expires_at": TUESDAY,
    "page": f"https://meghri.example/apply/application-to-head/{TOKEN}/",
}  # fmt: skip
LINE = {
    "id": CASE_ID, "number": "Դ-2026/417", "procedure": "application-to-head", "phase": "registered",
    "state": "registered", "state_label": "Registered", "outcome": "", "subject": "Փողոցի լուսավորության մասին",
    "applicant": "Հակոբյան Կարեն", "channel": "api", "language": "hy", "settlement": "Մեղրի", "confidentiality": 2,
    "assignee": "Անի Օրինակյան, մասնագետ", "submitted_at": MONDAY, "registered_at": MONDAY, "due_at": DUE,
    "is_overdue": False, "decided_at": None, "closed_at": None, "lock_version": 3,
}  # fmt: skip
CASE = {
    **LINE,
    "applicant": {
        "kind": "person", "name": "Հակոբյան Կարեն", "email": "karen@example.am", "phone": "", "address": "Մեղրի",
    },
    "representation": {**REPRESENTATION, "proof": []},
    "co_applicants": CO_APPLICANTS,
    "answers": {**ANSWERS_OF_FORM, "consent": True},
    "attachments": [
        {
            **UPLOADED, "kind": "applicant", "field": "attachments", "created_at": MONDAY,
            "url": f"{PLACE}cases/{CASE_ID}/files/{FILE_ID}/",
        }
    ],
    "events": [
        {
            "sequence": 1, "code": "submit", "from_state": "", "to_state": "submitted", "actor": "", "at": MONDAY,
            "public_text": {"hy": "Դիմումն ստացվել է էլեկտրոնային եղանակով։"}, "comment": "", "hash": SHA256,
        }
    ],
    "decisions": [],
    "transitions": [{"code": "answer", "label": "Answer", "requires": ["answer"]}],
}  # fmt: skip
TASK = {
    "id": TASK_ID, "case": CASE_ID, "case_number": "Դ-2026/417", "case_subject": "Փողոցի լուսավորության մասին",
    "kind": "opinion", "kind_label": "to give an opinion", "state": "open", "to": "Գլխավոր մասնագետ",
    "issuer": "Անի Օրինակյան, մասնագետ", "text": "Ի՞նչ եք առաջարկում։", "issued_at": MONDAY, "due_at": DUE,
    "is_overdue": False, "group": "g1", "needed": 0, "order": 0, "result": "", "finished_at": None, "finished_by": "",
}  # fmt: skip
DONE = {
    **TASK, "state": "done", "result": "Առաջարկում եմ բավարարել։", "finished_at": TUESDAY,
    "finished_by": "Արամ Օրինակյան, գլխավոր մասնագետ",
}  # fmt: skip
LETTER = {
    "id": LETTER_ID, "kind": "to", "is_from_applicant": False, "author": "Անի Օրինակյան, մասնագետ",
    "text": "Բարև Ձեզ։", "missing": [], "at": TUESDAY, "due_at": None, "settled_at": None,
    "files": [FILE],
}  # fmt: skip
OWN_LETTER = {**LETTER, "kind": "from", "is_from_applicant": True, "author": ""}
NOTE = {"sequence": 4, "text": "Զանգել եմ դիմողին։", "author": "Անի Օրինակյան, մասնագետ", "at": TUESDAY}
RELATION = {
    "id": "3d2b1a52-3f0c-4a5e-9a57-2f1c0d7f8a12", "number": "Դ-2026/415", "subject": "Լուսավորություն",
    "words": "related",
}  # fmt: skip
PROCEDURE = {
    "id": "application-to-head", "code": "application-to-head", "family": "application",
    "name": "Application to the head of the community", "summary": "Ask, propose or complain.", "version": 1,
    "language": "en", "form_url": f"{PLACE}procedures/application-to-head/form/",
}  # fmt: skip

NUMBERS = {
    "received": 42, "answered": 31, "in_time": 30, "late": 1, "share": 97, "ended": 2, "overdue": 1, "median": 6.5,
    "ratings": 9, "mean_rating": 4.4,
}  # fmt: skip


def page(*rows: Any) -> dict[str, Any]:
    """One page of a list, the last one."""
    return {"next": None, "previous": None, "results": list(rows)}


REQUESTS: dict[str, Any] = {
    "submitApplication": {
        "procedure": "application-to-head", "language": "hy",
        "answers": {
            **ANSWERS_OF_FORM, "phone": "+37491123456", "on_behalf": True,
            "principal": {"surname": "Հակոբյան", "name": "Սիրանուշ"}, "basis": "law", "consent": True,
        },
        "attachments": [{"id": FILE_ID, "field": "attachments"}], "tell_by_sms": True,
    },
    "applicationStatus": PAIR,
    "applicationPass": PAIR,
    "writeToOfficer": {"text": "Երբ կլինի պատասխանը՞։", "attachments": []},
    "answerQuestion": {"text": "Անդրանիկի փողոցը։", "attachments": [FILE_ID]},
    "withdraw": {"comment": "Այլևս պետք չէ։"},
    "rate": {"rating": 5, "text": "Շնորհակալություն։"},
    "beginDraft": {"procedure": "application-to-head", "language": "hy", "answers": ANSWERS_OF_FORM},
    "fillDraft": {"answers": ANSWERS_OF_FORM},
    "resumeDraft": {"code": "K7MP 4RTX 9ACD"},
    "submitDraft": {"answers": {"consent": True}, "tell_by_sms": True},
    "transition": {"transition": "answer", "lock_version": 3, "data": {"answer": "Լուսավորությունը վերականգնվել է։"}},
    "handOver": {"to": "p12", "lock_version": 3, "comment": "Ձեր բաժնի հարցն է։"},
    "setConfidentiality": {"level": 3, "lock_version": 3},
    "giveTasks": {"kind": "opinion", "to": ["p12", "q3"], "text": "Ի՞նչ եք առաջարկում։", "until": "2026-12-01"},
    "finishTask": {"state": "done", "result": "Առաջարկում եմ բավարարել։"},
    "postponeTask": {"until": "2026-12-10"},
    "writeMessage": {"text": "Բարև Ձեզ։", "attachments": [FILE_ID]},
    "addNote": {"text": "Զանգել եմ դիմողին։"},
    "relate": {"number": "Դ-2026/415", "kind": "related"},
}  # fmt: skip
# A second example beside the first: name, and what is sent.
MORE_REQUESTS: dict[str, tuple[str, Any]] = {
    "submitApplication": (
        "together",
        {
            "procedure": "petition", "language": "hy",
            "answers": {
                "applicant": {"surname": "Հակոբյան", "name": "Կարեն"},
                "address": {"settlement": "Մեղրի", "street": "Անդրանիկի", "house": "2"}, "phone": "+37491123456",
                "kind": "collective", "subject": "Խաղահրապարակ",
                "body": "Խնդրում ենք կառուցել խաղահրապարակ մեր բակում։", "body_asked": False,
                "others": [
                    {
                        "author": {"surname": "Պետրոսյան", "name": "Աննա"}, "place": "Մեղրի",
                        "author_email": "anna@example.am", "author_language": "hy",
                    }
                ],
                "consent": True,
            },
        },
    ),
}  # fmt: skip
ANSWERS: dict[str, Any] = {
    "procedures": page(PROCEDURE),
    "procedure": {
        **PROCEDURE, "card": {"who": "<p>Everybody.</p>"}, "faq": [], "facts": [{"label": "Term", "value": "30 days"}],
    },
    "procedureForm": {
        "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "x-version": 1, "x-files": [],
        "required": ["applicant", "consent"],
        "x-representation": {"principal": "principal", "basis": "basis", "proof": "basis_proof"},
        "x-co-applicants": {
            "field": "others", "name": "author", "email": "author_email", "language": "author_language", "days": 14,
        },
        "x-short-messages": "phone",
    },
    "forecast": {"submitted_at": MONDAY, "registered_at": MONDAY, "due_at": DUE},
    "uploadAttachment": UPLOADED,
    "uploadedAttachment": {**UPLOADED, "scan_state": "checking"},
    "submitApplication": SUBMITTED,
    "applicationStatus": STATUS,
    "applicationPass": {"id": CASE_ID, "seconds": 7200, "pass": "hmc_IjZiMWYyYTUyIg:1vN0aB:Qx7"},
    "ownApplication": OWN,
    "withdraw": {**OWN, "is_closed": True},
    "rate": OWN,
    "writeToOfficer": OWN_LETTER,
    "answerQuestion": {**OWN_LETTER, "kind": "reply"},
    "beginDraft": DRAFT,
    "draft": DRAFT,
    "fillDraft": {**DRAFT, "is_ready": True, "errors": []},
    "keepDraft": {"code": "K7MP 4RTX 9ACD", "expires_at": DUE},
    "resumeDraft": DRAFT,
    "addDraftFile": UPLOADED,
    "submitDraft": SUBMITTED,
    "cases": page(LINE),
    "caseCounts": {
        "open": 12, "mine": 3, "queues": 2, "unassigned": 4, "overdue": 1, "week": 5, "waiting": 1, "tasks": 2,
        "counted_to": 999,
    },
    "case": CASE,
    "transition": CASE,
    "handOver": CASE,
    "setConfidentiality": CASE,
    "addressees": {
        "people": [{"token": "p12", "label": "Արամ Օրինակյան, գլխավոր մասնագետ", "note": "absent"}],
        "queues": [{"token": "q3", "label": "Դիմումներ", "note": ""}],
    },
    "tasks": page(TASK),
    "tasksOfCase": page(DONE),
    "giveTasks": [TASK],
    "task": TASK,
    "finishTask": DONE,
    "cancelTask": {**TASK, "state": "cancelled", "finished_at": TUESDAY, "finished_by": "Անի Օրինակյան, մասնագետ"},
    "postponeTask": TASK,
    "messages": page(LETTER),
    "writeMessage": LETTER,
    "notes": page(NOTE),
    "addNote": NOTE,
    "reads": page({"at": TUESDAY, "reader": "Անի Օրինակյան, մասնագետ", "purpose": "working on the application"}),
    "relations": page(RELATION),
    "relate": [RELATION],
    "term": {
        "registered_at": MONDAY, "due_at": DUE, "days_left": 28, "is_overdue": False, "notes": [], "pauses": [],
        "extensions": [
            {"granted_at": TUESDAY, "ground": "Հարցումներ են ուղարկվել։", "length": 30, "unit": "calendar_days",
             "rule": ""}
        ],
        "silence": None,
    },
    "figures": {
        "period": {"first": "2026-11-01", "last": "2026-11-25"}, "total": NUMBERS, "before": NUMBERS,
        "moments": [{"first": "2026-11-01", "received": 2, "in_time": 1, "late": 0}],
        "groups": [
            {"code": "channel", "title": "By way of applying", "rows": [{"name": "website", "figures": NUMBERS}]}
        ],
    },
    "bindings": page(
        {"id": 1, "function": "receiver", "procedure": None, "settlement": "", "to": "Դիմումներ", "token": "q3"}
    ),
    "me": {
        "name": "Անի Օրինակյան", "email": "ani@meghri.example", "scopes": ["cases:read"], "token": "archive",
        "expires_at": DUE,
    },
}  # fmt: skip
