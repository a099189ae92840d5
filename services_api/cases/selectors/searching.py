"""Finding a case by anything on it: number, tracking code, applicant, phone, e-mail, subject, answers.

Words are looked for one by one, and all of them must be found. In the answers a word is found from its beginning, by
the index of their words (`AnswerWords`); numbers of people, which lie sealed there, only whole.
"""

from __future__ import annotations

import re

from django.db.models import BooleanField, F, Func, Q, TextField, Value
from django.db.models.lookups import IContains

from services_api.cases import tracking
from services_api.cases.models import Case, SubmissionKey
from services_api.cases.models.case import AnswerWords
from services_api.parties.public import identifiers

MOST_WORDS = 6
# Shorter beginnings stand in nearly every application.
SHORTEST_BEGINNING = 3
NOT_DIGIT = re.compile(r"[^0-9]")
# What people call a case by.
NAMED_BY = ("number", "subject", "applicant__surname", "applicant__name", "applicant__organisation_name")
PHONE = re.compile(r"\+?[0-9()-]{5,20}")


class _Line(Func):
    """Several columns as one line: to make each of them small costs more than to look into it. A word has no spaces, so
    it is never found across two columns."""

    template = "concat_ws(' ', %(expressions)s)"
    output_field = TextField()


class _Beginning(Func):
    """Whether the words of the answers hold one that begins so."""

    template = "(%(expressions)s::tsquery)"
    arg_joiner = " @@ "
    output_field = BooleanField()


def asked(text: str) -> list[Q]:
    """Conditions on `Case` that must all hold; none for an empty text."""
    code = tracking.normalised(text)
    if len(code) == tracking.LENGTH and set(code) <= set(tracking.ALPHABET) and not code.isdigit():
        # Codes are kept as digests, but for the first day (ADR 0013); a word may look like one, too.
        by_code = Q(pk__in=SubmissionKey.objects.filter(tracking_code=code).values("case_id"))
        return [by_code | _all_words(text)]
    if PHONE.fullmatch(joined := "".join(text.split())):
        return [_word(joined)]
    return [_word(each) for each in text.split()[:MOST_WORDS]]


def _all_words(text: str) -> Q:
    found = Q()
    for each in text.split()[:MOST_WORDS]:
        found &= _word(each)
    return found


def _word(word: str) -> Q:
    found = Q(IContains(_Line(*NAMED_BY), word))
    if "@" in word:
        found |= Q(applicant__email__icontains=word)
    if len(word) >= SHORTEST_BEGINNING:
        found |= _in_answers(word)
    if PHONE.fullmatch(word):
        # As people write it: 091 12-34-56 lies as +37491123456.
        national = NOT_DIGIT.sub("", word).removeprefix("374").removeprefix("0")
        if len(national) >= SHORTEST_BEGINNING:
            found |= Q(applicant__phone__contains=national) | _in_answers(f"+374{national}")
    if numbers := identifiers.digests_of_typed(word):
        found |= Q(named_digests__overlap=numbers)
    return found


def _in_answers(beginning: str) -> Q:
    quoted = beginning.lower().replace("\\", "\\\\").replace("'", "''")
    words = _Beginning(AnswerWords(F("answers")), Value(f"'{quoted}':*"))
    # Its own question, so that the index answers it whatever else is asked.
    return Q(pk__in=Case.objects.filter(words).order_by().values("pk"))
