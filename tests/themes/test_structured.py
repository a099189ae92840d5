"""What pages tell search engines: it parses, it is true to the page, and nothing in it can leave its element."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from tests.themes.sample_pages import sample_pages
from tests.themes.sample_values import SERVICE, Render, page, site
from themes import structured

PAGES = sample_pages()
EVIL = '</script><script>alert("ք")</script>&\u2028'


def told(html: str) -> dict[str, Any]:
    """The things of a page by type."""
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    assert len(found) == 1
    document = json.loads(found[0])
    assert document["@context"] == "https://schema.org"
    return {thing["@type"]: thing for thing in document["@graph"]}


def test_the_office_says_where_it_is_and_when_it_is_open(render: Render) -> None:
    template, context = PAGES["contact"]
    office = told(render(template, {**context, "site": site()}))["GovernmentOrganization"]
    assert office["name"] == "Մեղրի համայնք" and office["telephone"] == "+37428600000"
    assert office["address"]["addressCountry"] == "AM"
    hours = office["openingHoursSpecification"][0]
    assert hours["dayOfWeek"][0] == "https://schema.org/Monday" and len(hours["dayOfWeek"]) == 5
    assert (hours["opens"], hours["closes"]) == ("09:00", "18:00")


def test_a_service_and_its_questions(render: Render) -> None:
    context = {"page": SERVICE, "site": site(), "apply_url": "/apply/kindergarten/", "crumbs": []}
    things = told(render("cms/service_page.html", context))
    service = things["GovernmentService"]
    assert service["availableChannel"]["serviceUrl"] == "http://meghri.localhost/apply/kindergarten/"
    assert service["serviceOperator"]["@id"] == things["GovernmentOrganization"]["@id"]
    answers = things["FAQPage"]["mainEntity"]
    assert answers[0]["acceptedAnswer"]["text"] == "Դիմումում նշեք, որ երեխան ՀԾՀ չունի։"


def test_a_news_item_and_the_way_to_it(render: Render) -> None:
    template, context = PAGES["news"]
    things = told(render(template, {**context, "site": site(), "crumbs": [{"title": "Նորություններ", "url": "/e/"}]}))
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", things["NewsArticle"]["datePublished"])
    steps = things["BreadcrumbList"]["itemListElement"]
    assert [step["position"] for step in steps] == [1, 2, 3]
    assert steps[1]["item"] == "http://meghri.localhost/e/"


def test_an_event_of_a_whole_day_has_dates_only() -> None:
    feast = page(
        title="Նռան տոն",
        starts_at=datetime(2026, 11, 28, 8, tzinfo=UTC),
        ends_at=None,
        is_all_day=True,
        place="Հրապարակ",
        settlement="Մեղրի",
    )
    thing = structured.event(feast, site(), "http://meghri.localhost/ev/1/")
    assert thing["startDate"] == date(2026, 11, 28)
    assert thing["location"]["name"] == "Հրապարակ, Մեղրի"


def test_questions_are_taken_from_the_blocks_of_a_text() -> None:
    block = SimpleNamespace(block_type="questions", value={"items": [{"question": "Ե՞րբ", "answer": "<p>Վաղը։</p>"}]})
    thing = structured.questions(page(body=[block]), site(), "http://a/")
    assert thing is not None and thing["mainEntity"][0]["acceptedAnswer"]["text"] == "Վաղը։"
    assert structured.questions(page(), site(), "http://a/") is None


def test_nothing_that_people_write_leaves_the_element(render: Render) -> None:
    html = render("cms/section_page.html", {"page": page(title=EVIL, lede=EVIL), "children": [], "site": site()})
    way = told(html)["BreadcrumbList"]["itemListElement"]
    assert way[-1]["name"] == EVIL
    assert "<script>alert" not in html


def test_the_home_page_is_its_own_way(render: Render) -> None:
    template, context = PAGES["home"]
    home = site(canonical_url="http://meghri.localhost/")
    assert "BreadcrumbList" not in told(render(template, {**context, "site": home}))


def test_a_shared_page_says_what_it_is(render: Render) -> None:
    html = render("cms/section_page.html", {"page": page(), "children": [], "site": site()})
    assert '<link rel="canonical" href="http://meghri.localhost/b/">' in html
    assert '<meta property="og:image" content="http://meghri.localhost/share.png?v=ab12">' in html
    assert '<meta property="og:title" content="Բնակավայրեր">' in html
    assert 'hreflang="en" href="http://meghri.localhost/en/"' in html
