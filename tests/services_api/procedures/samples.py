"""Answers to any form: what is required and asked, filled in with something that its kind takes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from services_api.procedures.forms import Field, FormDefinition, StoredFile
from services_api.procedures.selectors import today

PERSON = {"surname": "Հակոբյան", "name": "Կարեն", "patronymic": "Աշոտի"}


def answers_to(definition: FormDefinition, choose: int = 0) -> dict[str, Any]:
    """Answers to all that is asked; `choose` picks the choice (the last one is taken where there are fewer)."""
    answers: dict[str, Any] = {}
    for asked in definition:
        answered = asked.has_answer and not asked.is_file and not asked.is_computed
        if answered and asked.code in definition.visible(answers):
            answers[asked.code] = answer_to(asked, choose)
    visible = definition.visible(answers)
    return {code: each for code, each in answers.items() if code in visible}


def files_for(definition: FormDefinition, answers: dict[str, Any]) -> dict[str, list[StoredFile]]:
    """A file kept for each question that needs one."""
    visible = definition.visible(answers)
    return {
        each.code: [StoredFile("plan.pdf", 1000, "x")] * each.min_files
        for each in definition
        if each.is_file and each.code in visible and each.min_files
    }


def answer_to(asked: Field, choose: int = 0) -> Any:
    """Something that the kind of the question takes."""
    rules = asked.rules
    if asked.is_rows:
        row = {each.code: answer_to(each, choose) for each in asked.items if not each.is_computed}
        return [row] * max(asked.min_rows, 1)
    if asked.kind in ("choice", "settlement"):
        values = [each.value for each in asked.choices] or ["Մեղրի"]
        return values[min(choose, len(values) - 1)]
    if asked.kind == "choices":
        return [asked.choices[min(choose, len(asked.choices) - 1)].value]
    if asked.kind == "date":
        return (today() + timedelta(days=10 if rules.get("x-earliest") == "today" else -10)).isoformat()
    return {
        "text": "Պատասխան մեկ տողով"[: int(rules.get("maxLength", 200))],
        "long_text": "Պատասխան մի քանի նախադասությամբ, որ բավարար է։",
        "email": "karen@example.am",
        "phone": "+37491123456",
        "number": max(rules.get("minimum", 1), 1),
        "money": 50_000,
        "time": rules.get("x-earliest") or rules.get("x-latest") or "12:00",
        "yes_no": choose == 0,
        "person": PERSON,
        "organisation": {"name": "«Լուսարփի» ՍՊԸ", "tin": "01234567"},
        "psn": {"number": "1234567890"},
        "address": {
            "settlement": asked.choices[0].value if asked.choices else "Մեղրի",
            "street": "Զորավար Անդրանիկի",
            "house": "2",
        },
        "point": {"lat": 38.9, "lon": 46.24},
        "consent": True,
    }[asked.kind]
