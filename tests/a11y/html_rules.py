"""Whether a page is sound HTML: the rules of the HTML Standard that a browser mends in silence.

Nesting and closing of elements, content models of lists, tables and running text, obsolete elements and attributes,
ids, labels, required attributes, values of enumerated attributes, an empty `lang`. No dependency. html-validate
(rules «recommended») was asked beside it about all sample pages and 200 pages of the demonstration: what it wants
more is style (roles repeated for tables whose `display` is changed, `[]` in the names of checkboxes).
"""

from __future__ import annotations

from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
PHRASING_ONLY = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "span", "b", "strong", "em", "i", "small", "time", "code"}
PHRASING_ONLY |= {"label", "button", "dt", "caption", "pre", "abbr", "cite", "q", "sub", "sup", "mark"}
BLOCK = {"address", "article", "aside", "blockquote", "details", "div", "dl", "fieldset", "figure", "footer", "form"}
BLOCK |= {"h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "nav", "ol", "p", "pre", "section", "table", "ul"}
INTERACTIVE = {"a", "button", "details", "input", "label", "select", "textarea"}
CHILDREN = {
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"dt", "dd", "div"},
    "table": {"caption", "colgroup", "thead", "tbody", "tfoot", "tr"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "tfoot": {"tr"},
    "tr": {"th", "td"},
    "select": {"option", "optgroup"},
    "picture": {"source", "img"},
}
PARENTS = {"li": {"ul", "ol"}, "dt": {"dl", "div"}, "dd": {"dl", "div"}, "tr": {"table", "thead", "tbody", "tfoot"}}
PARENTS |= {"td": {"tr"}, "th": {"tr"}, "summary": {"details"}, "figcaption": {"figure"}, "legend": {"fieldset"}}
OBSOLETE = {"acronym", "big", "center", "dir", "font", "frame", "frameset", "marquee", "strike", "tt"}
OBSOLETE_ATTRIBUTES = {"align", "bgcolor", "border", "cellpadding", "cellspacing", "valign", "nowrap", "hspace"}
REQUIRED = {"img": ("src", "alt"), "a": (), "html": ("lang",), "link": ("rel", "href"), "iframe": ("title",)}
VALUES = {
    ("button", "type"): {"submit", "button", "reset"},
    ("form", "method"): {"get", "post", "dialog"},
    ("img", "loading"): {"lazy", "eager"},
    ("th", "scope"): {"row", "col", "rowgroup", "colgroup"},
}
SVG = {"svg", "math"}


class _Checker(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.stack: list[str] = []
        self.found: list[str] = []
        self.ids: set[str] = set()
        self.references: list[tuple[str, str]] = []

    def say(self, words: str) -> None:
        line, column = self.getpos()
        self.found.append(f"{line}:{column} {words}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        in_drawing = any(each in SVG for each in self.stack)
        if not in_drawing:
            self._place(tag)
            self._attributes(tag, attrs)
        if tag not in VOID:
            self.stack.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not any(each in SVG for each in self.stack):
            self.say(f"<{tag}/> closes itself")

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            self.say(f"</{tag}> of an element without content")
        elif not self.stack or self.stack[-1] != tag:
            self.say(f"</{tag}> while <{self.stack[-1] if self.stack else ''}> is open")
            if tag in self.stack:
                while self.stack.pop() != tag:
                    pass
        else:
            self.stack.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and self.stack and self.stack[-1] in CHILDREN:
            self.say(f"words directly in <{self.stack[-1]}>: {data.strip()[:30]}")

    def _place(self, tag: str) -> None:
        parent = self.stack[-1] if self.stack else ""
        if tag in OBSOLETE:
            self.say(f"<{tag}> is obsolete")
        if parent in CHILDREN and tag not in CHILDREN[parent] | {"script", "template"}:
            self.say(f"<{tag}> directly in <{parent}>")
        if tag in PARENTS and parent not in PARENTS[tag]:
            self.say(f"<{tag}> outside {sorted(PARENTS[tag])}, in <{parent}>")
        if tag in BLOCK:
            for above in self.stack:
                if above in PHRASING_ONLY:
                    self.say(f"<{tag}> inside <{above}>")
        if tag in INTERACTIVE:
            for above in {"a", "button"} & set(self.stack):
                self.say(f"<{tag}> inside <{above}>")
            if (tag == "label" and "label" in self.stack) or (tag == "form" and "form" in self.stack):
                self.say(f"<{tag}> inside <{tag}>")

    def _attributes(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if len(given) != len(attrs):
            self.say(f"<{tag}> says an attribute twice")
        for name in REQUIRED.get(tag, ()):
            if name not in given:
                self.say(f"<{tag}> without {name}")
        for name, value in given.items():
            if name in OBSOLETE_ATTRIBUTES:
                self.say(f"{name} of <{tag}> is obsolete")
            allowed = VALUES.get((tag, name))
            if allowed and value not in allowed:
                self.say(f'{name}="{value}" of <{tag}>')
            if name in {"lang", "action"} and not value:
                self.say(f"empty {name} of <{tag}>")
            if name in {"href", "src", "action"} and value and " " in value:
                self.say(f"a space in {name} of <{tag}>: {value}")
            if name in {"for", "aria-labelledby", "aria-describedby", "aria-controls"} and value:
                self.references += [(name, each) for each in value.split()]
        if identity := given.get("id"):
            if identity in self.ids:
                self.say(f"id {identity} twice")
            self.ids.add(identity)
        elif "id" in given:
            self.say(f"empty id of <{tag}>")


def mistakes(html: str) -> list[str]:
    """What is wrong with a whole page, `line:column words`; empty when nothing is."""
    checker = _Checker()
    if not html.lstrip().lower().startswith("<!doctype html>"):
        checker.found.append("1:0 no doctype")
    checker.feed(html)
    checker.close()
    checker.found += [f"<{tag}> is never closed" for tag in checker.stack]
    checker.found += [f"{name} leads to no id: {to}" for name, to in checker.references if to not in checker.ids]
    return checker.found
