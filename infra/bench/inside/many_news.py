"""One community with very many news: lists and search uncached, and how soon a new one is seen everywhere."""

from __future__ import annotations

import random
import sys
import time
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from infra import applications
from infra.bench.inside.site import Site

BATCH = 1_000
# Words that news are made of, in their common forms.
WORDS = (  # noqa: SIM905 - read as text
    "համայնքի ղեկավարի ավագանու նիստի որոշմամբ ջրամատակարարման դադար փողոցի նորոգում մանկապարտեզի շենքի ասֆալտապատման "
    "աշխատանքները բնակիչների հանդիպում բյուջեի կատարման հաշվետվություն մշակույթի տան համերգ գյուղատնտեսական շնորհները "
    "աղբահանության ժամանակացույց լուսավորության ցանցի ընդլայնում դպրոցի տանիքի հիմնանորոգում մրցույթի արդյունքները "
    "սոցիալական աջակցության ծրագիր տոնավաճառի մասնակիցներին շնորհավորանք սպորտային դահլիճի բացում ճանապարհի փակում"
).split()
ENDINGS = ("", "ը", "ում", "ից", "ով", "ներ", "ների")
QUESTIONS = (
    "ջրամատակարարում", "փողոցի նորոգում", "մանկապարտեզ", "ավագանու նիստ", "բյուջեի հաշվետվություն", "aghbahanutyun",
    "լուսավորություն", "դպրոցի տանիք", "մրցույթ", "սոցիալական աջակցություն", "ճանապարհի փակում", "ջրամատակարարմն",
    "ինչպես դիմել մանկապարտեզ", "որտեղ վճարել աղբի համար", "տիեզերանավ", "N 45-Ն",
)  # fmt: skip
# Of these nothing is said, at least not with all their words.
FOUND_NOWHERE = {"որտեղ վճարել աղբի համար", "տիեզերանավ", "N 45-Ն"}


def _own_words(chance: random.Random) -> list[str]:
    """Words that nobody asks for: a vocabulary as large as that of a real archive, which slips are looked up in."""
    letters = "աբգդեզիլխկհմնպռսվտրցփք"
    return ["".join(chance.choices(letters, k=chance.randint(5, 10))) for _ in range(25_000)]


def fill_with_news(count: int) -> int:
    """Write `count` published Armenian news into the community, in bulk, and index them. Returns how many there are."""
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone
    from wagtail.models import Page
    from wagtail.rich_text import RichText

    from cms.models import NewsIndexPage, NewsPage
    from tenants.context import register, tenant
    from tenants.models import Community

    chance = random.Random(7)  # noqa: S311 - the same news in every run
    with register():
        community = Community.objects.get(slug=applications.COMMUNITY)

    own = _own_words(chance)

    def words(number: int) -> str:
        common = [chance.choice(WORDS) + chance.choice(ENDINGS) for _ in range(number)]
        return " ".join([*common, *chance.choices(own, k=number // 2)])

    with tenant(community):
        index = NewsIndexPage.objects.get(locale__language_code="hy")
        first = index.numchild
        now = timezone.now()
        fields = NewsPage._meta.local_concrete_fields
        kind = index.add_child(instance=_news(index, words, now, "bench-first")).content_type
        for start in range(1, count, BATCH):
            batch = []
            for number in range(start, min(start + BATCH, count)):
                page = _news(index, words, now - timedelta(hours=number), f"bench-{number}")
                page.path = NewsPage._get_path(index.path, index.depth + 1, first + 1 + number)
                page.depth, page.content_type, page.numchild = index.depth + 1, kind, 0
                page.url_path = f"{index.url_path}{page.slug}/"
                page.draft_title = page.title
                page.body = [("paragraph", RichText(f"<p>{words(60)}</p>"))]
                batch.append(page)
            rows = Page.objects.bulk_create(
                [
                    Page(
                        **{
                            field.attname: getattr(page, field.attname)
                            for field in Page._meta.concrete_fields
                            if not field.primary_key
                        }
                    )
                    for page in batch
                ]
            )
            for page, row in zip(batch, rows, strict=True):
                page.page_ptr_id = row.pk
            NewsPage._base_manager._insert(batch, fields=fields, using="default", raw=True)
        Page.objects.filter(pk=index.pk).update(numchild=first + count)
        total = NewsPage.objects.count()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    call_command("reindex_search", community=[applications.COMMUNITY], stdout=sys.stderr)
    return total


def _news(index: Any, words: Any, moment: Any, slug: str) -> Any:
    from django.utils import timezone

    from cms.models import NewsPage

    return NewsPage(
        title=words(5).capitalize()[:250],
        slug=slug,
        lede=words(12)[:400],
        date=timezone.localdate(moment),
        locale=index.locale,
        live=True,
        first_published_at=moment,
        last_published_at=moment,
        body=[],
    )


def lists(rounds: int) -> list[float]:
    """Milliseconds of pages of the news list, the first ones and deep ones."""
    site = Site()
    pages = [1, 2, 3, 10, 50, 200, 500, 800]
    site.get("/news/")
    return [site.get("/news/", f"p={page}")[0] for _ in range(rounds) for page in pages]


def searches(rounds: int) -> list[float]:
    """Milliseconds of searches, pages of results and all; those that can find something must."""
    site = Site()
    site.get("/search/", f"q={quote(QUESTIONS[0])}")
    times = []
    for _ in range(rounds):
        for words in QUESTIONS:
            taken, page = site.get("/search/", f"q={quote(words)}")
            assert words in FOUND_NOWHERE or b"/news/bench-" in page, words
            times.append(taken)
    return times


def publish() -> dict[str, float]:
    """Seconds from «Publish» until home, list, feed and search show it; all of them were asked before."""
    from django.utils import timezone

    from cms.models import NewsIndexPage
    from tenants.context import register, tenant
    from tenants.models import Community

    with register():
        community = Community.objects.get(slug=applications.COMMUNITY)
    site = Site()
    title = "Աննախադեպ զեփյուռի ավետաբեր"
    places = [("/", ""), ("/news/", ""), ("/news.rss", ""), ("/search/", f"q={quote('զեփյուռ')}")]
    # Its address: what was looked for is marked within the title.
    seen = b"/news/zephyr/"
    for path, query in places:
        assert seen not in site.get(path, query)[1]
    with tenant(community):
        index = NewsIndexPage.objects.get(locale__language_code="hy")
        page = _news(index, lambda number: title, timezone.now(), "zephyr")
        page.title, page.live = title, False
        index.add_child(instance=page)
        revision = page.save_revision()
        begun = time.perf_counter()
        revision.publish()
    shown = {}
    for path, query in places:
        while seen not in site.get(path, query)[1]:
            if time.perf_counter() - begun > 30:
                raise AssertionError(f"{path} does not show it after 30 s")
        shown[path] = time.perf_counter() - begun
    return shown
