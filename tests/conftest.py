"""What every test may use: two connected communities, the ministry, and clients that speak to their hosts."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.utils import translation

from tenants import hosts
from tenants.context import register, tenant
from tenants.models import Community
from tests import database


@pytest.fixture(scope="session")
def master_database(django_db_blocker) -> str:
    with django_db_blocker.unblock():
        return database.ensure_master()


@pytest.fixture(scope="session")
def django_db_setup(master_database: str, django_db_blocker) -> Iterator[None]:
    """In place of pytest-django's: a clone of the master instead of 250 migrations."""
    shutil.rmtree(settings.VAR_DIR, ignore_errors=True)
    Path(settings.STATIC_ROOT).mkdir(parents=True)
    with django_db_blocker.unblock():
        name = database.clone(master_database)
    yield
    with django_db_blocker.unblock():
        database.drop(name)


@pytest.fixture
def real_commits(master_database: str, django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """For tests with threads or other processes: what they commit is really there, and gone after the test."""
    with django_db_blocker.unblock():
        connection.set_schema_to_public()
        yield
        connection.set_schema_to_public()
        database.clone(master_database)
    hosts.forget()


@pytest.fixture(autouse=True)
def clean_process() -> Iterator[None]:
    """No test finds the caches, the language or the tenant of another."""
    from cms import chrome, look
    from cms.page_cache import pages

    chrome.forget()
    look.forget()
    hosts._known.clear()
    pages.clear()
    for alias in settings.CACHES:
        caches[alias].clear()
    connection.operator_depth = 0
    connection.set_schema_to_public()
    with translation.override(settings.LANGUAGE_CODE):
        yield
    connection.operator_depth = 0
    connection.set_schema_to_public()


def _community(slug: str) -> Community:
    with register():
        return Community.objects.select_related("marz").get(slug=slug)


@pytest.fixture
def meghri(db: None) -> Community:
    return _community("meghri")


@pytest.fixture
def goris(db: None) -> Community:
    return _community("goris")


@pytest.fixture
def ministry(db: None) -> Community:
    return _community("ministry")


@pytest.fixture
def as_tenant() -> Iterator[Callable[[Community], Community]]:
    """Enter a community for the rest of the test: `as_tenant(meghri)`."""
    entered = []

    def enter(community: Community) -> Community:
        context = tenant(community)
        context.__enter__()
        entered.append(context)
        return community

    yield enter
    for context in reversed(entered):
        context.__exit__(None, None, None)


class VisitorClient(Client):
    """The server forgets the tenant after each request; the test that asked keeps its own."""

    def request(self, **request):
        before, depth = connection.tenant, connection.operator_depth
        try:
            return super().request(**request)
        finally:
            connection.operator_depth = depth
            connection.set_tenant(before)


@pytest.fixture
def client_for() -> Callable[..., Client]:
    """A test client that speaks to a community's host: `client_for(meghri).get("/")`."""

    def make(community: Community, **options: object) -> Client:
        with register():
            host = community.domains.get(is_primary=True).domain
        return VisitorClient(SERVER_NAME=host, **options)

    return make


@pytest.fixture
def staff_of() -> Callable[..., object]:
    """A member of staff of a community: `staff_of(meghri, superuser=True)` or `staff_of(meghri, groups=[...])`."""

    def make(community: Community, email: str = "", *, superuser: bool = False, groups: list[str] | None = None):
        from django.contrib.auth.models import Group

        from accounts.models import User

        with tenant(community):
            user = User.objects.create_staff(
                email or f"staff{User.objects.count()}@{community.slug}.example",
                "correct horse battery staple",
                is_staff=True,
                is_superuser=superuser,
                first_name="Անահիտ",
                last_name="Օրինակյան",
            )
            for name in groups or []:
                user.groups.add(Group.objects.get(name=name))
        return user

    return make


@pytest.fixture
def signed_in(client_for) -> Callable[..., Client]:
    """A client signed in as this member of staff: `signed_in(meghri, user)`."""

    def make(community: Community, user: object) -> Client:
        client = client_for(community)
        with tenant(community):
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return make
