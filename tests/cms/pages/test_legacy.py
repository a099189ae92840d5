"""Addresses of the earlier system lead to where their content is now, record by record."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from wagtail.models import Page

from cms.legacy import read
from cms.legacy_import import NotImported, import_addresses
from cms.models import LegacyAddress
from tests.cms.pages import examples

GUID = "3dbd798f-0000-4000-8000-000000000001"


@pytest.mark.parametrize(
    ("address", "kind", "old_id"),
    [
        (f"DocFlow/Default.aspx?a=v&g={GUID.upper()}&nt=1", "document", GUID),
        ("Misc/Announces/view.aspx?recID=723", "announcement", "723"),
        ("Home/Events.aspx?eID=12", "event", "12"),
        ("Misc/Faq/View.aspx?recId=5", "question", "5"),
        ("NewBudget/IncomeList.aspx?Year=2019", "budget", "2019"),
        ("Tallage/IncomeTallageList.aspx", "duties", ""),
        ("Home/News.aspx?nID=44", "news", "44"),
        ("Staff/List.aspx?p=1", "other", "staff/list.aspx?p=1"),
    ],
)
def test_each_form_of_address_is_understood(address, kind, old_id):
    path, _mark, query = address.partition("?")
    asked = read(path, query)
    assert (asked.kind, asked.old_id) == (kind, old_id)


def test_a_known_record_is_led_to_for_good(in_meghri, meghri, client_for):
    page = examples.announcement("Հին աճուրդ")
    LegacyAddress.objects.create(kind="announcement", old_id="723", page=page)
    answer = client_for(meghri).get("/Pages/Misc/Announces/view.aspx?recID=723")
    assert (answer.status_code, answer["Location"]) == (301, page.url)
    LegacyAddress.objects.create(kind="document", old_id=GUID, url="/council/decisions/12/")
    answer = client_for(meghri).get(f"/pages/DocFlow/Default.aspx?a=v&g={GUID.upper()}&nt=1")
    assert (answer.status_code, answer["Location"]) == (301, "/council/decisions/12/")


def test_a_list_leads_to_its_section_and_an_unknown_record_is_gone_with_help(in_meghri, meghri, client_for):
    client = client_for(meghri)
    answer = client.get("/Pages/Tallage/IncomeTallageList.aspx")
    assert (answer.status_code, answer["Location"]) == (302, "/open-government/rates/")
    gone = client.get("/Pages/Misc/Announces/view.aspx?recID=1")
    assert gone.status_code == 410
    assert 'href="/announcements/"' in gone.content.decode() and 'role="search"' in gone.content.decode()
    assert client.get("/Pages/Nothing/Here.aspx").status_code == 410
    assert client.get("/Default.aspx")["Location"] == "/"


def test_an_unpublished_page_is_gone(in_meghri, meghri, client_for):
    page = examples.announcement("Հանված")
    LegacyAddress.objects.create(kind="announcement", old_id="9", page=page)
    page.unpublish()
    assert client_for(meghri).get("/Pages/Misc/Announces/view.aspx?recID=9").status_code == 410


def test_an_old_address_has_one_place(in_meghri):
    for wrong in ({"url": ""}, {"url": "https://example.am/"}, {"url": "/a/", "page": Page.objects.get(depth=1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            LegacyAddress.objects.create(kind="news", old_id="1", **wrong)


def test_a_table_is_taken_as_a_whole(in_meghri):
    page = examples.announcement("Աճուրդ", slug="auction")
    table = f"kind,old_id,target\nannouncement,723,{page.url}\ndocument,{{{GUID.upper()}}},/council/12/\n"
    assert import_addresses(table.encode()) == 2
    assert LegacyAddress.objects.get(kind="announcement", old_id="723").page_id == page.pk
    assert LegacyAddress.objects.get(kind="document").old_id == GUID
    assert import_addresses(f"kind;old_id;target\nannouncement;723;{page.url}\n".encode("utf-8-sig")) == 1
    assert LegacyAddress.objects.count() == 2


def test_faults_of_a_table_are_named_by_line_and_nothing_is_taken(in_meghri):
    table = "kind,old_id,target\nnews,1,/news/\nnews,1,/news/\nparty,2,/news/\nnews,3,https://example.am/\n"
    with pytest.raises(NotImported) as refused:
        import_addresses(table.encode())
    assert [fault.line for fault in refused.value.faults] == [3, 4, 5]
    assert not LegacyAddress.objects.exists()
    with pytest.raises(NotImported) as refused:
        import_addresses(b"a,b\n")
    assert refused.value.faults[0].line == 1


def test_an_administrator_sends_a_table_in_the_workplace(in_meghri, meghri, staff_of, signed_in):
    from cms.seeds.roles import ADMINISTRATORS, EDITORS

    administrator = signed_in(meghri, staff_of(meghri, "a@meghri.example", groups=[ADMINISTRATORS]))
    path = "/admin/old-addresses/import/"
    assert administrator.get(path).status_code == 200
    wrong = SimpleUploadedFile("t.csv", b"kind,old_id,target\nnews,1,x\n")
    assert "Տող 2" in administrator.post(path, {"table": wrong}).content.decode()
    good = SimpleUploadedFile("t.csv", b"kind,old_id,target\nnews,1,/news/\n")
    assert administrator.post(path, {"table": good}).status_code == 302
    assert LegacyAddress.objects.get().page.slug == "news"
    assert administrator.get("/admin/old-addresses/").status_code == 200
    editor = signed_in(meghri, staff_of(meghri, "e@meghri.example", groups=[EDITORS]))
    assert editor.get(path).status_code in (302, 403)
