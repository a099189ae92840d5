"""Honest languages: nothing Armenian below /en/ and /ru/, except what is marked as Armenian."""

from __future__ import annotations

from playwright.sync_api import Page

FOREIGN_WORDS = """
() => {
  const armenian = /[\\u0531-\\u0556\\u0561-\\u0587]{2,}/;  // «Դ-2026/15» is a number in any language
  const main = document.querySelector("main");
  const inArmenian = (element) => element.closest("[lang]").lang === "hy";
  const found = [];
  const texts = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode;
    if (armenian.test(node.data) && !inArmenian(node.parentElement)) found.push(node.data.trim());
  }
  for (const element of main.querySelectorAll("[alt], [title], [aria-label], [placeholder]"))
    for (const name of ["alt", "title", "aria-label", "placeholder"])
      if (armenian.test(element.getAttribute(name) || "") && !inArmenian(element))
        found.push(`${name}="${element.getAttribute(name)}"`);
  return found;
}
"""


def armenian_words(page: Page) -> list[str]:
    """Armenian text of the main part of a page, with what is read out, outside of `lang="hy"`."""
    return list(page.evaluate(FOREIGN_WORDS))
