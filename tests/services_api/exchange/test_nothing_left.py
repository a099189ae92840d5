"""«Nothing of me is left»: a person is planted everywhere a case can write to, and searched for everywhere after it."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection

from services_api.cases import services
from services_api.cases.actors import SYSTEM, staff
from services_api.cases.models import Case, SavedList
from services_api.cases.services import Order, personal_data
from services_api.cases.services.anonymising import anonymise
from services_api.cases.services.lists import drop_lists_about, keep_list
from services_api.cases.uploads import clean
from services_api.exchange import services as outbox
from services_api.exchange.models import Outbox
from services_api.exchange.relay import relay
from services_api.exchange.webhooks.models import Subscription
from services_api.parties.public import record_person
from services_api.procedures.public import build, published_version
from tenants.context import register
from tenants.database import texts_with
from tests.services_api.cases.conftest import answers_for, upload
from tests.services_api.exchange.test_webhooks import Listener
from tests.services_api.exchange.test_webhooks import program as program
from tests.services_api.procedures.samples import answers_to

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
SURNAME, PRINCIPAL, NEIGHBOUR = "Ծածկանյան", "Սկզբնարյան", "Հարևանցյան"
SAID, MAIL, PHONE, FILE = "գաղտնաբառ", "planted@marker.example", "+37491777888", "planted-plan.pdf"
MARKERS = ["Ծածկանյան", "ծածկանյան", "Սկզբնարյան", "սկզբնարյան", "Հարևանցյան", "Գաղտնաբառ", SAID, "planted", "Planted",
           "91777888", "91 777888"]  # fmt: skip
# (table, column) where a person may still stand after a case was anonymised, each with its reason: nowhere.
STAYS: dict[tuple[str, str], str] = {}
# Where the story must have left something, so that the search is known to find it there.
PLANTED = {
    "cases_case", "cases_caseevent", "cases_message", "cases_task", "cases_decision", "cases_attachment",
    "cases_draftsubmission", "cases_savedlist", "parties_party", "webhooks_delivery", "exchange_outbox",
    "cases_clockextension",
}  # fmt: skip


@pytest.fixture
def listener(settings):
    settings.WEBHOOKS_LOCAL = True
    made = Listener()
    made.status, made.words = 500, f"cannot write to {MAIL}".encode()
    yield made
    made.server.shutdown()
    made.server.server_close()


def tables() -> list[type]:
    """Every model whose table is the tenant's own or the outbox; none is left out by name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [connection.schema_name])
        own = {row[0] for row in cursor.fetchall()}
    found = [each for each in apps.get_models(include_auto_created=True) if each._meta.db_table in own]
    assert len(own - {each._meta.db_table for each in found} - {"django_migrations"}) == 0, "a table without a model"
    return [*found, Outbox]


def where() -> set[tuple[str, str]]:
    """(table, column) of every text, JSON or array of the tenant that holds a marker."""
    return {
        (table, column) for model in tables() for table, _key, column in texts_with([model], MARKERS)
    }  # fmt: skip


