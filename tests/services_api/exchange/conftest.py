"""An empty outbox and an empty mailbox for every test of the exchange."""

from __future__ import annotations

import pytest

from services_api.exchange import services
from services_api.exchange.models import Outbox
from tenants.context import register, tenant
from tests.services_api.cases.conftest import answers_for


@pytest.fixture(autouse=True)
def folder(settings, tmp_path, db):
    """Connecting the communities has left invitations in the outbox; they are not the matter here."""
    with register():
        Outbox.objects.all().delete()
    settings.EMAIL_BACKEND = "services_api.exchange.mail.FolderEmailBackend"
    settings.MAIL_FOLDER = tmp_path
    services._broker_rests_until = 0.0
    return tmp_path


@pytest.fixture
def submitted(meghri):
    """An application whose letter waits."""
    from services_api.cases.services import submit
    from services_api.procedures.public import published_version

    with tenant(meghri):
        return submit(published_version("application-to-head"), answers_for(meghri), key="a", language="ru")


def rows(schema: str) -> list[Outbox]:
    """All rows of a tenant, in the order of writing."""
    with register():
        return list(Outbox.objects.filter(schema=schema).order_by("pk"))
