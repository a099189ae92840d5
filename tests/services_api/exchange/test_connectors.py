"""Registers are asked with a purpose and a ground, within their time, never without a line in the log."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.test import override_settings
from django.utils import timezone

from services_api.cases.models import Case, CaseEvent, Channel, DraftSubmission
from services_api.cases.public import SYSTEM, figures
from services_api.exchange import services as outbox
from services_api.exchange.connectors import checks, prefill, services
from services_api.exchange.connectors.models import ExternalCall
from services_api.exchange.connectors.registers import COMPANY, PERSON, SILENT
from services_api.exchange.connectors.registry import Connector, ConnectorRefused
from services_api.exchange.relay import relay
from services_api.procedures.public import build, published_version
from services_api.workdays.public import local
from tenants.append_only import NotChangeable
from tenants.context import tenant
from tests.services_api.cases.test_applying import post, posted, sent
from tests.services_api.exchange.conftest import rows

ANI, LIST = "AN0000001", "/admin/exchange/registers/"
WHY = {"purpose": "Ստուգում", "legal_basis": "Օրենք, 10", "actor": SYSTEM}
WANTED = {"number": ANI, "purpose": "Դիմում", "legal_basis": "Օրենք, 10"}
OFFICERS, ADMINISTRATORS = "Դիմումների պատասխանատուներ", "Կայքի կառավարիչներ"


class Refusing(Connector):
    """A register that lets nobody in."""

    def ask(self, question, timeout):
        raise ConnectorRefused("no right")

    def check_config(self):
        return ["no key"]


REFUSING = f"{__name__}.Refusing"


def ask(number: str = ANI, **more):
    return services.ask("person", {"document": number}, **{**WHY, **more})


def test_each_question_is_one_line_without_the_number_and_the_answer(meghri, as_tenant):
    as_tenant(meghri)
    assert ask().facts["surname"] == "Օրինակյան"
    assert ask("X").result == "not_found"
    down = ask(SILENT)
    assert (down.result, down.facts) == ("down", {})
    calls = list(ExternalCall.objects.order_by("pk"))
    assert [(each.result, each.attempts) for each in calls] == [("found", 1), ("not_found", 1), ("down", 2)]
    for each in calls:
        kept = " ".join(str(value) for value in vars(each).values())
        assert ANI not in kept and "Օրինակյան" not in kept and len(each.request_hash) == 64
    with pytest.raises(NotChangeable):
        calls[0].save()


@pytest.mark.parametrize("missing", ["purpose", "legal_basis"])
def test_without_a_purpose_or_a_ground_nothing_is_asked(meghri, as_tenant, missing):
    as_tenant(meghri)
    with pytest.raises(ValueError, match="purpose"):
        ask(**{missing: " "})
    assert not ExternalCall.objects.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        ExternalCall.objects.create(connector="person", purpose="", legal_basis="x", request_hash="x", result="found")


def test_a_community_switches_a_register_off_for_itself_only(meghri, goris):
    with tenant(meghri):
        services.switch("person", True, "Անի")
        with pytest.raises(services.NotAsked):
            ask()
    with tenant(goris):
        assert ask().result == "found"
    with tenant(meghri):
        services.switch("person", False, "Անի")
        assert ask().result == "found"


def test_the_installation_names_another_connector_or_none(meghri, as_tenant):
    as_tenant(meghri)
    with override_settings(CONNECTORS={"person": REFUSING}):
        assert ask().result == "refused"
        assert [each.msg for each in checks.connectors(None)] == ["HAMAYNK_CONNECTORS: person: no key"]
    with override_settings(CONNECTORS={"person": "no.such.Thing"}):
        assert "no" in checks.connectors(None)[0].msg
    with override_settings(CONNECTORS_DEFAULT="off"), pytest.raises(services.NotAsked):
        ask()
    assert checks.connectors(None) == []


def test_a_form_is_filled_in_with_what_it_asks_for_and_nothing_else(meghri, as_tenant):
    as_tenant(meghri)
    definition = build(published_version("application-to-head"))
    facts = {"surname": "Օրինակյան", "name": "Անի", "patronymic": "Կարենի", "secret": "x"}
    filled = prefill.answers_of(PERSON, facts, definition)
    assert filled["applicant"]["surname"] == "Օրինակյան" and "secret" not in filled["applicant"]
    assert prefill.answers_of(COMPANY, {"name": "x", "tin": "00000019"}, definition) == {}
    assert prefill.differences(
        PERSON, facts, {"applicant": {"surname": " օրինակյան", "name": "Աննա"}}, "applicant"
    ) == ["name"]


def test_a_step_asks_after_the_commit_and_notes_what_agrees(meghri, submitted):
    """The row of the effect, as `call_connector` writes it; the register's words stay out of the case."""
    with tenant(meghri):
        case = submitted.case
        Case.objects.filter(pk=case.pk).update(answers={**case.answers, "paper": ANI})
        options = {"connector": "person", "number": "paper", "compare": "applicant", "purpose": "Ստուգում",
                   "legal_basis": "Օրենք"}  # fmt: skip
        outbox.enqueue("connector", {"case": str(case.uuid), "event": 1, **options}, "k")
        outbox.enqueue("connector", {"case": str(case.uuid), "event": 1, **options, "number": "nothing"}, "l")
    relay(meghri.schema_name)
    assert [row.state for row in rows(meghri.schema_name) if row.kind == "connector"] == ["sent", "skipped"]
    with tenant(meghri):
        note = CaseEvent.objects.filter(case=case, code="note").get()
        assert "Բնակչության" in note.comment and "Օրինակյան" not in note.comment and not note.is_public
        assert ExternalCall.objects.get().case_id == case.pk


