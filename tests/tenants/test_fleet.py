"""The fleet: who is behind, and the upgrade that isolates failures and resumes."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest
from django.db import connection, migrations, models, transaction
from django.db.migrations import Migration

from tenants import fleet, template
from tenants.context import operator, register, tenant
from tenants.models import Community, FleetUpgrade


@pytest.fixture
def new_migration(real_commits, monkeypatch):
    """A migration that the code has and no schema has: `new_migration(operations)`."""

    def add(operations: list, *, atomic: bool = True) -> None:
        loader = fleet._loader()
        leaf = next(key for key in loader.graph.leaf_nodes("taggit"))
        name = "9999_new_column"
        body = {"dependencies": [leaf], "operations": operations, "atomic": atomic}
        module = ModuleType(f"taggit.migrations.{name}")
        module.Migration = type("Migration", (Migration,), body)
        monkeypatch.setitem(sys.modules, module.__name__, module)
        import taggit.migrations
        from django.db.migrations import loader as loader_module

        original = loader_module.MigrationLoader.load_disk

        def load_disk(self):
            original(self)
            self.disk_migrations["taggit", name] = module.Migration(name, "taggit")

        assert taggit.migrations
        monkeypatch.setattr(loader_module.MigrationLoader, "load_disk", load_disk)
        # The template is not what these tests are about, and rebuilding it takes 20 s.
        monkeypatch.setattr(template, "ensure", lambda report=print: None)
        fleet.forget_code()

    yield add
    fleet.forget_code()


def add_column(name: str = "weight") -> migrations.AddField:
    return migrations.AddField("tag", name, models.IntegerField(default=0, db_default=0))


def columns(schema: str) -> set[str]:
    with operator(schema), connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_schema = %s AND table_name = 'taggit_tag'",
            [schema],
        )
        return {row[0] for row in cursor.fetchall()}


def states() -> dict[str, str]:
    return {row.slug: row.state for row in fleet.status()}


def test_all_are_current_after_provisioning(db):
    assert states() == {"meghri": "current", "goris": "current", "ministry": "current"}


def test_the_state_of_all_is_asked_in_a_handful_of_queries(db, django_assert_max_num_queries):
    fleet.status()
    with django_assert_max_num_queries(9):
        fleet.status()


def test_one_new_column_is_replayed_everywhere(new_migration):
    new_migration([add_column()])
    assert set(states().values()) == {"behind"}
    report = fleet.upgrade(threads=2, canary="goris")
    assert report.outcomes[0].slug == "goris"
    assert {outcome.method for outcome in report.outcomes} == {"replay"} and not report.failed
    assert all("weight" in columns(schema) for schema in ("t_meghri", "t_goris", "t_ministry"))
    assert set(states().values()) == {"current"}


def test_called_again_it_touches_nobody(new_migration):
    new_migration([add_column()])
    fleet.upgrade()
    again = fleet.upgrade()
    assert again.outcomes == [] and again.untouched == 3


def test_a_failure_stops_nobody_else_and_says_why(new_migration):
    new_migration([add_column()])
    with operator("t_meghri"), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE taggit_tag ADD COLUMN weight integer")
    report = fleet.upgrade(canary="goris")
    assert [outcome.slug for outcome in report.failed] == ["meghri"]
    assert "already exists" in report.failed[0].message
    assert states() == {"meghri": "behind", "goris": "current", "ministry": "current"}
    assert "already exists" in next(row.message for row in fleet.status() if row.slug == "meghri")
    with operator("t_meghri"), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE taggit_tag DROP COLUMN weight")
    assert not fleet.upgrade().failed
    assert states()["meghri"] == "current"
    with register():
        assert not FleetUpgrade.objects.exists()


def test_a_failed_canary_spares_its_group(new_migration):
    new_migration([add_column()])
    with operator("t_goris"), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE taggit_tag ADD COLUMN weight integer")
    report = fleet.upgrade(canary="goris")
    assert report.stopped_at_canary and len(report.outcomes) == 1
    assert "weight" not in columns("t_meghri")


def test_python_in_a_migration_falls_back_to_the_executor(new_migration):
    seen = []

    def note(apps, editor) -> None:
        seen.append(connection.schema_name)

    new_migration([add_column(), migrations.RunPython(note, migrations.RunPython.noop)])
    report = fleet.upgrade(threads=1)
    assert {outcome.method for outcome in report.outcomes} == {"executor"} and not report.failed, report.failed
    assert sorted(seen) == ["t_goris", "t_meghri", "t_ministry"]


def test_selectors_choose_by_glob_code_and_province(meghri, goris):
    assert {community.slug for community in fleet.select(["me*"])} == {"meghri"}
    assert {community.slug for community in fleet.select(["09003000"])} == {"goris"}
    assert {community.slug for community in fleet.select(marz="syunik")} == {"meghri", "goris"}
    assert fleet.select(["kapan"]) == []


def test_a_locked_table_is_given_up_and_the_others_go_on(new_migration, monkeypatch):
    monkeypatch.setattr(fleet, "LOCK_TIMEOUT", "100ms")
    new_migration([add_column()])
    with register():
        meghri = Community.objects.get(slug="meghri")
    import psycopg

    values = connection.settings_dict
    other = psycopg.connect(
        dbname=values["NAME"],
        host=values["HOST"],
        port=values["PORT"],
        user=values["USER"],
        password=values["PASSWORD"],
    )
    other.execute(f'LOCK TABLE "{meghri.schema_name}".taggit_tag')
    report = fleet.upgrade(canary="goris")
    other.close()
    assert [outcome.slug for outcome in report.failed] == ["meghri"]
    assert "lock timeout" in report.failed[0].message


def test_new_models_are_known_by_their_names_where_ids_are_taken(meghri):
    """A schema that was upgraded step by step has given the template's ids to something else."""

    def replay() -> None:
        with register(), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f'SET LOCAL search_path = "{meghri.schema_name}", public')
            cursor.execute(";\n".join(fleet._new_models_sql(meghri.schema_name)))
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET LOCAL search_path = public")

    def rights() -> list[tuple[str, str, str]]:
        with operator(meghri.schema_name), connection.cursor() as cursor:
            cursor.execute(
                """SELECT c.app_label, c.model, p.codename FROM auth_permission p
                   JOIN django_content_type c ON c.id = p.content_type_id ORDER BY 1, 2, 3"""
            )
            return cursor.fetchall()

    before = rights()
    with operator(meghri.schema_name), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM django_content_type WHERE (app_label, model) = ('taggit', 'tag')")
        taken = cursor.fetchone()[0]
        cursor.execute("DELETE FROM auth_group_permissions WHERE permission_id IN "
                       "(SELECT id FROM auth_permission WHERE content_type_id = %s)", [taken])  # fmt: skip
        cursor.execute("DELETE FROM auth_permission WHERE content_type_id = %s RETURNING id", [taken])
        permission = cursor.fetchone()[0]
        cursor.execute("UPDATE django_content_type SET app_label = 'older', model = 'thing' WHERE id = %s", [taken])
        cursor.execute(
            "INSERT INTO auth_permission (id, name, content_type_id, codename) OVERRIDING SYSTEM VALUE "
            "VALUES (%s, 'Older', %s, 'add_thing')",
            [permission, taken],
        )
    replay()
    added = rights()
    assert set(before) <= set(added) and ("older", "thing", "add_thing") in added
    replay()
    assert rights() == added


def test_groups_of_a_release_come_with_the_upgrade_and_those_that_are_there_stay_as_they_are(meghri):
    """«Գործավարներ» came with a permission of its own: nobody has to make it by hand in 71 communities."""
    from django.contrib.auth.models import Group, Permission

    def rights(name: str) -> set[str]:
        return set(Permission.objects.filter(group__name=name).values_list("codename", flat=True))

    registry, officers = "Գործավարներ", "Դիմումների պատասխանատուներ"
    with tenant(meghri):
        before = rights(registry)
        assert "see_all_cases" in before
        Group.objects.get(name=registry).delete()
        Group.objects.get(name=officers).permissions.clear()
    for _time in range(2):
        with register(), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f'SET LOCAL search_path = "{meghri.schema_name}", public')
            cursor.execute(";\n".join(fleet._new_models_sql(meghri.schema_name)))
            cursor.execute("SET LOCAL search_path = public")
        with tenant(meghri):
            assert rights(registry) == before and rights(officers) == set()
