"""The checks of a whole page, and the editor's buttons."""

from __future__ import annotations

import time

import pytest
from django.urls import reverse
from wagtail.blocks import StreamValue
from wagtail.models import Page
from wagtail.rich_text import RichText

from cms.editing.text_checks import check_page, fix_page
from cms.models import ContentPage, NewsPage
from tests.cms.editing.conftest import CHIEF_EDITORS, EDITORS, latest, picture


@pytest.fixture
def item(add_news) -> NewsPage:
    """A news item with slips in a quote: its words are plain, so that a form can send them."""
    found = add_news("Ջրի դադար", body=[("quote", {"text": 'Խումբը "Ծիածան" է: Սպասեք:', "source": ""})])
    return NewsPage.objects.get(pk=found.pk)


def test_every_seeded_and_typed_text_can_be_checked(in_meghri):
    for page in Page.objects.filter(depth__gt=1).specific():
        assert isinstance(check_page(page), list)


def test_starter_texts_have_no_slips(in_meghri):
    """What we give a community must be an example."""
    wrong = [
        f"{page.title}: {finding.code} «{finding.before}[{finding.found}]{finding.after}»"
        for page in Page.objects.filter(depth__gt=1).specific()
        for finding in check_page(page)
        if finding.weight != "advice" and finding.code != "summary"
    ]
    assert wrong == []


def test_headings_links_tables_and_summary(in_meghri):
    about = Page.objects.filter(slug="about").first()
    body = [
        {
            "type": "paragraph",
            "id": "p1",
            "value": f'<h3>Փոքր</h3><p>Սեղմեք <a linktype="page" id="{about.pk}">այստեղ</a>։</p>',
        },
        {"type": "heading", "id": "h1", "value": {"text": " "}},
        {
            "type": "paragraph",
            "id": "p2",
            "value": '<p><a href="https://www.arlis.am/x">https://www.arlis.am/x</a></p>',
        },
        {"type": "gone", "id": "g1", "value": "of an older version"},
        {
            "type": "table",
            "id": "t1",
            "value": {
                "columns": [{"type": "text", "heading": "Տարի"}],
                "rows": [{"values": ["<<Ա>>"]}],
                "caption": "",
            },
        },
    ]
    page = ContentPage(title="Էջ", lede="", slug="x", locale=about.locale)
    page.body = StreamValue(page.body.stream_block, body, is_lazy=True)
    found = {finding.code: finding for finding in check_page(page)}
    assert set(found) == {"heading-order", "empty-heading", "link-words", "table-caption", "summary", "quotation"}
    assert found["quotation"].block_id == "t1"
    links = [finding for finding in check_page(page) if finding.code == "link-words"]
    assert [finding.proposal for finding in links] == [about.title, "arlis.am"]
    assert f'id="{about.pk}">{about.title}</a>' in (links[0].fixed or "")
    assert fix_page(page, [finding.key for finding in check_page(page)]) == 5
    assert [row["id"] for row in page.body.raw_data] == ["p1", "p2", "g1", "t1"], "an unknown kind is not thrown away"
    assert page.lede == f"Սեղմեք {about.title}։" or page.lede == "Սեղմեք այստեղ։"
    assert {finding.code for finding in check_page(page)} == {"heading-order", "table-caption"}


def test_pictures_without_words_are_found_wherever_they_stand(in_meghri, add_news):
    silent, named = picture("Ա"), picture("Բ", "IMG_2031.jpg")
    page = add_news("Նկարներ", image=silent, body=[("image", {"image": named, "caption": ""})])
    found = [finding for finding in check_page(page) if finding.code == "alt-text"]
    assert [(finding.picture, finding.weight) for finding in found] == [(silent.pk, "block"), (named.pk, "block")]


def test_all_safe_slips_are_fixed_in_a_new_revision_and_nothing_is_lost(item, meghri, staff_of, signed_in, edit):
    client = signed_in(meghri, staff_of(meghri, groups=[EDITORS]))
    before = item.revisions.count()
    answer = edit(client, item, "editing-fix", "safe", lede="Նոր ամփոփում:")
    assert answer.status_code == 302 and answer.url == reverse("wagtailadmin_pages:edit", args=[item.pk])
    draft = latest(item)
    assert draft.body[0].value["text"] == "Խումբը «Ծիածան» է։ Սպասեք։"
    assert draft.lede == "Նոր ամփոփում։", "what was typed and not yet saved is kept, and fixed as well"
    assert item.revisions.count() == before + 2, "what the person wrote can be found in the history"
    assert NewsPage.objects.get(pk=item.pk).body[0].value["text"] == 'Խումբը "Ծիածան" է: Սպասեք:', (
        "the public page waits"
    )


