"""Further hosts: aliases lead to the primary one, own domains open when their DNS proves them."""

from __future__ import annotations

import dns.exception
import dns.resolver
import pytest
from django.urls import reverse

from console import domains
from console.domains import Result
from tenants.context import register
from tenants.models import Domain


def url(name: str, *args: object) -> str:
    return reverse(f"console:{name}", args=args)


class Text:
    def __init__(self, value: str) -> None:
        self.strings = [value.encode()]


class Resolver:
    """A DNS that says what the test wants."""

    def __init__(self, answer: object) -> None:
        self.answer, self.asked = answer, []

    def resolve(self, name: str, kind: str, lifetime: float) -> list[Text]:
        self.asked.append((name, kind, lifetime))
        if isinstance(self.answer, Exception):
            raise self.answer
        return [Text(value) for value in self.answer]


def add(console, host: str, kind: str) -> Domain:
    answer = console.post(url("host_add", "goris"), {"host": host, "kind": kind})
    assert answer.status_code == 302, answer.context["form"].errors
    with register():
        return Domain.objects.select_related("tenant").get(domain=host)


def test_an_alias_leads_to_the_primary_host(console, goris, client):
    add(console, "old-goris.localhost", "alias")
    answer = client.get("/news/?p=2", SERVER_NAME="old-goris.localhost")
    assert answer.status_code == 301
    assert answer["Location"].startswith("http://goris.localhost") and answer["Location"].endswith("/news/?p=2")


def test_an_own_domain_is_unknown_before_it_is_proved(console, goris, officer, client):
    domain = add(console, "goris.am", "own")
    assert client.get("/", SERVER_NAME="goris.am").status_code == 404
    page = console.get(url("community", "goris")).content.decode()
    assert "_hamaynk.goris.am" in page and domains.record_value(domain) in page

    resolver = Resolver([domains.record_value(domain)])
    from tenants.context import tenant
    from tenants.models import Community

    with register():
        ministry = Community.objects.get(slug="ministry")
    with tenant(ministry):
        assert domains.verify_domain(domain, officer, resolver).result is Result.PROVED
    assert resolver.asked == [("_hamaynk.goris.am", "TXT", domains.LOOKUP_SECONDS)]
    assert client.get("/", SERVER_NAME="goris.am").status_code == 301


@pytest.mark.parametrize(
    ("answer", "result"),
    [
        (dns.resolver.NXDOMAIN(), Result.NO_RECORD),
        (["v=spf1 -all", "hamaynk=another"], Result.OTHER_VALUE),
        (dns.exception.Timeout(), Result.NO_ANSWER),
        (OSError("network is down"), Result.NO_ANSWER),
    ],
)
def test_without_proof_it_stays_closed_and_the_page_says_why(console, monkeypatch, client, answer, result):
    domain = add(console, "goris.am", "own")
    monkeypatch.setattr(dns.resolver, "Resolver", lambda: Resolver(answer))
    assert domains.look_up(domain).result is result
    page = console.post(url("host_prove", "goris", domain.pk), follow=True)
    assert "goris.am" in next(str(message) for message in page.context["messages"])
    assert client.get("/", SERVER_NAME="goris.am").status_code == 404


@pytest.mark.parametrize("host", ["meghri.localhost", "localhost", "http://x.am", "gоris.am", "admin.localhost", ""])
def test_a_bad_host_is_refused_at_its_field(console, host):
    answer = console.post(url("host_add", "goris"), {"host": host, "kind": "alias"})
    assert answer.status_code == 422 and list(answer.context["form"].errors) == ["host"]


def test_a_host_is_removed_and_the_primary_one_is_not(console, goris, client):
    domain = add(console, "old-goris.localhost", "alias")
    assert console.get(url("host_remove", "goris", domain.pk)).status_code == 200
    console.post(url("host_remove", "goris", domain.pk))
    assert client.get("/", SERVER_NAME="old-goris.localhost").status_code == 404
    with register():
        primary = goris.domains.get(is_primary=True)
    assert console.post(url("host_remove", "goris", primary.pk)).status_code == 404


def test_a_host_of_another_community_is_not_found_here(console):
    domain = add(console, "old-goris.localhost", "alias")
    assert console.post(url("host_remove", "meghri", domain.pk)).status_code == 404
