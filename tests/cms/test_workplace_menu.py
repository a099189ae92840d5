"""The menu of the workplace: in the order of the day, and only what somebody may open."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest
from wagtail.admin.menu import MenuItem

from cms.seeds.roles import ADMINISTRATORS, CHIEF_EDITORS, EDITORS
from cms.workplace_menu import GROUPS, arranged

OFFICERS = "Դիմումների պատասխանատուներ"
REPORTS = {
    "/admin/outreach/usefulness/": {EDITORS, CHIEF_EDITORS, ADMINISTRATORS},
    "/admin/outreach/usefulness/csv/": {EDITORS, CHIEF_EDITORS, ADMINISTRATORS},
    "/admin/outreach/subscribers/": {CHIEF_EDITORS, ADMINISTRATORS},
}


def sidebar(client) -> str:
    """The description of the menu that the page hands to its script."""
    html = client.get("/admin/").content.decode()
    return unescape(re.search(r'id="wagtail-sidebar-props"[^>]*>(.*?)</script>', html, re.S)[1])


def names(client) -> list[str]:
    found = re.findall(r'"name": ?"([a-z-]+)"', json.dumps(json.loads(sidebar(client))))
    return [name for name in found if name in WANTED]


WANTED = ("work", "explorer", "news", "records", "residents", "images", "documents", "duties", "reports", "settings")


def test_the_menu_stands_in_the_order_of_the_day(in_meghri, meghri, staff_of, signed_in):
    shown = names(signed_in(meghri, staff_of(meghri, superuser=True)))
    assert list(dict.fromkeys(shown)) == list(WANTED)


def test_each_group_begins_with_a_line():
    given = [MenuItem(name, "#", name=name, order=order) for name, order in
             (("settings", 1), ("duties", 210), ("explorer", 1), ("work", 10), ("inbox", 20), ("help", 5))]  # fmt: skip
    found = arranged(given)
    assert [entry.name for entry in found] == ["work", "inbox", "explorer", "duties", "settings"]
    marked = [entry.name for entry in found if "data-menu-group" in entry.attrs]
    assert marked == ["work", "explorer", "duties", "settings"]
    assert not any(entry.attrs for entry in given), "entries are kept by the process for everybody"
    assert list(GROUPS) == sorted(GROUPS)


@pytest.mark.parametrize("group", [EDITORS, CHIEF_EDITORS, ADMINISTRATORS, OFFICERS])
def test_reports_on_residents_are_for_those_who_have_the_right(in_meghri, meghri, staff_of, signed_in, group):
    client = signed_in(meghri, staff_of(meghri, groups=[group]))
    menu = sidebar(client)
    for address, allowed in REPORTS.items():
        answer = client.get(address)
        if group in allowed:
            assert answer.status_code == 200, (group, address)
            assert address.endswith("csv/") or address in menu
        else:
            assert answer.status_code == 302 and answer["Location"] == "/admin/", (group, address)
            assert address not in menu


def test_nobody_who_is_not_signed_in_reads_them(in_meghri, meghri, client_for):
    for address in REPORTS:
        answer = client_for(meghri).get(address)
        assert answer.status_code == 302 and answer["Location"].startswith("/admin/login/")


def test_the_rights_are_boxes_in_the_form_of_a_group(in_meghri, meghri, staff_of, signed_in):
    html = signed_in(meghri, staff_of(meghri, superuser=True)).get("/admin/groups/new/").content.decode()
    form = html.split("<main", 1)[1].lower()
    assert "պատասխաններ էջի մասին" in form and "բաժանորդ" in form