def test_one_slip_is_fixed_and_the_others_stay(item, meghri, staff_of, signed_in, edit):
    client = signed_in(meghri, staff_of(meghri, groups=[EDITORS]))
    second = [finding for finding in check_page(item) if finding.code == "colon"][1]
    edit(client, item, "editing-fix", second.key)
    assert latest(item).body[0].value["text"] == 'Խումբը "Ծիածան" է: Սպասեք։'


def test_a_fix_of_a_text_that_has_changed_changes_nothing(item, meghri, staff_of, signed_in, edit):
    client = signed_in(meghri, staff_of(meghri, groups=[EDITORS]))
    edit(client, item, "editing-fix", "0" * 16)
    assert latest(item).body[0].value["text"] == 'Խումբը "Ծիածան" է: Սպասեք:'


def test_the_editor_shows_the_findings_in_armenian(item, meghri, staff_of, signed_in):
    client = signed_in(meghri, staff_of(meghri, groups=[EDITORS]))
    shown = client.get(reverse("wagtailadmin_pages:edit", args=[item.pk])).content.decode()
    assert "data-ed-findings" in shown and "Ուղղել" in shown
    alone = client.get(reverse("editing_findings", args=[item.pk]))
    assert alone.status_code == 200 and "«" in alone.content.decode()


def test_who_may_not_edit_sees_no_findings(item, meghri, staff_of, signed_in, client_for):
    officer = signed_in(meghri, staff_of(meghri, groups=["Դիմումների պատասխանատուներ"]))
    address = reverse("editing_findings", args=[item.pk])
    assert officer.get(address).status_code in (302, 403)
    assert client_for(meghri).get(address).status_code == 302


def test_a_picture_without_words_is_not_published_and_the_text_stays_in_the_form(
    item, meghri, staff_of, signed_in, edit
):
    client = signed_in(meghri, staff_of(meghri, groups=[CHIEF_EDITORS]))
    silent = picture("Ա")
    answer = edit(client, item, "action-publish", image=silent.pk, lede="Գրված է հիմա")
    assert answer.status_code == 200
    assert "Գրված է հիմա" in answer.content.decode() and "նկարագրություն" in answer.content.decode()
    assert NewsPage.objects.get(pk=item.pk).image_id is None
    assert edit(client, item, image=silent.pk).status_code == 302, "a draft is saved all the same"
    silent.description = "Կարմիր դաշտ"
    silent.save()
    assert edit(client, item, "action-publish", image=silent.pk).status_code == 302
    assert NewsPage.objects.get(pk=item.pk).image_id == silent.pk


def test_slips_do_not_stop_publishing_but_are_told(item, meghri, staff_of, signed_in, edit):
    client = signed_in(meghri, staff_of(meghri, groups=[CHIEF_EDITORS]))
    answer = edit(client, item, "action-publish")
    assert answer.status_code == 302
    assert "4 սխալ" in client.get(answer.url).content.decode()


def test_a_long_page_is_checked_while_the_person_writes(in_meghri, add_news):
    text = "<p>" + "</p><p>".join('Խումբը "Ծիածան" է: Սպասեք, խնդրում ենք:' for _number in range(200)) + "</p>"
    page = add_news("Երկար", body=[("paragraph", RichText(text))])
    started = time.perf_counter()
    assert len(check_page(page)) == 800
    assert fix_page(page) == 800
    assert time.perf_counter() - started < 3


def test_a_slip_of_the_summary_is_told_once_and_fixed_for_search_engines_too(in_meghri, add_news):
    page = add_news("Մեկ")
    page.lede = page.search_description = "Սպասեք:"
    assert [finding.path for finding in check_page(page) if finding.code == "colon"] == [("lede",)]
    assert fix_page(page) == 1
    assert page.lede == page.search_description == "Սպասեք։"
