"""«A published version holds its message templates»: own words of a procedure for the letters of its cases."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from services_api.cases.services import submit
from services_api.exchange import mail
from services_api.exchange.relay import relay
from services_api.exchange.texts import services
from services_api.procedures.differences import content_of, differences
from services_api.procedures.models import Procedure, ProcedureVersion
from services_api.procedures.public import procedures_with_words, published_version
from services_api.procedures.selectors import today
from services_api.procedures.services import draft_version, publish
from tenants.context import tenant
from tests.services_api.cases.conftest import answers_for

CODE = "application-to-head"
BASE = f"/admin/procedures/{CODE}/"
WORDS = {
    "mail": {"received": {
        "hy": {"subject": "Տոնավաճառ {number}", "body": "Տեղը պահված է Ձեզ համար։ Կոդ՝ {code}\n\n{name}"},
        "ru": {"subject": "Ярмарка {number}", "body": "Место за Вами. Код {code}"},
    }},
    "sms": {"received": {"hy": {"body": "Տոնավաճառ՝ {number}, {code}"}}},
}  # fmt: skip


def version_with(words, *, days: int = 0) -> ProcedureVersion:
    """A published version of the application that says so in its letters."""
    procedure = Procedure.objects.get(code=CODE)
    content = content_of(procedure.versions.order_by("number").first())
    content["texts"] = {**content["texts"], "messages": words}
    return publish(draft_version(procedure, valid_from=today() - timedelta(days=days), **content))


def test_the_versions_words_go_before_the_communitys_and_those_before_the_shipped_in_each_language(
    meghri, settings, tmp_path
):
    from services_api.exchange.sms import gateways

    settings.SMS_FOLDER, settings.SMS_GATEWAY = tmp_path / "sms", "folder"
    with tenant(meghri):
        before = published_version(CODE)
        for language in ("hy", "en"):
            services.keep(
                "mail", "received", language, subject="Համայնքը {number}", body="{number} {code}", by="Անի"
            )  # fmt: skip
        version = version_with(WORDS)
        in_force = published_version(CODE)
        assert in_force.id == version.pk and in_force.checksum != before.checksum
        assert len(procedures_with_words("mail", "received")) == 1 and not procedures_with_words("mail", "asked")
        numbers = {}
        for key, chosen, language in (
            ("own-hy", in_force, "hy"), ("own-ru", in_force, "ru"), ("own-en", in_force, "en"),
            ("old-hy", before, "hy"), ("old-ru", before, "ru"),
        ):  # fmt: skip
            made = submit(chosen, answers_for(meghri), key=key, language=language, tell_by_sms=key == "own-hy")
            numbers[key] = made.case.number
    relay(meghri.schema_name)
    with tenant(meghri):
        subjects = {key: next(each for each in mail.letters() if number in each.subject + each.body)
                    for key, number in numbers.items()}  # fmt: skip
        assert subjects["own-hy"].subject == f"Տոնավաճառ {numbers['own-hy']}"
        assert "Տեղը պահված է" in subjects["own-hy"].body and "{" not in subjects["own-hy"].body
        assert subjects["own-ru"].subject == f"Ярмарка {numbers['own-ru']}"
        assert subjects["own-en"].subject == f"Համայնքը {numbers['own-en']}", "nothing of its own in English"
        assert subjects["old-hy"].subject == f"Համայնքը {numbers['old-hy']}", "a case keeps the version it began with"
        assert not subjects["old-ru"].subject.startswith(("Ярмарка", "Համայնքը")), "the shipped one"
        assert gateways.messages()[0].text.startswith(f"Տոնավաճառ՝ {numbers['own-hy']}")


WRONG = [
    ({"mail": {"received": {"hy": {"subject": "{number}", "body": "{code} {password}"}}}},
     "texts.messages.mail.received.hy.body: Այս նամակում {password}"),
    ({"mail": {"received": {"ru": {"subject": "{number}", "body": "{number}"}}}}, "received.ru.body"),
    ({"mail": {"received": {"hy": {"subject": "", "body": "{number} {code}"}}}}, "received.hy.subject"),
    ({"mail": {"assigned": {"hy": {"subject": "{number}", "body": "x"}}}}, "assigned: is not a letter"),
    ({"mail": {"received": {"fr": {"subject": "{number}", "body": "{code}"}}}}, "fr: is not a language"),
    ({"sms": {"received": {"hy": {"subject": "x", "body": "{number}"}}}}, "hy: must hold body"),
    ({"sms": {"received": {"hy": {"body": "{number}" + "ա" * 300}}}}, "received.hy.body"),
    ({"mail": []}, "texts.messages: must be an object"),
]  # fmt: skip


def test_words_that_cannot_be_sent_block_publishing_at_their_field(meghri, as_tenant):
    as_tenant(meghri)
    procedure = Procedure.objects.get(code=CODE)
    draft = draft_version(procedure, valid_from=today(), **content_of(procedure.versions.get()))
    for words, told in WRONG:
        ProcedureVersion.objects.filter(pk=draft.pk).update(texts={**draft.texts, "messages": words})
        with pytest.raises(ValidationError) as refused:
            publish(draft)
        assert any(told in line for line in refused.value.message_dict["texts"]), refused.value
    assert published_version(CODE).number == 1


def test_the_clerk_writes_looks_keeps_compares_and_hands_over_as_a_package(meghri, goris, staff_of, signed_in):
    clerk = signed_in(meghri, staff_of(meghri, superuser=True))
    clerk.post(f"{BASE}1/act/", {"act": "draft"})
    listed, letter = f"{BASE}2/letters/", f"{BASE}2/letters/mail/received/"
    assert letter in clerk.get(listed).content.decode()
    assert clerk.get(f"{BASE}2/letters/mail/assigned/").status_code == 404
    assert clerk.get(f"{BASE}1/letters/").status_code == 302, "a published version does not change"
    typed = {"subject_hy": "Տոնավաճառ {number}", "body_hy": "Կոդ՝ {code}", "subject_ru": "Ярмарка {nummer}",
             "body_ru": "Код {number} {code}"}  # fmt: skip
    wrong = clerk.post(letter, typed)
    page = wrong.content.decode()
    assert wrong.status_code == 422 and "{nummer}" in page and "Տոնավաճառ Դ-2026/417" in page, "the good one is shown"
    typed["subject_ru"] = "Ярмарка {number}"
    shown = clerk.post(letter, {**typed, "act": "show"}).content.decode()
    assert "Ярмарка Դ-2026/417" in shown
    with tenant(meghri):
        draft = ProcedureVersion.objects.get(procedure__code=CODE, number=2)
        assert "messages" not in draft.texts, "looking keeps nothing"
    stale = clerk.post(letter, {**typed, "checksum": "0" * 64})
    assert stale.status_code == 422 and "Տոնավաճառ {number}" in stale.content.decode(), "nothing typed is lost"
    assert clerk.post(letter, {**typed, "checksum": draft.checksum}).status_code == 302
    assert clerk.post(f"{BASE}2/letters/sms/received/", {"body_hy": "{number} {code}"}).status_code == 302
    differing = clerk.get(f"{BASE}2/differences/1/").content.decode()
    assert "texts.messages" in differing and "Տոնավաճառ" in differing
    package = json.loads(clerk.get(f"{BASE}2/package/").content)
    assert package["texts"]["messages"]["mail"]["received"]["hy"]["subject"] == "Տոնավաճառ {number}"
    with tenant(meghri):
        ProcedureVersion.objects.filter(procedure__code=CODE, number=2).update(valid_from=today())
    clerk.post(f"{BASE}2/act/", {"act": "publish"})
    assert "հաստատում" in clerk.get(f"{BASE}2/").content.decode()
    # The community's own screen says for which procedures its text is not the one that is sent.
    assert "Դիմում" in clerk.get("/admin/exchange/texts/mail/received/").content.decode().partition("<details")[0]

    other = signed_in(goris, staff_of(goris, superuser=True))
    other.post(f"{BASE}1/act/", {"act": "draft"})
    taken = SimpleUploadedFile("p.json", json.dumps(package).encode(), "application/json")
    assert other.post(f"{BASE}2/edit/", {"package": taken}).status_code == 302
    with tenant(goris):
        handed = ProcedureVersion.objects.get(procedure__code=CODE, number=2)
        assert handed.checksum == package["checksum"]
        assert not [each for each in differences(content_of(handed), package) if "messages" in each.path]
    # Emptied again, nothing is left of it.
    assert (
        other.post(letter, {}).status_code == 302
        and other.post(f"{BASE}2/letters/sms/received/", {}).status_code == 302
    )
    with tenant(goris):
        assert "messages" not in ProcedureVersion.objects.get(procedure__code=CODE, number=2).texts
