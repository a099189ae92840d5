"""The workplace speaks Armenian: every screen is opened by those who work there, and nothing English is left on it.

Two things are counted on each screen: what the code asks gettext for and does not get in Armenian, and the words in
Latin letters that a reader sees or hears.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.urls import get_resolver
from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation.trans_real import DjangoTranslation

from tenants.context import tenant
from tests.isolation.house import House, furnish
from tests.isolation.test_walk import PARAMETER, choices, patterns

# No screens: a way out, a pause for tests of the makers, data for scripts, what another party answers.
NO_SCREEN = re.compile(r"^admin/(logout/|failwhale/|test404/|sprite/|api/|localize/api/|.*pofile|.*/preview|embeds/)")
QUOTED = re.compile(r"«([^»]+)»")
WORD = re.compile(r"[A-Za-z][A-Za-z'’]+")
# Names that are the same in every language.
NAMES = {
    "English",
    "Wagtail",
    "Django",
    "JavaScript",
    "DNS",
    "CSRF",
    "Facebook",
    "YouTube",
    "Telegram",
    "Noto",
    "Sans",
    "Serif",
}
FORMATS = {
    *(
        "API",
        "AVIF",
        "CSV",
        "DOCX",
        "GIF",
        "HTML",
        "ICS",
        "IP",
        "JPEG",
        "JPG",
        "JSON",
        # The word of MP4 without its digit.
        "MP",
        "ODT",
        "PDF",
        "PNG",
        "PO",
        "PPTX",
        "RSS",
    ),
    *("RTF", "SVG", "TSV", "TXT", "URL", "UUID", "WEBM", "WEBP", "XLSX", "ZIP"),
}
# Examples of what is written in Latin letters: a community in its address and in English.
NAMES |= {"goris", "Goris", "meghri", "Meghri"}
ADDRESS = re.compile(
    r"https?://\S+|[\w.+-]+@[\w.-]+|(?:[\w-]+\.)+[a-z]{2,}\b\S*|/[a-z][\w/.-]*|[\w-]*canary[\w.-]*", re.I
)
GROUPS = (
    "Խմբագիրներ",
    "Գլխավոր խմբագիրներ",
    "Կայքի կառավարիչներ",
    "Դիմումների պատասխանատուներ",
    "Գործընթացների պատասխանատուներ",
)
# The administrator's walk is cut into parts that processes share.
PARTS = 3
HEARD = ("aria-label", "title", "placeholder", "alt", "aria-description")


class Words(HTMLParser):
    """The texts of a screen as people meet them."""

    SILENT = {"script", "style", "svg", "code", "kbd", "samp"}
    # What is marked as written in another language is words of the community, such as a translation that is edited or
    # a letter that is looked at.
    WRITTEN = {"textarea", "blockquote"}

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._silent: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        self.texts += [given[name] or "" for name in HEARD if name in given]
        if tag == "input" and given.get("type") in {"submit", "button"}:
            self.texts.append(given.get("value") or "")
        # Wagtail's scripts fill these counters before they are shown.
        foreign = tag in self.WRITTEN and given.get("lang") not in (None, "hy")
        if tag in self.SILENT or foreign or "data-side-panel-toggle-counter" in given:
            self._silent.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attributes)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._silent and self._silent[-1] == tag:
            self._silent.pop()

    def handle_data(self, data: str) -> None:
        if not self._silent and data.strip():
            self.texts.append(data)


def latin(text: str, titles: frozenset[str] = frozenset()) -> list[str]:
    """The words in Latin letters that are no name, no address and no title of a page in English."""
    said = " ".join(text.split())
    for title in {said, *QUOTED.findall(said)} & titles:
        said = said.replace(title, " ")
    return [word for word in WORD.findall(ADDRESS.sub(" ", said)) if word not in NAMES and word.upper() not in FORMATS]


def english_titles(community) -> frozenset[str]:
    """What the community's own people wrote in English; an Armenian screen lists it as it is."""
    from wagtail.models import Page

    with tenant(community):
        return frozenset(Page.objects.exclude(locale__language_code="hy").values_list("title", flat=True))


def screens(response) -> Iterator[str]:
    """The HTML of an answer; a window that opens over a screen comes inside JSON."""
    if response.streaming or response.status_code != 200:
        return
    kind = response["Content-Type"].partition(";")[0]
    if kind == "text/html":
        yield response.content.decode()
    elif kind == "application/json":
        answer = json.loads(response.content)
        if isinstance(answer, dict) and isinstance(answer.get("html"), str):
            yield answer["html"]


