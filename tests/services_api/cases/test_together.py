"""«I apply for my mother, and my neighbours apply with me»: on what basis, and confirmed by each with one click."""

from __future__ import annotations

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from services_api.cases import paper, selectors, services
from services_api.cases.actors import SYSTEM
from services_api.cases.errors import AnswersInvalid
from services_api.cases.models import Case, CaseEvent, CoApplicant, Representation
from services_api.cases.services import together
from services_api.cases.services.anonymising import anonymise
from services_api.cases.services.given import _co_applicants
from services_api.exchange.relay import relay
from services_api.parties.models import Party
from services_api.procedures.forms import schema
from services_api.procedures.public import build, published_version
from tests.services_api.cases.conftest import answers_for
from tests.services_api.procedures.samples import answers_to

MOTHER = {"surname": "Հակոբյան", "name": "Սիրանուշ"}
NEIGHBOURS = [
    {"author": {"surname": "Պետրոսյան", "name": "Աննա"}, "place": "Մեղրի", "author_email": "anna@example.am"},
    {"author": {"surname": "Իվանով", "name": "Իվան"}, "place": "Մեղրի", "author_email": "ivan@example.am",
     "author_language": "ru"},
    {"author": {"surname": "Ադամյան", "name": "Գոռ"}, "place": "Մեղրի"},
]  # fmt: skip


@pytest.fixture
def petition(in_meghri):
    answers = answers_to(build(published_version("petition"), "hy"))
    answers |= {"kind": "collective", "others": NEIGHBOURS, "on_behalf": False}
    for hidden in ("principal", "basis", "earlier"):
        answers.pop(hidden, None)
    return services.submit(published_version("petition"), answers, key="together-0001")


def letters(meghri) -> dict[str, str]:
    """Send what the outbox holds: address -> text of the question to a co-applicant."""
    mail.outbox.clear()
    relay(meghri.schema_name)
    return {each.to[0]: each.subject + "\n" + each.body for each in mail.outbox if "/together/" in each.body}


def link_in(letter: str) -> str:
    found = re.search(r"https?://[^/\s]+(/\S*together/\S+)", letter)
    assert found
    return found[1]


def test_somebody_applies_for_another_with_the_basis_shown_everywhere(
    in_meghri, meghri, head_version, staff_of, signed_in, client_for
):
    given = {"on_behalf": True, "principal": MOTHER, "basis": "law"}
    sent = services.submit(head_version, answers_for(meghri, **given), key="for-0001")
    kept = Representation.objects.select_related("principal").get()
    assert (kept.case, kept.basis, kept.principal.display_name) == (sent.case, "law", "Հակոբյան Սիրանուշ")
    assert sent.case.applicant.display_name == "Հակոբյան Կարեն", "who applies is reached, not who is represented"
    resident = client_for(meghri)
    resident.post("/case/", {"number": sent.case.number, "code": sent.code})
    page = resident.get(f"/case/{sent.case.uuid}/").content.decode()
    desk = signed_in(meghri, staff_of(meghri, superuser=True)).get(f"/admin/work/cases/{sent.case.uuid}/")
    for shown in (page, desk.content.decode()):
        assert "Հակոբյան Սիրանուշ (օրենքով (ծնող))" in shown
    assert len(paper.receipt_pdf(selectors.case_for_resident(sent.case.uuid))) > 1000
    # By power of attorney the document is asked for, by name of the question.
    with pytest.raises(AnswersInvalid) as refused:
        services.submit(head_version, answers_for(meghri, **given | {"basis": "proxy"}), key="for-0002")
    assert [each.field for each in refused.value.errors] == ["basis_proof"]
    # Somebody for themselves: nothing is written, nothing is asked of the database.
    services.submit(head_version, answers_for(meghri, on_behalf=False), key="for-0003")
    assert Representation.objects.count() == 1


