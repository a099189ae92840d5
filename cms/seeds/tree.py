"""The page tree of a new community, from data/pages.json and the texts in data/{hy,en,ru}/<section>.json."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

from django.conf import settings
from wagtail.models import Locale, Page, Site

from cms import models, search_index
from cms.models import HomePage, SiteProfile

DATA = Path(__file__).parent / "data"
# Names of translation keys, so that the tree of every build has the same ones.
_NAMESPACE = uuid.UUID("6d2f3f0e-8f7e-5c7b-9a3e-6a1a5c0f2b11")
LANGUAGES = [code for code, _name in settings.LANGUAGES]


def seed_tree() -> None:
    """Make what is missing of the tree; what exists stays as it is."""
    with search_index.paused():
        locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code in LANGUAGES}
        _remove_welcome_page()
        for code in LANGUAGES:
            words = texts(code)
            home = _home(locales[code], words["home"])
            pages = {"home": home}
            for row in rows():
                pages[row["key"]] = place(pages[row["parent"]], row, words[row["key"]], locales[code])
            _fill_home(home, words["home"], pages)
            for key, page in pages.items():
                if "steps" in words[key]:
                    _fill_guide(page, words[key]["steps"], pages)
        _site(HomePage.objects.get(locale=locales[settings.LANGUAGE_CODE]))
    # What visitors ask is written once, after the last seed (cms.search.seeds).
    search_index.refresh_all_for_editors()


def rows() -> list[dict[str, Any]]:
    """The pages of the tree in their order: key, parent, type, slug, menu."""
    found: list[dict[str, Any]] = json.loads((DATA / "pages.json").read_text(encoding="utf-8"))
    return found


def texts(language: str) -> dict[str, dict[str, Any]]:
    """The starter texts of a language by key of the page, from the files of its folder, one a section."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted((DATA / language).glob("*.json")):
        found.update(json.loads(path.read_text(encoding="utf-8")))
    return found


def _remove_welcome_page() -> None:
    """Wagtail's own first page and site, made by its migrations."""
    for page in Page.objects.filter(depth=2).exclude(content_type__app_label="cms"):
        page.delete()


def translation_key(key: str) -> uuid.UUID:
    """The same for all languages of a seeded page."""
    return uuid.uuid5(_NAMESPACE, key)


def _home(locale: Locale, text: dict[str, Any]) -> HomePage:
    found = HomePage.objects.filter(locale=locale).first()
    if found is not None:
        return found
    code = locale.language_code
    home = HomePage(
        title=text["title"],
        slug="home" if code == settings.LANGUAGE_CODE else f"home-{code}",
        locale=locale,
        translation_key=translation_key("home"),
        lede=text["lede"],
        search_description=text["lede"],
        hero_text=text.get("hero_text", ""),
        live=True,
    )
    Page.objects.get(depth=1).add_child(instance=home)
    return home


def place(parent: Page, row: dict[str, Any], text: dict[str, Any], locale: Locale) -> Page:
    """One page of the tree below its parent, live, without a revision."""
    model = getattr(models, row["type"])
    key = translation_key(row["key"])
    found = model.objects.filter(translation_key=key, locale=locale).first()
    if found is not None:
        return found
    page = model(
        title=text["title"],
        slug=row["slug"],
        locale=locale,
        translation_key=key,
        lede=text.get("lede", ""),
        search_description=text.get("lede", "")[:300],
        show_in_menus=row.get("menu", False),
        live=True,
    )
    if "body" in text:
        page.body = as_stream(text["body"])
    if "register" in row:
        page.register, page.part = row["register"], row.get("part", "")
    if "legal_basis" in text:
        page.legal_basis = text["legal_basis"]
    parent.refresh_from_db()
    parent.add_child(instance=page)
    return page


def as_stream(parts: list[str]) -> list[tuple[str, Any]]:
    """Blocks from lines: "## heading", "! title | text" (notice), "? question | answer", anything else is HTML."""
    blocks: list[tuple[str, Any]] = []
    for part in parts:
        if part.startswith("## "):
            blocks.append(("heading", {"text": part[3:]}))
        elif part.startswith("! "):
            title, _bar, words = part[2:].partition(" | ")
            blocks.append(("note", {"title": title, "text": f"<p>{words}</p>"}))
        elif part.startswith("? "):
            question, _bar, answer = part[2:].partition(" | ")
            entry = {"question": question, "answer": f"<p>{answer}</p>"}
            if blocks and blocks[-1][0] == "questions":
                blocks[-1][1]["items"].append(entry)
            else:
                blocks.append(("questions", {"items": [entry]}))
        elif blocks and blocks[-1][0] == "paragraph":
            blocks[-1] = ("paragraph", blocks[-1][1] + part)
        else:
            blocks.append(("paragraph", part))
    return [(kind, _as_value(kind, value)) for kind, value in blocks]


def _as_value(kind: str, value: Any) -> Any:
    from wagtail.rich_text import RichText

    if kind == "paragraph":
        return RichText(value)
    if kind == "note":
        return {**value, "text": RichText(value["text"])}
    if kind == "questions":
        return {"items": [{**entry, "answer": RichText(entry["answer"])} for entry in value["items"]]}
    return value


def _fill_home(home: HomePage, text: dict[str, Any], pages: dict[str, Page]) -> None:
    """The top tasks need the pages they lead to."""
    if home.tasks:
        return
    home.refresh_from_db()
    home.tasks = [("task", _task(row, pages)) for row in text["tasks"]]
    home.save()


def _fill_guide(page: Page, steps: list[dict[str, Any]], pages: dict[str, Page]) -> None:
    """Steps lead to pages that stand later in the tree. A link is [words, key of a page or "@" and a place]."""
    from wagtail.rich_text import RichText

    if page.steps:  # type: ignore[attr-defined]
        return
    page.refresh_from_db()
    page.steps = [  # type: ignore[attr-defined]
        (
            "step",
            {
                "title": step["title"],
                "text": RichText(step["text"]),
                "links": [_step_link(words, target, pages) for words, target in step["links"]],
            },
        )
        for step in steps
    ]
    page.save()


def _step_link(words: str, target: str, pages: dict[str, Page]) -> dict[str, Any]:
    is_place = target.startswith("@")
    return {
        "title": words,
        "page": None if is_place else pages[target],
        "service": "",
        "place": target[1:] if is_place else "",
        "address": "",
    }


def _task(row: dict[str, Any], pages: dict[str, Page]) -> dict[str, Any]:
    page = pages[row["page"]] if "page" in row else None
    return {
        "title": row["title"],
        "text": row.get("text", ""),
        "page": page,
        "service": row.get("service", ""),
        "place": row.get("place", ""),
        "address": "",
    }


def _site(home: HomePage) -> None:
    """The one site of a tenant; its host is set when a community is connected."""
    site, _created = Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "template.invalid", "port": settings.PORT, "root_page": home, "site_name": ""},
    )
    SiteProfile.objects.get_or_create(site=site)
