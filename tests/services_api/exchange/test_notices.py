"""Officers are told in the workplace; each says how else."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from services_api.cases.announcements import announce
from services_api.cases.models import Case
from services_api.cases.public import Announcement
from services_api.exchange.notices import daily, services
from services_api.exchange.notices.models import Notice, Wish
from services_api.exchange.relay import relay
from tenants.context import tenant
from tests.services_api.exchange.conftest import rows

OFFICERS = "Դիմումների պատասխանատուներ"
LIST = "/admin/notices/"


@pytest.fixture(autouse=True)
def mailbox(settings, folder):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def officer(meghri, staff_of):
    return staff_of(meghri, "officer@notices.example", groups=[OFFICERS])


@pytest.fixture
def theirs(meghri, submitted, officer):
    """The case is the officer's."""
    with tenant(meghri):
        Case.objects.update(assignee=officer)
    return submitted.case


def tell(community, case, message="assigned", sequence=1, **more):
    with tenant(community):
        announce(Announcement(message, case.uuid, sequence, **more))


def test_the_officer_sees_what_is_new_opens_it_and_it_is_read(meghri, officer, theirs, signed_in):
    for _twice in range(2):
        tell(meghri, theirs)
    tell(meghri, theirs, "received", 2)
    client = signed_in(meghri, officer)
    page = client.get(LIST).content.decode()
    assert page.count("is-new") == 1 and theirs.number in page
    assert '(1)"' in page
    with tenant(meghri):
        notice = Notice.objects.get()
    assert client.get(f"{LIST}{notice.pk}/").url == f"/admin/work/cases/{theirs.uuid}/"
    page = client.get(LIST).content.decode()
    assert "is-new" not in page and '(1)"' not in page


def test_a_colleague_sees_and_opens_nothing_of_it(meghri, theirs, staff_of, signed_in):
    tell(meghri, theirs)
    other = signed_in(meghri, staff_of(meghri, "other@notices.example", groups=[OFFICERS]))
    with tenant(meghri):
        notice = Notice.objects.get()
    assert theirs.number not in other.get(LIST).content.decode()
    assert other.get(f"{LIST}{notice.pk}/").status_code == 404
    with tenant(meghri):
        assert Notice.objects.get().read_at is None
    stranger = signed_in(meghri, staff_of(meghri, groups=["Խմբագիրներ"]))
    assert stranger.get(LIST).status_code == 404


def test_a_task_a_reminder_and_a_reply_are_told_to_whom_they_concern(meghri, theirs, officer, staff_of):
    colleague = staff_of(meghri, "colleague@notices.example", groups=[OFFICERS])
    tell(meghri, theirs, "task", to=colleague.pk, mark="a")
    tell(meghri, theirs, "reminder", to=officer.pk, mark="remind-3")
    tell(meghri, theirs, "reply")
    with tenant(meghri):
        told = set(Notice.objects.values_list("user__email", "kind"))
    assert told == {(colleague.email, "task"), (officer.email, "reminder"), (officer.email, "reply")}


def test_the_count_costs_one_query_and_the_list_as_many_for_thirty_as_for_one(
    meghri, theirs, officer, signed_in, django_assert_num_queries, django_assert_max_num_queries
):
    with tenant(meghri):
        services.forget_count(officer.pk)
        with django_assert_num_queries(1):
            services.unread(officer)
        with django_assert_num_queries(0):
            services.unread(officer)
        Notice.objects.bulk_create(
            Notice(user=officer, case=theirs, kind="assigned", key=str(number)) for number in range(40)
        )
        services.forget_count(officer.pk)
    client = signed_in(meghri, officer)
    with django_assert_max_num_queries(24):
        page = client.get(LIST).content.decode()
    assert "p=2" in page and page.count("is-new") == 30
    client.post(LIST, {"read_all": "1"})
    with tenant(meghri):
        assert services.unread(officer) == 0


def letters_to(user):
    return [each for each in mail.outbox if each.to == [user.email]]


def test_each_officer_says_whether_letters_come_at_once_once_a_day_or_never(meghri, theirs, officer, signed_in):
    client = signed_in(meghri, officer)
    tell(meghri, theirs)
    relay(meghri.schema_name)
    assert len(letters_to(officer)) == 1, "without a wish a letter at once"
    client.post(LIST, {"mail": "none"})
    tell(meghri, theirs, sequence=2)
    relay(meghri.schema_name)
    assert len(letters_to(officer)) == 1
    assert "skipped" in {row.state for row in rows(meghri.schema_name)}
    client.post(LIST, {"mail": "nonsense"})
    client.post(LIST, {"mail": "daily"})
    with tenant(meghri):
        wish = Wish.objects.get()
        assert wish.mail == "daily" and wish.next_at > timezone.now()
        assert daily.write_daily() == 0
    with time_machine.travel(wish.next_at + timedelta(minutes=1)):
        for _twice in range(2):
            with tenant(meghri):
                daily.write_daily()
            relay(meghri.schema_name)
        assert len(letters_to(officer)) == 2
        assert theirs.number in letters_to(officer)[-1].body
        with tenant(meghri):
            services.read_all(officer)
            later = services.next_morning(timezone.now())
    with time_machine.travel(later + timedelta(minutes=1)):
        with tenant(meghri):
            assert daily.write_daily() == 1
        relay(meghri.schema_name)
    assert len(letters_to(officer)) == 2, "nothing unread, no letter"


def test_old_notices_go(meghri, theirs, officer):
    tell(meghri, theirs)
    with tenant(meghri):
        daily.write_daily(timezone.now() + services.KEPT + timedelta(days=1))
        assert not Notice.objects.exists()
