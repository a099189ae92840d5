"""«Remove what you know about me»: after its term, and at somebody's request; figures and the proof of history stay."""

from __future__ import annotations

import json
import zipfile
from datetime import UTC, datetime
from io import BytesIO, StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from services_api.cases import events, services
from services_api.cases.actors import SYSTEM, staff
from services_api.cases.errors import TransitionRefused
from services_api.cases.models import (
    Attachment,
    Case,
    CaseEvent,
    CaseRelation,
    Decision,
    Message,
    RetentionRule,
    SubmissionKey,
)
from services_api.cases.services import personal_data, retention
from services_api.cases.services.anonymising import anonymise
from services_api.cases.services.retention import kept_until, months_after, rule_for
from services_api.cases.uploads import clean
from services_api.parties.models import Identifier
from services_api.procedures.public import build, published_version
from tenants.append_only import NotChangeable
from tenants.redaction import redact
from tests.services_api.cases.conftest import answers_for, upload
from tests.services_api.procedures.samples import answers_to

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
# Words of people that must be nowhere afterwards.
SECRETS = ("Զաքարյան", "Վարդուհի", "vardui@example.am", "91777888", "Գաղտնի խնդիր", "գաղտնի նամակ", "գաղտնի պատասխան",
           "գաղտնի գրառում", "plan-of-vardui")  # fmt: skip


@pytest.fixture
def officer(in_meghri, meghri, staff_of):
    return staff_of(meghri, superuser=True)


def closed_case(meghri, officer, key: str = "ret-0001") -> Case:
    """A case with everything that a person leaves in it, answered and closed."""
    kept = services.store_upload(clean(upload("plan-of-vardui.pdf", PDF)))
    kept.field = "attachments"
    kept.save()
    answers = answers_for(
        meghri, applicant={"surname": "Զաքարյան", "name": "Վարդուհի"}, email="vardui@example.am",
        phone="+37491777888", subject="Գաղտնի խնդիր",
    )  # fmt: skip
    case = services.submit(published_version("application-to-head"), answers, key=key, attachments=[kept]).case
    actor = staff(officer)
    services.write_from_applicant(case.uuid, "գաղտնի նամակ", files=[clean(upload("plan-of-vardui.pdf", PDF))])
    services.write_to_applicant(case.uuid, "գաղտնի պատասխան նամակով", actor=actor)
    services.add_note(case.uuid, "գաղտնի գրառում", actor=actor)
    for code, data in (("register", {"comment": "Զաքարյան Վարդուհի"}), ("assign", {"assignee": officer.pk}),
                       ("answer", {"answer": "գաղտնի պատասխան"})):  # fmt: skip
        case.refresh_from_db()
        case = services.transition(case.uuid, code, actor=actor, expected_version=case.lock_version, data=data)
    while not case.is_closed:
        case = services.transition(case.uuid, "close", actor=actor, expected_version=case.lock_version, data={})
    return Case.objects.get(pk=case.pk)


def rows_in_database() -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = %s AND tablename ~ '^(cases|parties)_'",
            [connection.schema_name],
        )
        dump = []
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT t::text FROM "{table}" AS t')
            dump += [row[0] for row in cursor.fetchall()]
    return "\n".join(dump)


def confirmed(months: int = 12, **changes) -> RetentionRule:
    RetentionRule.objects.all().delete()
    return RetentionRule.objects.create(months=months, legal_basis="Օրենք, 1", certainty="sourced", **changes)


def test_after_its_term_nothing_of_a_person_is_left_and_the_figures_and_the_proof_are(
    officer, meghri, signed_in, client_for, django_capture_on_commit_callbacks
):
    case = closed_case(meghri, officer)
    dump = rows_in_database()
    assert all(word in dump for word in SECRETS), "the case holds what must go"
    files = [(each.file.storage, each.file.name) for each in Attachment.objects.filter(case=case)]
    before = {name: getattr(case, name) for name in ("number", "outcome", "submitted_at", "decided_at", "closed_at",
                                                     "settlement", "channel", "version_id")}  # fmt: skip
    count = CaseEvent.objects.filter(case=case).count()
    confirmed()
    assert retention.apply() == 0, "the term is not over"
    with time_machine.travel(months_after(timezone.now(), 13)):
        said = StringIO()
        call_command("retention", "plan", "meghri", stdout=said)
        assert "1 closed" in said.getvalue() and "1 would be anonymised" in said.getvalue()
        assert not Case.objects.get(pk=case.pk).anonymised_at, "a plan changes nothing"
        with django_capture_on_commit_callbacks(execute=True):
            call_command("retention", "apply", "meghri", stdout=(said := StringIO()))
        assert "meghri: 1 anonymised" in said.getvalue() and "1/1" in said.getvalue()
        assert retention.apply() == 0
    dump = rows_in_database()
    assert not [word for word in SECRETS if word in dump]
    assert not any(storage.exists(name) for storage, name in files)
    kept = Case.objects.get(pk=case.pk)
    assert {name: getattr(kept, name) for name in before} == before and kept.anonymised_at
    assert not Message.objects.exists() and not SubmissionKey.objects.exists() and not Attachment.objects.exists()
    assert Decision.objects.get(case=case).outcome == before["outcome"]
    # The chain is whole, and still tells whoever tampers, with a redacted event as with another one.
    assert CaseEvent.objects.filter(case=case).count() == count + 1
    assert events.broken_link(kept) is None
    chain = list(CaseEvent.objects.filter(case=kept).select_related("case").order_by("sequence"))
    for number, change in ((3, "comment"), (0, "comment"), (len(chain) - 1, "comment")):
        tampered = list(CaseEvent.objects.filter(case=kept).select_related("case").order_by("sequence"))
        setattr(tampered[number], change, "put in later")
        assert events.broken_link(kept, tampered) is not None, number
    assert events.broken_link(kept, chain[:2] + chain[3:]) is not None
    # Both pages still open.
    assert signed_in(meghri, officer).get(f"/admin/work/cases/{case.uuid}/").status_code == 200
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(answers={"a": 1})


