"""Connecting many communities from the command line: choose, then connect one after another or a few at once."""

from __future__ import annotations

import fnmatch
import multiprocessing
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass

import django
from django.core.exceptions import ValidationError
from django.db import connections

from tenants import provisioning, template
from tenants.catalogue import default_host
from tenants.context import register
from tenants.models import Community, Onboarding

TO_CONNECT = (Community.Status.DRAFT, Community.Status.PROVISIONING)


@dataclass(frozen=True, slots=True)
class Order:
    """One community to connect, with what the operator decided about it."""

    slug: str
    host: str
    admin_email: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one order. `reason` is empty when the community is live."""

    slug: str
    seconds: float
    reason: str = ""


def select(
    selectors: Sequence[str] = (), marz: str = "", everything: bool = False
) -> tuple[list[Community], list[str]]:
    """Communities by classifier code, slug or glob of slugs, and by province (code, ISO code or name).

    Returns them in the order of the catalogue, connected ones too, and the selectors that matched nothing.
    """
    with register():
        communities = list(Community.objects.select_related("marz").order_by("marz__code", "code", "slug"))
    if marz:
        communities = [community for community in communities if _in_marz(community, marz)]
    if everything or (marz and not selectors):
        return [community for community in communities if not community.is_ministry], []
    chosen = [c for c in communities if any(_matches(c, selector) for selector in selectors)]
    unknown = [selector for selector in selectors if not any(_matches(c, selector) for c in communities)]
    return chosen, unknown


def _matches(community: Community, selector: str) -> bool:
    return community.code == selector or fnmatch.fnmatchcase(community.slug, selector)


def _in_marz(community: Community, marz: str) -> bool:
    found = community.marz
    if found is None:
        return False
    names = {found.code, found.iso, found.name_hy, found.name_en, found.name_ru}
    return marz.casefold() in {name.casefold() for name in names if name}


def order(community: Community, *, host_suffix: str = "", admin_email: str = "", admin_email_domain: str = "") -> Order:
    """The order for a community: its host is `<slug>.<suffix>`, the administrator `admin@<host>` by default."""
    host = f"{community.slug}.{host_suffix}" if host_suffix else default_host(community)
    email = admin_email or (f"{community.slug}@{admin_email_domain}" if admin_email_domain else f"admin@{host}")
    return Order(community.slug, host, email)


def connect(asked: Order) -> Outcome:
    """Connect one community, or go on where its connection stopped. Never raises for a failed step."""
    started = time.monotonic()

    def outcome(reason: str = "") -> Outcome:
        return Outcome(asked.slug, time.monotonic() - started, reason)

    try:
        with register():
            community = Community.objects.get(slug=asked.slug)
            # What the ministry asked for in the console is not overwritten by the command's defaults.
            accepted = (
                community.status == Community.Status.PROVISIONING
                and Onboarding.objects.filter(community=community).exists()
            )
        if not accepted:
            community = provisioning.accept(
                provisioning.Request(
                    code=community.code or "",
                    slug=community.slug,
                    host=asked.host,
                    admin_email=asked.admin_email,
                    requested_by="manage.py onboard",
                )
            )
        provisioning.run(community)
    except ValidationError as error:
        return outcome("; ".join(f"{field}: {' '.join(found)}" for field, found in error.message_dict.items()))
    except provisioning.ProvisioningFailed as failure:
        return outcome(f"{failure.step}: {failure.reason}")
    except provisioning.AlreadyRunning:
        return outcome("another process connects it right now")
    return outcome()


def connect_all(orders: Sequence[Order], jobs: int = 1) -> Iterator[Outcome]:
    """Outcomes as they come. With `jobs` > 1 each process has its own connection; Ctrl-C ends after those running."""
    template.ensure()
    if jobs < 2 or len(orders) < 2:
        for asked in orders:
            yield connect(asked)
        return
    connections.close_all()
    # Fresh processes: a fork would share the parent's connection. `django.setup` runs before our modules are imported.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(jobs, len(orders)), mp_context=context, initializer=django.setup) as pool:
        waiting: set[Future[Outcome]] = {pool.submit(connect, asked) for asked in orders}
        try:
            while waiting:
                finished, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                for future in finished:
                    yield future.result()
        finally:
            pool.shutdown(cancel_futures=True)
