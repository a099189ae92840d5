"""Work on the desks of Dilijan's staff in the running demonstration: one of every kind, and a day's cases.

A program of its own, as `furnish.py`: `python -m tests.a11y.furnish_workplace` with the product's environment. The last
line it prints is JSON: name of a thing -> its part of an address.
"""

from __future__ import annotations

import importlib
import json
import sys
from datetime import timedelta
from typing import Any

import django

from infra.chaos.product import Product
from tests.a11y.furnish import told_by

SLUG = "dilijan"
MARK = "Այգեստան"
# Surname, first name, subject; the first has tasks, the second is overdue.
APPLICATIONS = (
    ("Մանուկյան", "Արամ", "Խանջյան փողոցի ջրագծի վերանորոգման մասին"),
    ("Տեր-Հովհաննիսյան", "Սիրանուշ", "Մանկապարտեզի բակի լուսավորության և խաղահրապարակի վերանորոգման մասին"),
    ("Ստեփանյան", "Գոռ", "Դպրոց տանող ճանապարհի ձյան մաքրման մասին"),
    ("Ավետիսյան", "Մարիամ", "Ոռոգման ջրի ժամանակացույցի մասին"),
)


def furnished_workplace(product: Product) -> dict[str, str]:
    """What this program tells. Raises ProductFailed."""
    known: dict[str, str] = told_by(product, "furnish_workplace")
    return known


def _cases(community: Any) -> dict[str, str]:
    """Applications of a day, some of them further on their way."""
    from django.contrib.auth import get_user_model
    from django.utils import timezone

    from services_api.cases import public as cases
    from services_api.cases import services
    from services_api.cases.models import Case
    from services_api.procedures.forms import build
    from services_api.procedures.public import published_version
    from tests.isolation import house
    from tests.services_api.procedures.samples import answers_to

    version, petition = published_version("application-to-head"), published_version("proposal")
    people = {each.email.partition("@")[0]: each for each in get_user_model().objects.filter(is_staff=True)}
    head, registry = cases.staff(people["head"]), cases.staff(people["officer"])

    def step(case: Any, code: str, actor: Any, **data: Any) -> None:
        revision = Case.objects.get(pk=case.pk).lock_version
        cases.transition(case.uuid, code, actor=actor, expected_version=revision, data=data)

    made = []
    for number, (surname, name, subject) in enumerate(APPLICATIONS):
        given = house.answers(community, MARK) | {
            "applicant": {"surname": surname, "name": name},
            "subject": subject,
            "body": f"{subject}։ Խնդրում եմ հարցը քննարկել և գրավոր պատասխանել։",
        }
        made.append(cases.submit(version, given, key=f"a11y-{number}").case)
    asked = cases.submit(petition, answers_to(build(petition)), key="a11y-asked").case
    with_tasks, late = made[:2]
    for case in (asked, *made[:3]):
        step(case, "register", registry)
        step(case, "assign", head, assignee=people["specialist"].pk)
    question = {"question": "Խնդրում ենք ուղարկել վկայականի պատճենը։", "missing": "Վկայական\nՀատակագիծ"}
    step(asked, "ask_applicant", head, **question)
    services.write_from_applicant(with_tasks.uuid, "Ավելացնում եմ, որ լուսացույցն էլ չի աշխատում։")
    services.write_to_applicant(with_tasks.uuid, "Ստացանք Ձեր նամակը։", actor=head)
    order = services.Order(
        kind="opinion", to=[f"u{people['head'].pk}", f"u{people['specialist'].pk}"], text="Ի՞նչ արժե աշխատանքը։",
        until=timezone.localdate() + timedelta(days=3),
    )  # fmt: skip
    services.issue(with_tasks.uuid, order, actor=head)
    begun = timezone.now() - timedelta(days=40)
    overdue = {"submitted_at": begun, "registered_at": begun, "due_at": timezone.now() - timedelta(days=4)}
    Case.objects.filter(pk=late.pk).update(**overdue)
    step(made[2], "answer", head, answer="Ձյունը մաքրվում է ամեն առավոտ՝ մինչև ժամը 8-ը։")
    told = {"asked": asked, "with_tasks": with_tasks, "late": late, "answered": made[2]}
    return {name: str(case.uuid) for name, case in told.items()}


def _exchange(case: Any) -> str:
    """A given-up letter, a program that is told, a notice, a question to a register, an own text; its program."""
    from django.contrib.auth import get_user_model

    from services_api.cases.models import Case
    from services_api.procedures.public import published_version
    from tests.isolation import house

    head = get_user_model().objects.get(email__startswith="head@")
    house.given_up(MARK)
    house.told(MARK, head, Case.objects.get(uuid=case))
    house.own_procedure(MARK, published_version("application-to-head"))
    return str(house.program(MARK, head).uuid)


def main() -> int:
    """The command line; the exit code."""
    importlib.import_module("config")
    django.setup()
    from django.utils.translation import override

    from tenants.context import tenant
    from tenants.models import Community

    community = Community.objects.get(slug=SLUG)
    with override("hy"), tenant(community):
        known = _cases(community)
        known["program"] = _exchange(known["late"])
    sys.stdout.write(json.dumps(known) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
