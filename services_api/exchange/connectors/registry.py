"""What a connector is, and which there are. How to write one: docs/integrators/connectors.md."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

SANDBOX, OFF = "sandbox", "off"


class ConnectorDown(Exception):
    """The register did not answer in time, or answered with a fault: it may work later."""


class ConnectorRefused(Exception):
    """The register will not answer this question: wrong settings, no right to ask."""


class Connector(ABC):
    """One way to ask a register. An instance lives for one call."""

    @abstractmethod
    def ask(self, question: Mapping[str, str], timeout: float) -> Mapping[str, Any] | None:
        """The register's answer in the words of its `Register`; None when it knows nobody of that kind.

        `timeout` in seconds is kept for the whole call. Raises ConnectorDown, ConnectorRefused.
        """

    @abstractmethod
    def check_config(self) -> list[str]:
        """What is wrong with the settings, in words for the operator; nothing is asked for it."""


@dataclass(frozen=True, slots=True)
class Register:
    """A register of the state: what it is asked by, and the kind of question of a form that its answer fills in."""

    code: str
    label: StrOrPromise
    asked_by: StrOrPromise
    question: str
    fills: str
    sandbox: Callable[[], Connector]
    timeout: float = 5.0
    attempts: int = 2

    def connector(self) -> Connector | None:
        """The connector that this installation has for it, None for none. Raises ImportError for a wrong setting."""
        chosen = settings.CONNECTORS.get(self.code, settings.CONNECTORS_DEFAULT)
        if chosen == OFF:
            return None
        made: Connector = self.sandbox() if chosen == SANDBOX else import_string(chosen)()
        return made


_registers: dict[str, Register] = {}


def offer(register: Register) -> Register:
    """Make a register known."""
    _registers[register.code] = register
    return register


def registers() -> list[Register]:
    """All registers, in the order in which they were made known."""
    return list(_registers.values())


def register(code: str) -> Register:
    """Raises KeyError for an unknown code."""
    return _registers[code]
