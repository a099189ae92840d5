"""Sharing, renewing, withdrawing (the ministry); bringing, hiding, showing, taking over (a community)."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page

from cms.invalidation import forget_after_commit
from cms.models import ContentPage, NewsIndexPage, NewsPage, SiteImage, SyndicatedPage
from cms.syndication import contents
from cms.syndication.models import Delivery, SharedItem
from tenants import generations, hosts
from tenants.context import current_community, register, tenant
from tenants.hosts import REGISTER_GENERATION
from tenants.models import Community

logger = logging.getLogger(__name__)
_PAGES = UUID("5a0f2f5e-6f0a-5d5f-9d2c-1b1f7a6f3c11")
# Waits between attempts, in minutes: a broken database is waited out, a broken item is shown to the ministry.
WAITS = (1, 5, 30, 120, 600, 600)


class NotPossible(Exception):
    """What was asked cannot be done with this item; the message says why, for the person who asked."""


# --- the ministry


def targets(marzes: Iterable[str] = (), slugs: Iterable[str] = ()) -> list[Community]:
    """Connected communities: all, or those of provinces (classifier codes) and those named."""
    found = Community.objects.municipalities().with_schema()
    marzes, slugs = list(marzes), list(slugs)
    if marzes or slugs:
        found = found.filter(marz__code__in=marzes) | found.filter(slug__in=slugs)
    return list(found.distinct())


def share_page(
    page: Page, *, kind: str, mode: str, by: str, marzes: Iterable[str] = (), slugs: Iterable[str] = ()
) -> SharedItem:
    """Share a published page of the ministry; the same page again is a new version of the same item.

    Raises NotPossible for a page that is not published or says nothing in Armenian.
    """
    page = page.specific
    content = contents.of_page(page, _own_address())
    if not page.live or "hy" not in content:
        raise NotPossible(_("Publish the page in Armenian first; then it can be shared."))
    image = getattr(page, "image", None)
    picture = {}
    if image is not None:
        picture = {"image": image.pk, "caption": page.image_caption}
    parent = page.get_parent()
    values: dict[str, Any] = {
        "mode": mode,
        "content": content,
        "picture": picture,
        "date": getattr(page, "date", None) or timezone.localdate(),
        "parent_key": parent.translation_key if kind == SharedItem.Kind.TEMPLATE and parent.depth > 2 else None,
    }
    with register(), transaction.atomic():
        item = (
            SharedItem.objects.select_for_update()
            .filter(source_page=page.pk, kind=kind, withdrawn_at__isnull=True)
            .first()
        )
        if item is None:
            item = SharedItem(kind=kind, source_page=page.pk)
        else:
            item.version += 1
        _write(item, values, by, list(marzes), list(slugs))
    return item


def share_alert(
    texts: dict[str, dict[str, str]],
    *,
    mode: str,
    by: str,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    marzes: Iterable[str] = (),
    slugs: Iterable[str] = (),
    item: SharedItem | None = None,
) -> SharedItem:
    """Share an alert (or change one): it stands on all sites at their next request, without any page being written."""
    values = {
        "mode": mode,
        "content": texts,
        "date": timezone.localdate(starts_at) if starts_at else timezone.localdate(),
        "starts_at": starts_at,
        "ends_at": ends_at,
    }
    with register(), transaction.atomic():
        if item is None:
            item = SharedItem(kind=SharedItem.Kind.ALERT)
        else:
            item = SharedItem.objects.select_for_update().get(pk=item.pk)
            item.version += 1
        _write(item, values, by, list(marzes), list(slugs))
    return item


def _write(item: SharedItem, values: dict[str, Any], by: str, marzes: list[str], slugs: list[str]) -> None:
    for name, value in values.items():
        setattr(item, name, value)
    item.to_all = not marzes and not slugs
    item.shared_by, item.shared_at = by, timezone.now()
    item.save()
    is_alert = item.kind == SharedItem.Kind.ALERT
    chosen = targets(marzes, slugs)
    if is_alert:
        # Who was chosen before and is not any more, loses it.
        item.deliveries.exclude(community__in=chosen).delete()
    Delivery.objects.bulk_create(
        [
            Delivery(
                item=item,
                community=community,
                state=Delivery.State.SHOWN if is_alert else Delivery.State.PENDING,
                version=item.version if is_alert else 0,
            )
            for community in chosen
        ],
        ignore_conflicts=True,
    )
    # What was given up is tried again with the new version.
    item.deliveries.filter(attempts__gt=0).update(attempts=0, next_at=timezone.now(), problem="")
    transaction.on_commit(_forget_everywhere if is_alert else _wake)


def withdraw(item: SharedItem, by: str) -> None:
    """Take an item back: alerts are gone at once, pages as soon as the workers have passed by."""
    with register(), transaction.atomic():
        now = timezone.now()
        SharedItem.objects.filter(pk=item.pk, withdrawn_at__isnull=True).update(withdrawn_at=now)
        if item.kind == SharedItem.Kind.ALERT:
            item.deliveries.update(state=Delivery.State.WITHDRAWN, changed_at=now, changed_by=by)
            transaction.on_commit(_forget_everywhere)
        else:
            item.deliveries.filter(attempts__gt=0).update(attempts=0, next_at=now)
            transaction.on_commit(_wake)


def retry(item: SharedItem) -> int:
    """Start anew where the workers have given up. Returns in how many communities."""
    with register():
        count = item.deliveries.filter(attempts__gt=0).update(attempts=0, next_at=timezone.now(), problem="")
    _wake()
    return count


def _own_address() -> str:
    community = current_community()
    if community is None:
        raise NotPossible(_("Only the ministry shares."))
    return hosts.address(community.primary_host())


def _forget_everywhere() -> None:
    """Every kept page of every tenant holds the register's stamp."""
    generations.bump(REGISTER_GENERATION)


