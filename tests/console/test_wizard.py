"""Connecting a community from the ministry's admin, step by step, without script."""

from __future__ import annotations

import pytest
from django.urls import reverse

from console.models import Action
from tenants import provisioning
from tenants.context import register, tenant
from tenants.models import Community, Onboarding, ProvisioningStep


def url(name: str, *args: object) -> str:
    return reverse(f"console:{name}", args=args)


@pytest.fixture
def kapan(db) -> Community:
    with register():
        return Community.objects.get(slug="kapan")


NEW = {
    "name_hy": "Նոր համայնք",
    "name_hy_genitive": "Նոր համայնքի",
    "name_en": "New community",
    "name_ru": "",
    "marz": "09",
    "slug": "nor-hamaynk",
}
ADMINISTRATOR = {"admin_email": "mayor@kapan.example", "admin_first_name": "Անի", "admin_last_name": "Օրինակյան"}


def fill(client, community: Community, **changes: str) -> None:
    """Walk through the wizard up to its last screen."""
    client.post(url("connect"), {"code": community.code})
    client.post(url("connect_host"), {"host": changes.get("host", f"{community.slug}.localhost")})
    client.post(url("connect_administrator"), {**ADMINISTRATOR, **{k: v for k, v in changes.items() if k != "host"}})


def test_a_community_is_connected_from_first_screen_to_open_website(console, queue, kapan, ministry, client_for):
    first = console.get(url("connect"))
    assert "Կապան" in first.content.decode()
    assert "Մեղրի" not in first.context["form"].fields["code"].choices.__str__()

    answer = console.post(url("connect"), {"code": kapan.code})
    assert answer["Location"] == url("connect_host")
    assert 'value="kapan.localhost"' in console.get(url("connect_host")).content.decode()

    answer = console.post(url("connect_host"), {"host": "kapan.localhost"})
    assert answer["Location"] == url("connect_administrator")
    answer = console.post(url("connect_administrator"), ADMINISTRATOR)
    assert answer["Location"] == url("connect_check")

    check = console.get(url("connect_check")).content.decode()
    assert "kapan.localhost" in check and "mayor@kapan.example" in check and "Անի Օրինակյան" in check
    assert not Community.objects.get(slug="kapan").domains.exists(), "nothing is created before the last button"

    answer = console.post(url("connect_check"))
    assert answer["Location"] == url("progress", "kapan")
    assert queue.slugs == ["kapan"]

    waiting = console.get(url("progress_json", "kapan")).json()
    assert (waiting["state"], waiting["percent"], waiting["active"]) == ("waiting", 0, True)
    assert '<meta http-equiv="refresh"' in console.get(url("progress", "kapan")).content.decode()

    queue.work()
    finished = console.get(url("progress_json", "kapan")).json()
    assert (finished["state"], finished["percent"], finished["active"]) == ("done", 100, False)
    page = console.get(url("progress", "kapan")).content.decode()
    assert "http://kapan.localhost" in page and "mayor@kapan.example" in page and "http-equiv" not in page
    with register():
        kapan.refresh_from_db()
    assert client_for(kapan).get("/health/live").status_code == 200
    assert kapan.status == Community.Status.ACTIVE
    with tenant(ministry):
        logged = Action.objects.get(community_slug="kapan")
    assert logged.kind == "connect" and "officer@ministry.example" in logged.actor


def test_the_session_forgets_the_draft_when_it_is_accepted(console, queue, kapan):
    fill(console, kapan)
    console.post(url("connect_check"))
    assert console.get(url("connect_check"))["Location"] == url("connect")


def test_the_search_finds_in_three_languages(console):
    for word in ("Կապան", "kapan", "Капан", "կապան"):
        page = console.get(url("connect"), {"q": word})
        assert page.context["found"] == 1, word
    assert console.get(url("connect"), {"q": "xyz"}).context["found"] == 0


