"""Translations are compiled without msgfmt, only when they changed, and a broken file is named."""

import gettext
from pathlib import Path

import pytest

from infra.local import compile_messages

CATALOGUE = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: hy\\n"

msgid "Apply"
msgstr "Դիմել"

#, fuzzy
msgid "Guess"
msgstr "Ենթադրություն"
"""


@pytest.fixture
def po(tmp_path: Path) -> Path:
    path = tmp_path / "cms" / "locale" / "hy" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(CATALOGUE, encoding="utf-8")
    return path


def test_a_catalogue_is_compiled_once(po: Path, tmp_path: Path) -> None:
    assert compile_messages.stale(root=tmp_path) == [po]
    assert compile_messages.compile_catalogue(po) == 1
    assert compile_messages.stale(root=tmp_path) == []

    with po.with_suffix(".mo").open("rb") as compiled:
        translations = gettext.GNUTranslations(compiled)
    assert translations.gettext("Apply") == "Դիմել"
    assert translations.gettext("Guess") == "Guess"  # a guess of the tool is not shown to residents


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ('msgid "Open\nmsgstr "x"', "django.po:13: a string is not closed"),
        ('#, python-format\nmsgid "%(days)d days"\nmsgstr "%(օր)d օր"', "django.po:14: .*placeholder"),
        ('msgid "a"\nmsgtsr "b"', "django.po"),
    ],
)
def test_a_broken_catalogue_is_named_with_its_line(po: Path, entry: str, reason: str) -> None:
    po.write_text(f"{CATALOGUE}\n{entry}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=reason):
        compile_messages.compile_catalogue(po)
