"""The ministry writes once; 71 communities show it, hide it, or make it their own."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.db import ProgrammingError, transaction
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from wagtail.models import Page
from wagtail.rich_text import RichText

from cms import authoring
from cms.models import ContentPage, NewsPage, SiteImage, SyndicatedPage
from cms.seeds.roles import CHIEF_EDITORS, EDITORS
from cms.syndication import selectors, services
from cms.syndication.models import Delivery, SharedItem
from tenants.context import register, tenant

BY = "Անահիտ Օրինակյան"
KINDS, MODES, STATES = SharedItem.Kind, SharedItem.Mode, Delivery.State


def picture() -> bytes:
    content = BytesIO()
    Image.new("RGB", (600, 400), "#0b5a82").save(content, "PNG")
    return content.getvalue()


@pytest.fixture
def news(ministry):
    """A news item of the ministry in Armenian and Russian, with a picture and a local link."""
    with tenant(ministry):
        image = SiteImage.objects.create(
            title="Ջրամբար", description="Ջրամբարի նկար", file=ContentFile(picture(), "dam.png"), width=600, height=400
        )
        page = authoring.add_news(
            "subvention",
            "hy",
            title="Սուբվենցիոն ծրագրերի նոր փուլը",
            lede="Համայնքները կարող են դիմել մինչև մարտի 1-ը։",
            paragraphs=['<p>Դիմեք <a href="/news/">այս էջով</a>։</p><script>alert(1)</script>'],
            on=date(2026, 11, 20),
            slug="subvention",
            picture=image,
        )
        authoring.add_news(
            "subvention",
            "ru",
            title="Новый этап субвенционных программ",
            lede="Общины могут подать заявку до 1 марта.",
            paragraphs=["<p>Подайте заявку.</p>"],
            on=date(2026, 11, 20),
            slug="subvention",
        )
    return page


def share(ministry, page, mode=MODES.DISMISSIBLE, kind=KINDS.NEWS, **targets) -> SharedItem:
    with tenant(ministry):
        return services.share_page(page, kind=kind, mode=mode, by=BY, **targets)


def bring(community) -> int:
    with tenant(community):
        return services.deliver_due()


def state(item, community) -> str:
    with register():
        return Delivery.objects.get(item=item, community=community).state


def test_a_shared_news_item_stands_on_every_site(ministry, meghri, goris, news, client_for):
    item = share(ministry, news)
    for community in (meghri, goris):
        assert state(item, community) == STATES.PENDING
        assert bring(community) == 1
        assert state(item, community) == STATES.SHOWN
        listed = client_for(community).get("/news/").content.decode()
        assert "Սուբվենցիոն ծրագրերի նոր փուլը" in listed
    with tenant(meghri):
        page = SyndicatedPage.objects.get(locale__language_code="hy")
        assert page.image.description == "Ջրամբարի նկար" and page.image.file.storage.exists(page.image.file.name)
        assert not SyndicatedPage.objects.filter(locale__language_code="en").exists()
        url = page.url
    html = client_for(meghri).get(url).content.decode()
    assert "<script>alert" not in html
    # A link inside the ministry's text leads to the ministry, not to a page of Meghri with the same address.
    assert f'href="{services.hosts.address(ministry.primary_host())}/news/"' in html
    assert ministry.name_hy in html
    russian = client_for(meghri).get("/ru/news/").content.decode()
    assert "Новый этап субвенционных программ" in russian and "Սուբվենցիոն" not in russian


def test_delivering_twice_brings_one_page(ministry, meghri, news):
    item = share(ministry, news)
    bring(meghri)
    assert bring(meghri) == 0
    with tenant(meghri):
        services.bring(item)
        assert SyndicatedPage.objects.filter(locale__language_code="hy").count() == 1
        assert SiteImage.objects.filter(title__contains="Ջրամբար").count() == 1


def test_the_second_version_replaces_the_first(ministry, meghri, news, client_for):
    item = share(ministry, news)
    bring(meghri)
    with tenant(ministry):
        fresh = NewsPage.objects.get(pk=news.pk)
        fresh.title = "Սուբվենցիոն ծրագրեր․ ժամկետը երկարաձգվել է"
        fresh.save_revision().publish()
    again = share(ministry, fresh)
    assert (again.pk, again.version) == (item.pk, 2)
    assert bring(meghri) == 1
    listed = client_for(meghri).get("/news/").content.decode()
    assert "ժամկետը երկարաձգվել է" in listed and "նոր փուլը" not in listed


def test_only_chosen_communities_get_it(ministry, meghri, goris, news):
    item = share(ministry, news, slugs=["goris"])
    assert bring(meghri) == 0 and bring(goris) == 1
    with register():
        assert [each.community.slug for each in item.deliveries.all()] == ["goris"]


def test_a_community_hides_and_shows_again(ministry, meghri, news, client_for, django_capture_on_commit_callbacks):
    share(ministry, news)
    bring(meghri)
    client = client_for(meghri)
    client.get("/news/")
    with tenant(meghri), django_capture_on_commit_callbacks(execute=True):
        services.hide(selectors.offers().get(), BY)
    assert "Սուբվենցիոն" not in client.get("/news/").content.decode()
    with tenant(meghri), django_capture_on_commit_callbacks(execute=True):
        services.show(selectors.offers().get(), BY)
    assert "Սուբվենցիոն" in client.get("/news/").content.decode()


def test_what_is_locked_cannot_be_hidden_edited_or_deleted(ministry, meghri, news, staff_of, signed_in):
    share(ministry, news, MODES.LOCKED)
    bring(meghri)
    client = signed_in(meghri, staff_of(meghri, superuser=True))
    with tenant(meghri):
        offer = selectors.offers().get()
        page = SyndicatedPage.objects.get(locale__language_code="hy")
        with pytest.raises(services.NotPossible):
            services.hide(offer, BY)
    for name in ("edit", "delete", "unpublish"):
        answer = client.get(reverse(f"wagtailadmin_pages:{name}", args=[page.pk]))
        assert answer.status_code in (302, 403), name
    answer = client.post(reverse("offer", args=[offer.item.uuid]), {"hide": "1"}, follow=True)
    assert "հնարավոր չէ թաքցնել" in answer.content.decode()
    with tenant(meghri):
        assert Page.objects.get(pk=page.pk).live


def test_taken_back_it_leaves_all_sites(ministry, meghri, news, client_for):
    item = share(ministry, news)
    bring(meghri)
    with tenant(ministry):
        services.withdraw(item, BY)
    assert bring(meghri) == 1
    assert state(item, meghri) == STATES.WITHDRAWN
    assert "Սուբվենցիոն" not in client_for(meghri).get("/news/").content.decode()
    with tenant(meghri), pytest.raises(services.NotPossible):
        services.show(selectors.offers().get(), BY)


def test_an_offer_becomes_a_draft_of_ones_own(ministry, meghri, news, staff_of, signed_in, client_for):
    share(ministry, news, MODES.ADAPT)
    bring(meghri)
    user = staff_of(meghri, groups=[CHIEF_EDITORS])
    client = signed_in(meghri, user)
    assert "Սուբվենցիոն" not in client_for(meghri).get("/news/").content.decode()
    with tenant(meghri):
        assert selectors.offers_waiting() == 1
        uuid = selectors.offers().get().item.uuid
    answer = client.post(reverse("offer", args=[uuid]), {"take_over": "1"})
    with tenant(meghri):
        draft = NewsPage.objects.not_type(SyndicatedPage).get(title="Սուբվենցիոն ծրագրերի նոր փուլը")
        assert not draft.live and draft.owner == user
        assert answer.url == reverse("wagtailadmin_pages:edit", args=[draft.pk])
        assert selectors.offers_waiting() == 0
    assert client.get(answer.url).status_code == 200


def test_a_page_template_comes_below_its_place(ministry, meghri, staff_of):
    """The ministry's page «How to apply» becomes a draft below the same section of the community's tree."""
    with tenant(ministry):
        home = Page.objects.get(depth=2, locale__language_code="hy").specific
        page = ContentPage(
            title="Գույքի օտարման կարգ",
            slug="template",
            lede="Օրինակելի կարգ։",
            locale=home.locale,
            body=[("heading", {"text": "Ընդհանուր"}), ("paragraph", RichText("<p>Կարգը։</p>"))],
        )
        home.add_child(instance=page)
    share(ministry, page, MODES.ADAPT, KINDS.TEMPLATE)
    bring(meghri)
    user = staff_of(meghri, superuser=True)
    with tenant(meghri):
        draft = services.take_over(selectors.offers().get(), user)
        assert isinstance(draft, ContentPage) and not draft.live
        assert [block.block_type for block in draft.body] == ["heading", "paragraph"]
        assert draft.get_parent().depth == 2


def test_a_draft_is_not_shared(ministry, news):
    with tenant(ministry):
        news.unpublish()
        with pytest.raises(services.NotPossible):
            services.share_page(NewsPage.objects.get(pk=news.pk), kind=KINDS.NEWS, mode=MODES.LOCKED, by=BY)


def test_a_community_connected_later_gets_what_all_have(ministry, meghri, news):
    item = share(ministry, news)
    with register():
        item.deliveries.filter(community=meghri).delete()
    with tenant(meghri):
        services.join(meghri)
        services.join(meghri)
        assert Delivery.objects.count() == 1
        assert services.deliver_due() == 1


def test_an_item_that_fails_is_tried_again_later_and_shown(ministry, meghri, news, monkeypatch):
    item = share(ministry, news)
    monkeypatch.setattr(services, "bring", lambda item: 1 / 0)
    assert bring(meghri) == 0
    with register():
        delivery = Delivery.objects.get(item=item, community=meghri)
        assert delivery.state == STATES.PENDING and "ZeroDivisionError" in delivery.problem
        assert meghri.schema_name not in selectors.schemas_with_work()
        with time_machine.travel(timezone.now() + timedelta(minutes=2)):
            assert meghri.schema_name in selectors.schemas_with_work()
    monkeypatch.undo()
    with tenant(ministry):
        services.retry(item)
    assert bring(meghri) == 1


def test_a_community_sees_and_changes_its_own_deliveries_only(ministry, meghri, goris, news):
    """Row level security; the positive control is its own row."""
    item = share(ministry, news)
    with register():
        foreign = Delivery.objects.get(item=item, community=goris)
    with tenant(meghri):
        assert [each.community_id for each in Delivery.objects.all()] == [meghri.pk]
        assert Delivery.objects.filter(pk=foreign.pk).update(state=STATES.HIDDEN) == 0
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Delivery.objects.create(item=item, community=goris)
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            SharedItem.objects.filter(pk=item.pk).update(content={})
    assert state(item, goris) == STATES.PENDING


# --- screens


def test_the_ministry_shares_from_the_page_and_sees_where_it_stands(
    ministry, meghri, news, staff_of, signed_in, django_capture_on_commit_callbacks
):
    client = signed_in(ministry, staff_of(ministry, superuser=True))
    address = reverse("share_page", args=[news.pk])
    assert address in client.get(reverse("wagtailadmin_explore", args=[news.pk])).content.decode()
    refused = client.post(address, {"mode": "dismissible", "to": "some"})
    assert refused.status_code == 422 and "Ընտրեք առնվազն" in refused.content.decode()
    answer = client.post(address, {"mode": "dismissible", "to": "some", "communities": ["meghri"]}, follow=True)
    assert answer.status_code == 200 and "Մեղրի" in answer.content.decode()
    with register():
        assert SharedItem.objects.get().to_all is False
    listing = client.get(reverse("shared_items"))
    assert "Սուբվենցիոն ծրագրերի նոր փուլը" in listing.content.decode()


def test_the_screens_of_a_community_are_headed_by_their_names(ministry, meghri, news, staff_of, signed_in):
    item = share(ministry, news)
    client = signed_in(meghri, staff_of(meghri, superuser=True))
    for address, name in (
        (reverse("from_ministry"), "Նախարարությունից"),
        (reverse("offer", args=[item.uuid]), "Սուբվենցիոն ծրագրերի նոր փուլը"),
    ):
        crumbs = client.get(address).context["breadcrumbs_items"]
        assert str(crumbs[-1]["label"]) == name


def test_empty_lists_say_what_to_do(ministry, meghri, staff_of, signed_in):
    at_ministry = signed_in(ministry, staff_of(ministry, superuser=True)).get(reverse("shared_items"))
    assert "Դեռ ոչինչ" in at_ministry.content.decode()
    in_community = signed_in(meghri, staff_of(meghri, superuser=True)).get(reverse("from_ministry"))
    assert "դեռ ոչինչ" in in_community.content.decode()


@pytest.mark.parametrize(
    ("group", "expected"), [(EDITORS, 302), (CHIEF_EDITORS, 200)], ids=["an editor", "a chief editor"]
)
def test_who_may_decide(meghri, staff_of, signed_in, group, expected):
    client = signed_in(meghri, staff_of(meghri, groups=[group]))
    assert client.get(reverse("from_ministry")).status_code == expected


def test_a_community_has_no_screen_of_the_ministry(meghri, ministry, staff_of, signed_in):
    client = signed_in(meghri, staff_of(meghri, superuser=True))
    assert client.get(reverse("shared_items")).status_code == 404
    assert client.get(reverse("share_alert")).status_code == 404
    other = signed_in(ministry, staff_of(ministry, superuser=True))
    assert other.get(reverse("from_ministry")).status_code == 404


def test_lists_do_not_ask_more_for_more_rows(
    ministry, meghri, news, staff_of, signed_in, django_assert_max_num_queries
):
    for number in range(12):
        with tenant(ministry):
            services.share_alert(
                {"hy": {"title": f"Ահազանգ {number}", "lede": "Տեքստ։", "url": ""}},
                mode=MODES.LOCKED,
                by=BY,
                ends_at=timezone.now() + timedelta(days=1),
            )
    client = signed_in(meghri, staff_of(meghri, superuser=True))
    client.get(reverse("from_ministry"))
    with django_assert_max_num_queries(25):
        assert "Ահազանգ 11" in client.get(reverse("from_ministry")).content.decode()
