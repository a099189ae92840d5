"""`manage.py onboard` and `manage.py env_example`."""

from __future__ import annotations

from io import StringIO
from urllib.parse import quote

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from console import onboarding
from tenants import provisioning
from tenants.context import register
from tenants.models import Community, Onboarding


def run(*arguments: str, **options: object) -> str:
    out = StringIO()
    call_command("onboard", *arguments, stdout=out, **options)
    return out.getvalue()


def status(slug: str) -> str:
    with register():
        return Community.objects.get(slug=slug).status


def test_one_community_by_its_slug_and_one_by_its_code(db):
    with register():
        code = Community.objects.get(slug="sisian").code
    lines = run("kapan", code)
    assert "[1/2]" in lines and "[2/2]" in lines and "s left" in lines
    assert status("kapan") == status("sisian") == "active"
    with register():
        assert Onboarding.objects.get(community__slug="kapan").admin_email == "admin@kapan.localhost"


def test_the_operator_says_host_and_administrator(db):
    run("kapan", host_suffix="hamaynk.am", admin_email_domain="gov.example")
    with register():
        assert Community.objects.get(slug="kapan").domains.get().domain == "kapan.hamaynk.am"
        assert Onboarding.objects.get(community__slug="kapan").admin_email == "kapan@gov.example"


@pytest.mark.slow
def test_two_processes_at_once(real_commits, monkeypatch):
    """Each has its own connection, to the same database; the run takes one command."""
    values = connection.settings_dict
    monkeypatch.setenv(
        "DATABASE_URL",
        f"postgresql://{values['USER']}:{values['PASSWORD']}@{quote(values['HOST'], safe='')}:{values['PORT']}"
        f"/{values['NAME']}",
    )
    lines = run("kapan", "sisian", jobs=2)
    assert "2 connected" in lines
    assert status("kapan") == status("sisian") == "active"


def test_connected_ones_are_left_alone(meghri, goris):
    assert "2 of 2 are connected already" in run("meghri", "goris")


def test_selectors_by_glob_and_province(db):
    chosen, unknown = onboarding.select(["k*"])
    assert "kapan" in {community.slug for community in chosen} and not unknown
    by_name, _unknown = onboarding.select(marz="Syunik")
    by_iso, _unknown = onboarding.select(marz="AM-SU")
    assert {"kapan", "meghri"} <= {community.slug for community in by_name}
    assert by_name == by_iso
    everything, _unknown = onboarding.select(everything=True)
    assert len(everything) == 71
    assert onboarding.select(["atlantis"]) == ([], ["atlantis"])


def test_a_failure_stops_nobody_else_and_is_listed_at_the_end(db, monkeypatch):
    real = provisioning._steps["invitation"]

    def fails_for_kapan(community, report):
        if community.slug == "kapan":
            raise OSError("the disk is full")
        real.run(community, report)

    step = provisioning.Step(real.name, real.order, fails_for_kapan, real.label, real.in_tenant)
    monkeypatch.setitem(provisioning._steps, "invitation", step)
    with pytest.raises(CommandError, match=r"1 of 2 failed(.|\n)*kapan: invitation: OSError: the disk is full"):
        run("kapan", "sisian")
    assert (status("kapan"), status("sisian")) == ("provisioning", "active")

    monkeypatch.setitem(provisioning._steps, "invitation", real)
    assert "1 connected" in run("kapan")
    assert status("kapan") == "active"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "Say which"),
        (["atlantis"], "atlantis"),
        (["kapan", "sisian", "--admin-email", "a@b.am"], "--admin-email is for one"),
    ],
)
def test_what_cannot_be_is_said(db, arguments, message):
    with pytest.raises(CommandError, match=message):
        run(*arguments)


def test_the_committed_env_example_is_current():
    """ "`.env.example` generated from the typed settings" """
    call_command("env_example", check=True, stdout=StringIO())


def test_the_example_names_every_variable_with_its_meaning():
    from config.environment import DatabaseEnvironment, Environment
    from console.management.commands.env_example import render

    text = render()
    assert "#DATABASE_URL=\n" in text and "#HAMAYNK_BASE_DOMAIN=localhost\n" in text
    for name, field in {**Environment.model_fields, **DatabaseEnvironment.model_fields}.items():
        assert f"{name.upper()}=" in text
        assert field.description, name
