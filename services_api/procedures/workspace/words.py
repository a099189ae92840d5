"""The words of the screens for codes that definitions use: kinds of questions, functions, requirements, headings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import pgettext_lazy

KINDS = {
    "text": pgettext_lazy("kind of question", "text"),
    "long_text": pgettext_lazy("kind of question", "long text"),
    "email": pgettext_lazy("kind of question", "e-mail"),
    "phone": pgettext_lazy("kind of question", "phone"),
    "number": pgettext_lazy("kind of question", "number"),
    "money": pgettext_lazy("kind of question", "sum of money"),
    "date": pgettext_lazy("kind of question", "date"),
    "time": pgettext_lazy("kind of question", "time"),
    "yes_no": pgettext_lazy("kind of question", "yes or no"),
    "choice": pgettext_lazy("kind of question", "one of several"),
    "choices": pgettext_lazy("kind of question", "several of them"),
    "settlement": pgettext_lazy("kind of question", "settlement"),
    "person": pgettext_lazy("kind of question", "person"),
    "organisation": pgettext_lazy("kind of question", "organisation"),
    "psn": pgettext_lazy("kind of question", "public services number"),
    "address": pgettext_lazy("kind of question", "address"),
    "point": pgettext_lazy("kind of question", "place on the map"),
    "file": pgettext_lazy("kind of question", "file"),
    "files": pgettext_lazy("kind of question", "files"),
    "group": pgettext_lazy("kind of question", "rows of questions"),
    "table": pgettext_lazy("kind of question", "table"),
    "computed": pgettext_lazy("kind of question", "computed"),
    "consent": pgettext_lazy("kind of question", "consent"),
    "info": pgettext_lazy("kind of question", "information"),
}
FUNCTIONS = {
    "receiver": pgettext_lazy("function of staff", "receiver"),
    "executor": pgettext_lazy("function of staff", "executor"),
    "signatory": pgettext_lazy("function of staff", "signatory"),
    "head": pgettext_lazy("function of staff", "head of the community"),
    "applicant": pgettext_lazy("function of staff", "applicant"),
    "system": pgettext_lazy("function of staff", "the system"),
}
REQUIREMENTS = {
    "reason": pgettext_lazy("needed for a step", "reasons"),
    "answer": pgettext_lazy("needed for a step", "answer"),
    "assignee": pgettext_lazy("needed for a step", "officer"),
    "comment": pgettext_lazy("needed for a step", "comment"),
    "question": pgettext_lazy("needed for a step", "question to the applicant"),
    "reply": pgettext_lazy("needed for a step", "reply of the applicant"),
    "ground": pgettext_lazy("needed for a step", "ground"),
    "body": pgettext_lazy("needed for a step", "competent body"),
    "tasks_joined": pgettext_lazy("needed for a step", "finished tasks"),
    "co_applicants": pgettext_lazy("needed for a step", "confirmations of co-applicants"),
}
HEADINGS = {
    "whom": pgettext_lazy("heading of a service", "for whom"),
    "get": pgettext_lazy("heading of a service", "what one gets"),
    "need": pgettext_lazy("heading of a service", "what is needed"),
    "how": pgettext_lazy("heading of a service", "how it is done"),
    "time": pgettext_lazy("heading of a service", "time"),
    "price": pgettext_lazy("heading of a service", "price"),
    "benefit": pgettext_lazy("heading of a service", "privileges"),
    "next": pgettext_lazy("heading of a service", "what happens next"),
    "refuse": pgettext_lazy("heading of a service", "grounds of refusal"),
    "appeal": pgettext_lazy("heading of a service", "appeal"),
    "law": pgettext_lazy("heading of a service", "legal basis"),
    "who": pgettext_lazy("heading of a service", "who is responsible"),
}


def said(codes: Iterable[str], words: Mapping[str, Any]) -> str:
    """Codes in the words of the reader, in their order; a code that has none stands as it is."""
    return ", ".join(str(words.get(each, each)) for each in codes)
