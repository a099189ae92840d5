"""The resident's page of a form that is being made: drawn by the theme, worked by the same script, kept nowhere."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from services_api.procedures.forms import (
    BoundForm,
    FormDefinition,
    StoredFile,
    bind,
    build,
    conditions,
    form_context,
    schema,
)
from services_api.procedures.texts import language_code
from services_api.procedures.workspace.builder.writing import OF_QUESTION, Written
from services_api.procedures.workspace.views import in_words

OF_GROUP = re.compile(r"^form\.x-groups\[(\d+)\]\.x-show-if")
OF_PAGE = re.compile(r"^form\.x-pages\.(\w+)\.x-show-if")
OF_RULE = re.compile(r"^form\.x-rules\.(\w+)")
MOST_ROUNDS = 30
# No person, no cookie: the page has no token, and is the same for the same blocks.
NO_TOKEN = {"csrf_token": "NOTPROVIDED"}


@dataclass(frozen=True)
class Asked:
    """What the clerk looks at: page and language, answers given on other pages, what was typed on this one."""

    page: str = ""
    language: str = "hy"
    answers: dict[str, Any] = field(default_factory=dict)
    posted: str = ""
    goes_on: bool = False
    next_page: str = ""
    # Where it is posted by itself (a trial), not by the builder's script: address, way back, token against forgery.
    address: str = ""
    back: str = ""
    token: str = ""


def asked_for(given: Mapping[str, Any]) -> Asked:
    """Read from the posted fields `preview-...`; what cannot be read counts as nothing."""
    try:
        answers = json.loads(given.get("preview-answers", "") or "{}")
    except ValueError:
        answers = {}
    return Asked(
        page=given.get("preview-page", ""),
        language=language_code(given.get("preview-language", "hy")),
        answers=answers if isinstance(answers, dict) else {},
        posted=given.get("preview-posted", ""),
        goes_on=given.get("preview-act", "") == "go",
        next_page=given.get("preview-next", ""),
    )


def show(written: Written, asked: Asked) -> dict[str, Any]:
    """{html, page, pages, answers, said, problems, outline} for the script; `html` is "" when nothing can be drawn."""
    labels = {each["id"]: each.get("label", "") for each in written.outline}
    answer: dict[str, Any] = {
        "html": "", "page": asked.page, "pages": [], "answers": asked.answers, "said": "",
        "problems": [
            {"block": each.block, "label": labels.get(each.block, ""), "message": each.message}
            for each in written.problems
        ],
        "outline": written.outline,
    }  # fmt: skip
    form = drawable(written)
    if form is None:
        return answer
    definition = build(form, asked.language)
    for each in written.outline:
        if each.get("kept"):
            each["words"] = _in_words(each.pop("kept"), build(form), form)
    with translation.override(asked.language):
        return answer | draw(definition, asked)


def _in_words(condition: Any, definition: FormDefinition, form: Mapping[str, Any]) -> str:
    """A condition that blocks cannot show, as a clerk reads it."""
    rules = {code: each["when"] for code, each in form.get("x-rules", {}).items()}
    problems: list[str] = []
    conditions.check(condition, "", problems, form["properties"], rules)
    return "" if problems else in_words(conditions.resolve(condition, rules), definition)


def draw(definition: FormDefinition, asked: Asked) -> dict[str, Any]:
    """The page that is asked for, after what was typed: {html, page, pages, answers, said}. In the language of the
    definition; `said` tells that everything is answered."""
    answers = dict(asked.answers)
    pages = [each.code for each in definition.pages_for(answers)]
    step = asked.page if asked.page in pages else pages[0] if pages else "form"
    bound, more, said = None, "", ""
    if asked.posted:
        data = QueryDict(asked.posted)
        bound = _bind(definition, data, step, answers)
        answers |= bound.shown
        more = data.get("add_row", "")
        stays = bool({"add_row", "remove_row", "remove_file"} & set(data))
        if not asked.goes_on or stays:
            bound = None  # only drawn anew, with what was typed
        elif bound.is_valid:
            answers |= bound.answers
            pages = [each.code for each in definition.pages_for(answers)]
            place = pages.index(step) + 1 if step in pages else len(pages)
            bound = None
            if place < len(pages):
                step = pages[place]
            else:
                said = _("Everything is answered. The person now reads it through, agrees and sends it.")
    pages = [each.code for each in definition.pages_for(answers)]
    if asked.next_page in pages:
        step, bound = asked.next_page, None
    page: dict[str, Any] = {"step": pages.index(step) + 1, "steps_total": len(pages) + 1} if step in pages else {}
    if asked.address:
        page |= {
            "action": f"{asked.address}?page={step}",
            "back_url": asked.back,
            "kicker": _("A trial: nothing is sent."),
        }
    context = form_context(
        definition, bound, answers=answers, part=step, more=more, submit_label=_("Continue"), can_save=False, **page
    )
    return {
        "html": render_to_string(
            "procedures/form.html", {"form": context, **({"csrf_token": asked.token} if asked.token else NO_TOKEN)}
        ),
        "page": step if pages else "",
        "pages": [{"code": each.code, "title": each.title} for each in definition.pages if each.code in pages],
        "answers": answers,
        "said": said,
    }


def _bind(definition: FormDefinition, data: QueryDict, step: str, answers: Mapping[str, Any]) -> BoundForm:
    """What was typed in the preview; files count as attached, none is sent."""
    attached = {each.code: [StoredFile("example.pdf", 1, "")] * each.min_files for each in definition if each.is_file}
    return bind(definition, data, step=step, stored=attached, context=answers)


def drawable(written: Written) -> dict[str, Any] | None:
    """The form without what cannot be drawn yet: a question that is half made must not hide all others."""
    form = copy.deepcopy(written.form)
    broken = {each.block for each in written.problems if each.block}
    _without(
        form,
        {each["code"] for each in written.outline if each["id"] in broken and each["kind"] not in ("section", "page")},
    )
    for _round in range(MOST_ROUNDS):
        lines = schema.check(form) if form["properties"] else []
        if not lines:
            return form if form["properties"] else None
        if not _repair(form, lines[0]):
            return None
    return None


def _repair(form: dict[str, Any], line: str) -> bool:
    """Take out what one finding of the check speaks of. False: it cannot be taken out."""
    question, group, page, rule = (each.match(line) for each in (OF_QUESTION, OF_GROUP, OF_PAGE, OF_RULE))
    if question:
        return _without(form, {question[1]})
    if group:
        return form["x-groups"][int(group[1])].pop("x-show-if", None) is not None
    if page:
        found = [each for each in form["x-pages"] if each["code"] == page[1]]
        return bool(found) and found[0].pop("x-show-if", None) is not None
    if rule:
        return form["x-rules"].pop(rule[1], None) is not None
    for key in ("x-title", "x-intro", "x-note", "x-pages"):
        if line.startswith(f"form.{key}"):
            return form.pop(key, None) is not None
    for number, each in enumerate(form.get("x-groups", ())):
        if line.startswith(f"form.x-groups[{number}].legend"):
            each["legend"] = {"hy": "…"}
            return True
    return False


def _without(form: dict[str, Any], codes: set[str]) -> bool:
    """Questions taken out, with parts and pages that are empty then. False when none of them was there."""
    known = codes & set(form["properties"])
    for code in known:
        del form["properties"][code]
    form["required"] = [each for each in form.get("required", ()) if each not in known]
    groups = form.get("x-groups", [])
    for group in groups:
        group["fields"] = [each for each in group["fields"] if each not in known]
    form["x-groups"] = [each for each in groups if each["fields"]]
    if isinstance(form.get("x-pages"), list):
        left = {each["code"] for each in form["x-groups"]}
        for page in form["x-pages"]:
            page["groups"] = [each for each in page["groups"] if each in left]
        form["x-pages"] = [each for each in form["x-pages"] if each["groups"]]
    return bool(known)
