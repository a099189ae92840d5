"""English that libraries wrote into their templates, given to gettext when a template is read.

A copy of each template would grow old in silence; a replacement that no longer fits is found by
`tests/config/test_library_words.py`.
"""

from __future__ import annotations

from django.template import Origin
from django.template.loaders.app_directories import Loader as AppDirectoriesLoader

_I18N = "{% load i18n %}"
_SEARCH = ('value="Search"', _I18N + 'value="{% translate "Search" %}"')
# After a number an Armenian noun stays in the singular: «3 լեզու».
_COUNT = (
    "{{ items.paginator.items_count_label|capfirst }}",
    _I18N + "{% get_current_language as reader %}{% if reader == 'hy' %}{{ items.paginator.count }} "
    "{{ items.paginator.verbose_name }}{% else %}{{ items.paginator.items_count_label|capfirst }}{% endif %}",
)


def _permission(kind: str, word: str) -> tuple[str, str]:
    """The table of a group's rights: the name in the database is English, so the label is said anew."""
    name = f"{{{{ content_perms_dict.{kind}.perm.name }}}}"
    return name, f'{{% translate "{word}" %}} – {{{{ content_perms_dict.object }}}}'


def _metric(name: str, attribute: str) -> str:
    """One figure of the panel of checks, as Wagtail writes it."""
    indent = " " * 24
    return (
        f"{indent}<div>\n{indent}    "
        f"<h3 class=\"w-my-2 w-text-14 w-text-text-placeholder\">{{% trans '{name}' %}}</h3>\n{indent}    "
        f'<p class="w-font-semibold w-text-text-label" {attribute}>-</p>\n{indent}</div>\n'
    )


# Wagtail measures readability by the words of English: by that every Armenian sentence is hard to read.
_READABILITY = (
    (_metric("Readability", "data-content-readability-score"), ""),
    (
        (
            "<h3 class=\"w-h3\">{% trans 'Readability' %}</h3>\n"
            "                            <p>{% trans 'We use a readability formula based on length of words and "
            "sentences. Long sentences and words result in a worse readability score.' %}</p>\n"
        ),
        "",
    ),
)
# Template of a library -> what is replaced by what.
REPLACEMENTS: dict[str, tuple[tuple[str, str], ...]] = {
    "wagtailadmin/home.html": (_SEARCH,),
    "wagtailadmin/shared/header.html": (_SEARCH,),
    "wagtailadmin/shared/headers/_actions.html": (
        ('aria-label="Actions"', _I18N + 'aria-label="{% translate "Actions" %}"'),
    ),
    "wagtailadmin/shared/pagination_nav.html": (_COUNT,),
    "wagtailadmin/shared/side_panels/checks.html": _READABILITY,
    "wagtailadmin/shared/user_avatar.html": (
        ("{% if not username %}{{ user }}{% else %}", "{% if not username %}{{ user|default_if_none:'' }}{% else %}"),
    ),
    "wagtailadmin/tables/boolean_cell.html": (("title=value|stringformat:'s'", "title=value|yesno"),),
    "wagtailusers/groups/includes/formatted_permissions.html": (
        _permission("add", "Add"),
        _permission("change", "Change"),
        _permission("delete", "Delete"),
    ),
    "wagtail_localize/admin/_components.html": (
        (
            '{% include "wagtailadmin/shared/field.html" %}',
            (
                '{% load wagtailadmin_tags %}{% if field.name == "enabled" %}{% translate "Enabled" as enabled %}'
                "{% formattedfield field=field label_text=enabled %}{% else %}"
                '{% include "wagtailadmin/shared/field.html" %}{% endif %}'
            ),
        ),
    ),
    "wagtaillocales/index.html": (
        (
            "{{ locale.num_pages }} pages{% if locale.num_others %} + {{ locale.num_others }} others{% endif %}",
            (
                '{% translate "Pages" %}: {{ locale.num_pages }}'
                '{% if locale.num_others %}, {% translate "others" context "objects that are no pages" %}: '
                "{{ locale.num_others }}{% endif %}"
            ),
        ),
    ),
}


class Loader(AppDirectoriesLoader):
    """Templates of the applications with these replacements."""

    def get_contents(self, origin: Origin) -> str:
        contents = super().get_contents(origin)
        for old, new in REPLACEMENTS.get(str(origin.template_name), ()):
            contents = contents.replace(old, new)
        return contents