def test_the_effect_writes_its_row(meghri, submitted):
    from services_api.cases import effects
    from services_api.cases.effects import Step
    from services_api.procedures.public import EFFECTS
    from services_api.procedures.workspace.steps.effects import LABELS

    assert "call_connector" in EFFECTS and set(LABELS) == set(EFFECTS), "a clerk may choose every effect"
    with tenant(meghri):
        step = Step(submitted.case, None, SYSTEM, {})
        effects._effects["call_connector"](step, {"number": "paper"})
        event = CaseEvent.objects.filter(case=submitted.case).first()
        for each in step.afterwards:
            each(event)
    (row,) = [row for row in rows(meghri.schema_name) if row.kind == "connector"]
    assert row.payload["connector"] == "person" and row.stream


def test_a_register_that_is_away_is_asked_again_later(meghri, submitted):
    with tenant(meghri):
        Case.objects.filter(pk=submitted.case.pk).update(answers={**submitted.case.answers, "paper": SILENT})
        options = {"connector": "person", "number": "paper", "purpose": "Ստուգում", "legal_basis": "Օրենք"}
        outbox.enqueue("connector", {"case": str(submitted.case.uuid), "event": 1, **options}, "k")
    relay(meghri.schema_name)
    (row,) = [row for row in rows(meghri.schema_name) if row.kind == "connector"]
    assert (row.state, row.reason) == ("pending", "unreachable")
    with tenant(meghri):
        assert ExternalCall.objects.get().result == "down", "the line stays although the attempt failed"


def test_at_the_desk_an_application_begins_with_what_the_register_knows(meghri, staff_of, signed_in, client_for):
    officer = staff_of(meghri, groups=[OFFICERS])
    client = signed_in(meghri, officer)
    page = f"{LIST}ask/person/"
    assert client.post(page, {"number": ANI}).status_code == 422
    answer = client.post(page, {**WANTED, "procedure": "application-to-head"})
    assert "Օրինակյան" in answer.content.decode()
    with tenant(meghri):
        draft = DraftSubmission.objects.get()
        assert draft.answers["applicant"]["name"] == "Անի"
        call = ExternalCall.objects.get()
        assert call.actor_id == officer.pk and call.purpose == "Դիմում"
    form = client_for(meghri).get(f"/apply/application-to-head/{draft.token}/").content.decode()
    assert "Օրինակյան" in form and draft.channel == Channel.DESK
    assert 'name="channel"' in client.get(page).content.decode()
    assert client.post(page, {**WANTED, "procedure": "application-to-head", "channel": "portal"}).status_code == 422
    with tenant(meghri):
        services.switch("person", True, "")
    assert client.get(page).status_code == 404
    assert client.get(f"{LIST}ask/nonsense/").status_code == 404