def test_neighbours_confirm_by_their_letters_each_in_their_language_with_one_click(
    petition, meghri, client_for, staff_of, signed_in
):
    case = petition.case
    asked = letters(meghri)
    assert set(asked) == {"anna@example.am", "ivan@example.am"}, "who left no address is only named"
    assert "Здравствуйте" in asked["ivan@example.am"] and "Բարև" in asked["anna@example.am"]
    anna, ivan = link_in(asked["anna@example.am"]), link_in(asked["ivan@example.am"])
    assert ivan.startswith("/ru/")
    token = anna.rstrip("/").rpartition("/")[2]
    assert not CoApplicant.objects.filter(digest=token).exists(), "the link itself is not kept"
    assert together.waited_for(case)
    assert _co_applicants(SimpleNamespace(case=case)), "a step that requires it waits"

    visitor = client_for(meghri)
    page = visitor.get(anna)
    assert page.status_code == 200 and case.number in page.content.decode()
    assert CoApplicant.objects.filter(state="invited").count() == 2, "looking says nothing: programs open links, too"
    assert page["Cache-Control"] and "no-store" in page["Cache-Control"]
    assert "Շնորհակալություն" in visitor.post(anna, {"agrees": "yes"}).content.decode()
    visitor.post(anna, {"agrees": "no"})
    assert "не участвуете" in client_for(meghri).post(ivan, {"agrees": "no"}).content.decode()
    assert list(CoApplicant.objects.order_by("id").values_list("state", flat=True)) == ["confirmed", "declined"]
    assert CaseEvent.objects.filter(case=case, code="co_applicant").count() == 2, "said twice, the first time counts"
    assert not together.waited_for(case) and not _co_applicants(SimpleNamespace(case=case))
    assert client_for(meghri).get("/together/" + "x" * 43 + "/").status_code == 404
    resident = client_for(meghri)
    resident.post("/case/", {"number": case.number, "code": petition.code})
    desk = signed_in(meghri, staff_of(meghri, superuser=True)).get(f"/admin/work/cases/{case.uuid}/").content.decode()
    for shown in (resident.get(f"/case/{case.uuid}/").content.decode(), desk):
        assert "Պետրոսյան Աննա" in shown and "հաստատել է" in shown and "հրաժարվել է" in shown


def test_the_time_to_confirm_ends_and_nothing_of_them_is_left_when_the_case_is_anonymised(petition, meghri, client_for):
    anna = link_in(letters(meghri)["anna@example.am"])
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        answer = client_for(meghri).post(anna, {"agrees": "yes"})
        assert answer.status_code == 422 and "ժամկետն անցել է" in answer.content.decode()
        assert not together.waited_for(petition.case)
        assert CoApplicant.objects.first().state_text == "ժամանակին չի պատասխանել"
    Case.objects.filter(pk=petition.case.pk).update(
        closed_at=timezone.now(), decided_at=timezone.now(), phase="closed", state="closed"
    )
    anonymise(petition.case.uuid, actor=SYSTEM, why={})
    assert not Party.objects.filter(surname__in=["Պետրոսյան", "Իվանով"]).exists()
    assert not Party.objects.exclude(email="").exists()
    assert client_for(meghri).get(anna).status_code == 404


def test_what_is_said_of_people_in_a_form_is_checked(in_meghri):
    form = published_version("petition").form
    assert schema.check(form) == []
    for key, wrong in {
        "x-representation": [{}, {"principal": "body", "basis": "basis"}, {"principal": "principal", "basis": "kind"},
                             {"principal": "principal", "basis": "basis", "proof": "body"}, "x"],
        "x-co-applicants": [{}, {"field": "body", "name": "author", "email": "author_email"},
                            {"field": "others", "name": "place", "email": "author_email"},
                            {"field": "others", "name": "author", "email": "author_email", "days": 0}, []],
    }.items():  # fmt: skip
        for each in wrong:
            assert any(key in problem for problem in schema.check({**form, key: each})), each
