"""What a database must not tell in clear: sealed with a key of each tenant, and found again by a keyed digest.

The installation has master keys (`HAMAYNK_IDENTIFIER_KEYS`, the first seals, all of them open). Each tenant's keys are
derived from them with its schema's name (HKDF, RFC 5869), so that what was copied from one community opens in no other.
A seal names its key, so that a wrong or missing key is told by name instead of as damaged data. See ADR 0027.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from tenants.context import current_schema, in_register

FORMAT = "1"
# (what is being done, how many of it are done, how many there are)
Report = Callable[[str, int, int], None]
_opened_as: ContextVar[str] = ContextVar("sealed_in_schema", default="")


class CannotOpen(Exception):
    """A seal does not open: its key is missing, it belongs to another community, or it was damaged."""


def seal(text: str) -> str:
    """The text encrypted for the current tenant: `1.<key>.<token>`. Two seals of one text are never equal."""
    master = settings.IDENTIFIER_KEYS[0]
    return f"{FORMAT}.{key_id(master)}.{_cipher(master, _schema()).encrypt(text.encode()).decode()}"


def unseal(sealed: str) -> str:
    """What was sealed in the current tenant. Raises CannotOpen, whose words say which key is missing."""
    parts = sealed.split(".", 2)
    if len(parts) != 3 or parts[0] != FORMAT:
        raise CannotOpen("This is no seal.")
    master = next((each for each in settings.IDENTIFIER_KEYS if key_id(each) == parts[1]), None)
    if master is None:
        known = ", ".join(key_id(each) for each in settings.IDENTIFIER_KEYS)
        raise CannotOpen(
            f"Sealed with the key {parts[1]}, which HAMAYNK_IDENTIFIER_KEYS does not hold (it has {known})."
        )
    schema = _opened_as.get() or _schema()
    try:
        return _cipher(master, schema).decrypt(parts[2].encode()).decode()
    except InvalidToken as error:
        raise CannotOpen(
            f"A seal does not open in {schema}: it was made in another community or is damaged."
        ) from error


def is_current(sealed: str) -> bool:
    """Whether it was sealed with the key that seals now."""
    return sealed.startswith(f"{FORMAT}.{key_id(settings.IDENTIFIER_KEYS[0])}.")


def digest(text: str) -> str:
    """A keyed digest of the text in the current tenant, 64 signs: equal texts are found, none is guessed."""
    return _digest(settings.IDENTIFIER_KEYS[0], _schema(), text)


def digests(text: str) -> list[str]:
    """The digests by every key that is still there: what is not yet turned to the new key is found, too."""
    return [_digest(each, _schema(), text) for each in settings.IDENTIFIER_KEYS]


@lru_cache(maxsize=64)
def key_id(master: str) -> str:
    """A name of a master key that tells nothing about it: 8 hexadecimal signs."""
    return hashlib.sha256(_derived(master, "key id")).hexdigest()[:8]


@contextmanager
def opened_as(schema: str) -> Iterator[None]:
    """In the block seals of this schema are opened, and sealed for the current tenant: a tenant that was copied."""
    token = _opened_as.set(schema)
    try:
        yield
    finally:
        _opened_as.reset(token)


def _schema() -> str:
    if in_register():
        raise CannotOpen("Sealed data belong to a tenant; none is chosen.")
    return current_schema()


@lru_cache(maxsize=4096)
def _derived(master: str, info: str) -> bytes:
    return HKDF(SHA256(), 32, salt=b"hamaynk", info=info.encode()).derive(master.encode())


def _cipher(master: str, schema: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_derived(master, f"seal {schema}")))


def _digest(master: str, schema: str, text: str) -> str:
    return hmac.new(_derived(master, f"digest {schema}"), text.encode(), hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class Holder:
    """A slice that keeps sealed data. `reseal` turns what is not sealed with today's key, or everything (`True`), and
    says how many rows it changed; `probe` opens one row and raises CannotOpen."""

    name: str
    reseal: Callable[[bool, Report], int]
    probe: Callable[[], None]


_holders: dict[str, Holder] = {}


def register_holder(name: str, *, reseal: Callable[[bool, Report], int], probe: Callable[[], None]) -> None:
    """Add a slice; called when its app is ready."""
    _holders[name] = Holder(name, reseal, probe)


def reseal(*, everything: bool = False, report: Report = lambda what, done, total: None) -> dict[str, int]:
    """Turn the current tenant to today's key. What is turned is passed over, so that it may be broken off and repeated.

    Returns how many rows were changed in each slice. Raises CannotOpen when a key is missing.
    """
    return {each.name: each.reseal(everything, report) for each in _holders.values()}


def probe() -> str:
    """Why the current tenant's data do not open, "" when they do."""
    try:
        for each in _holders.values():
            each.probe()
    except CannotOpen as error:
        return str(error)
    return ""