@contextmanager
def asked_in_vain(monkeypatch) -> Iterator[set[str]]:
    """What gettext is asked for in Armenian and does not have; with one form of a plural as good as the other."""
    missed: set[str] = set()
    plain, plural = DjangoTranslation.gettext, DjangoTranslation.ngettext

    def note(words: DjangoTranslation, message: str, key: object) -> None:
        if words.language() == "hy" and words._catalog.get(key) is None and WORD.search(message):
            missed.add(message.replace("\x04", ": "))

    def gettext_noted(self, message):
        note(self, message, message)
        return plain(self, message)

    def ngettext_noted(self, one, many, number):
        note(self, one, (one, self.plural(number)))
        return plural(self, one, many, number)

    with monkeypatch.context() as patch:
        patch.setattr(DjangoTranslation, "gettext", gettext_noted, raising=False)
        patch.setattr(DjangoTranslation, "ngettext", ngettext_noted)
        yield missed


def further(house: House) -> dict[str, list[str]]:
    """Ids by the names that addresses use, with what the house of the isolation suite does not hold."""
    from django.contrib.auth.models import Group
    from wagtail.models import Collection, Locale, Site, Task, Workflow
    from wagtail_localize.models import StringSegment, Translation, TranslationSource

    from cms.models import HomePage

    news = house.things.news
    with tenant(house.community):
        home = HomePage.objects.get(locale__language_code="hy")
        source, _created = TranslationSource.update_or_create_from_instance(news)
        translation, _created = Translation.objects.get_or_create(
            source=source, target_locale=Locale.objects.get(language_code="en")
        )
        translation.save_target(user=house.user, publish=False)
        home.save_revision(user=house.user)
        workflow = Workflow.objects.filter(active=True).first()
        state = workflow.start(home, house.user) if workflow else None
        collection = Collection.get_first_root_node().add_child(name="Նկարներ")
        own = {
            "translation_id": translation.pk,
            "translation_source_id": source.pk,
            "string_segment_id": StringSegment.objects.filter(source=source).values_list("pk", flat=True)[0],
            "page_to_move_id": news.pk,
            "destination_id": home.pk,
            "parent_page_id": news.get_parent().pk,
            "collection_id": collection.pk,
            **({"workflow_state_id": state.pk, "task_state_id": state.current_task_state_id} if state else {}),
        }
        several = {
            model._meta.model_name: model.objects.values_list("pk", flat=True).first()
            for model in (Group, Locale, Site, Task, Workflow)
        }
    found = dict(house.parts)
    found["int"] = [*found["int"], *(str(pk) for pk in {collection.pk, *several.values()} if pk), str(home.pk)]
    found |= {name: [str(value)] for name, value in own.items()}
    found["page_id"] = [str(news.pk), str(home.pk)]
    found["action_name"] = ["approve", "reject"]
    found["app_name"] = ["cms"]
    found["model_name"] = ["newspage", "siteprofile", "siteimage", "sitedocument", "user"]
    return found


def addresses(pattern: str, parts: dict[str, list[str]]) -> list[str]:
    names = PARAMETER.findall(pattern)
    several = itertools.product(*(choices(name, parts) for name in names))
    return ["/" + pattern % dict(zip(names, values, strict=True)) for values in itertools.islice(several, 14)]


def look(
    client, wanted: list[str], parts: dict[str, list[str]], titles: frozenset[str] = frozenset(), *, send: bool = False
):
    """Open the screens, or send them empty forms. Returns the Latin words with where they stand, and what answered."""
    words: dict[str, set[str]] = {}
    opened = set()
    for pattern in wanted:
        for path in addresses(pattern, parts):
            response = client.post(path) if send else client.get(path)
            if response.status_code != 200:
                continue
            opened.add(pattern)
            for page in screens(response):
                for text in Words(page).texts:
                    if latin(text, titles):
                        words.setdefault(" ".join(text.split())[:90], set()).add(path)
            break
    return words, opened


def admin_patterns(*, with_parts: bool) -> list[str]:
    return [
        pattern
        for pattern in sorted(set(patterns(get_resolver())))
        if pattern.startswith("admin/")
        and pattern != "admin//"
        and not NO_SCREEN.match(pattern)
        and (with_parts or not PARAMETER.search(pattern))
    ]


def report(words: dict[str, set[str]], missed: set[str]) -> str:
    lines = [f"gettext: {message!r}" for message in sorted(missed)]
    return "\n".join([*lines, *(f"{text!r} on {sorted(paths)[:3]}" for text, paths in sorted(words.items()))])


