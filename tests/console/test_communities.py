"""The list of the country's communities, the page of one, and what the ministry can do to it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from console.models import Action
from tenants.context import register, tenant
from tenants.models import Community


def url(name: str, *args: object) -> str:
    return reverse(f"console:{name}", args=args)


def slugs(answer) -> set[str]:
    return {community.slug for community in answer.context["object_list"]}


def test_all_71_communities_are_on_one_page(console):
    answer = console.get(url("communities"))
    assert len(answer.context["object_list"]) == 71
    page = answer.content.decode()
    assert "http://meghri.localhost" in page
    assert "ministry" not in slugs(answer)


def test_the_search_knows_three_languages(console):
    for word in ("Մեղրի", "Meghri", "Мегри", "մեղրի"):
        assert slugs(console.get(url("communities"), {"q": word})) == {"meghri"}, word


def test_it_is_filtered_by_status_and_province(console):
    assert slugs(console.get(url("communities"), {"status": "active"})) == {"meghri", "goris"}
    syunik = Community.objects.get(slug="meghri").marz
    found = slugs(console.get(url("communities"), {"marz": syunik.pk}))
    assert {"meghri", "goris", "kapan"} <= found and "dilijan" not in found
    both = slugs(console.get(url("communities"), {"marz": syunik.pk, "status": "draft"}))
    assert "kapan" in both and "meghri" not in both


def test_it_counts_by_status(console):
    counts = {str(count["label"]): count["number"] for count in console.get(url("communities")).context["counts"]}
    assert sum(counts.values()) == 71
    assert counts[str(Community.Status.ACTIVE.label)] == 2


def test_nothing_found_says_what_to_do(console):
    answer = console.get(url("communities"), {"q": "xyz"})
    assert slugs(answer) == set() and url("communities") in answer.content.decode()


def test_the_results_come_alone_for_the_live_search(console):
    answer = console.get(url("communities_results"), {"q": "Goris"})
    assert slugs(answer) == {"goris"} and "<html" not in answer.content.decode()


def test_the_number_of_queries_does_not_grow_with_the_rows(console):
    console.get(url("communities"))
    with CaptureQueriesContext(
        connection,
    ) as few:
        console.get(url("communities"), {"q": "Meghri"})
    with CaptureQueriesContext(connection) as many:
        console.get(url("communities"), {"q": "a"})
    assert len(many) <= len(few)


@pytest.mark.parametrize("order", ["name", "-name", "marz", "status", "-last_activity_at", "nonsense"])
def test_it_is_sorted(console, order):
    assert console.get(url("communities"), {"ordering": order}).status_code == 200


def test_the_page_of_a_community_shows_its_facts_hosts_and_steps(console):
    page = console.get(url("community", "meghri")).content.decode()
    assert "Սյունիք" in page and "meghri.localhost" in page and "admin@meghri.example" in page
    assert url("suspend", "meghri") in page and url("resume", "meghri") not in page


def test_an_unknown_community_is_404(console):
    assert console.get(url("community", "atlantis")).status_code == 404
    assert console.get(url("community", "ministry")).status_code == 404, "the ministry is no community"


def test_suspended_visitors_see_why_and_resumed_they_are_back(console, client_for, goris, ministry):
    assert console.get(url("suspend", "goris")).status_code == 200
    refused = console.post(url("suspend", "goris"), {"reason": " "})
    assert refused.status_code == 422 and list(refused.context["form"].errors) == ["reason"]

    console.post(url("suspend", "goris"), {"reason": "Տեխնիկական աշխատանքներ"})
    answer = client_for(goris).get("/")
    assert answer.status_code == 503

    console.post(url("resume", "goris"))
    with register():
        goris.refresh_from_db()
    assert goris.status == Community.Status.ACTIVE
    assert client_for(goris).get("/").status_code != 503
    with tenant(ministry):
        kinds = [(action.kind, action.detail) for action in Action.objects.order_by("id")]
    assert kinds == [("suspend", "Տեխնիկական աշխատանքներ"), ("resume", "")]


def test_archiving_asks_for_the_short_name_typed_by_hand(console, client_for, goris):
    refused = console.post(url("archive", "goris"), {"reason": "միավորվել է", "slug": "meghri"})
    assert refused.status_code == 422 and list(refused.context["form"].errors) == ["slug"]
    assert client_for(goris).get("/").status_code != 410

    console.post(url("archive", "goris"), {"reason": "միավորվել է", "slug": "goris"})
    assert client_for(goris).get("/").status_code == 410
    assert client_for(goris).get("/admin/").status_code == 410


def test_a_get_changes_nothing(console, goris):
    for name in ("suspend", "resume", "archive", "invite_again"):
        console.get(url(name, "goris"))
    with register():
        goris.refresh_from_db()
    assert goris.status == Community.Status.ACTIVE


def test_what_makes_no_sense_now_is_said(console, goris):
    answer = console.get(url("resume", "goris"), follow=True)
    assert answer.redirect_chain and "Գորիս" in answer.content.decode()


def test_the_record_cannot_be_changed_afterwards(console, goris, ministry):
    from django.db import transaction
    from django.db.utils import ProgrammingError

    console.post(url("suspend", "goris"), {"reason": "x"})
    with tenant(ministry):
        for change in (lambda: Action.objects.all().delete(), lambda: Action.objects.update(actor="nobody")):
            with pytest.raises(ProgrammingError), transaction.atomic():
                change()


def test_the_first_administrator_can_be_invited_again(console, goris, ministry):
    from services_api.exchange.models import Outbox

    with register():
        before = Outbox.objects.filter(schema=goris.schema_name, kind="accounts.invitation").count()
    assert url("invite_again", "goris") in console.get(url("community", "goris")).content.decode()
    console.post(url("invite_again", "goris"))
    with register():
        assert Outbox.objects.filter(schema=goris.schema_name, kind="accounts.invitation").count() == before + 1

    from accounts.models import User

    with tenant(goris):
        user = User.objects.get(email="admin@goris.example")
        user.set_password("correct horse battery staple")
        user.save()
    assert url("invite_again", "goris") not in console.get(url("community", "goris")).content.decode()
