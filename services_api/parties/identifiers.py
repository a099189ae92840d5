"""Numbers that name a person or an organisation in the registers of the state: where they stand in answers, and how
they are kept. A number is sealed where it lies and found by a keyed digest; nothing of it is in clear in the database.

They are known by their shape, the parts of the answers `psn` and `organisation`, so that answers are sealed without
their form: unfinished ones, older ones, in rows and outside of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from services_api.parties.models import Identifier, Party
from tenants import sealing

SEALED = "$sealed"
# Part of an answer -> what it holds. The first two are the parts of one answer, which holds nothing else.
PSN_PARTS = {"number": Identifier.Scheme.PSN, "certificate": Identifier.Scheme.CERTIFICATE}
TIN_PART = "tin"
# What an officer may type to find a number; a certificate has a digit, otherwise every word would be one.
TYPED = (
    (Identifier.Scheme.PSN, re.compile(r"\d{10}")),
    (Identifier.Scheme.TIN, re.compile(r"\d{8}")),
    (Identifier.Scheme.CERTIFICATE, re.compile(r"(?=.*\d)[0-9A-Za-zԱ-Ֆա-ֆ/\-]{3,30}")),
)


def normalised(value: str) -> str:
    """The number as it is compared: without blanks, in capitals."""
    return "".join(value.split()).upper()


def named(scheme: str, value: str) -> str:
    """What the digest is made of: a TIN is never found by a PSN with the same digits."""
    return f"{scheme}:{normalised(value)}"


def sealed(answers: Any) -> Any:
    """A copy of answers with every number sealed; what is sealed already stays."""
    if isinstance(answers, Mapping):
        secret = _secret_parts(answers)
        return {
            name: {SEALED: sealing.seal(each)} if name in secret and isinstance(each, str) and each else sealed(each)
            for name, each in answers.items()
        }
    return [sealed(each) for each in answers] if isinstance(answers, (list, tuple)) else answers


def opened(answers: Any) -> Any:
    """A copy of sealed answers as they were given. Raises tenants.sealing.CannotOpen."""
    if isinstance(answers, Mapping):
        if set(answers) == {SEALED}:
            return sealing.unseal(str(answers[SEALED]))
        return {name: opened(each) for name, each in answers.items()}
    return [opened(each) for each in answers] if isinstance(answers, list) else answers


def seals_in(answers: Any) -> Iterator[str]:
    """Every seal of answers as they lie in the database."""
    if isinstance(answers, Mapping):
        if set(answers) == {SEALED}:
            yield str(answers[SEALED])
        else:
            for each in answers.values():
                yield from seals_in(each)
    elif isinstance(answers, list):
        for each in answers:
            yield from seals_in(each)


def numbers_in(answers: Any) -> Iterator[tuple[str, str]]:
    """(scheme, number) of everybody whom opened answers name."""
    if isinstance(answers, Mapping):
        secret = _secret_parts(answers)
        for name, each in answers.items():
            if name in secret and isinstance(each, str) and each:
                yield secret[name], each
            else:
                yield from numbers_in(each)
    elif isinstance(answers, list):
        for each in answers:
            yield from numbers_in(each)


def digests_of(answers: Any) -> list[str]:
    """Digests of everybody whom opened answers name, each once: what a case is found by."""
    return sorted({sealing.digest(named(scheme, value)) for scheme, value in numbers_in(answers)})


def digests_of_typed(word: str) -> list[str]:
    """Digests that a word of a search may mean; none unless it is a whole number."""
    found = [scheme for scheme, shape in TYPED if shape.fullmatch(word)]
    return [each for scheme in found for each in sealing.digests(named(scheme, word))]


def keep(party: Party, numbers: Mapping[str, str]) -> list[Identifier]:
    """Keep the numbers of a party by scheme; a number that is kept already stays as it is."""
    kept = []
    for scheme, value in numbers.items():
        found, _created = Identifier.objects.get_or_create(
            party=party,
            scheme=scheme,
            digest=sealing.digest(named(scheme, value)),
            defaults={"sealed": sealing.seal(normalised(value))},
        )
        kept.append(found)
    return kept


def reseal(everything: bool, report: sealing.Report) -> int:
    """Turn identifiers of the current tenant to today's key, or all of them; a row at a time, so it may be repeated."""
    total, changed = Identifier.objects.count(), 0
    for done, row in enumerate(Identifier.objects.order_by("pk").iterator(chunk_size=500), start=1):
        if everything or not sealing.is_current(row.sealed):
            number = sealing.unseal(row.sealed)
            changed += Identifier.objects.filter(pk=row.pk, sealed=row.sealed).update(
                sealed=sealing.seal(number), digest=sealing.digest(named(row.scheme, number))
            )
        if done % 500 == 0 or done == total:
            report("identifiers", done, total)
    return changed


def probe() -> None:
    """Open the newest identifier. Raises tenants.sealing.CannotOpen."""
    newest = Identifier.objects.order_by("-pk").first()
    if newest is not None:
        sealing.unseal(newest.sealed)


def _secret_parts(answer: Mapping[str, Any]) -> Mapping[str, str]:
    """The parts of one answer that hold a number."""
    if answer and set(answer) <= set(PSN_PARTS):
        return PSN_PARTS
    return {TIN_PART: Identifier.Scheme.TIN}
