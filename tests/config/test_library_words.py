"""Whatever the installed libraries can say to a person, they can say in Armenian."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import django
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django.apps import apps
from django.conf import settings
from django.template.loader import get_template
from django.utils.translation.trans_real import DjangoTranslation, translation

from config.library_templates import REPLACEMENTS
from tests.docs.test_translations import in_python, in_template

ARMENIAN = re.compile(r"[Ա-Ֆա-և]")
PLACEHOLDER = re.compile(r"<[^>]*>|%\(\w+\)[sd]|%[sd]|\{[^}]*\}")
# These bring no English catalogue, so their sources are read.
WITHOUT_CATALOGUE = ("axes", "django_filters", "rest_framework", "phonenumber_field")
# Names that are the same in every language.
NAMES = {"IPv4", "IPv6", "HTTP Accept", "Wagtail API v2", "Wagtail API v3"}
# Left out on purpose: the Armenian sentence says it without the noun, which would need a case ending.
NEEDLESS = {"%(model_name)s", "%(username_field)s", "%(username_field_name)s", "%(current_version)s"}
# django-tenants has templates for Django's own admin, which is not installed.
NOT_SHOWN = ("django_tenants",)


def installed() -> dict[str, Path]:
    """The folders of the libraries by name; Django's common words first."""
    ours = Path(settings.BASE_DIR)
    folders = {"django": Path(django.__file__).parent / "conf"}
    for config in apps.get_app_configs():
        path = Path(config.path)
        if (not path.is_relative_to(ours) or "site-packages" in path.parts) and config.name not in NOT_SHOWN:
            folders[config.name] = path
    return folders


def english(folder: Path, domain: str) -> Catalog | None:
    path = folder / "locale" / "en" / "LC_MESSAGES" / f"{domain}.po"
    if not path.exists():
        return None
    with path.open("rb") as source:
        return read_po(source, locale="en")


def messages(folder: Path, domain: str) -> Iterator[Message]:
    yield from (message for message in english(folder, domain) or () if message.id)


def said(words: DjangoTranslation, message: Message) -> list[str]:
    """What a person reads: one text, or one for each plural form."""
    if isinstance(message.id, tuple):
        if message.context:
            return [words.npgettext(message.context, *message.id, number) for number in (1, 5)]
        return [words.ngettext(*message.id, number) for number in (1, 5)]
    return [words.pgettext(message.context, message.id) if message.context else words.gettext(message.id)]


def is_armenian(text: str) -> bool:
    return bool(ARMENIAN.search(text)) or text in NAMES or not re.search(r"[A-Za-z]", PLACEHOLDER.sub("", text))


def missing(folder: Path, domain: str, words: DjangoTranslation) -> list[str]:
    return [
        f"{message.context or ''} {message.id!r}"
        for message in messages(folder, domain)
        if not all(is_armenian(text) for text in said(words, message))
    ]


def test_the_catalogues_are_there():
    """Positive control: a search that finds no catalogue would prove nothing."""
    found = {name: len(list(messages(folder, "django"))) for name, folder in installed().items()}
    assert found["wagtail.admin"] > 800
    assert found["django"] > 300
    assert found["wagtail_localize"] > 70
    assert not is_armenian("Publish")
    assert is_armenian("Հրապարակել")
    assert missing(installed()["wagtail.admin"], "django", translation("en"))


@pytest.mark.parametrize("name", sorted(installed()))
def test_every_message_has_armenian(name):
    gaps = missing(installed()[name], "django", translation("hy"))
    assert not gaps, f"{len(gaps)} without Armenian:\n" + "\n".join(gaps)


@pytest.mark.parametrize("name", WITHOUT_CATALOGUE)
def test_every_message_in_the_sources_has_armenian(name):
    words, gaps = translation("hy"), []
    for path in sorted(installed()[name].rglob("*")):
        if path.suffix == ".py" and "migrations" not in path.parts:
            found = in_python(path)
        elif path.suffix in (".html", ".txt") and "templates" in path.parts:
            found = in_template(path)
        else:
            continue
        for line, (context, text) in found:
            if text and not is_armenian(words.pgettext(context, text) if context else words.gettext(text)):
                gaps.append(f"{path.name}:{line}: {text!r}")
    assert not gaps, "\n".join(gaps)


@pytest.mark.parametrize("name", ["wagtail.admin", "wagtail_localize"])
def test_every_message_of_a_script_has_armenian(name):
    """As the view of a library builds it: its own folder, then ours."""
    folder = installed()[name]
    words = DjangoTranslation("hy", domain="djangojs", localedirs=[str(folder / "locale")])
    assert len(list(messages(folder, "djangojs"))) > 40
    gaps = missing(folder, "djangojs", words)
    assert not gaps, "\n".join(gaps)


@pytest.mark.parametrize(
    "path", sorted(Path(settings.BASE_DIR).glob("platform/config/library_locale/*/locale/hy/LC_MESSAGES/*.po"))
)
def test_a_translation_keeps_what_the_message_gives(path):
    """Placeholders and HTML tags: a lost one hides a number, a broken one breaks the page."""
    kept = re.compile(r"%\(\w+\)[sdr]|%[sd]|\{[^}]*\}|</?\w+[^>]*>")
    with path.open("rb") as source:
        catalogue = read_po(source, locale="hy")
    broken = []
    for message in catalogue:
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        for text in texts:
            # Either form may say «one» in words.
            if not any(
                set(kept.findall(one)) - NEEDLESS <= set(kept.findall(text)) <= set(kept.findall(one)) for one in ids
            ):
                broken.append(f"{message.id!r}: {text!r}")
    assert not broken, "\n".join(broken)


@pytest.mark.parametrize("name", sorted(REPLACEMENTS))
def test_the_english_in_a_template_is_still_there_to_be_replaced(name):
    """An update of a library may mend or move it; then the replacement goes or follows."""
    sources = [folder / "templates" / name for folder in installed().values()]
    original = next(path for path in sources if path.exists()).read_text(encoding="utf-8")
    for old, _new in REPLACEMENTS[name]:
        assert old in original
    source = get_template(name).template.source
    # A template of ours under the same name extends the library's.
    assert "{% extends" in source or all(new in source for _old, new in REPLACEMENTS[name])


def test_no_style_of_the_workplace_writes_armenian_in_capitals():
    """Capitals spell «և» wrongly: what a library's style sheet upper-cases, ours switches off again."""
    upper = set()
    for folder in (folder for name, folder in installed().items() if name.startswith("wagtail")):
        for sheet in folder.glob("static/**/*.css"):
            rules = re.findall(r"([^{}]+)\{[^{}]*text-transform:\s*(?:uppercase|capitalize)", sheet.read_text("utf-8"))
            upper |= {selector.strip() for rule in rules for selector in rule.split(",")}
    ours = (Path(settings.BASE_DIR) / "cms" / "views" / "workplace.py").read_text(encoding="utf-8")
    switched_off = re.search(r'"([^"]+)\{text-transform:none\}', ours)
    assert upper and switched_off
    assert upper <= set(switched_off[1].split(",")), upper
