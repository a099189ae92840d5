"""What other rooms may use of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services_api.procedures import selectors, workflow
from services_api.procedures.forms import (
    BoundForm,
    CheckedFile,
    FieldError,
    FormDefinition,
    Page,
    StoredFile,
    answer_sections,
    as_text,
    bind,
    build,
    consent_field,
    form_context,
)
from services_api.procedures.holders import Holding, Holdings, holders_by
from services_api.procedures.letters import LetterBook, LetterKind, letters_by, words_in
from services_api.procedures.letters import Messages as LetterMessages
from services_api.procedures.models import Procedure, ProcedureVersion
from services_api.procedures.release import release_codes, release_names
from services_api.procedures.selectors import procedures_with_words, version_ids
from services_api.procedures.services import draft_version, publish, withdraw
from services_api.procedures.simulation import forecast_by
from services_api.procedures.texts import CARD_HEADINGS, language_code, pick, to_html
from services_api.procedures.workflow import EFFECTS, END_PHASES, Effect, Phase, State, Timeout, Transition, Workflow

__all__ = [
    "CARD_HEADINGS",
    "EFFECTS",
    "END_PHASES",
    "BoundForm",
    "CheckedFile",
    "Effect",
    "FieldError",
    "FormDefinition",
    "Holding",
    "Holdings",
    "LetterBook",
    "LetterKind",
    "LetterMessages",
    "Page",
    "Phase",
    "Procedure",
    "ProcedureCard",
    "ProcedureVersion",
    "PublishedVersion",
    "State",
    "StoredFile",
    "Timeout",
    "Transition",
    "Workflow",
    "answer_sections",
    "as_text",
    "bind",
    "build",
    "consent_field",
    "draft_version",
    "forecast_by",
    "form_context",
    "holders_by",
    "letters_by",
    "pick",
    "procedures_with_words",
    "publish",
    "published_procedure",
    "published_procedures",
    "published_version",
    "release_codes",
    "release_names",
    "version_by_id",
    "version_ids",
    "withdraw",
    "words_in",
]


@dataclass(frozen=True)
class ProcedureCard:
    """A procedure for the catalogue and its service page, in one language. Texts of `card` are HTML, "" hides one.

    `card` has the keys of CARD_HEADINGS; `faq` is [{question, answer}] (answer HTML), `facts` [{label, value}].
    """

    code: str
    family: str
    family_label: str
    name: str
    summary: str
    language: str
    version: int
    apply_path: str
    apply_label: str
    card: Mapping[str, str]
    faq: tuple[Mapping[str, str], ...]
    facts: tuple[Mapping[str, str], ...]


@dataclass(frozen=True)
class PublishedVersion:
    """A version that cases are opened by. `id` is what a case pins; `form` goes to `build`."""

    id: int
    code: str
    family: str
    number: int
    state: str
    valid_from: date
    checksum: str
    form: Mapping[str, Any]
    workflow: Workflow
    clock: tuple[Mapping[str, Any], ...]
    texts: Mapping[str, Any]
    names: Mapping[str, str]

    def name(self, language: str | None = None) -> str:
        """The procedure's name in a language (default: the active one)."""
        return pick(self.names, language)

    def rule(self, code: str = "answer") -> Mapping[str, Any] | None:
        """A clock rule by its code, ready for `cases.clock.compute`; None when the version has none."""
        return next((each for each in self.clock if each["code"] == code), None)

    def next_steps(self, language: str | None = None) -> list[str]:
        """What happens after submitting, for the confirmation."""
        return [pick(each, language) for each in self.texts.get("next_steps", [])]


def published_procedures(language: str | None = None, on: date | None = None) -> list[ProcedureCard]:
    """What residents may apply for on a day (default: today in Asia/Yerevan), in the order of the catalogue."""
    code = language_code(language)
    return [_card(version, code) for version in selectors.versions_in_force(on)]


def published_procedure(code: str, language: str | None = None, on: date | None = None) -> ProcedureCard | None:
    """The card of one procedure, None when it cannot be applied for."""
    version = selectors.version_in_force(code, on)
    return _card(version, language_code(language)) if version else None


def published_version(code: str, on: date | None = None) -> PublishedVersion | None:
    """The version that a new case of this procedure follows, None when it cannot be applied for."""
    version = selectors.version_in_force(code, on)
    return _published(version) if version else None


def version_by_id(version_id: int) -> PublishedVersion | None:
    """The version that a case pinned, also after a newer one or a withdrawal; None for a draft or an unknown id."""
    version = (
        ProcedureVersion.objects.exclude(state=ProcedureVersion.State.DRAFT)
        .select_related("procedure")
        .filter(pk=version_id)
        .first()
    )
    return _published(version) if version else None


def _card(version: ProcedureVersion, language: str) -> ProcedureCard:
    procedure, texts = version.procedure, version.texts
    card = texts.get("card", {})
    return ProcedureCard(
        code=procedure.code,
        family=procedure.family,
        family_label=str(procedure.get_family_display()),
        name=procedure.name(language),
        summary=procedure.summary(language),
        language=language,
        version=version.number,
        apply_path=f"/apply/{procedure.code}/",
        apply_label=pick(texts.get("apply"), language),
        card={heading: to_html(pick(card.get(heading), language)) for heading in CARD_HEADINGS},
        faq=tuple(
            {"question": pick(each["question"], language), "answer": to_html(pick(each["answer"], language))}
            for each in texts.get("faq", ())
        ),
        facts=tuple(
            {"label": pick(each["label"], language), "value": pick(each["value"], language)}
            for each in texts.get("facts", ())
        ),
    )


def _published(version: ProcedureVersion) -> PublishedVersion:
    procedure = version.procedure
    return PublishedVersion(
        id=version.pk,
        code=procedure.code,
        family=procedure.family,
        number=version.number,
        state=version.state,
        valid_from=version.valid_from,
        checksum=version.checksum,
        form=version.form,
        workflow=workflow.parse(version.workflow),
        clock=tuple(version.clock),
        texts=version.texts,
        names={"hy": procedure.name_hy, "en": procedure.name_en, "ru": procedure.name_ru},
    )
