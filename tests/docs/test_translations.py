"""Every word that people see exists in Armenian and in Russian; no catalogue speaks against another."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from gettext import GNUTranslations
from pathlib import Path

import django
import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.apps import apps
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(settings.BASE_DIR)
ROOMS = ("tenants", "cms", "services_api", "themes", "platform/console", "platform/accounts", "platform/config")
LANGUAGES = ("hy", "ru")
TEMPLATE_ENDINGS = {".html", ".txt"}
# Argument numbers as in xgettext: 1c is the context, the first of the others is what people read.
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
# What Django makes of a template's tags, in the words of Python: gettext('...'), ngettext('...', '...', count).
TEMPLATE_CALL = re.compile(r"""\b(n?p?gettext|_)\((u?(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')(?:\s*,\s*u?'[^']*')?)""")
# A definition of a catalogue: its context, if any, and its msgid with all lines.
ENTRY = re.compile(r'^((?:msgctxt ".*"\n)?msgid (?:".*"\n)+)', re.M)
PLACEHOLDER = re.compile(r"%\((\w+)\)")
Message = tuple[str | None, str]  # context, msgid


def in_python(path: Path) -> Iterator[tuple[int, Message]]:
    with path.open("rb") as source:
        for line, found, _comments, context in extract("python", source, keywords=KEYWORDS):
            yield line, (context, found[0] if isinstance(found, tuple) else found)


def in_template(path: Path) -> Iterator[tuple[int, Message]]:
    """The strings of {% translate %}, {% blocktranslate %} and _("...") as Django itself would ask for them."""
    code = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    for call in TEMPLATE_CALL.finditer(code):
        values = ast.literal_eval(f"({call[2]},)")
        context = values[0] if "pgettext" in call[1] and len(values) > 1 else None
        yield code.count("\n", 0, call.start()) + 1, (context, values[1] if context else values[0])


def of_room(room: str) -> dict[Message, str]:
    """Each message of a room with the first place where it stands."""
    found: dict[Message, str] = {}
    for path in sorted((ROOT / room).rglob("*")):
        if "migrations" in path.parts or "__pycache__" in path.parts:
            continue
        if path.suffix == ".py":
            messages = in_python(path)
        elif path.suffix in TEMPLATE_ENDINGS and "templates" in path.parts:
            messages = in_template(path)
        else:
            continue
        for line, message in messages:
            if message[1]:
                found.setdefault(message, f"{path.relative_to(ROOT)}:{line}")
    return found


@cache
def catalogues(language: str) -> dict[str, Catalog]:
    """Our own catalogues of a language, by folder."""
    found = {}
    for folder in map(Path, settings.LOCALE_PATHS):
        path = folder / language / "LC_MESSAGES" / "django.po"
        if path.exists():
            with path.open("rb") as source:
                found[str(folder.relative_to(ROOT))] = read_po(source, locale=language)
    return found


@cache
def translated(language: str) -> set[Message]:
    """What our catalogues translate; a doubtful (fuzzy) entry is none."""
    return {
        (message.context, message.id[0] if isinstance(message.id, tuple) else message.id)
        for catalogue in catalogues(language).values()
        for message in catalogue
        if message.id and not message.fuzzy and all(_strings(message))
    }


@cache
def of_libraries(language: str) -> list[GNUTranslations]:
    """The catalogues that Django, Wagtail and the other applications bring along."""
    folders = [Path(django.__file__).parent / "conf" / "locale"]
    folders += [Path(config.path) / "locale" for config in apps.get_app_configs()]
    ours = set(map(Path, settings.LOCALE_PATHS))
    files = [folder / language / "LC_MESSAGES" / "django.mo" for folder in folders if folder not in ours]
    found = []
    for path in files:
        if path.exists():
            with path.open("rb") as source:
                found.append(GNUTranslations(source))
    return found


def known_to_a_library(message: Message, language: str) -> bool:
    context, text = message
    for catalogue in of_libraries(language):
        answer = catalogue.pgettext(context, text) if context else catalogue.gettext(text)
        if answer != text:
            return True
    return False


def _strings(message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def test_the_extraction_finds_what_people_read(tmp_path):
    """Positive control: an extractor that finds nothing would prove nothing."""
    template = tmp_path / "page.html"
    template.write_text(
        '{% load i18n %}{% translate "One" %}{% trans "Two" as two %}{% include "x" with title=_("Three") %}'
        "{% blocktranslate trimmed with n=n %}\n  {{ n }} letters\n{% endblocktranslate %}"
        '{% translate "May" context "month" %}'
        "{% blocktranslate count n=n %}a page{% plural %}{{ n }} pages{% endblocktranslate %}",
        encoding="utf-8",
    )
    code = tmp_path / "code.py"
    code.write_text('a = _("Four")\nb = ngettext("a day", "%(n)d days", n)\nc = pgettext("month", "June")\n')
    assert [message for _line, message in in_template(template)] == [
        (None, "One"),
        (None, "Two"),
        (None, "Three"),
        (None, "%(n)s letters"),
        ("month", "May"),
        (None, "a page"),
    ]
    assert [message for _line, message in in_python(code)] == [(None, "Four"), (None, "a day"), ("month", "June")]
    assert len(of_room("tenants")) > 60


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("room", ROOMS)
def test_nothing_is_left_untranslated(room, language):
    missing = [
        f"{place}: {message[1]!r}" + (f" (context {message[0]!r})" if message[0] else "")
        for message, place in of_room(room).items()
        if message not in translated(language) and not known_to_a_library(message, language)
    ]
    assert not missing, f"{len(missing)} without {language}:\n" + "\n".join(missing)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_says_each_message_once(language):
    """gettext's own tools refuse a second definition; babel takes one of them and says nothing."""
    twice = []
    for folder in map(Path, settings.LOCALE_PATHS):
        path = folder / language / "LC_MESSAGES" / "django.po"
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        entries = [re.sub(r'"\n"', "", entry) for entry in ENTRY.findall(text)]
        twice += [f"{path.relative_to(ROOT)}: {entry}" for entry, times in Counter(entries).items() if times > 1]
    assert not twice, "\n".join(twice)


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_message_has_one_translation(language):
    """Django merges all catalogues: of two different translations one would silently win."""
    said: dict[Message, dict[tuple[str, ...], list[str]]] = {}
    for folder, catalogue in catalogues(language).items():
        for message in catalogue:
            if message.id:
                key = (message.context, message.id[0] if isinstance(message.id, tuple) else message.id)
                said.setdefault(key, {}).setdefault(_strings(message), []).append(folder)
    contradictions = [f"{key[1]!r}: {answers}" for key, answers in said.items() if len(answers) > 1]
    assert not contradictions, "\n".join(contradictions)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_asks_for_nothing_that_the_message_does_not_give(language):
    broken = []
    for folder, catalogue in catalogues(language).items():
        for message in catalogue:
            given = set(PLACEHOLDER.findall(" ".join(message.id if isinstance(message.id, tuple) else [message.id])))
            asked = set(PLACEHOLDER.findall(" ".join(_strings(message))))
            if message.id and asked - given:
                broken.append(f"{folder}:{message.lineno}: {sorted(asked - given)} in {message.id!r}")
    assert not broken, "\n".join(broken)


def test_armenian_sentences_end_with_the_armenian_full_stop():
    wrong = []
    for folder, catalogue in catalogues("hy").items():
        for message in catalogue:
            for text in _strings(message) if message.id else ():
                if re.search(r"[ա-և][.:]\s*$", text):
                    wrong.append(f"{folder}:{message.lineno}: {text!r}")
    assert not wrong, "\n".join(wrong)


# docs/editors/glossary.md: the reader is addressed «Դուք», «Ձեր», «Ձեզ», with a capital, in every text.
SMALL_ADDRESS = re.compile(r"(?<![Ա-Ֆա-և])(?:դուք|ձեր(?:ը|ն|ով|ում|ի|ից|ոնք)?|ձեզ(?:նից|անից|նով|անով|նում)?)(?![ա-և])")


def test_the_search_for_small_letters_finds_them():
    assert SMALL_ADDRESS.search("Գրեք ձեր անունը։") and SMALL_ADDRESS.search("դուք կտեղեկացվեք")
    assert not SMALL_ADDRESS.search("Ձեր ձերբազատված առաջարկը, ձեռնարկ, Ձեզ")


def test_the_reader_is_addressed_with_a_capital():
    wrong = []
    for folder, catalogue in catalogues("hy").items():
        for message in catalogue:
            wrong += [f"{folder}: {text!r}" for text in _strings(message) if message.id and SMALL_ADDRESS.search(text)]
    for path in sorted([*ROOT.glob("cms/seeds/data/**/*.json"), *ROOT.glob("services_api/procedures/seeds/*.json")]):
        text = path.read_text(encoding="utf-8")
        wrong += [
            f"{path.relative_to(ROOT)}: …{text[found.start() : found.end() + 30]}…"
            for found in SMALL_ADDRESS.finditer(text)
        ]
    assert not wrong, "Write «Դուք», «Ձեր», «Ձեզ» (docs/editors/glossary.md):\n" + "\n".join(wrong)