def test_a_new_community_that_the_catalogue_does_not_know(console, queue, db):
    assert console.post(url("connect_new"), NEW)["Location"] == url("connect_host")
    assert 'value="nor-hamaynk.localhost"' in console.get(url("connect_host")).content.decode()
    console.post(url("connect_host"), {"host": "nor-hamaynk.localhost"})
    console.post(url("connect_administrator"), ADMINISTRATOR)
    assert console.post(url("connect_check"))["Location"] == url("progress", "nor-hamaynk")
    created = Community.objects.get(slug="nor-hamaynk")
    assert (created.name_hy_genitive, created.marz.code) == ("Նոր համայնքի", "09")


@pytest.mark.parametrize(
    ("screen", "data", "field"),
    [
        ("connect", {}, "code"),
        ("connect", {"code": "00000000"}, "code"),
        ("connect_new", {**NEW, "slug": "public"}, "slug"),
        ("connect_new", {**NEW, "slug": "pg_catalog"}, "slug"),
        ("connect_new", {**NEW, "slug": "Ա ույա"}, "slug"),
        ("connect_new", {**NEW, "slug": "a" * 64}, "slug"),
        ("connect_new", {**NEW, "slug": "xn--meghri"}, "slug"),
        ("connect_new", {**NEW, "slug": "meghri"}, "slug"),
        ("connect_new", {**NEW, "marz": ""}, "marz"),
        ("connect_new", {**NEW, "name_hy": " "}, "name_hy"),
        ("connect_host", {"host": "meghri.localhost"}, "host"),
        ("connect_host", {"host": "http://kapan.localhost/"}, "host"),
        ("connect_host", {"host": "admin.localhost"}, "host"),
        ("connect_host", {"host": "a" * 64 + ".localhost"}, "host"),
        ("connect_host", {"host": "kаpan.localhost"}, "host"),  # the а is Cyrillic
        ("connect_host", {"host": ""}, "host"),
        ("connect_administrator", {"admin_email": "mayor"}, "admin_email"),
        ("connect_administrator", {"admin_email": ""}, "admin_email"),
    ],
)
def test_bad_input_is_refused_with_the_field_named_before_anything_is_created(console, kapan, screen, data, field):
    before = Community.objects.count()
    console.post(url("connect"), {"code": kapan.code})
    answer = console.post(url(screen), data)
    assert answer.status_code == 422
    form = answer.context["form"]
    assert list(form.errors) == [field]
    page = answer.content.decode()
    assert f'href="#id_{field}' in page, "the summary leads to the field"
    assert f"{form.fields[field].label}: {form.errors[field][0]}" in page.replace("&quot;", '"')
    assert Community.objects.count() == before
    with register():
        assert not ProvisioningStep.objects.filter(community=kapan).exists()


def test_what_was_entered_wrong_is_still_there(console, kapan):
    console.post(url("connect"), {"code": kapan.code})
    console.post(url("connect_host"), {"host": "kapan.localhost"})
    page = console.post(url("connect_administrator"), {**ADMINISTRATOR, "admin_email": "mayor"}).content.decode()
    assert 'value="mayor"' in page and 'value="Անի"' in page


def test_going_back_loses_nothing_even_when_it_is_wrong(console, kapan):
    console.post(url("connect"), {"code": kapan.code})
    console.post(url("connect_host"), {"host": "kapan.localhost"})
    answer = console.post(url("connect_administrator"), {**ADMINISTRATOR, "admin_email": "may", "back": "1"})
    assert answer["Location"] == url("connect_host")
    assert 'value="may"' in console.get(url("connect_administrator")).content.decode()
    chosen = console.get(url("connect")).content.decode()
    assert f'value="{kapan.code}" id="id_code_' in chosen and " checked>" in chosen


def test_another_community_gets_another_host(console, kapan):
    console.post(url("connect"), {"code": kapan.code})
    console.post(url("connect_host"), {"host": "gone.localhost"})
    with register():
        sisian = Community.objects.get(slug="sisian")
    console.post(url("connect"), {"code": sisian.code})
    assert 'value="sisian.localhost"' in console.get(url("connect_host")).content.decode()