def a_case_with_everything(community, officer, colleague, client, visitor, settings) -> list[Case]:
    """Two applications that run through everything that can write something down."""
    settings.EMAIL_BACKEND = "tests.services_api.exchange.test_nothing_left.Refusing"
    actor = staff(officer)
    version = published_version("application-to-head")
    answers = answers_for(
        community, applicant={"surname": SURNAME, "name": "Վարդուհի"}, email=MAIL, phone=PHONE,
        subject=f"Գաղտնաբառ {SAID}", body=f"{SAID} {SURNAME}, {SAID}, {SAID}",
        on_behalf=True, principal={"surname": PRINCIPAL, "name": "Անի"}, basis="law",
    )  # fmt: skip
    draft = services.begin_draft(version, "hy")
    assert services.fill_draft(draft, answers, language="hy") == []
    services.keep_file(draft, "attachments", clean(upload(FILE, PDF)))
    services.keep_for_later(draft)
    sent = services.submit_draft(draft, {"consent": True}, tell_by_sms=True)
    first = sent.case

    petition = published_version("petition")
    more = answers_to(build(petition, "hy"))
    more |= {
        "kind": "collective", "on_behalf": False, "applicant": {"surname": SURNAME, "name": "Վարդուհի"}, "email": MAIL,
        "phone": PHONE, "others": [{"author": {"surname": NEIGHBOUR, "name": "Գոռ"}, "place": "Մեղրի",
                                    "author_email": "planted-two@marker.example"}],
    }  # fmt: skip
    for hidden in ("principal", "basis", "earlier"):
        more.pop(hidden, None)
    second = services.submit(petition, more, key="planted-key").case
    services.relate(first.uuid, second.number, actor=actor)

    for case in (first, second):
        services.add_note(case.uuid, f"{SAID} {SURNAME}", actor=actor)
        take(case, "register", actor, comment=f"{SAID} {PHONE}")
        take(case, "assign", actor, assignee=officer.pk)
        (task,) = services.issue(case.uuid, Order("opinion", [f"u{colleague.pk}"], text=SAID), actor=actor)
        services.finish(task.uuid, "done", f"{SAID} {SURNAME}", user=colleague)
        services.write_to_applicant(case.uuid, f"Հարգելի {SURNAME}, {SAID}", actor=actor)
        services.write_from_applicant(case.uuid, SAID, files=[clean(upload(FILE, PDF))])
        outbox.enqueue(
            "connector",
            {"case": str(case.uuid), "event": 1, "connector": "person", "number": "subject", "purpose": "Ստուգում",
             "legal_basis": "Օրենք"},
            f"question-{case.pk}",
        )  # fmt: skip
    take(second, "ask_applicant", actor, question=SAID, missing=SAID)
    services.write_from_applicant(second.uuid, f"{SAID} պատասխան")
    second.refresh_from_db()
    if second.state == "awaiting_applicant":
        take(second, "go_on", actor, comment=SAID)
    take(second, "prolong", actor, ground=f"{SAID} {SURNAME}")

    keep_list(officer, "Մի անձ", f"q=%D4%BE%D5%A1%D5%AE%D5%AF%D5%A1%D5%B6%D5%B5%D5%A1%D5%B6&is={MAIL}")
    keep_list(officer, "Հեռախոս", "q=091+777888")
    keep_list(officer, "Բոլորը", "q=փողոց")
    for case in (first, second):
        assert client.get(f"/admin/work/cases/{case.uuid}/").status_code == 200
    client.get("/admin/work/", {"q": SURNAME})
    visitor.post("/case/", {"number": first.number, "code": sent.code})
    visitor.get(f"/case/{first.uuid}/")
    relay(community.schema_name)
    for case in (first, second):
        take(case, "answer", actor, answer=f"{SAID} {SURNAME}")
        personal_data.export(officer, case)
        take(case, "close", actor)
        services.rate(case.uuid, 5, SAID)
    relay(community.schema_name)
    return [first, second]


def take(case: Case, code: str, actor, **data) -> None:
    case.refresh_from_db()
    services.transition(case.uuid, code, actor=actor, expected_version=case.lock_version, data=data)


def Refusing(*args, **kwargs):
    """A mail server that refuses every address, and says which."""
    from django.core.mail.backends.locmem import EmailBackend

    class Backend(EmailBackend):
        def send_messages(self, letters):
            raise OSError(f"550 no such user: {letters[0].to[0]}")

    return Backend(*args, **kwargs)


def test_a_person_planted_everywhere_is_nowhere_afterwards(
    meghri, as_tenant, staff_of, signed_in, client_for, settings, tmp_path, program
):
    settings.SMS_FOLDER, settings.SMS_GATEWAY = tmp_path / "sms", "folder"
    as_tenant(meghri)
    officer, colleague = staff_of(meghri, superuser=True), staff_of(meghri, "two@example.am", superuser=True)
    cases = a_case_with_everything(
        meghri, officer, colleague, signed_in(meghri, officer), client_for(meghri), settings
    )  # fmt: skip
    as_tenant(meghri)
    before = {table for table, _column in where()}
    assert before >= PLANTED, f"the story left nothing in {sorted(PLANTED - before)}"
    for case in cases:
        anonymise(case.uuid, actor=SYSTEM, why={})
    left = {each for each in where() if each not in STAYS}
    assert not left, sorted(left)
    assert [each.name for each in SavedList.objects.exclude(name="")] == ["Բոլորը"]
    with register():
        assert not Outbox.objects.filter(state__in=["pending", "dead"], payload__case=str(cases[0].uuid)).exists()
    assert Subscription.objects.count() == 1


def test_a_list_by_a_surname_that_others_have_stays_one_by_what_is_theirs_alone_goes(meghri, as_tenant, staff_of):
    as_tenant(meghri)
    officer = staff_of(meghri)
    anna, aram = (
        record_person(surname="Հակոբյան", name=name, email=f"{code}@example.am", phone=phone)
        for name, code, phone in (("Աննա", "anna", "+37491111222"), ("Արամ", "aram", ""))
    )  # fmt: skip
    for name, query in (
        ("ա", "q=հակոբյան"),
        ("բ", "q=Հակոբյան+Աննա"),
        ("գ", "q=091-111-222"),
        ("դ", "q=aram%40example.am"),
    ):
        keep_list(officer, name, query)
    drop_lists_about(anna)
    assert list(SavedList.objects.values_list("name", flat=True)) == ["ա", "դ"]
    anna.surname = "—"
    anna.save()
    drop_lists_about(aram)
    assert not SavedList.objects.exists(), "nobody else has the surname now"
