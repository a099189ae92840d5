"""One example of every type of page in the running demonstration: its address, and what the demonstration lacks.

A program of its own, because the product under test has its own database: `python -m tests.a11y.furnish` with the
product's environment. The last line it prints is JSON: name of the page -> language -> path on the host of Meghri.
"""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from typing import Any

import django

from infra.chaos.product import Product, ProductFailed
from infra.local.paths import ROOT

SLUG = "meghri"
LANGUAGES = ("hy", "en", "ru")
GUIDE = ("Երեխա է ծնվել", "A child is born", "Родился ребёнок")
PAPERS = ("Դիմումների ձևեր", "Forms of applications", "Формы заявлений")
PLAN = ("Մեղրի համայնքի զարգացման ծրագիր", "Development programme of Meghri", "Программа развития Мегри")
CHAPTERS = (("Որտեղ ենք", "Where we are", "Где мы сейчас"), ("Ինչ ենք անելու", "What we shall do", "Что мы сделаем"))
FORM = ("Հարց գրադարանին", "A question to the library", "Вопрос библиотеке")
FIELDS = (("Անուն", "Name", "Имя"), ("Էլ. փոստ", "E-mail", "Эл. почта"), ("Հարց", "Question", "Вопрос"))
CARD = ("Ծառի հատում", "Felling of a tree", "Вырубка дерева")
EVERYTHING = ("Տեքստի բոլոր մասերը", "All parts of a text", "Все части текста")
ASKED = ("Բացե՞լ ամառային կինոթատրոնը", "Shall the open-air cinema open?", "Открыть летний кинотеатр?")
ANSWERS = (("Այո", "Yes", "Да"), ("Ոչ", "No", "Нет"))
# What stands for itself in `furnished`, beside one page of each type and the registers.
OTHERS = ("all-blocks", "album", "discussion-with-result", "publication-whole", "event-month", "alert", "poll")
OTHERS += ("poll-results", "person-of-staff")


