"""An invited person opens the letter, chooses a password and works; nobody else can use the letter."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from accounts.letters import invitation_link, password_reset_link
from accounts.models import User
from services_api.exchange.public import relay
from tenants.context import register, tenant
from tenants.models import Community

PASSWORD = "մեղրի և նուռ 2026"
ANSWER = {
    "first_name": "Անահիտ",
    "last_name": "Օրինակյան",
    "job_title": "մամուլի պատասխանատու",
    "password1": PASSWORD,
    "password2": PASSWORD,
}


def path_of(link: str) -> str:
    return urlsplit(link).path


def administrator(community: Community) -> User:
    with tenant(community):
        return User.objects.get(email=f"admin@{community.slug}.example")


@pytest.fixture
def invitation(goris: Community) -> str:
    """Path of a fresh invitation of the first administrator of Goris."""
    with tenant(goris):
        return path_of(invitation_link(administrator(goris)))


def test_the_first_administrator_is_there_without_a_password_and_in_all_groups(goris):
    from django.contrib.auth.models import Group

    with tenant(goris):
        user = User.objects.get()
        assert not user.has_usable_password() and not user.is_superuser
        assert user.groups.count() == Group.objects.count()


def test_the_step_may_run_twice_and_writes_one_letter(goris):
    from accounts.provisioning import invite
    from services_api.exchange.models import Outbox

    with register():
        before = Outbox.objects.filter(schema=goris.schema_name).count()
    with tenant(goris):
        invite(goris, lambda line: None)
        assert User.objects.count() == 1
    with register():
        assert Outbox.objects.filter(schema=goris.schema_name).count() == before == 1


def test_the_letter_leads_to_the_community_s_own_host(goris, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    relay(goris.schema_name)
    letter = mail.outbox[-1]
    assert letter.to == ["admin@goris.example"]
    assert "Գորիս" in letter.subject
    link = next(word for word in letter.body.split() if "/invitation/" in word)
    assert link.startswith("http://goris.localhost")


def test_the_outbox_holds_no_token(goris):
    from services_api.exchange.models import Outbox

    with register():
        payload = Outbox.objects.get(schema=goris.schema_name, kind="accounts.invitation").payload
    assert payload == {"user": administrator(goris).pk}


def test_an_invited_person_chooses_a_password_and_is_at_work(goris, client_for, invitation):
    client = client_for(goris)
    page = client.get(invitation)
    assert page.status_code == 200 and "admin@goris.example" in page.content.decode()
    answer = client.post(invitation, ANSWER)
    assert answer.status_code == 302 and answer["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200
    user = administrator(goris)
    assert user.get_full_name() == "Անահիտ Օրինակյան" and user.check_password(PASSWORD)

    again = client_for(goris)
    signed = again.post("/admin/login/", {"username": "Admin@Goris.example", "password": PASSWORD})
    assert signed.status_code == 302, "e-mail address in any capitals, and the password"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"password2": "another one 2026"}, "password2"),
        ({"password1": "", "password2": ""}, "password1"),
        ({"password1": "12345678901", "password2": "12345678901"}, "password1"),
        ({"password1": "short", "password2": "short"}, "password1"),
        ({"first_name": " "}, "first_name"),
        ({"last_name": ""}, "last_name"),
    ],
)
def test_an_error_is_named_at_its_field_and_nothing_is_lost(goris, client_for, invitation, change, field):
    answer = client_for(goris).post(invitation, {**ANSWER, **change})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#id_{field}"' in page and f'id="id_{field}-e"' in page
    assert 'value="մամուլի պատասխանատու"' in page
    assert PASSWORD not in page and "another one" not in page, "a password is never sent back"
    assert not administrator(goris).has_usable_password()


def test_used_expired_changed_and_foreign_letters_get_the_same_answer(goris, meghri, client_for, invitation):
    with tenant(meghri):
        foreign = path_of(invitation_link(administrator(meghri)))
    with tenant(goris):
        reset = path_of(password_reset_link(administrator(goris)))
    changed = invitation[:-2] + ("a" if invitation[-2] != "a" else "b") + "/"
    other_purpose = "/invitation/" + "/".join(reset.rstrip("/").split("/")[-2:]) + "/"
    client_for(goris).post(invitation, ANSWER)
    answers = {
        kind: client_for(goris).get(path)
        for kind, path in {
            "used": invitation,
            "changed": changed,
            "foreign": foreign,
            "of another purpose": other_purpose,
            "nobody": "/invitation/OTk5OTk/abc-def/",
            "nonsense": "/invitation/%D5%A1/-/",
        }.items()
    }
    # Only the links to the other languages differ: they carry the address that was asked for.
    pages = {kind: answer.content.decode().split("<main")[1].split("</main>")[0] for kind, answer in answers.items()}
    assert {answer.status_code for answer in answers.values()} == {404}
    assert len(set(pages.values())) == 1, pages.keys()
    assert "/admin/password_reset/" in pages["used"]
    assert client_for(goris).post(foreign, ANSWER).status_code == 404


def test_the_positive_control_the_foreign_letter_works_at_home(meghri, client_for):
    with tenant(meghri):
        path = path_of(invitation_link(administrator(meghri)))
    assert client_for(meghri).get(path).status_code == 200


def test_a_letter_is_valid_for_seven_days(goris, client_for, invitation):
    now = timezone.now()
    with time_machine.travel(now + timedelta(days=6), tick=False):
        assert client_for(goris).get(invitation).status_code == 200
    with time_machine.travel(now + timedelta(days=8), tick=False):
        assert client_for(goris).get(invitation).status_code == 404


def test_a_letter_to_somebody_who_left_opens_nothing(goris, client_for, invitation):
    with tenant(goris):
        User.objects.update(is_active=False)
    assert client_for(goris).get(invitation).status_code == 404


def test_an_invitation_is_not_sent_after_it_was_accepted(goris, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with tenant(goris):
        user = User.objects.get()
        user.set_password(PASSWORD)
        user.save()
    assert relay(goris.schema_name).skipped == 1
    assert not mail.outbox