@pytest.mark.parametrize(("said", "words"), [("", "ընդունարանում"), ("phone", "հեռախոսով"), ("post", "փոստով")])
def test_what_a_clerk_takes_down_is_counted_as_it_came_in_not_as_of_the_website(
    meghri, staff_of, signed_in, client_for, said, words
):
    client = signed_in(meghri, staff_of(meghri, superuser=True))
    begun = client.post(f"{LIST}ask/person/", {**WANTED, "procedure": "application-to-head", "channel": said})
    address = re.search(r'href="(/apply/[^"]+)"', begun.content.decode())[1]
    review = post(client, address, posted(meghri)).url
    assert post(client, review, {"consent": "on"}).status_code == 302
    assert sent(client_for(meghri), meghri)
    with tenant(meghri):
        taken_down, by_website = Case.objects.order_by("id")
        assert (taken_down.channel, by_website.channel) == (said or "desk", "portal")
        assert words in CaseEvent.objects.get(case=taken_down, code="submit").public_text["hy"]
        user = get_user_model().objects.get(is_superuser=True)
        told = figures.report(user, figures.period_of("month", local(timezone.now()).date()))
        (group,) = [each for each in told.groups if each.code == "channel"]
        assert {each.name: each.figures.received for each in group.rows} == {
            str(Channel(said or "desk").label): 1, str(Channel.PORTAL.label): 1
        }  # fmt: skip


def test_the_administrator_switches_and_reads_the_log(meghri, staff_of, signed_in, django_assert_max_num_queries):
    client = signed_in(meghri, staff_of(meghri, groups=[ADMINISTRATORS]))
    with tenant(meghri):
        for _number in range(20):
            ask()
    with django_assert_max_num_queries(24):
        assert "Ստուգում" in client.get(LIST).content.decode()
    client.post(LIST, {"deed": "off-person"})
    with tenant(meghri):
        assert not services.is_on("person")
    assert client.post(LIST, {"deed": "off-nonsense"}).status_code == 404
    officer = signed_in(meghri, staff_of(meghri, "officer@registers.example", groups=[OFFICERS]))
    page = officer.get(LIST).content.decode()
    assert "ask/person" not in page and "Ստուգում" not in page, "switched off, and the log is not for officers"
    officer.post(LIST, {"deed": "on-person"})
    with tenant(meghri):
        assert not services.is_on("person")
    stranger = signed_in(meghri, staff_of(meghri, "editor@registers.example", groups=["Խմբագիրներ"]))
    assert stranger.get(LIST).status_code == stranger.get(f"{LIST}ask/person/").status_code == 404


@pytest.mark.parametrize(
    ("left_out", "told"), [("purpose", True), ("legal_basis", True), ("number", True), ("", False)]
)
def test_a_workflow_that_asks_without_saying_why_is_not_published(meghri, as_tenant, left_out, told):
    from services_api.procedures.public import ProcedureVersion
    from services_api.procedures.workflow import check

    as_tenant(meghri)
    way = ProcedureVersion.objects.filter(procedure__code="application-to-head").first().workflow
    options = {"connector": "person", "number": "paper", "purpose": "Ստուգում", "legal_basis": "Օրենք"}
    options.pop(left_out, None)
    way["transitions"][0]["effects"] = [{"code": "call_connector", "options": options}]
    assert any("call_connector needs" in each for each in check(way)) == told
