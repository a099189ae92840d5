"""Two communities with different themes are served by one process, side by side, and never mixed up."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.template import engines
from django.template.loader import get_template

from cms import look
from cms.models import SiteProfile
from tenants.context import tenant
from themes.choice import BASE, active_theme, templates_of, themes

OTHER = "manuscript"


def choose_theme(community, theme):
    with tenant(community):
        SiteProfile.objects.update(theme=theme)
    look.forget()


@pytest.fixture
def two_themes(meghri, goris):
    choose_theme(goris, OTHER)
    return meghri, goris


def test_outside_a_tenant_base_counts(db):
    assert active_theme() == BASE


def test_a_theme_that_is_gone_is_base(in_meghri):
    SiteProfile.objects.update(theme="gone")
    look.forget()
    assert active_theme() == BASE


def test_templates_come_from_the_theme_of_the_tenant(two_themes, as_tenant):
    meghri, goris = two_themes
    for community, theme in ((meghri, BASE), (goris, OTHER), (meghri, BASE), (goris, OTHER)):
        with tenant(community):
            origin = get_template("components/theme_styles.html").origin.name
            assert origin.startswith(str(templates_of(theme)))


def test_what_a_theme_does_not_draw_comes_from_base(two_themes):
    _meghri, goris = two_themes
    with tenant(goris):
        assert get_template("cms/contact_page.html").origin.name.startswith(str(templates_of(BASE)))


def test_pages_of_two_communities_in_turn(two_themes, client_for):
    meghri, goris = two_themes
    for _turn in range(2):
        assert "manuscript/css" not in client_for(meghri).get("/").content.decode()
        assert "manuscript/css" in client_for(goris).get("/").content.decode()


def test_threads_do_not_disturb_each_other(monkeypatch):
    """The theme is asked for at each look-up; the compiled templates of each stand on shelves of their own."""
    from threading import Barrier, local

    here = local()
    monkeypatch.setattr("themes.choice._provider", lambda: here.theme)
    engine = engines["django"].engine
    engine.template_loaders[0].reset()
    barrier = Barrier(8)

    def draw(number):
        here.theme = OTHER if number % 2 else BASE
        barrier.wait()
        return [engine.get_template("components/theme_styles.html").origin.name for _each in range(50)]

    with ThreadPoolExecutor(8) as pool:
        for number, origins in enumerate(pool.map(draw, range(8))):
            assert {str(templates_of(OTHER if number % 2 else BASE)) in origin for origin in origins} == {True}
    engine.template_loaders[0].reset()


def test_every_theme_has_its_names_in_three_languages():
    assert {BASE, OTHER} <= set(themes())
    for names in themes().values():
        assert set(names) == {"hy", "en", "ru"} and all(names.values())