def test_a_host_taken_meanwhile_is_named_on_the_last_screen_and_leads_to_its_field(console, queue, kapan):
    fill(console, kapan)
    with register():
        sisian = Community.objects.get(slug="sisian")
        provisioning.accept(
            provisioning.Request(code=sisian.code, host="kapan.localhost", admin_email="a@sisian.example")
        )
    answer = console.post(url("connect_check"))
    assert answer.status_code == 422 and not queue.slugs
    problem = answer.context["problems"][0]
    assert problem["url"] == url("connect_host") + "?check" and "kapan.localhost" in problem["message"]
    assert list(console.get(problem["url"]).context["form"].errors) == ["host"]


def test_a_step_cannot_be_skipped(console):
    for screen in ("connect_host", "connect_administrator", "connect_check"):
        assert console.get(url(screen))["Location"] == url("connect")


def test_a_failed_step_shows_its_reason_and_can_be_tried_again(console, queue, kapan, monkeypatch):
    broken = True
    real = provisioning._steps["invitation"]

    def fails(community, report):
        if broken:
            raise OSError("the disk is full")
        real.run(community, report)

    monkeypatch.setitem(
        provisioning._steps,
        "invitation",
        provisioning.Step(real.name, real.order, fails, real.label, real.in_tenant),
    )
    fill(console, kapan)
    console.post(url("connect_check"))
    queue.work()

    state = console.get(url("progress_json", "kapan")).json()
    assert state["state"] == "failed" and not state["active"]
    assert "the disk is full" in state["html"] and url("retry", "kapan") in state["html"]
    with register():
        assert Community.objects.get(slug="kapan").status == Community.Status.PROVISIONING

    broken = False
    assert console.post(url("retry", "kapan"))["Location"] == url("progress", "kapan")
    queue.work()
    assert console.get(url("progress_json", "kapan")).json()["state"] == "done"


def test_a_connection_that_was_never_opened_can_be_undone(console, queue, kapan):
    fill(console, kapan)
    console.post(url("connect_check"))
    assert console.get(url("undo", "kapan")).status_code == 200
    assert console.post(url("undo", "kapan"))["Location"] == url("communities")
    with register():
        kapan.refresh_from_db()
        assert kapan.status == Community.Status.DRAFT and not kapan.domains.exists()
        assert not Onboarding.objects.filter(community=kapan).exists()
    queue.work()
    with register():
        assert Community.objects.get(slug="kapan").status == Community.Status.DRAFT, "the late message does nothing"


def test_an_undone_new_community_is_gone_from_the_register(console, queue):
    console.post(url("connect_new"), NEW)
    console.post(url("connect_host"), {"host": "nor-hamaynk.localhost"})
    console.post(url("connect_administrator"), ADMINISTRATOR)
    console.post(url("connect_check"))
    console.post(url("undo", "nor-hamaynk"))
    assert not Community.objects.filter(slug="nor-hamaynk").exists()


def test_an_open_community_cannot_be_undone(console, goris):
    console.post(url("undo", "goris"))
    with register():
        goris.refresh_from_db()
    assert goris.status == Community.Status.ACTIVE


def test_a_broker_that_is_down_loses_nothing(console, kapan, monkeypatch):
    from kombu.exceptions import OperationalError

    from console import tasks

    def down(slug):
        raise OperationalError("connection refused")

    monkeypatch.setattr(tasks.connect_community, "delay", down)
    fill(console, kapan)
    assert console.post(url("connect_check"))["Location"] == url("progress", "kapan")
    assert console.get(url("progress_json", "kapan")).json()["state"] == "waiting"


def test_when_nothing_moves_for_a_minute_it_can_be_handed_over_again(console, queue, kapan, time_machine_minutes):
    fill(console, kapan)
    console.post(url("connect_check"))
    assert url("retry", "kapan") not in console.get(url("progress_json", "kapan")).json()["html"]
    time_machine_minutes(2)
    assert url("retry", "kapan") in console.get(url("progress_json", "kapan")).json()["html"]


@pytest.fixture
def time_machine_minutes(monkeypatch):
    """Let the console's clock go on by so many minutes."""
    from datetime import timedelta

    from django.utils import timezone

    from console import selectors

    def forward(minutes: int) -> None:
        class Clock:
            @staticmethod
            def now():
                return timezone.now() + timedelta(minutes=minutes)

        monkeypatch.setattr(selectors, "timezone", Clock)

    return forward
