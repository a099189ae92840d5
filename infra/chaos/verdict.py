"""What must be true after the chaos, read from the database and the mail folder and not asked of the product."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import psycopg

from infra import applications
from infra.chaos.clients import Applicant
from infra.chaos.product import Say

LOOK_SECONDS = 0.5


@dataclass
class Verdict:
    """Figures, and what is wrong: an empty list means that the promise was kept."""

    cases: int = 0
    confirmed: int = 0
    letters: int = 0
    wrong: list[str] = field(default_factory=list)

    def expect(self, is_right: bool, complaint: str) -> None:
        """Note the complaint unless it is right."""
        if not is_right:
            self.wrong.append(complaint)


def wait_until_sent(url: str, seconds: float, say: Say) -> int:
    """Wait until nothing waits in the outbox any more; how many rows still do after so many seconds."""
    deadline = time.monotonic() + seconds
    pause, waiting, told = threading.Event(), -1, -1
    while time.monotonic() < deadline:
        try:
            with psycopg.connect(url, connect_timeout=5) as database:
                row = database.execute("SELECT count(*) FROM public.exchange_outbox WHERE state = 'pending'").fetchone()
        except psycopg.OperationalError:
            pause.wait(LOOK_SECONDS)  # just being started again
            continue
        waiting = row[0] if row else 0
        if waiting == 0:
            return 0
        if told < 0 or waiting < told / 2:
            say(f"{waiting} letters wait in the outbox")
            told = waiting
        pause.wait(LOOK_SECONDS)
    return waiting


def judge(url: str, schema: str, applicants: Iterable[Applicant], mail: Path) -> Verdict:
    """Compare what residents were told with what the database and the mail folder hold."""
    told = list(applicants)
    verdict = Verdict(confirmed=sum(applicant.is_confirmed for applicant in told))
    with psycopg.connect(url, options=f"-c search_path={schema},public") as database:
        _cases(database, told, verdict)
        _numbers(database, verdict)
        _outbox(database, schema, verdict)
        _letters(database, mail / schema, verdict)
    return verdict


def _cases(database: psycopg.Connection, told: list[Applicant], verdict: Verdict) -> None:
    rows = database.execute(
        """SELECT k.key, c.uuid::text, c.number, c.answers ->> 'subject'
           FROM cases_case c LEFT JOIN cases_submissionkey k ON k.case_id = c.id"""
    ).fetchall()
    verdict.cases = len(rows)
    by_key = {key: (uuid, number) for key, uuid, number, _subject in rows}
    subjects = Counter(subject for _key, _uuid, _number, subject in rows)
    verdict.expect(None not in by_key, "a case has no key: half of a submission is there")
    twice = [subject for subject, count in subjects.items() if count > 1]
    verdict.expect(not twice, f"{len(twice)} applications are there twice: {twice[:3]}")
    ours = {f"api:{applicant.key}" for applicant in told}
    verdict.expect(set(by_key) <= ours | {None}, "there are cases that nobody sent")
    for applicant in told:
        found = by_key.get(f"api:{applicant.key}")
        if applicant.is_confirmed:
            verdict.expect(found is not None, f"{applicant.number} was confirmed and is lost")
            verdict.expect(
                found in (None, (applicant.uuid, applicant.number)),
                f"the resident was told {applicant.number}, the register says {found}",
            )
        verdict.expect(not applicant.disagreed, f"{applicant.key}: two answers named different cases")
        verdict.expect(not applicant.complaint, f"{applicant.key} was refused: {applicant.complaint}")
        if applicant.kind != "impatient":
            verdict.expect(applicant.is_confirmed, f"{applicant.key} was never answered ({applicant.tries} tries)")


def _numbers(database: psycopg.Connection, verdict: Verdict) -> None:
    """Each series and year runs 1, 2, 3 ... to its counter."""
    numbers = [row[0] for row in database.execute("SELECT number FROM cases_case").fetchall()]
    verdict.expect(None not in numbers, "a case has no number")
    verdict.expect(len(set(numbers)) == len(numbers), "a number was given twice")
    expected: set[str] = set()
    for pattern, year, last in database.execute(
        "SELECT s.pattern, c.year, c.last FROM cases_numbercounter c JOIN cases_numberseries s ON s.id = c.series_id"
    ).fetchall():
        for index in range(1, last + 1):
            expected.add(pattern.replace("{year}", str(year)).replace("{index}", str(index)))
    gaps, unknown = expected - set(numbers), set(numbers) - expected - {None}
    verdict.expect(not gaps, f"{len(gaps)} numbers are missing: {sorted(gaps)[:3]}")
    verdict.expect(not unknown, f"{len(unknown)} numbers are of no series: {sorted(unknown)[:3]}")


def _outbox(database: psycopg.Connection, schema: str, verdict: Verdict) -> None:
    """Everything is sent or not needed any more (an invitation), and one letter for each case was."""
    rows = database.execute(
        "SELECT state, kind = 'mail' AND payload ? 'case' FROM public.exchange_outbox WHERE schema = %s", [schema]
    ).fetchall()
    waiting = Counter(state for state, _of_case in rows if state not in ("sent", "skipped"))
    sent = sum(of_case for state, of_case in rows if state == "sent")
    verdict.expect(not waiting, f"not sent: {dict(waiting)}")
    verdict.expect(sent == verdict.cases, f"{verdict.cases} cases, but {sent} letters are noted as sent")


def _letters(database: psycopg.Connection, folder: Path, verdict: Verdict) -> None:
    """One file a case, addressed to its applicant, with its number."""
    parsed = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in folder.glob("*.eml")]
    identities = Counter(str(letter["Message-ID"]) for letter in parsed)
    verdict.expect(len(identities) == len(parsed), "a Message-ID was used twice")
    rows = database.execute("SELECT answers ->> 'email', number FROM cases_case").fetchall()
    applicants = {address for address, _number in rows}
    ours = [letter for letter in parsed if applications.is_visitors(str(letter["To"]))]
    verdict.letters = len(ours)
    to = Counter(str(letter["To"]) for letter in ours)
    verdict.expect(set(to) <= applicants, "somebody got a letter who has no case")
    texts: dict[str, str] = {str(letter["To"]): _text(letter) for letter in ours}
    for address, number in rows:
        verdict.expect(to[address] == 1, f"{number} was mailed {to[address]} times")
        verdict.expect(number in (texts.get(address) or number), f"the letter to {address} does not name {number}")
    verdict.expect(len(ours) == len(rows), f"{len(rows)} cases, but {len(ours)} letters")


def _text(letter: EmailMessage) -> str:
    part = letter.get_body(("plain",))
    return f"{letter['Subject']}\n{part.get_content() if part else ''}"
