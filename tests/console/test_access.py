"""The console exists in the ministry's admin and nowhere else."""

from __future__ import annotations

import pytest
from django.urls import NoReverseMatch, reverse

from console.urls import console_patterns


def addresses() -> list[str]:
    """Every address of the console, with the arguments that it takes."""
    found = []
    for pattern in console_patterns:
        for arguments in ([], ["meghri"], ["meghri", 1]):
            try:
                found.append(reverse(f"console:{pattern.name}", args=arguments))
                break
            except NoReverseMatch:
                continue
        else:
            raise AssertionError(f"{pattern.name} takes other arguments than this test knows")
    return found


def test_every_address_of_the_console_is_known_to_this_test():
    assert len(addresses()) == len(console_patterns) >= 19


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_ordinary_community_has_no_console(meghri, staff_of, signed_in, client_for, method):
    """ "An ordinary community's admin never sees it, and its URLs answer 404 there." """
    superuser = signed_in(meghri, staff_of(meghri, superuser=True))
    stranger = client_for(meghri)
    for address in addresses():
        assert getattr(superuser, method)(address).status_code == 404, address
        assert getattr(stranger, method)(address).status_code == 404, address


def test_the_ministry_has_it(console):
    assert console.get(reverse("console:communities")).status_code == 200


def test_somebody_who_is_not_signed_in_is_asked_to(ministry, client_for):
    for address in addresses():
        answer = client_for(ministry).get(address)
        assert answer.status_code == 302 and answer["Location"].startswith("/admin/login/"), address


def test_staff_of_the_ministry_without_the_right_are_sent_away(ministry, staff_of, signed_in):
    from django.contrib.auth.models import Group, Permission

    from tenants.context import tenant

    user = staff_of(ministry)
    with tenant(ministry):
        group = Group.objects.create(name="Press")
        group.permissions.add(Permission.objects.get(codename="access_admin"))
        user.groups.add(group)
    client = signed_in(ministry, user)
    for address in addresses():
        answer = client.get(address)
        assert answer.status_code == 302 and answer["Location"] == "/admin/", address
        answer = client.post(address)
        assert answer.status_code == 302 and answer["Location"] == "/admin/", address


def test_the_menu_shows_it_to_the_ministry_only(meghri, console, staff_of, signed_in):
    link = reverse("console:communities")
    assert link in console.get("/admin/").content.decode()
    other = signed_in(meghri, staff_of(meghri, superuser=True))
    assert link not in other.get("/admin/").content.decode()


def test_the_right_can_be_given_in_the_ministry_only(meghri, ministry):
    from console.wagtail_hooks import console_permission
    from tenants.context import tenant

    with tenant(ministry):
        assert console_permission().count() == 1
    with tenant(meghri):
        assert console_permission().count() == 0
