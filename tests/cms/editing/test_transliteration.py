"""Addresses in Latin letters, by the table of the Government's decision N 220-Ն of 2011."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils.text import slugify

from cms.editing.forms import LatinSlugInput, free_slug
from cms.models import NewsIndexPage, NewsPage
from tenants.transliteration import slug_of, transliterate

PLACES = json.loads(Path("tenants/data/communities.json").read_text(encoding="utf-8"))
# Written so by custom, against the table.
BY_CUSTOM = {"Նոր Հաճըն"}


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Ջրամատակարարման դադար Շվանիձորում", "jramatakararman-dadar-shvanidzorum"),
        ("Որոշում N 45-Ն", "voroshum-n-45-n"),
        ("Ովքե՞ր են ընտրվել", "vovker-yen-yntrvel"),
        ("Ով է ով", "ov-e-ov"),
        ("Երևանը և Եղեգնաձորը", "yerevany-yev-yeghegnadzory"),
        ("ՈՒՇԱԴՐՈՒԹՅՈՒՆ", "ushadrutyun"),
        ("«Ծիածան» մանկապարտեզ", "tsiatsan-mankapartez"),
        ("Հունվար–մարտ", "hunvar-mart"),
        ("Объявление о съезде и подъезде", "obyavleniye-o-syezde-i-podyezde"),
        ("Щедрый Юг", "shchedryy-yug"),
        ("Budget 2026", "budget-2026"),
        ("։ ՝", ""),
    ],
)
def test_a_title_becomes_an_address(title, slug):
    assert slug_of(title) == slug


def test_all_places_are_written_as_the_register_writes_them():
    places = [row for kind in ("marzes", "communities", "settlements") for row in PLACES[kind] if row.get("name_en")]
    assert len(places) > 100
    wrong = {row["name_hy"] for row in places if slug_of(row["name_hy"]) != slugify(row["name_en"])}
    assert wrong == BY_CUSTOM


def test_no_letter_of_the_two_alphabets_is_left():
    letters = "".join(chr(code) for code in (*range(0x531, 0x557), *range(0x561, 0x588), *range(0x410, 0x450))) + "Ёё"
    assert transliterate(letters).isascii()


def test_a_page_without_an_address_gets_a_free_one(add_news, in_meghri):
    first = add_news("Մեկ")
    index = first.get_parent()
    slugs = []
    for _number in range(2):
        page = NewsPage(title="Որոշումը", lede="Ամփոփում")
        index.add_child(instance=page)
        slugs.append(page.slug)
    assert slugs == ["voroshumy", "voroshumy-2"]
    assert free_slug("voroshumy", index) == "voroshumy-3"


def test_an_armenian_address_that_is_in_use_stays(add_news, client_for, meghri, in_meghri):
    page = add_news("Տոնավաճառ", slug="տոնավաճառ")
    page.refresh_from_db()
    page.title = "Մեծ տոնավաճառ"
    page.save_revision().publish()
    page.refresh_from_db()
    assert page.slug == "տոնավաճառ"
    assert client_for(meghri).get(page.url).status_code == 200


def test_the_editors_field_knows_the_table_and_leaves_alone_what_nobody_changed():
    shown = LatinSlugInput().render("slug", "")
    assert "data-w-slug-formatters-value" in shown and "shch" in shown
    assert "blur-" not in shown


def test_a_second_page_of_the_same_title_is_saved_without_a_complaint(in_meghri, meghri, staff_of, signed_in, add_news):
    index = NewsIndexPage.objects.get(locale__language_code="hy")
    add_news("Որոշում", slug="voroshum")
    client = signed_in(meghri, staff_of(meghri, groups=["Խմբագիրներ"]))
    answer = client.post(
        reverse("wagtailadmin_pages:add", args=["cms", "newspage", index.pk]),
        {
            "title": "Որոշում",
            "slug": "voroshum",
            "date": "2026-11-25",
            "lede": "Ամփոփում",
            "body-count": "0",
            "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0",
        },
    )
    assert answer.status_code == 302
    assert NewsPage.objects.filter(slug="voroshum-2", live=False).exists()