def test_a_rule_nobody_confirmed_removes_nothing_and_the_most_particular_one_counts(officer, meghri):
    case = closed_case(meghri, officer)
    general = RetentionRule.objects.get()
    assert not general.is_confirmed, "what a community begins with"
    with time_machine.travel(months_after(timezone.now(), 13 * 12)):
        assert retention.plan()[0].over == 1 and retention.apply() == 0
    own = RetentionRule.objects.create(
        procedure=case.version.procedure, months=24, legal_basis="x", certainty="sourced"
    )
    by_outcome = RetentionRule.objects.create(outcome=case.outcome, months=6, legal_basis="y", certainty="sourced")
    rules = [general, by_outcome, own]
    assert rule_for(case.version.procedure_id, case.outcome, rules) == own
    assert rule_for(-1, case.outcome, rules) == by_outcome and rule_for(-1, "", rules) == general
    assert kept_until(case)[0] == months_after(case.closed_at, 24)
    # A case that belongs to an open one waits for it.
    other = services.submit(published_version("application-to-head"), answers_for(meghri), key="ret-0002").case
    CaseRelation.objects.create(case=other, other=case, kind="related", by_label="x")
    with time_machine.travel(months_after(timezone.now(), 30)):
        assert retention.apply() == 0
    with pytest.raises(IntegrityError), transaction.atomic():
        RetentionRule.objects.create(months=5, legal_basis="twice")
    assert months_after(datetime(2024, 2, 29, tzinfo=UTC), 12).day == 28
    assert months_after(datetime(2026, 3, 31, tzinfo=UTC), -1).isoformat().startswith("2026-02-28")


def test_a_broken_run_goes_on_and_an_undone_case_is_whole(officer, meghri, monkeypatch):
    first, second = closed_case(meghri, officer, "ret-0003"), closed_case(meghri, officer, "ret-0004")
    confirmed(1)
    with time_machine.travel(months_after(timezone.now(), 2)):
        with monkeypatch.context() as patched:
            calls = []

            def dies(party) -> None:
                calls.append(party)
                if len(calls) == 2:
                    raise KeyboardInterrupt

            patched.setattr("services_api.cases.services.anonymising.anonymise_party", dies)
            with pytest.raises(KeyboardInterrupt), transaction.atomic():
                anonymise(first.uuid, actor=SYSTEM, why={})
                anonymise(second.uuid, actor=SYSTEM, why={})
        assert Message.objects.filter(case=second).count() == 2, "all or nothing"
        assert retention.apply(limit=1) == 1
        assert retention.apply() == 1 and retention.apply() == 0


def test_a_copy_and_erasing_at_request_by_whoever_has_the_right(
    officer, meghri, staff_of, signed_in, client_for, django_assert_max_num_queries
):
    answers = answers_to(build(published_version("certificate-residence"), "hy")) | {"psn": {"number": "3912840567"}}
    certificates = [
        services.submit(published_version("certificate-residence"), answers, key=f"ret-001{n}") for n in range(2)
    ]
    case = certificates[0].case
    url = f"/admin/work/cases/{case.uuid}/personal-data/"
    ordinary = staff_of(meghri, groups=["Գործավարներ"])
    assert signed_in(meghri, ordinary).get(url).status_code == 404
    client = signed_in(meghri, officer)
    page = client.get(url).content.decode()
    assert certificates[1].case.number in page, "another case of the same number"
    assert "դեռ ավարտված չէ" in page
    answer = client.post(url, {"export": ""})
    with zipfile.ZipFile(BytesIO(b"".join(answer.streaming_content) if answer.streaming else answer.content)) as packed:
        data = json.loads(packed.read("data.json"))
    assert [each["number"] for each in data["cases"]] == [each.case.number for each in certificates]
    assert data["cases"][0]["applicant"]["numbers"] == {"psn": "3912840567"}
    assert CaseEvent.objects.filter(code="data_given").count() == 2
    # The applicant reads who made the copy and why.
    resident = client_for(meghri)
    resident.post("/case/", {"number": case.number, "code": certificates[0].code})
    assert "տվյալների պատճենի պատրաստում" in resident.get(f"/case/{case.uuid}/").content.decode()
    with pytest.raises(TransitionRefused):
        personal_data.export(ordinary, case)

    done = closed_case(meghri, officer, "ret-0020")
    where = f"/admin/work/cases/{done.uuid}/personal-data/"
    confirmed(12)
    assert "Օրենք, 1" in client.get(where).content.decode(), "why it is kept, and until when"
    assert client.post(where, {"erase": "1", "sure": "on"}).status_code == 422
    with time_machine.travel(months_after(timezone.now(), 13)):
        again = signed_in(meghri, officer)
        assert again.post(where, {"erase": "1"}).status_code == 422, "it must be meant"
        assert again.post(where, {"erase": "1", "sure": "on"}).status_code == 302
    done.refresh_from_db()
    assert done.anonymised_at and done.applicant.display_name == "— —"
    assert Identifier.objects.filter(party=case.applicant).exists(), "the other person is not touched"


def test_only_what_a_model_names_may_be_taken_out(officer, meghri):
    case = closed_case(meghri, officer)
    event = case.events.first()
    with pytest.raises(NotChangeable):
        redact(CaseEvent, [(event.pk, {"hash": "0" * 64})])
    with pytest.raises(NotChangeable):
        CaseEvent.objects.filter(pk=event.pk).update(comment="")
