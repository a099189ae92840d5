"""The words of a link say where it leads; a list of links is read aloud without its sentences (WCAG 2.4.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.editing.text_checks.findings import Finding, PageRule, page_rule
from cms.editing.text_checks.page_text import Link, PageText

EMPTY_WORDS = frozenset(
    {
        "այստեղ", "այստե՛ղ", "սեղմել այստեղ", "սեղմեք այստեղ", "սեղմեք", "հղում", "հղումով", "այս հղումով", "տես",
        "տե՛ս", "տեսնել", "դիտել", "ավելին", "մանրամասն", "կարդալ", "կարդալ ավելին", "ներբեռնել", "կայք", "կայքում",
        "here", "click here", "this link", "link", "more", "read more", "see", "details", "download", "this page",
        "здесь", "тут", "сюда", "нажмите здесь", "ссылка", "по ссылке", "подробнее", "далее", "читать", "скачать",
    }
)  # fmt: skip
_BARE = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_TRIM = " \u00a0.,։:;՝()«»>→"


@page_rule
class LinkWords(PageRule):
    code = "link-words"

    def find(self, text: PageText) -> Iterator[Finding]:
        for link in text.links:
            words = link.words.strip(_TRIM).lower()
            bare = _BARE.fullmatch(link.words.strip())
            if words and words not in EMPTY_WORDS and not bare:
                continue
            better = _name_of_target(link)
            fixed = None
            if better and better.lower() != words:
                new = link.html.replace(f">{link.inner}</a>", f">{escape(better, quote=False)}</a>", 1)
                fixed = link.passage.value.replace(link.html, new, 1)
            yield Finding(
                code=self.code,
                weight="wrong",
                message=_("The words of a link must say where it leads.")
                if not bare
                else _("A bare address as a link: nobody wants to hear it read aloud."),
                place=link.passage.label,
                path=link.passage.path,
                block_id=link.passage.block_id,
                found=link.words,
                fixed=fixed,
                proposal=better if fixed else "",
            )


def _name_of_target(link: Link) -> str:
    """What the target is called; empty when nobody knows."""
    kind, pk = link.attributes.get("linktype"), link.attributes.get("id", "")
    if kind == "page" and pk.isdigit():
        return Page.objects.filter(pk=pk).values_list("title", flat=True).first() or ""
    if kind == "document" and pk.isdigit():
        from cms.models import SiteDocument

        return SiteDocument.objects.filter(pk=pk).values_list("title", flat=True).first() or ""
    host = urlsplit(link.attributes.get("href", "")).hostname or ""
    return host.removeprefix("www.")


__all__ = ["EMPTY_WORDS", "LinkWords"]
