"""Colleagues are invited by e-mail; nobody sets another's password."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from accounts.models import User
from services_api.exchange.models import Outbox
from tenants.context import register, tenant


@pytest.fixture
def chief(meghri, staff_of, signed_in):
    """A browser of somebody who may do everything in Meghri."""
    return signed_in(meghri, staff_of(meghri, "chief@meghri.example", superuser=True))


def invitations(community) -> int:
    with register():
        return Outbox.objects.filter(schema=community.schema_name, kind="accounts.invitation").count()


def test_a_colleague_is_invited_with_position_and_groups(meghri, chief):
    before = invitations(meghri)
    with tenant(meghri):
        group = Group.objects.first()
    page = chief.get(reverse("wagtailusers_users:add")).content.decode()
    assert "password1" not in page and "is_superuser" not in page and "job_title" in page
    answer = chief.post(
        reverse("wagtailusers_users:add"),
        {
            "email": "Press@Meghri.example",
            "first_name": "Նարե",
            "last_name": "Օրինակյան",
            "patronymic": "Արմենի",
            "job_title": "մամուլի պատասխանատու",
            "groups": [group.pk],
        },
    )
    assert answer.status_code == 302
    with tenant(meghri):
        user = User.objects.get(email="press@meghri.example")
        assert user.username == user.email and user.job_title == "մամուլի պատասխանատու"
        assert not user.has_usable_password() and list(user.groups.all()) == [group]
    assert invitations(meghri) == before + 1


def test_the_same_address_in_other_capitals_is_refused(meghri, chief):
    answer = chief.post(
        reverse("wagtailusers_users:add"),
        {"email": "CHIEF@meghri.example", "first_name": "Ա", "last_name": "Բ"},
    )
    assert answer.status_code == 200 and "email" in answer.context["form"].errors


def test_the_list_and_the_form_of_a_colleague_open(meghri, chief):
    with tenant(meghri):
        user = User.objects.get(email="admin@meghri.example")
    page = chief.get(reverse("wagtailusers_users:index")).content.decode()
    again = reverse("staff_invite_again", args=[user.pk])
    assert "admin@meghri.example" in page and again in page
    form = chief.get(reverse("wagtailusers_users:edit", args=[user.pk])).content.decode()
    assert "password1" not in form and "is_active" in form
    before = invitations(meghri)
    assert chief.get(again).status_code == 200 and invitations(meghri) == before
    assert chief.post(again).status_code == 302 and invitations(meghri) == before + 1


def test_who_may_not_change_staff_may_not_invite(meghri, staff_of, signed_in):
    from django.contrib.auth.models import Permission

    with tenant(meghri):
        user = staff_of(meghri)
        user.user_permissions.add(Permission.objects.get(codename="access_admin"))
        invited = User.objects.get(email="admin@meghri.example")
    before = invitations(meghri)
    signed_in(meghri, user).post(reverse("staff_invite_again", args=[invited.pk]))
    assert invitations(meghri) == before
