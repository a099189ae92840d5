"""What a form definition may look like: an own subset of JSON Schema 2020-12 with `x-` keys for what people see.

Checked at every save of a version; each problem names its path, so that whoever writes a form finds the place.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError

from services_api.procedures.forms import conditions, formulas, people
from services_api.procedures.forms.kinds import CODE, ROW_KINDS, check_field
from services_api.procedures.texts import check_text

MAX_FIELDS = 150
# Names of steps that are no pages of the form.
RESERVED_PAGES = frozenset({"form", "review", "done"})
FORM_KEYS = frozenset(
    {"$schema", "type", "properties", "required", "additionalProperties", "x-title", "x-intro", "x-note", "x-groups",
     "x-pages", "x-rules", *people.KEYS}
)  # fmt: skip


def check(form: Any) -> list[str]:
    """Every problem of a form definition as "path: what is wrong"; empty when it can be used."""
    if not isinstance(form, Mapping):
        return ["form: must be an object"]
    problems: list[str] = []
    for key in sorted(set(form) - FORM_KEYS):
        problems.append(f"form.{key}: is not known")
    if form.get("type") != "object":
        problems.append('form.type: must be "object"')
    if form.get("additionalProperties") is not False:
        problems.append("form.additionalProperties: must be false, unknown answers are refused")
    for key in ("x-title", "x-intro", "x-note"):
        check_text(form.get(key), f"form.{key}", problems, needed=False)
    properties = form.get("properties")
    if not isinstance(properties, Mapping) or not properties:
        return [*problems, "form.properties: must hold at least one field"]
    if len(properties) > MAX_FIELDS:
        problems.append(f"form.properties: holds more than {MAX_FIELDS} fields")
    for code, field in properties.items():
        check_field(f"form.properties.{code}", str(code), field, problems)
    _check_required(form.get("required", []), properties, problems)
    _check_groups(form.get("x-groups", []), properties, problems)
    _check_pages(form, problems)
    people.check(form, problems)
    if not problems:
        _check_logic(form, problems)
    if not problems:
        try:
            Draft202012Validator.check_schema(dict(form))
        except SchemaError as error:
            problems.append(f"form.{'.'.join(map(str, error.absolute_path))}: {error.message}")
    return problems


def _check_required(required: Any, properties: Mapping[str, Any], problems: list[str]) -> None:
    if not isinstance(required, list):
        problems.append("form.required: must be a list of fields")
        return
    for code in required:
        if code not in properties:
            problems.append(f"form.required: {code} is not a field")
        elif isinstance(properties[code], Mapping) and properties[code].get("x-kind") in ("info", "computed"):
            problems.append(f"form.required: {code} is nothing that anybody answers")


def _check_groups(groups: Any, properties: Mapping[str, Any], problems: list[str]) -> None:
    if not isinstance(groups, list):
        problems.append("form.x-groups: must be a list")
        return
    seen: set[str] = set()
    for number, group in enumerate(groups):
        path = f"form.x-groups[{number}]"
        if not isinstance(group, Mapping) or not isinstance(group.get("fields"), list):
            problems.append(f"{path}: must be {{code, legend, fields}}")
            continue
        check_text(group.get("legend"), f"{path}.legend", problems)
        for code in group["fields"]:
            if code not in properties:
                problems.append(f"{path}.fields: {code} is not a field")
            elif code in seen:
                problems.append(f"{path}.fields: {code} stands in two groups")
            seen.add(code)


def _check_pages(form: Mapping[str, Any], problems: list[str]) -> None:
    """`x-pages` is "groups" (each group a page), or a list of {code, title, groups, x-show-if}."""
    pages = form.get("x-pages")
    groups = form.get("x-groups", [])
    if pages is None or not isinstance(groups, list):
        return
    grouped = {code for each in groups if isinstance(each, Mapping) for code in each.get("fields", ())}
    for code, field in form["properties"].items():
        if code not in grouped and not (isinstance(field, Mapping) and field.get("x-kind") == "consent"):
            problems.append(f"form.x-pages: {code} stands in no group, so on no page")
    codes = [each.get("code") for each in groups if isinstance(each, Mapping)]
    if pages == "groups":
        _check_page_codes(codes, "form.x-groups", problems)
        return
    if not isinstance(pages, list) or not pages:
        problems.append('form.x-pages: must be "groups" or a list of {code, title, groups}')
        return
    placed: list[str] = []
    for number, page in enumerate(pages):
        path = f"form.x-pages[{number}]"
        if not isinstance(page, Mapping) or not isinstance(page.get("groups"), list) or not page["groups"]:
            problems.append(f"{path}: must be {{code, title, groups}}")
            continue
        for key in sorted(set(page) - {"code", "title", "groups", "x-show-if"}):
            problems.append(f"{path}.{key}: is not known")
        check_text(page.get("title"), f"{path}.title", problems)
        placed += page["groups"]
    _check_page_codes([each.get("code") for each in pages if isinstance(each, Mapping)], "form.x-pages", problems)
    if not problems and placed != codes:
        problems.append("form.x-pages: must name every group of x-groups once, in their order")


def _check_page_codes(codes: list[Any], path: str, problems: list[str]) -> None:
    for number, code in enumerate(codes):
        if not isinstance(code, str) or not CODE.match(code) or code in RESERVED_PAGES or codes.index(code) != number:
            problems.append(f"{path}[{number}].code: must be a name of its own, not {code}")


def _check_logic(form: Mapping[str, Any], problems: list[str]) -> None:
    """Conditions and formulas: each speaks of what stands before it in the order of the page."""
    properties, rules = form["properties"], form.get("x-rules", {})
    if not isinstance(rules, Mapping):
        problems.append("form.x-rules: must be {code: {label, when}}")
        return
    for code, rule in rules.items():
        if not CODE.match(str(code)) or not isinstance(rule, Mapping) or set(rule) != {"label", "when"}:
            problems.append(f"form.x-rules.{code}: must be {{label, when}}")
            continue
        check_text(rule["label"], f"form.x-rules.{code}.label", problems)
        conditions.check(rule["when"], f"form.x-rules.{code}.when", problems, properties, ())
    groups = form.get("x-groups", [])
    grouped = {code for group in groups for code in group["fields"]}
    before: dict[str, Any] = {}
    rows: dict[str, Mapping[str, Any]] = {}

    def meet(code: str) -> None:
        field = properties[code]
        path = f"form.properties.{code}"
        if "x-show-if" in field:
            _check_condition(field["x-show-if"], f"{path}.x-show-if", problems, before, rules)
        if field["x-kind"] == "computed":
            formulas.check(field["x-formula"], f"{path}.x-formula", problems, before, rows)
        before[code] = field
        if field["x-kind"] in ROW_KINDS:
            rows[code] = field["items"]["properties"]

    for code in sorted(set(properties) - grouped):
        for key in {"x-show-if", "x-formula"} & set(properties[code]):
            problems.append(
                f"form.properties.{code}.{key}: a question with logic stands in a group, groups have an order"
            )
        before[code] = properties[code]
    pages = {each["groups"][0]: each for each in form.get("x-pages", ()) if isinstance(each, Mapping)}
    for number, group in enumerate(groups):
        page = pages.get(group.get("code"))
        if page is not None and "x-show-if" in page:
            _check_condition(page["x-show-if"], f"form.x-pages.{page['code']}.x-show-if", problems, before, rules)
        if "x-show-if" in group:
            _check_condition(group["x-show-if"], f"form.x-groups[{number}].x-show-if", problems, before, rules)
        for code in group["fields"]:
            meet(code)


def _check_condition(
    condition: Any, path: str, problems: list[str], before: Mapping[str, Any], rules: Mapping[str, Any]
) -> None:
    """A condition, and each named rule it uses, may read only what stands before it."""
    conditions.check(condition, path, problems, before, rules)
    for code in conditions.rules_of(condition):
        if code in rules:
            conditions.check(rules[code]["when"], f"{path} (rule {code})", problems, before, ())
