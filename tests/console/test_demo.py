"""The demonstration: complete after one run, and what people change in it stays."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from tenants.context import register, tenant
from tenants.models import Community


@pytest.fixture
def demo(real_commits, settings, monkeypatch):
    from console.demo import build as demonstration

    settings.DEMO = True
    # Pictures and texts of one community are enough to prove the rule.
    monkeypatch.setattr(
        demonstration, "CONTENT", {slug: demonstration.CONTENT[slug] for slug in ("ministry", "meghri")}
    )
    return demonstration


@pytest.mark.slow
def test_a_second_run_keeps_what_people_changed(demo, client_for):
    from accounts.models import User
    from cms.models import NewsPage, SiteProfile

    lines = []
    demo.build(lines.append)
    with register():
        meghri = Community.objects.get(slug="meghri")
    with tenant(meghri):
        news = NewsPage.objects.count()
        assert news >= 6 and User.objects.get(email="officer@meghri.example").check_password(demo.PASSWORD)
        SiteProfile.objects.update(phone="+37428500000")
        User.objects.filter(email="head@meghri.example").update(first_name="Մանե")
        NewsPage.objects.first().delete()
    home = client_for(meghri).get("/").content.decode()
    drawn = set(re.findall(r'src="(/media/images/[^"]+)"', home))
    assert drawn and all(client_for(meghri).get(address).status_code == 200 for address in drawn), "pictures are shown"
    demo.build(lines.append)
    with tenant(meghri):
        assert SiteProfile.objects.get().phone == "+37428500000"
        assert User.objects.get(email="head@meghri.example").first_name == "Մանե"
        assert NewsPage.objects.count() == news - 1
    assert lines.count("meghri: content") == 1


def test_outside_the_demo_there_are_no_demo_logins(db, settings):
    from django.core.management import CommandError

    from console.demo.build import build

    settings.DEMO = False
    with pytest.raises(ImproperlyConfigured):
        build(print)
    for arguments in ((), ("--table",)):
        with pytest.raises(CommandError, match="loopback"):
            call_command("demo", *arguments)