def _wake() -> None:
    """Hand the work of all communities to the workers now; the dispatcher would find it in its next round."""
    from cms.syndication.tasks import wake_communities

    wake_communities()


# --- a community


def join(community: Community) -> int:
    """Deliveries of what is shared with all, for a community that is connected later. Runs with its own rights."""
    items = SharedItem.objects.current().filter(to_all=True)
    rows = [
        Delivery(
            item=item,
            community=community,
            state=Delivery.State.SHOWN if item.kind == SharedItem.Kind.ALERT else Delivery.State.PENDING,
        )
        for item in items
    ]
    return len(Delivery.objects.bulk_create(rows, ignore_conflicts=True))


def deliver_due() -> int:
    """Do what waits for the current community; one item that fails does not hold up the others. Returns how many."""
    done = 0
    for delivery in Delivery.objects.with_work().select_related("item"):
        try:
            with transaction.atomic():
                _deliver(delivery)
        except Exception as problem:  # shown to the ministry, tried again
            logger.exception("shared item %s could not be delivered", delivery.item.uuid)
            delivery.attempts += 1
            wait = WAITS[min(delivery.attempts, len(WAITS)) - 1]
            delivery.next_at = timezone.now() + timedelta(minutes=wait)
            delivery.problem = f"{type(problem).__name__}: {problem}"[:500]
            delivery.save(update_fields=["attempts", "next_at", "problem"])
        else:
            done += 1
    return done


def _deliver(delivery: Delivery) -> None:
    item = delivery.item
    if item.withdrawn_at is not None:
        _take_away(item)
        _settle(delivery, Delivery.State.WITHDRAWN)
    elif item.mode == SharedItem.Mode.ADAPT:
        _settle(delivery, Delivery.State.OFFERED)
    else:
        bring(item)
        _settle(delivery, Delivery.State.SHOWN)


def _settle(delivery: Delivery, state: str, by: str = "") -> None:
    delivery.state, delivery.version = state, delivery.item.version
    delivery.changed_at, delivery.changed_by = timezone.now(), by
    delivery.attempts, delivery.problem = 0, ""
    delivery.save(update_fields=["state", "version", "changed_at", "changed_by", "attempts", "problem"])


def page_key(item: SharedItem) -> UUID:
    """The translation key of the pages of an item: the same in all communities."""
    return uuid5(_PAGES, str(item.uuid))


def bring(item: SharedItem) -> list[SyndicatedPage]:
    """Publish the item (or its new version) in each language that both the item and the community have."""
    picture = _picture(item)
    pages = []
    for index in NewsIndexPage.objects.live().select_related("locale"):
        text = item.content.get(index.locale.language_code)
        if not text:
            continue
        page = SyndicatedPage.objects.filter(translation_key=page_key(item), locale=index.locale).first()
        is_new = page is None
        if page is None:
            page = SyndicatedPage(
                translation_key=page_key(item), locale=index.locale, slug=f"shared-{item.uuid.hex[:12]}"
            )
        page.title = page.draft_title = text["title"]
        page.lede, page.date = text["lede"], item.date
        page.search_description = text["lede"][:300]
        page.image, page.image_caption = picture, item.picture.get("caption", "") if picture else ""
        page.source_url, page.source_name = text["url"], _ministry_name(index.locale)
        page.item_uuid, page.is_locked = item.uuid, item.mode == SharedItem.Mode.LOCKED
        page.body = contents.as_blocks(text["body"])
        if is_new:
            index.add_child(instance=page)
        page.save_revision().publish()
        pages.append(page)
    return pages


