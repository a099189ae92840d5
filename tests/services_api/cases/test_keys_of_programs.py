"""The screen of keys: made for oneself, shown once, withdrawn; whoever administers sees all."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest

from services_api.cases.models import ApiToken
from tenants.context import tenant

URL = "/admin/work/keys/"
OFFICERS = "Դիմումների պատասխանատուներ"


@pytest.fixture
def officer(meghri, staff_of):
    return staff_of(meghri, groups=[OFFICERS])


def test_a_key_is_shown_once_used_and_withdrawn(meghri, officer, signed_in, client_for):
    desk = signed_in(meghri, officer)
    asked = {"name": "Արխիվ", "scopes": ["cases:read", "cases:personal"], "days": "30", "key": str(uuid4())}
    assert desk.post(URL, {**asked, "scopes": []}).status_code == 422
    page = desk.post(URL, asked)
    (secret,) = re.findall(r"hmk_[\w-]+", page.content.decode())
    assert "no-store" in page["Cache-Control"]
    again = desk.post(URL, asked, follow=True).content.decode()
    assert "hmk_" not in again and "Արխիվ" in again
    with tenant(meghri):
        token = ApiToken.objects.get()
        assert token.user == officer and token.scopes == ["cases:personal", "cases:read"]
    program = client_for(meghri)
    headers = {"authorization": f"Bearer {secret}"}
    assert program.get("/api/v1/cases/", headers=headers).status_code == 200
    with tenant(meghri):
        assert ApiToken.objects.get().last_used_at
    assert desk.post(f"{URL}{token.pk}/withdraw/").status_code == 302
    assert program.get("/api/v1/cases/", headers=headers).status_code == 401


def test_others_see_their_own_and_an_administrator_all(meghri, officer, staff_of, signed_in):
    asked = {"name": "Արխիվ", "scopes": ["cases:read"], "days": "30", "key": str(uuid4())}
    signed_in(meghri, officer).post(URL, asked)
    with tenant(meghri):
        token = ApiToken.objects.get()
    colleague = signed_in(meghri, staff_of(meghri, groups=[OFFICERS]))
    assert "Արխիվ" not in colleague.get(URL).content.decode()
    assert colleague.post(f"{URL}{token.pk}/withdraw/").status_code == 404
    administrator = signed_in(meghri, staff_of(meghri, superuser=True))
    assert "Արխիվ" in administrator.get(URL).content.decode()
    assert administrator.post(f"{URL}{token.pk}/withdraw/").status_code == 302
    assert signed_in(meghri, staff_of(meghri)).get(URL).status_code in (302, 404)