def test_the_search_for_english_finds_it(monkeypatch):
    """Positive control: an eye that sees nothing would prove nothing."""
    page = '<h1>Եկեք</h1><p>Hello there</p><a title="Close it" href="/x">Փակել PDF</a><script>let go</script>'
    assert [text for text in Words(page).texts if latin(text)] == ["Hello there", "Close it"]
    assert not latin("ani@meghri.am, https://meghri.am/en, 12 PDF, plan-2026.xlsx")
    with asked_in_vain(monkeypatch) as missed:
        assert gettext("Publish") == "Հրապարակել"
        gettext("Never said by anybody")
        pgettext("place", "Never said here")
        ngettext("A thing", "%(count)d things", 3)
    assert missed == {"Never said by anybody", "place: Never said here", "A thing"}
    assert gettext("Publish") == "Հրապարակել"


def bulk(house: House) -> list[str]:
    """The questions asked before many things are changed at once."""
    files = ("delete", "add_tags", "add_to_collection")
    several = (
        ("wagtailcore/page", house.things.news.pk, ("delete", "move", "publish", "unpublish")),
        ("cms/siteimage", house.things.image.pk, files),
        ("cms/sitedocument", house.things.document.pk, files),
        ("accounts/user", house.user.pk, ("delete", "assign_role", "set_active_state")),
    )
    return [f"admin/bulk/{kind}/{action}/?id={pk}" for kind, pk, actions in several for action in actions]


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_an_administrator_reads_armenian_on_every_screen(part, goris, signed_in, monkeypatch):
    house = furnish(goris)
    parts, titles = further(house), english_titles(goris)
    wanted = [*admin_patterns(with_parts=True), *bulk(house)][part::PARTS]
    with asked_in_vain(monkeypatch) as missed:
        words, opened = look(signed_in(goris, house.user), wanted, parts, titles)
    assert len(opened) > 100 / PARTS, sorted(opened)
    assert not words and not missed, report(words, missed)


def test_a_form_that_is_filled_in_wrongly_says_so_in_armenian(goris, signed_in, monkeypatch):
    house = furnish(goris)
    forms = [
        f"admin/{screen}/"
        for screen in ("images/add", "documents/add", "redirects/add", "users/new", "collections/add")
    ]
    with asked_in_vain(monkeypatch) as missed:
        words, opened = look(signed_in(goris, house.user), forms, {}, send=True)
    assert opened == set(forms)
    assert not words and not missed, report(words, missed)


@pytest.mark.parametrize("group", GROUPS)
def test_staff_read_armenian_on_their_screens(group, goris, staff_of, signed_in, monkeypatch):
    house = furnish(goris)
    wanted = [
        *(pattern for pattern in admin_patterns(with_parts=False) if not pattern.endswith("/results/")),
        "admin/pages/%(page_id)s/edit/",
        "admin/pages/%(parent_page_id)s/",
        "admin/settings/%(app_name)s/%(model_name)s/%(pk)s/",
        "admin/work/cases/%(uuid)s/",
    ]
    with asked_in_vain(monkeypatch) as missed:
        client = signed_in(goris, staff_of(goris, groups=[group]))
        words, opened = look(client, wanted, further(house), english_titles(goris))
    assert {"admin/", "admin/account/"} <= opened
    assert not words and not missed, report(words, missed)


def test_the_ministry_reads_armenian_on_its_screens(ministry, meghri, staff_of, signed_in, monkeypatch):
    client = signed_in(ministry, staff_of(ministry, superuser=True))
    wanted = [pattern for pattern in admin_patterns(with_parts=True) if "/console/" in pattern] + ["admin/"]
    with asked_in_vain(monkeypatch) as missed:
        words, opened = look(client, wanted, {"slug": [meghri.slug], "int": ["1"], "str": ["x"]})
    assert "admin/console/" in opened and len(opened) >= 5, sorted(opened)
    assert not words and not missed, report(words, missed)


def test_a_stranger_at_the_door_reads_armenian(meghri, client_for, monkeypatch):
    wanted = ["admin/login/", "admin/password_reset/", "admin/password_reset/done/", "admin/password_reset/complete/"]
    with asked_in_vain(monkeypatch) as missed:
        words, opened = look(client_for(meghri), wanted, {})
    assert len(opened) == len(wanted)
    assert not words and not missed, report(words, missed)


def test_scripts_of_the_workplace_speak_armenian(meghri, staff_of, signed_in):
    client = signed_in(meghri, staff_of(meghri, superuser=True))
    for path, words in (("/admin/jsi18n/", "Բեռնվում է"), ("/admin/localize/jsi18n/", "Ներբեռնել PO ֆայլը")):
        script = client.get(path).content.decode()
        assert words in _decoded(script)
    assert '"FIRST_DAY_OF_WEEK": 1' in script
    assert settings.LANGUAGE_CODE == "hy"


def _decoded(script: str) -> str:
    return re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), script)
