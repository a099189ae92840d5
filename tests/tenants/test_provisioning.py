"""Connecting a community: resumable at every step, invisible until it is complete."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from tenants import archive, hosts, provisioning, template
from tenants.context import register, tenant
from tenants.locks import advisory_lock
from tenants.models import Community, Domain, ProvisioningStep

KAPAN = provisioning.Request(code="09001000", admin_email="admin@kapan.example", requested_by="a test")


def status_of(slug: str) -> str:
    with register():
        return Community.objects.get(slug=slug).status


def test_all_communities_are_in_the_catalogue_from_the_first_start(db):
    with register():
        assert Community.objects.municipalities().count() == 71
        assert Community.objects.get(slug="meghri").settlements.count() == 15
        assert not Community.objects.filter(name_hy_genitive="").exists()
        assert Community.objects.get(slug="meghri").genitive == "Մեղրու"


def test_a_connected_community_answers_on_its_host(meghri, client_for):
    assert client_for(meghri).get("/").status_code == 200
    assert all(finding.ok for finding in archive.verify(meghri)), archive.verify(meghri)


def test_killed_at_any_step_it_resumes_there(real_commits, client_for, monkeypatch):
    """Each step is broken in turn; the host stays invisible, the reason is kept, and the next run completes."""
    community = provisioning.accept(KAPAN)
    names = [step.name for step in provisioning.steps()]
    for broken in names:
        original = provisioning._steps[broken]

        def fail(community, report, name=broken):
            raise RuntimeError(f"the plug was pulled at {name}")

        monkeypatch.setitem(
            provisioning._steps,
            broken,
            provisioning.Step(original.name, original.order, fail, original.label, original.in_tenant),
        )
        with pytest.raises(provisioning.ProvisioningFailed) as failed:
            provisioning.run(community)
        monkeypatch.setitem(provisioning._steps, broken, original)
        assert failed.value.step == broken
        with register():
            record = ProvisioningStep.objects.get(community=community, name=broken)
        assert record.state == ProvisioningStep.State.FAILED and "the plug was pulled" in record.message
        assert client_for(community).get("/").status_code == 404
    provisioning.run(community)
    with register():
        attempts = dict(ProvisioningStep.objects.filter(community=community).values_list("name", "attempts"))
    assert attempts == dict.fromkeys(names, 2), "each step ran once broken and once well"
    assert client_for(community).get("/").status_code == 200


def test_two_processes_do_not_connect_the_same_community_at_once(real_commits):
    community = provisioning.accept(KAPAN)
    from threading import Thread

    from django.db import connection

    outcome = []

    def second() -> None:
        try:
            provisioning.run(community)
        except provisioning.AlreadyRunning as error:
            outcome.append(error)
        finally:
            connection.close()

    with advisory_lock(community.schema_name):
        thread = Thread(target=second)
        thread.start()
        thread.join()
    assert len(outcome) == 1


def test_an_unfinished_connection_can_be_undone(real_commits):
    community = provisioning.accept(KAPAN)
    provisioning.create_schema(community, print)
    provisioning.discard(community)
    assert not template.schema_exists("t_kapan")
    assert status_of("kapan") == "draft"
    with register():
        assert not Domain.objects.filter(tenant=community).exists()


def test_a_live_community_cannot_be_undone(meghri):
    with pytest.raises(ValidationError):
        provisioning.discard(meghri)


def test_suspended_is_away_with_a_reason_and_staff_may_work(meghri, client_for):
    provisioning.suspend(meghri, "Տեխնիկական աշխատանքներ")
    hosts._known.clear()
    answer = client_for(meghri).get("/")
    assert answer.status_code == 503 and "Տեխնիկական աշխատանքներ" in answer.content.decode()
    assert client_for(meghri).get("/admin/login/").status_code == 200
    provisioning.resume(meghri)
    assert client_for(meghri).get("/").status_code == 200


def test_archived_is_gone_for_everybody(meghri, client_for):
    provisioning.archive(meghri, "Միավորվել է")
    assert client_for(meghri).get("/").status_code == 410
    assert client_for(meghri).get("/admin/login/").status_code == 410


def test_an_alias_leads_to_the_primary_host(meghri, client):
    with register():
        Domain.objects.create(domain="www.meghri.am", tenant=meghri, is_primary=False, kind=Domain.Kind.ALIAS)
    hosts.forget()
    answer = client.get("/hy/?q=1", SERVER_NAME="www.meghri.am")
    assert answer.status_code == 301
    assert answer["Location"] == hosts.address("meghri.localhost") + "/hy/?q=1"


def test_an_own_domain_is_not_served_before_it_is_proved(meghri, client):
    with register():
        domain = Domain.objects.create(domain="meghri.am", tenant=meghri, is_primary=False, kind=Domain.Kind.OWN)
    hosts.forget()
    assert client.get("/", SERVER_NAME="meghri.am").status_code == 404
    with register():
        from django.utils import timezone

        Domain.objects.filter(pk=domain.pk).update(verified_at=timezone.now())
    hosts.forget()
    assert client.get("/", SERVER_NAME="meghri.am").status_code == 301


@pytest.mark.parametrize("host", ["unknown.localhost", "10.0.0.1", "localhost.evil.example", "a" * 70 + ".localhost"])
def test_an_unknown_host_gets_a_404_that_tells_nothing(db, client, host):
    answer = client.get("/", SERVER_NAME=host)
    assert answer.status_code == 404
    assert answer.content == b"404\n"
    assert "Set-Cookie" not in answer and "Content-Language" not in answer


def test_the_template_holds_no_person(db):
    from tenants.context import operator

    hashes = archive.row_hashes("template_tenant")
    empty = archive.row_hashes("t_meghri")["django_session"]
    assert all(hashes[table] == empty for table in template.MUST_BE_EMPTY)
    with operator("template_tenant"):
        from accounts.models import User

        assert not User.objects.exists()


def test_a_template_with_a_user_is_not_sealed(real_commits):
    from accounts.models import User
    from tenants.context import operator

    with operator("template_tenant"):
        User.objects.create_staff("stray@example.am")
        with pytest.raises(template.TemplateNotSealed):
            template._seal()


def test_roles_lost_in_a_restore_are_noticed_and_made_anew(real_commits):
    from django.core.management import CommandError, call_command
    from django.db import connection

    from tenants import roles

    with register():
        community = Community.objects.get(slug="goris")
        Community.objects.filter(pk=community.pk).update(schema_name="t_elsewhere")
        assert roles.missing_roles() == ["goris"]
        with pytest.raises(CommandError, match="tenant grant"):
            call_command("prepare")
        Community.objects.filter(pk=community.pk).update(schema_name="t_goris")
        with connection.cursor() as cursor:
            cursor.execute("REVOKE USAGE ON SCHEMA t_goris FROM hamaynk_t_goris")
    call_command("tenant", "grant", "goris")
    assert not roles.missing_roles()
    assert all(finding.ok for finding in archive.verify(community))
    with tenant(community):
        assert community.name()


def test_the_ministry_sees_when_somebody_last_did_something(meghri, client_for, staff_of):
    from tenants import activity

    activity._noted.clear()
    assert meghri.last_activity_at is None
    client_for(meghri).get("/")
    meghri.refresh_from_db()
    assert meghri.last_activity_at is None, "reading is no activity of the community"
    staff_of(meghri, "someone@meghri.example")
    client_for(meghri).post(
        "/admin/login/", {"username": "someone@meghri.example", "password": "correct horse battery staple"}
    )
    meghri.refresh_from_db()
    assert meghri.last_activity_at is not None
