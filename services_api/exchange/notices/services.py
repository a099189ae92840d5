"""Every write about notices: made with what happened, read, and the wishes of their readers."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from services_api.cases.public import Announcement, case_and_officers, listen
from services_api.exchange.letters import TO_OFFICER
from services_api.exchange.notices.models import Notice, Wish
from services_api.exchange.quiet import END
from services_api.workdays.public import YEREVAN, local

# Longer than this nobody looks for an old notice; the case has its own history.
KEPT = timedelta(days=90)
COUNT_SECONDS = 30


@listen
def notice(announcement: Announcement) -> None:
    """What goes to an officer as a letter is a notice, too: in the transaction of what happened, once each."""
    if announcement.message not in TO_OFFICER:
        return
    case, people = case_and_officers(announcement.case, announcement.to)
    key = f"{announcement.case}:{announcement.sequence}:{announcement.message}:{announcement.mark}"
    made = [Notice(user_id=person, case_id=case, kind=announcement.message, key=key[:120]) for person in people]
    Notice.objects.bulk_create(made, ignore_conflicts=True)
    for person in people:
        transaction.on_commit(partial(forget_count, person), robust=True)


def notices_of(user: Any) -> QuerySet[Notice]:
    """An officer's own notices with their cases, the newest first."""
    return Notice.objects.filter(user=user).select_related("case").defer("case__answers")


def read(user: Any, pk: int) -> Notice:
    """The officer opens a notice: it is read from now on. Raises Notice.DoesNotExist, for those of others as well."""
    found = Notice.objects.select_related("case").get(pk=pk, user=user)
    if found.read_at is None:
        Notice.objects.filter(pk=pk, read_at__isnull=True).update(read_at=timezone.now())
        forget_count(user.pk)
    return found


def read_all(user: Any) -> int:
    """Everything is read; returns how many were not."""
    count = Notice.objects.filter(user=user, read_at__isnull=True).update(read_at=timezone.now())
    forget_count(user.pk)
    return count


def unread(user: Any) -> int:
    """How many are unread: at most one query a page, and none for half a minute after it."""
    known = cache.get(_key(user.pk))
    if known is None:
        known = Notice.objects.filter(user=user, read_at__isnull=True).count()
        cache.set(_key(user.pk), known, COUNT_SECONDS)
    return int(known)


def forget_count(user: int) -> None:
    """The number has changed; other processes learn it within half a minute."""
    cache.delete(_key(user))


def wish_of(user: Any) -> Wish:
    """What the officer wants, unsaved when they never said."""
    return Wish.objects.filter(user=user).first() or Wish(user=user)


def wants_letter_at_once(user: int) -> bool:
    """Whether an officer gets letters beside the notices; without a wish, yes."""
    return not Wish.objects.filter(user=user).exclude(mail=Wish.Mail.AT_ONCE).exists()


def set_wish(user: Any, mail: str, at: datetime | None = None) -> Wish:
    """From now on letters at once, one a day, or none."""
    next_at = next_morning(at or timezone.now()) if mail == Wish.Mail.DAILY else None
    found, _created = Wish.objects.update_or_create(user=user, defaults={"mail": mail, "next_at": next_at})
    return found


def next_morning(after: datetime) -> datetime:
    """The next 08:00 of Asia/Yerevan."""
    here = local(after)
    morning = datetime.combine(here.date(), END, tzinfo=YEREVAN)
    return morning if morning > here else morning + timedelta(days=1)


def _key(user: int) -> str:
    return f"notices:unread:{user}"
