"""Many at once, with real commits: nothing doubled, nothing lost, no gap."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from services_api.cases.actors import staff
from services_api.cases.errors import Conflict, TransitionRefused
from services_api.cases.models import Case, SubmissionKey
from services_api.cases.services import submit, transition
from services_api.exchange import mail
from services_api.exchange.models import Outbox
from services_api.exchange.relay import relay
from services_api.procedures.public import published_version
from tenants.context import register, tenant
from tenants.models import Community
from tests.services_api.cases.conftest import answers_for

pytestmark = pytest.mark.slow


@pytest.fixture
def town(real_commits, settings, tmp_path) -> Iterator[Community]:
    settings.EMAIL_BACKEND = "services_api.exchange.mail.FolderEmailBackend"
    settings.MAIL_FOLDER = tmp_path
    with register():
        Outbox.objects.all().delete()
        community = Community.objects.get(slug="meghri")
    with tenant(community):
        yield community


def at_once(community: Community, calls: list[Callable[[], Any]]) -> list[Any]:
    """Each call in a thread of its own, in the community."""

    def run(call: Callable[[], Any]) -> Any:
        try:
            with tenant(community):
                return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_one_key_sent_eight_times_at_once_is_one_case(town):
    version, answers = published_version("application-to-head"), answers_for(town)
    done = at_once(town, [lambda: submit(version, answers, key="same")] * 8)
    assert len({each.case.pk for each in done}) == len({each.code for each in done}) == 1
    assert [each.created for each in done].count(True) == 1
    assert Case.objects.count() == SubmissionKey.objects.count() == 1
    assert done[0].case.number.endswith("/1")


def test_eight_applications_at_once_have_eight_numbers_in_a_row(town):
    version, answers = published_version("application-to-head"), answers_for(town)
    done = at_once(town, [lambda key=str(n): submit(version, answers, key=key) for n in range(8)])
    assert sorted(int(each.case.number.rpartition("/")[2]) for each in done) == list(range(1, 9))


def test_two_officers_take_the_same_step_and_one_is_told(town, staff_of):
    case = submit(published_version("application-to-head"), answers_for(town), key="a").case
    actor = staff(staff_of(town, groups=["Դիմումների պատասխանատուներ"]))

    def register_it() -> str:
        try:
            transition(case.uuid, "register", actor=actor, expected_version=1)
        except (Conflict, TransitionRefused) as error:
            return type(error).__name__
        return "done"

    assert sorted(at_once(town, [register_it] * 4)) == ["Conflict"] * 3 + ["done"]
    assert case.events.count() == 2


def test_four_relays_at_once_send_each_letter_once(town):
    version = published_version("application-to-head")
    for n in range(12):
        submit(version, answers_for(town), key=str(n))
    done = at_once(town, [lambda: relay(town.schema_name)] * 4)
    assert sum(each.sent for each in done) == 12
    assert len(mail.letters()) == 12
    with register():
        assert not Outbox.objects.exclude(state="sent", attempts=1).exists()
