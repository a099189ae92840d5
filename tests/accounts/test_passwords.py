"""Signing in, forgotten passwords and the pause after wrong ones."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from accounts.letters import password_reset_link
from accounts.models import User
from services_api.exchange.public import relay
from tenants.context import tenant

PASSWORD = "correct horse battery staple"


@pytest.fixture
def post_office(settings):
    """Letters are kept in memory; calling it sends what a community's outbox holds and returns the letters."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    def send(community):
        mail.outbox.clear()
        relay(community.schema_name)
        return list(mail.outbox)

    return send


def test_the_sign_in_page_is_in_armenian_and_asks_for_the_e_mail_address(meghri, client_for):
    page = client_for(meghri).get("/admin/login/").content.decode()
    assert 'lang="hy"' in page and "Մեղրի" in page and "էլ. փոստ" in page.lower()
    form = page.split("<main")[1]
    assert "Wagtail" not in form and "Password" not in form


def test_a_forgotten_password_is_replaced_by_a_letter_to_the_own_host(meghri, staff_of, client_for, post_office):
    user = staff_of(meghri, "ani@meghri.example")
    post_office(meghri)
    client = client_for(meghri)
    assert client.post("/admin/password_reset/", {"email": "ANI@meghri.example"}).status_code == 302
    (letter,) = post_office(meghri)
    link = next(word for word in letter.body.split() if "/password_reset/confirm/" in word)
    assert letter.to == ["ani@meghri.example"] and link.startswith("http://meghri.localhost")

    form = client.get(urlsplit(link).path, follow=True)
    new = "նոր գաղտնաբառ 2026"
    client.post(form.redirect_chain[-1][0], {"new_password1": new, "new_password2": new})
    with tenant(meghri):
        user.refresh_from_db()
    assert user.check_password(new)


def test_an_unknown_address_gets_the_same_answer_and_no_letter(meghri, client_for, post_office):
    post_office(meghri)
    answer = client_for(meghri).post("/admin/password_reset/", {"email": "nobody@meghri.example"})
    assert answer.status_code == 302 and not post_office(meghri)


def test_who_never_accepted_gets_a_fresh_invitation(meghri, client_for, post_office):
    post_office(meghri)
    client_for(meghri).post("/admin/password_reset/", {"email": "admin@meghri.example"})
    (letter,) = post_office(meghri)
    assert "/invitation/" in letter.body


def test_a_reset_of_one_community_is_worth_nothing_in_another(meghri, goris, staff_of, client_for):
    """The same person, number and password in both: only the tenant's salt tells them apart."""
    at_home_user = staff_of(meghri, "ani@two.example")
    with tenant(goris):
        User.objects.filter(pk=at_home_user.pk).delete()
        User.objects.create(pk=at_home_user.pk, username="ani", email="ani@two.example", password=at_home_user.password)
    with tenant(meghri):
        path = urlsplit(password_reset_link(at_home_user)).path
    at_home = client_for(meghri).get(path, follow=True)
    abroad = client_for(goris).get(path, follow=True)
    assert at_home.context["validlink"] is True
    assert abroad.context["validlink"] is False


def test_a_reset_is_valid_for_one_day(meghri, staff_of, client_for):
    user = staff_of(meghri)
    with tenant(meghri):
        path = urlsplit(password_reset_link(user)).path
    with time_machine.travel(timezone.now() + timedelta(hours=36), tick=False):
        assert client_for(meghri).get(path, follow=True).context["validlink"] is False


def test_too_many_wrong_passwords_pause_the_sign_in_and_say_so(meghri, staff_of, client_for, settings):
    settings.AXES_ENABLED = True
    staff_of(meghri, "ani@meghri.example")
    client = client_for(meghri)
    for attempt in range(settings.AXES_FAILURE_LIMIT):
        typed = "ani@meghri.example" if attempt % 2 else "Ani@Meghri.example"
        answer = client.post("/admin/login/", {"username": typed, "password": "wrong"})
    assert answer.status_code == 429
    page = answer.content.decode()
    assert "15" in page and "/admin/password_reset/" in page
    right = client.post("/admin/login/", {"username": "ani@meghri.example", "password": PASSWORD})
    assert right.status_code == 429
    staff_of(meghri, "nare@meghri.example")
    colleague = client_for(meghri).post("/admin/login/", {"username": "nare@meghri.example", "password": PASSWORD})
    assert colleague.status_code == 302, "a colleague behind the same address still gets in"


def test_the_pause_in_one_community_is_none_in_another(meghri, goris, staff_of, client_for, settings):
    settings.AXES_ENABLED = True
    staff_of(goris, "ani@meghri.example")
    for _attempt in range(settings.AXES_FAILURE_LIMIT):
        client_for(meghri).post("/admin/login/", {"username": "ani@meghri.example", "password": "wrong"})
    right = client_for(goris).post("/admin/login/", {"username": "ani@meghri.example", "password": PASSWORD})
    assert right.status_code == 302
