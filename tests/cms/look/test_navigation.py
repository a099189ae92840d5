"""The menu with the pages below each section, and the footer's three columns."""

from __future__ import annotations

from cms import footer, look
from cms.models import ContentPage, SectionPage


def test_the_menu_shows_the_pages_below_a_section_and_marks_the_way(meghri, client_for):
    site = client_for(meghri).get("/open-government/budget/").context["site"]
    section = next(item for item in site["menu"] if item["url"] == "/open-government/")
    assert section["is_current"]
    assert [child["url"] for child in section["children"] if child["is_current"]] == ["/open-government/budget/"]


def test_news_items_are_no_menu(meghri, client_for, as_tenant, add_news):
    add_news("Ջրագիծը կառուցված է", slug="pipe")
    site = client_for(meghri).get("/").context["site"]
    news = next(item for item in site["menu"] if item["url"] == "/news/")
    assert "/news/pipe/" not in [child["url"] for child in news["children"]]


def test_the_footer_helps_and_tells_about_the_site(meghri, client_for):
    columns = client_for(meghri).get("/").context["site"]["footer_columns"]
    addresses = [[link["url"] for link in column["links"]] for column in columns]
    assert "/community/contacts/" in addresses[0] and "/case/" in addresses[0]
    assert "/news.rss" in addresses[1]
    assert "/accessibility/" in addresses[2] and "/privacy/" in addresses[2]


def test_a_part_offers_something_to_follow_once(monkeypatch, meghri, client_for):
    monkeypatch.setattr(footer, "_follow", list(footer._follow))
    footer.add_follow_link("Լուրեր էլ. փոստով", "subscribe/")
    footer.add_follow_link("Լուրեր էլ. փոստով", "subscribe/")
    html = client_for(meghri).get("/ru/").content.decode()
    assert html.count('href="/ru/subscribe/"') == 1


def test_queries_of_the_frame_do_not_grow_with_pages(meghri, client_for, in_meghri, django_assert_max_num_queries):
    section = SectionPage.objects.filter(locale__language_code="hy").first()
    for number in range(12):
        section.add_child(instance=ContentPage(title=f"Էջ {number}", slug=f"e-{number}", lede="Ամփոփում"))
    look.forget()
    with django_assert_max_num_queries(25):
        assert client_for(meghri).get("/accessibility/").status_code == 200
