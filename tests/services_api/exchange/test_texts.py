"""A community's own texts: checked when they are kept, looked at before anybody gets them, given up at any time."""

from __future__ import annotations

import pytest

from services_api.exchange import mail
from services_api.exchange.letters import sample_text
from services_api.exchange.relay import relay
from services_api.exchange.sms import sending
from services_api.exchange.texts import gaps, services
from services_api.exchange.texts.models import LetterText
from tenants.context import tenant
from tests.services_api.exchange.conftest import rows

ADMINISTRATORS = "Կայքի կառավարիչներ"
LIST = "/admin/exchange/texts/"
OWN = {"subject": "Թիվ {number}", "body": "Բարև Ձեզ։\n\n«{subject}»\nԿոդ՝ {code}\nՄինչև՝ {due}\n\n{name}"}


def test_an_own_text_is_sent_the_others_stay_as_shipped_and_a_reset_brings_them_back(meghri, goris, submitted):
    with tenant(meghri):
        services.keep("mail", "received", "ru", by="Անի", **OWN)
        assert services.own_text("mail", "received", "hy") is None
    with tenant(goris):
        assert not LetterText.objects.exists()
    relay(meghri.schema_name)
    with tenant(meghri):
        (letter,) = mail.letters()
        assert letter.subject == f"Թիվ {submitted.case.number}"
        assert "Փողոցի լուսավորության մասին" in letter.body and "{" not in letter.body
        services.reset("mail", "received", "ru")
        assert sample_text("received", "ru", None)[0] != letter.subject
        assert not LetterText.objects.exists()


def test_what_somebody_writes_is_never_looked_at_for_gaps():
    assert gaps.fill("«{subject}» {number}", {"subject": "{number} {x}", "number": "7"}) == "«{number} {x}» 7"


def test_a_line_whose_gaps_are_all_empty_is_left_out():
    assert gaps.fill("Ա\nԿոդ՝ {code}\n\n\nԲ {number}", {"code": "", "number": "7"}) == "Ա\n\nԲ 7"


@pytest.mark.parametrize(
    ("message", "body", "wrong"),
    [
        ("received", "{number} {code} {password}", "{password}"),
        ("received", "{number}", "{code}"),
        ("answered", "{number", "{number"),
        ("asked", "{number} {link}", "{text}"),
        ("answered", "{number} {code}", "{code}"),
        ("answered", "{number} {0} {number!r}", "{"),
    ],
)
def test_a_text_with_wrong_or_missing_gaps_is_not_kept(meghri, as_tenant, message, body, wrong):
    as_tenant(meghri)
    with pytest.raises(services.TextRefused) as refused:
        services.keep("mail", message, "hy", subject="Թիվ", body=body, by="")
    assert any(wrong in each for each in refused.value.problems)
    assert not LetterText.objects.exists()


def test_every_shipped_text_can_be_looked_at_in_every_language(meghri, as_tenant):
    from services_api.exchange.texts.workspace.screens import channels

    as_tenant(meghri)
    for channel, messages in channels().items():
        show = sample_text if channel == "mail" else sending.sample_text
        for message in messages:
            seen = {show(message, language, None)[1] for language in ("hy", "en", "ru")}
            assert len(seen) == 3 and all("417" in each and "{" not in each for each in seen), message


def test_the_administrator_writes_looks_keeps_and_gives_up_on_screen(
    meghri, staff_of, signed_in, django_assert_max_num_queries
):
    client = signed_in(meghri, staff_of(meghri, groups=[ADMINISTRATORS]))
    assert client.get(LIST).status_code == 200
    page = f"{LIST}mail/received/"
    assert client.get(f"{LIST}mail/assigned/").status_code == 404
    assert client.get(f"{LIST}fax/received/").status_code == 404
    shown = client.post(page, {**OWN, "deed": "show-hy"})
    assert shown.status_code == 200 and "Թիվ Դ-2026/417" in shown.content.decode()
    wrong = client.post(page, {"subject": "x", "body": "{nonsense}", "deed": "keep-hy"})
    assert wrong.status_code == 422 and "{nonsense}" in wrong.content.decode()
    with tenant(meghri):
        assert not LetterText.objects.exists()
    assert client.post(page, {**OWN, "deed": "keep-hy"}).status_code == 302
    assert client.post(f"{LIST}sms/answered/", {"body": "{number} {name}", "deed": "keep-ru"}).status_code == 302
    with django_assert_max_num_queries(22):
        assert "Թիվ Դ-2026/417" in client.get(page).content.decode()
    client.post(page, {"deed": "reset-hy"})
    with tenant(meghri):
        assert [str(each) for each in LetterText.objects.all()] == ["sms answered ru"]
    assert client.post(page, {"deed": "keep-xx"}).status_code == 404


def test_an_own_short_message_is_used(meghri, settings, tmp_path):
    from services_api.cases.services import submit
    from services_api.exchange.sms import gateways
    from services_api.procedures.public import published_version
    from tests.services_api.cases.conftest import answers_for

    settings.SMS_FOLDER, settings.SMS_GATEWAY = tmp_path / "sms", "folder"
    with tenant(meghri):
        services.keep("sms", "received", "hy", subject="", body="Ստացանք՝ {number}, {code}", by="")
        submit(published_version("application-to-head"), answers_for(meghri), key="s", tell_by_sms=True)
    relay(meghri.schema_name)
    assert {row.state for row in rows(meghri.schema_name)} == {"sent"}
    with tenant(meghri):
        assert gateways.messages()[0].text.startswith("Ստացանք՝ Դ-")


def test_an_officer_does_not_write_texts(meghri, staff_of, signed_in):
    officer = signed_in(meghri, staff_of(meghri, groups=["Դիմումների պատասխանատուներ"]))
    assert officer.get(LIST).status_code in (302, 403)