def _take_away(item: SharedItem) -> None:
    for page in SyndicatedPage.objects.filter(translation_key=page_key(item), live=True):
        page.unpublish()


def hide(delivery: Delivery, by: str) -> None:
    """Raises NotPossible for what the ministry has locked."""
    item = delivery.item
    if item.mode == SharedItem.Mode.LOCKED:
        raise NotPossible(_("The ministry shows this on all sites; it cannot be hidden here."))
    with transaction.atomic():
        _take_away(item)
        _settle(delivery, Delivery.State.HIDDEN, by)
        forget_after_commit()


def show(delivery: Delivery, by: str) -> None:
    """Show again what was hidden."""
    if delivery.item.is_over:
        raise NotPossible(_("The ministry has taken this back; it cannot be shown any more."))
    with transaction.atomic():
        if delivery.item.kind == SharedItem.Kind.NEWS:
            bring(delivery.item)
        _settle(delivery, Delivery.State.SHOWN, by)
        forget_after_commit()


def take_over(delivery: Delivery, user: Any) -> Page:
    """An own draft from the item, in each language it has; what was shown is hidden. Returns the Armenian draft.

    Raises NotPossible for alerts, for what is over, and where the place in the tree is missing.
    """
    item = delivery.item
    if item.kind == SharedItem.Kind.ALERT or item.is_over or item.mode == SharedItem.Mode.LOCKED:
        raise NotPossible(_("This cannot be taken over."))
    # A new key each time: what is taken over twice is two drafts, and none is overwritten.
    key = uuid5(page_key(item), timezone.now().isoformat())
    drafts: dict[str, Page] = {}
    with transaction.atomic():
        picture = _picture(item)
        for code, text in item.content.items():
            parent = _parent_of(item, code)
            if parent is not None:
                drafts[code] = _draft(item, text, parent, key, picture, user)
        if "hy" not in drafts:
            raise NotPossible(_("Your site has no page below which this belongs."))
        _take_away(item)
        _settle(delivery, Delivery.State.ADAPTED, str(user.get_full_name() or user))
        forget_after_commit()
    return drafts["hy"]


def _parent_of(item: SharedItem, language: str) -> Page | None:
    locale = Locale.objects.filter(language_code=language).first()
    if locale is None:
        return None
    if item.kind == SharedItem.Kind.NEWS:
        return NewsIndexPage.objects.filter(locale=locale).first()
    found = Page.objects.filter(translation_key=item.parent_key, locale=locale).first() if item.parent_key else None
    return found or Page.objects.filter(depth=2, locale=locale).first()


def _draft(item: SharedItem, text: dict[str, Any], parent: Page, key: UUID, picture: Any, user: Any) -> Page:
    values: dict[str, Any] = {
        "title": text["title"],
        "slug": f"draft-{key.hex[:12]}",
        "lede": text["lede"],
        "locale": parent.locale,
        "translation_key": key,
        "live": False,
        "owner": user,
        "body": contents.as_blocks(text["body"]),
    }
    if item.kind == SharedItem.Kind.NEWS:
        page: Page = NewsPage(**values, date=_today(), image=picture)
    else:
        page = ContentPage(**values)
    fresh = Page.objects.get(pk=parent.pk).specific
    fresh.add_child(instance=page)
    page.save_revision(user=user)
    return page


def _today() -> date:
    return timezone.localdate()


def _picture(item: SharedItem) -> SiteImage | None:
    """The ministry's picture as a picture of the community; the same one is not copied twice."""
    from cms.authoring import add_picture

    number = item.picture.get("image")
    if not number:
        return None
    ministry = Community.objects.get(kind=Community.Kind.MINISTRY)
    with tenant(ministry):
        original = SiteImage.objects.filter(pk=number).first()
        if original is None:
            return None
        with original.open_file() as file:
            data = file.read()
        title, description, is_drawing = original.title, original.description, original.is_drawing
    return add_picture(f"{title} ({item.uuid.hex[:8]})", description, data, is_drawing=is_drawing)


def _ministry_name(locale: Locale) -> str:
    from cms.naming import name_in

    ministry = Community.objects.filter(kind=Community.Kind.MINISTRY).first()
    return name_in(ministry, locale.language_code) if ministry else ""
