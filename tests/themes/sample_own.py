"""What applicants send on the page of their case (cases/own.html)."""

from __future__ import annotations

from tests.themes.sample_values import field, moment

# What an applicant sends on the page of their case: an answer that was not accepted, and a rating.
OWN_ANSWER = {
    "case": {"number": "Դ-2026/1184", "title": "Երեխայի ընդունում մանկապարտեզ"},
    "quote": {
        "text": "Տեղեկանքի պատճենն ընթեռնելի չէ։",
        "missing": ["Բնակության վայրի տեղեկանք", "Ծննդյան վկայականի երկրորդ էջ"],
        "due_at": moment(30, 14, 0),
    },
    "form": {
        "title": "Պատասխանել հարցին",
        "intro": "",
        "errors": [{"id": "f-answer", "message": "Գրեք պատասխան կամ կցեք ֆայլ"}],
        "groups": [],
        "hidden": [{"name": "key", "value": "1"}],
        "action": "/cases/1/answer/",
        "submit_label": "Ուղարկել",
        "back_url": "/cases/1/",
        "has_files": True,
        "fields": [
            field("textarea", "answer", "Պատասխան", required=False, error="Գրեք պատասխան կամ կցեք ֆայլ", rows=8),
            field(
                "file", "files", "Ֆայլեր", required=False, multiple=True, accept=".pdf,.jpg", hint="PDF, JPG կամ PNG"
            ),
        ],
    },
}
OWN_RATING = {
    "case": OWN_ANSWER["case"],
    "form": {
        "title": "Ինչպե՞ս Ձեզ սպասարկեցին",
        "intro": "Ձեր գնահատականը պատասխանը չի փոխում։",
        "errors": [],
        "groups": [],
        "hidden": [],
        "action": "/cases/1/rating/",
        "submit_label": "Ուղարկել գնահատականը",
        "back_url": "/cases/1/",
        "fields": [
            field(
                "radio",
                "rating",
                "Ձեր գնահատականը",
                choices=[
                    {"value": "5", "label": "5 – Շատ լավ", "hint": "", "selected": True},
                    {"value": "1", "label": "1 – Շատ վատ", "hint": "", "selected": False},
                ],
            ),
            field("textarea", "words", "Ձեր խոսքերով", required=False, rows=4),
        ],
    },
}

TOGETHER = {
    "invitation": {
        "name": "Պետրոսյան Աննա",
        "number": "Հ-2026/12",
        "title": "Խմելու ջրի մասին",
        "procedure": "Հանրագիր",
        "applicant": "Հակոբյան Կարեն",
        "until": moment(30, 14, 0),
    },
    "said": "",
    "error": "",
    "may_answer": True,
}