def told_by(product: Product, program: str) -> Any:
    """Run a program of this folder in a product that runs; the JSON of its last line. Raises ProductFailed."""
    done = subprocess.run(
        [sys.executable, "-m", f"tests.a11y.{program}"],
        cwd=ROOT, env=product.environment() | {"DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        raise ProductFailed(f"{program}: {(done.stdout + done.stderr)[-3000:]}")
    return json.loads(done.stdout.splitlines()[-1])


def furnished(product: Product) -> dict[str, dict[str, str]]:
    """What this program tells. Raises ProductFailed."""
    addresses: dict[str, dict[str, str]] = told_by(product, "furnish")
    return addresses


def _add_missing() -> None:
    from cms.models import (
        ChapterPage,
        ContentPage,
        DocumentsPage,
        FormPage,
        GuidePage,
        PublicationPage,
        ServiceCardPage,
    )
    from cms.public import authoring

    for number, code in enumerate(LANGUAGES):

        def put(model: Any, key: str, below: Any, title: str, code: str = code, **fields: Any) -> Any:
            slug = key.replace("/", "-")
            return authoring.add_page(model, f"a11y/{key}", code, below=below, title=title, slug=slug, **fields)

        text = [f"## {CHAPTERS[0][number]}", f"<p>{PLAN[number]}</p>"]
        step = {"title": CHAPTERS[0][number], "text": f"<p>{CHAPTERS[1][number]}</p>", "links": []}
        put(GuidePage, "guide", "guides", GUIDE[number], steps=[("step", step), ("step", step)])
        files = [{"document": _paper(), "date": authoring.days_ago(3), "note": ""}]
        folder = {"title": PAPERS[number], "text": "", "files": files}
        put(DocumentsPage, "papers", "open-government", PAPERS[number], folders=[("folder", folder)])
        put(PublicationPage, "plan", "open-government", PLAN[number], date=authoring.days_ago(200), text=text)
        for which, chapter in enumerate(CHAPTERS):
            below = authoring.page_key("a11y/plan")
            put(ChapterPage, f"chapter/{which}", below, chapter[number], text=text)
        put(ServiceCardPage, "card", "services", CARD[number], whom=f"<p>{GUIDE[number]}</p>", topic="land")
        put(ContentPage, "everything", "community", EVERYTHING[number], body=_every_block(code))
        _own_form(put(FormPage, "form", "community", FORM[number], purpose=GUIDE[number]), number)
    _closed_poll()


def _paper() -> Any:
    from django.core.files.base import ContentFile

    from cms.models import SiteDocument

    found = SiteDocument.objects.filter(title=PAPERS[0]).first()
    return found or SiteDocument.objects.create(title=PAPERS[0], file=ContentFile(b"%PDF-1.4\n%%EOF\n", "form.pdf"))


def _every_block(code: str) -> list[tuple[str, Any]]:
    """Each block of a text with the value of its preview; in other languages those without Armenian words."""
    from cms.blocks import PageBodyBlock

    if code != "hy":
        return []
    blocks = PageBodyBlock().child_blocks
    return [(name, block.get_preview_value()) for name, block in blocks.items() if block.is_previewable]


def _own_form(page: Any, number: int) -> None:
    from cms.models import FormField

    if not page.form_fields.exists():
        kinds = ("singleline", "email", "multiline")
        for order, (kind, label) in enumerate(zip(kinds, FIELDS, strict=True)):
            FormField.objects.create(page=page, label=label[number], field_type=kind, required=True, sort_order=order)


def _closed_poll() -> None:
    from cms.outreach.models import Poll
    from cms.public import authoring

    options = [list(answer) for answer in ANSWERS]
    authoring.year.add_polls([{"question": ASKED, "options": options, "from": 40, "to": 10}])
    Poll.objects.filter(title_hy=ASKED[0]).update(participants=12)


def _pages() -> dict[str, dict[str, str]]:
    """One page of each type that has an example, the one in most languages first, then the newest."""
    from cms.models import PAGE_TYPES, ConsultationPage, ContentPage, GalleryPage, RegisterPage
    from cms.public import authoring
    from cms.seeds.tree import translation_key

    found: dict[str, dict[str, str]] = {}
    for model in PAGE_TYPES:
        pages = list(model._default_manager.live().select_related("locale").order_by("pk"))
        if model in (ConsultationPage, GalleryPage):
            pages.reverse()  # the discussion that goes on; the gallery with its albums
        if model is ContentPage:
            pages = [page for page in pages if page.translation_key == translation_key("rates")]
        if pages and model is not RegisterPage:
            found[model.__name__] = _most_spoken(pages)
    albums = [page for page in GalleryPage.objects.live().select_related("locale") if page.photos]
    results = [page for page in ConsultationPage.objects.live().select_related("locale") if page.result]
    found["album"], found["discussion-with-result"] = _most_spoken(albums), _most_spoken(results)
    blocks = ContentPage.objects.get(translation_key=authoring.page_key("a11y/everything"), locale__language_code="hy")
    found["all-blocks"] = {"hy": blocks.url}
    found["publication-whole"] = {code: f"{path}whole/" for code, path in found["PublicationPage"].items()}
    return found


def _most_spoken(pages: list[Any]) -> dict[str, str]:
    by_key: dict[Any, dict[str, str]] = {}
    for page in pages:
        by_key.setdefault(page.translation_key, {})[page.locale.language_code] = page.url
    return max(reversed(by_key.values()), key=len)


def _records() -> dict[str, dict[str, str]]:
    """The page of each register and part, and one record of each."""
    from cms.models import RegisterPage
    from cms.records.registers import registers

    found: dict[str, dict[str, str]] = {}
    for page in RegisterPage.objects.live().select_related("locale"):
        name = "-".join(filter(None, ("list", page.register, page.part)))
        found.setdefault(name, {})[page.locale.language_code] = page.url
    for code, register in registers.items():
        record = register.ordered(register.published("ru")).first()
        if record is not None:
            found[f"one-{code}"] = {language: register.record_url(record, language) for language in LANGUAGES}
    return found


def _outreach() -> dict[str, dict[str, str]]:
    from django.utils import timezone

    from cms.models import EventIndexPage
    from cms.outreach.models import Alert, Poll
    from cms.records.registers import registers

    def each(path: str) -> dict[str, str]:
        return {code: path if code == "hy" else f"/{code}{path}" for code in LANGUAGES}

    alert, closed = Alert.objects.order_by("pk").last(), Poll.objects.get(title_hy=ASKED[0])
    poll = Poll.objects.open().order_by("pk").first()
    month = timezone.localdate()
    clerk = registers["people"].parts["staff"].narrow(registers["people"].published("ru")).first()
    staff = {code: registers["people"].page_url(code, "staff") for code in LANGUAGES}
    found = {
        "alert": each(f"/alerts/{alert.uuid}/") if alert else {},
        "poll": each(f"/polls/{poll.uuid}/") if poll else {},
        "poll-results": each(f"/polls/{closed.uuid}/"),
        "event-month": {
            page.locale.language_code: f"{page.url}{month:%Y/%m}/"
            for page in EventIndexPage.objects.live().select_related("locale")
        },
        "person-of-staff": {code: f"{url}{clerk.address}/" for code, url in staff.items()} if clerk else {},
    }
    return {name: paths for name, paths in found.items() if paths}


def main() -> int:
    """The command line; the exit code."""
    importlib.import_module("config")
    django.setup()
    from cms.public import authoring
    from tenants.context import tenant
    from tenants.models import Community

    with tenant(Community.objects.get(slug=SLUG)):
        _add_missing()
        authoring.finish()
        addresses = {**_pages(), **_records(), **_outreach()}
    print(json.dumps(addresses))
    return 0


if __name__ == "__main__":
    sys.exit(main())
