"""The registers of persons and of organisations, with sandbox twins that know a few invented ones."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from services_api.exchange.connectors.registry import Connector, ConnectorDown, Register, offer

DATA = Path(__file__).parent / "data"
# A question by which the sandbox shows what happens when a register is away.
SILENT = "00000000"


@cache
def _known(name: str) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    return found


class Sandbox(Connector):
    """Knows what its file knows; never leaves the machine."""

    name = ""

    def ask(self, question: Mapping[str, str], timeout: float) -> Mapping[str, Any] | None:
        number = next(iter(question.values()), "")
        if number == SILENT:
            raise ConnectorDown("the sandbox was asked to be silent")
        return _known(self.name).get(number)

    def check_config(self) -> list[str]:
        return []


class PersonSandbox(Sandbox):
    name = "persons"


class CompanySandbox(Sandbox):
    name = "companies"


PERSON = offer(
    Register("person", _("Population register"), _("Number of the document"), "document", "person", PersonSandbox)
)
COMPANY = offer(
    Register("company", _("Register of legal entities"), _("Taxpayer's number"), "tin", "organisation", CompanySandbox)
)
