"""What a community chooses for its look, and what visitors and the preview see of it."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import RequestFactory
from django.urls import reverse

from cms import chrome, look
from cms.look_form import PALETTE, measured
from cms.models import SiteProfile, SocialLink
from cms.models.profile import Fonts, HomeLayout
from themes import accent


def choose(**values):
    """Save a look as an administrator would; the next request sees it."""
    profile = SiteProfile.objects.get()
    for name, value in values.items():
        setattr(profile, name, value)
    profile.full_clean()
    profile.save()
    look.forget()
    chrome.forget()


def order_on(html: str) -> list[str]:
    parts = ["h-home", 'class="tasks"', "h-news", "h-figures", "h-contact"]
    return sorted((part for part in parts if part in html), key=html.index)


@pytest.mark.parametrize("colour", [colour for colour, _label in PALETTE])
def test_every_colour_of_the_palette_is_readable(colour):
    assert accent.check(colour).accepted


def test_a_refused_colour_is_shown_with_its_contrast_and_the_nearest_that_is_taken():
    facts = measured("#e8833a")
    assert not facts["accepted"] and facts["contrast"] < 4.5 and facts["proposal"] == "#a95300"
    assert measured("apricot") is None


def test_the_form_draws_the_swatches_and_the_refusal(meghri, staff_of, signed_in, as_tenant):
    as_tenant(meghri)
    client = signed_in(meghri, staff_of(meghri, superuser=True))
    address = reverse("wagtailsettings:edit", args=("cms", "siteprofile", SiteProfile.objects.get().site_id))
    shown = client.get(address).content.decode()
    assert "#0b5a82" in shown and 'data-accent-value="#1f6b3a"' in shown
    hours = {
        f"{prefix}-{part}": "0" for prefix in ("hours", "social_links") for part in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    values = {**hours, "accent": "#e8833a", "theme": "base", "fonts": "sans", "layout": "tasks"}
    refused = client.post(address, values).content.decode()
    assert 'data-accent-value="#a95300"' in refused and "4,5" in refused
    assert SiteProfile.objects.get().accent != "#e8833a"


@pytest.mark.parametrize("layout", HomeLayout.values)
def test_each_order_of_the_home_page_has_the_same_content(meghri, client_for, as_tenant, add_news, layout):
    as_tenant(meghri)
    add_news("Ջրագիծը կառուցված է")
    choose(layout=layout, phone="0286 43 536")
    parts = order_on(client_for(meghri).get("/").content.decode())
    assert parts[0] == "h-home" and {"h-news", "h-contact", 'class="tasks"'} <= set(parts)
    assert (parts.index("h-news") < parts.index('class="tasks"')) is (layout == "news")


@pytest.mark.parametrize(("fonts", "sheet"), [("serif", "fonts-serif.css"), ("narrow", "fonts-narrow.css")])
def test_only_the_chosen_type_is_loaded(meghri, client_for, as_tenant, fonts, sheet):
    as_tenant(meghri)
    client = client_for(meghri)
    assert "css/fonts-" not in client.get("/").content.decode()
    choose(fonts=fonts)
    html = client.get("/news/").content.decode()
    assert sheet in html and html.count("css/fonts-") == 1


def test_social_networks_are_links_in_words(meghri, client_for, as_tenant):
    as_tenant(meghri)
    profile = SiteProfile.objects.get()
    SocialLink.objects.create(profile=profile, title="Telegram", url="https://t.me/meghri")
    look.forget()
    html = client_for(meghri).get("/").content.decode()
    assert '<a href="https://t.me/meghri" rel="external noopener me" lang="en">Telegram</a>' in html


@pytest.mark.parametrize("address", ["http://t.me/meghri", "javascript:alert(1)"])
def test_a_social_link_is_a_safe_address(in_meghri, address):
    link = SocialLink(profile=SiteProfile.objects.get(), title="X", url=address)
    with pytest.raises(ValidationError):
        link.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        link.save()


@pytest.mark.parametrize(("field", "value"), [("fonts", "comic"), ("layout", "upside"), ("accent", "red")])
def test_the_database_knows_what_may_be_chosen(in_meghri, field, value):
    with pytest.raises(IntegrityError), transaction.atomic():
        SiteProfile.objects.update(**{field: value})
    SiteProfile.objects.update(fonts=Fonts.SERIF)


def test_a_preview_shows_what_is_not_saved(meghri, as_tenant, client_for, staff_of):
    as_tenant(meghri)
    profile = SiteProfile.objects.get()
    profile.accent, profile.fonts, profile.layout = "#1f6b3a", "narrow", "news"
    request = RequestFactory().get("/", SERVER_NAME=meghri.primary_host())
    request.user = staff_of(meghri, superuser=True)
    html = profile.make_preview_request(request).content.decode()
    assert "fonts-narrow.css" in html and "preview=1f6b3a" in html and "hero--low" in html
    visitors = client_for(meghri).get("/").content.decode()
    assert "fonts-narrow.css" not in visitors and "preview=" not in visitors
    assert SiteProfile.objects.get().fonts == "sans"


def test_the_colour_of_a_preview_is_for_staff_only(meghri, client_for, signed_in, staff_of, as_tenant):
    as_tenant(meghri)
    address = "/theme.css?preview=1f6b3a"
    assert b"#1f6b3a" not in client_for(meghri).get(address).content
    editor = signed_in(meghri, staff_of(meghri, superuser=True)).get(address)
    assert b"#1f6b3a" in editor.content and editor["Cache-Control"] == "no-store"
