"""The card that networks show: drawn once for its stamp, in the community's language and colour."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from cms import chrome, look, share_card
from cms.models import SiteProfile
from tests.cms.look.test_profile import choose


@pytest.mark.parametrize("language", ["", "/en", "/ru"])
def test_the_card_has_the_size_that_networks_ask_for(meghri, client_for, language):
    answer = client_for(meghri).get(f"{language}/share.png")
    assert answer["Content-Type"] == "image/png" and len(answer.content) < 80_000
    assert Image.open(BytesIO(answer.content)).size == (1200, 630)


def test_the_address_on_the_page_is_kept_for_a_year(meghri, client_for):
    client = client_for(meghri)
    address = client.get("/").context["site"]["share_url"]
    assert "immutable" in client.get(address)["Cache-Control"]
    assert "immutable" not in client.get("/share.png")["Cache-Control"]


def test_a_new_colour_is_a_new_card_with_a_new_address(meghri, client_for, as_tenant):
    as_tenant(meghri)
    client = client_for(meghri)
    before = client.get("/").context["site"]["share_url"]
    choose(accent="#0b5a82")
    after = client.get("/en/").context["site"]["share_url"]
    assert before.rpartition("=")[2] != after.rpartition("=")[2]
    card = Image.open(BytesIO(client.get(after).content))
    assert card.getpixel((10, share_card.HEIGHT - 5)) == (0x0B, 0x5A, 0x82)


def test_the_card_is_drawn_once(meghri, as_tenant, monkeypatch):
    as_tenant(meghri)
    drawn = []
    monkeypatch.setattr(share_card, "_draw", lambda *shown: drawn.append(shown) or b"png")
    profile = SiteProfile.objects.get()
    assert [share_card.card(meghri, profile, "hy") for _each in range(3)] == [b"png"] * 3
    assert len(drawn) == 1 and drawn[0][0] == "Մեղրի համայնք"


def test_two_communities_have_two_cards(meghri, goris, client_for):
    assert client_for(meghri).get("/share.png").content != client_for(goris).get("/share.png").content


def test_one_page_has_one_address_on_every_host(meghri, client_for):
    look.forget()
    chrome.forget()
    html = client_for(meghri).get("/news/?p=1").content.decode()
    assert f'rel="canonical" href="http://{meghri.primary_host()}' in html
    assert 'rel="canonical"' in html and "?p=1" not in html.partition('rel="canonical"')[2].partition(">")[0]
