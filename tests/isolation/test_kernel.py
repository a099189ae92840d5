"""Each wall between tenants, with a positive control: the same act inside one's own house works.

Removing KEY_FUNCTION, SET ROLE or a salt makes tests of this folder fail; `tests/isolation/test_walls_matter.py` does
exactly that and expects the failure.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Thread

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core import signing as django_signing
from django.core.cache import caches
from django.core.checks import run_checks
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.signing import get_cookie_signer
from django.db import ProgrammingError, connection, transaction
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from tenants import hosts, signing
from tenants.background import TenantThreadPool
from tenants.context import current_schema, register, tenant
from tenants.models import Community
from tenants.names import role_name
from tenants.selftest import ForeignSchema, refuse_foreign_schemas
from tenants.storage import private_storage
from tests.isolation.house import furnish
from tests.isolation.walls import (
    cache_entry_crosses,
    cookie_signature_crosses,
    raw_sql_crosses,
    session_row_crosses,
    token_crosses,
)


def denied(statement: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except ProgrammingError as error:
        return "permission denied" in str(error)
    return False


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM {}.accounts_user",
        "INSERT INTO {}.wagtailcore_collection (path, depth, numchild, name) VALUES ('x', 1, 0, 'x')",
        "UPDATE {}.wagtailcore_page SET title = 'x'",
        "DELETE FROM {}.cases_case",
        "SELECT nextval('{}.accounts_user_id_seq')",
        "CREATE TABLE {}.stray (id integer)",
        "DROP TABLE {}.accounts_user",
        "TRUNCATE {}.accounts_user CASCADE",
        "COPY {}.accounts_user TO STDOUT",
    ],
)
def test_raw_sql_of_a_is_denied_on_b(meghri, goris, statement):
    with tenant(meghri):
        assert denied(statement.format("t_goris"))


def test_raw_sql_of_a_works_at_home(meghri):
    with tenant(meghri), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM t_meghri.accounts_user")
        cursor.execute("SELECT current_user")
        assert cursor.fetchone()[0] == role_name("t_meghri")
    assert raw_sql_crosses(meghri, "t_meghri")


def test_the_wall_of_roles_stands(meghri, goris):
    assert not raw_sql_crosses(meghri, goris.schema_name)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE public.stray (id integer)",
        "CREATE SCHEMA stray",
        "CREATE ROLE stray",
        "SELECT * FROM public.tenants_onboarding",
        "UPDATE public.tenants_community SET status = 'active'",
        "INSERT INTO public.tenants_domain (domain, tenant_id, is_primary) VALUES ('x', 1, false)",
        "DELETE FROM public.exchange_outbox",
        "UPDATE django_migrations SET name = 'x'",
        "CREATE TABLE t_meghri.stray (id integer)",
        "ALTER TABLE t_meghri.accounts_user DISABLE TRIGGER ALL",
    ],
)
def test_a_tenant_cannot_change_the_register_nor_its_own_structure(meghri, statement):
    with tenant(meghri), pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_application_is_no_superuser_and_bypasses_nothing(db):
    with register(), connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False, False)


def test_the_role_follows_the_tenant_through_a_rollback(meghri, goris):
    """A SET is undone by the rollback of its transaction; the next statement must set it again."""
    with tenant(meghri):
        try:
            with transaction.atomic(), tenant(goris), connection.cursor() as cursor:
                cursor.execute("SELECT 1")
                raise RuntimeError
        except RuntimeError:
            pass
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user, current_setting('search_path')")
            assert cursor.fetchone() == (role_name("t_meghri"), "t_meghri, public")


def test_path_and_role_are_set_once_and_together(meghri):
    with tenant(meghri), CaptureQueriesContext(connection) as queries:
        list(ContentType.objects.all())
        list(ContentType.objects.all())
    sets = [query["sql"] for query in queries if "SET " in query["sql"]]
    assert len(sets) == 1 and "search_path" in sets[0] and "ROLE" in sets[0]


@pytest.mark.parametrize("alias", sorted(settings.CACHES))
def test_a_cache_entry_of_a_is_not_seen_by_b(meghri, goris, alias):
    with tenant(meghri):
        caches[alias].set("home", "of Meghri")
        assert caches[alias].get("home") == "of Meghri"
    assert not cache_entry_crosses(meghri, goris, alias)


def test_a_cache_without_the_tenant_in_its_keys_is_refused():
    with override_settings(CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}):
        assert "tenants.E001" in {message.id for message in run_checks()}
    assert "tenants.E001" not in {message.id for message in run_checks()}


def test_no_table_of_a_tenant_can_fall_through_to_the_register(db):
    assert "tenants.E002" not in {message.id for message in run_checks()}
    with register(), connection.cursor() as cursor:
        cursor.execute(
            """SELECT p.tablename FROM pg_tables p JOIN pg_tables t USING (tablename)
               WHERE p.schemaname = 'public' AND t.schemaname = 't_meghri' AND tablename <> 'django_migrations'"""
        )
        assert cursor.fetchall() == []


def test_content_type_ids_are_equal_everywhere(meghri, goris):
    """Their cache is one for the process, so an id that differs would be the wrong model."""
    rows = []
    for community in (meghri, goris):
        with tenant(community):
            rows.append(set(ContentType.objects.values_list("id", "app_label", "model")))
    assert rows[0] == rows[1] and rows[0]


def test_a_thread_works_for_whoever_started_it(real_commits):
    with register():
        meghri = Community.objects.get(slug="meghri")
    with tenant(meghri), TenantThreadPool(1) as pool:
        assert pool.submit(current_schema).result() == "t_meghri"
    with ThreadPoolExecutor(1) as plain:
        assert plain.submit(current_schema).result() == "public"


def test_a_plain_thread_starts_in_the_register_and_finds_no_table(real_commits):
    found = []

    def look() -> None:
        from accounts.models import User

        try:
            User.objects.count()
        except ProgrammingError as error:
            found.append(str(error))
        finally:
            connection.close()

    thread = Thread(target=look)
    thread.start()
    thread.join()
    assert len(found) == 1 and "does not exist" in found[0]


def test_a_task_carries_its_tenant(meghri):
    from tenant_schemas_celery.task import headers_with_schema

    with tenant(meghri):
        assert headers_with_schema({})["_schema_name"] == "t_meghri"
    assert headers_with_schema({})["_schema_name"] == "public"


def test_wagtails_background_tasks_leave_with_their_tenant(meghri, monkeypatch, django_capture_on_commit_callbacks):
    from wagtail.tasks import update_reference_index_task

    from tenants import background

    sent = []
    monkeypatch.setattr(
        background.run_django_task, "apply_async", lambda **message: sent.append((current_schema(), message["args"]))
    )
    with tenant(meghri), django_capture_on_commit_callbacks(execute=True):
        update_reference_index_task.enqueue("cms", "homepage", "1")
    assert sent == [("t_meghri", ["wagtail.tasks.update_reference_index_task", ["cms", "homepage", "1"], {}])]


def test_signatures_are_worth_nothing_next_door(meghri, goris):
    with tenant(meghri):
        token = signing.dumps({"case": 1}, salt="a test")
        assert signing.loads(token, salt="a test") == {"case": 1}
    assert not token_crosses(meghri, goris)
    assert not cookie_signature_crosses(meghri, goris)
    with tenant(meghri):
        cookie = get_cookie_signer(salt="x").sign("1")
        assert get_cookie_signer(salt="x").unsign(cookie) == "1"
    with tenant(goris), pytest.raises(django_signing.BadSignature):
        get_cookie_signer(salt="x").unsign(cookie)


def test_a_session_of_a_is_no_session_of_b(meghri, goris, staff_of, signed_in, client_for):
    user = staff_of(meghri, superuser=True)
    at_home = signed_in(meghri, user)
    assert at_home.get("/admin/").status_code == 200
    guest = client_for(goris)
    guest.cookies = at_home.cookies
    assert guest.get("/admin/").status_code == 302


def test_a_session_row_copied_to_b_opens_nothing(meghri, goris, staff_of, signed_in):
    assert not session_row_crosses(meghri, goris, staff_of, signed_in)


def test_invitations_and_password_resets_of_a_are_refused_by_b(meghri, goris, staff_of):
    from accounts.models import invitation_tokens, password_reset_tokens

    for generator in (invitation_tokens, password_reset_tokens):
        user = staff_of(meghri, f"{generator.purpose}@meghri.example")
        with tenant(meghri):
            token = generator.make_token(user)
            assert generator.check_token(user, token)
        with tenant(goris):
            assert not generator.check_token(user, token)


def test_files_of_a_are_under_its_own_prefix(meghri, goris):
    for storage in (default_storage, private_storage):
        with tenant(meghri):
            name = storage.save("report.txt", ContentFile(b"of Meghri"))
            assert storage.exists(name) and "/t_meghri/" in storage.path(name)
        with tenant(goris):
            assert not storage.exists(name)
            with pytest.raises(SuspiciousFileOperation):
                storage.open(f"../t_meghri/{name}")
    with register(), pytest.raises(SuspiciousFileOperation):
        default_storage.exists("report.txt")


@pytest.mark.parametrize(
    "path", ["/media/{}", "/media/../t_meghri/{}", "/media/%2e%2e/t_meghri/{}", "/media/t_meghri/{}"]
)
def test_media_of_a_is_not_given_out_by_b(meghri, goris, client_for, path):
    # A picture of a published page: those of drafts are given to nobody.
    name = furnish(meghri).things.rendition.file.name
    own = client_for(meghri).get(f"/media/{name}")
    assert own.status_code == 200 and b"WEBP" in b"".join(own)
    answer = client_for(goris).get(path.format(name))
    assert answer.status_code == 404


def test_the_site_of_each_tenant_is_its_own_host(meghri, goris):
    from wagtail.models import Site

    for community in (meghri, goris):
        with tenant(community):
            site = Site.objects.get(is_default_site=True)
            assert site.hostname == f"{community.slug}.localhost"
            assert site.root_page.full_url.startswith(hosts.address(f"{community.slug}.localhost") + "/")


def test_the_server_refuses_a_connection_that_forgets_its_settings(db, monkeypatch):
    """As behind a pooler in transaction mode: the next statement lands in another session."""
    refuse_foreign_schemas()
    from django.db.backends.utils import CursorWrapper

    original = CursorWrapper.execute

    def forgetful(self, sql, params=None):
        if isinstance(sql, str) and "current_setting('search_path')" in sql:
            original(self, "SELECT set_config('search_path', 't_somebody_else', false)")
        return original(self, sql, params)

    monkeypatch.setattr(CursorWrapper, "execute", forgetful)
    with pytest.raises(ForeignSchema):
        refuse_foreign_schemas()
