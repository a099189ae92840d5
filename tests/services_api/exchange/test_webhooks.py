"""Programs are told of cases: signed, in order, without personal data, and never into our own network."""

from __future__ import annotations

import json
import socket
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address
from threading import Thread

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from services_api.cases.public import staff, transition
from services_api.exchange import services as outbox
from services_api.exchange.models import Outbox
from services_api.exchange.relay import relay
from services_api.exchange.webhooks import addresses, sending, services, signing
from services_api.exchange.webhooks.models import Delivery, EventType, Subscription
from services_api.exchange.webhooks.post import post
from tenants.context import register, tenant
from tests.services_api.cases.conftest import answers_for
from tests.services_api.exchange.conftest import rows

ADMINISTRATORS = "Կայքի կառավարիչներ"
LIST = "/admin/exchange/programs/"


class Listener:
    """A program of somebody else, on this machine."""

    def __init__(self) -> None:
        self.heard: list[tuple[dict[str, str], bytes]] = []
        self.status, self.headers, self.words = 204, {}, b""
        listener = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                listener.heard.append(({name.lower(): value for name, value in self.headers.items()}, body))
                self.send_response(listener.status)
                for name, value in listener.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(listener.words)))
                self.end_headers()
                self.wfile.write(listener.words)

            def log_message(self, *arguments: object) -> None:
                """Tests speak for themselves."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://localhost:{self.server.server_port}/hook?x=1"
        Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    @property
    def events(self) -> list[dict]:
        return [json.loads(body) for _headers, body in self.heard]


@pytest.fixture
def listener(settings):
    settings.WEBHOOKS_LOCAL = True
    made = Listener()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def program(meghri, listener):
    """A program of Meghri that hears of everything, with its secret."""
    with tenant(meghri):
        made, secret = services.subscribe("Ծրագիր", listener.url, list(EventType.values), None)
    made.secret = secret
    return made


def submit(community, key: str):
    from services_api.cases.services import submit as send
    from services_api.procedures.public import published_version

    return send(published_version("application-to-head"), answers_for(community), key=key).case


def take(case, code: str, actor, **data):
    case.refresh_from_db()
    return transition(case.uuid, code, actor=actor, expected_version=case.lock_version, data=data)


def send_all(community) -> None:
    """Until nothing is due, with every rest over."""
    for _round in range(4):
        with register():
            Outbox.objects.filter(state="pending").update(next_at=timezone.now())
        with tenant(community):
            Subscription.objects.update(rest_until=None)
        relay(community.schema_name)


def test_a_program_hears_of_a_whole_case_in_order_signed_and_without_a_person(meghri, staff_of, listener, program):
    user = staff_of(meghri, superuser=True)
    with tenant(meghri):
        actor, case = staff(user), submit(meghri, "a")
        for code, data in (("register", {}), ("assign", {"assignee": user.pk}), ("answer", {"answer": "Այո"})):
            take(case, code, actor, **data)
        case.refresh_from_db()
    send_all(meghri)
    types = [event["type"].split(".")[-2] for event in listener.events]
    assert types[:2] == ["submitted", "registered"] and set(types) == {
        "submitted",
        "registered",
        "moved",
        "decided",
    } | ({"closed"} if case.closed_at else set())
    first = listener.events[0]
    assert first["specversion"] == "1.0" and first["subject"] == f"cases/{case.uuid}"
    assert first["data"]["number"] == case.number and first["source"].endswith("/api/v1/")
    everything = "".join(body.decode() for _headers, body in listener.heard)
    for personal in ("Հակոբյան", "Կարեն", "karen", "37491123456", "Անդրանիկի", "լուսավորությ"):
        assert personal not in everything
    for headers, body in listener.heard:
        assert headers["content-type"].startswith("application/cloudevents+json")
        assert headers["webhook-signature"] == signing.signature(
            program.secret, headers["webhook-id"], int(headers["webhook-timestamp"]), body
        )
    assert len({headers["webhook-id"] for headers, _body in listener.heard}) == len(listener.heard)


def test_it_hears_only_of_what_it_asked_for_and_the_other_community_of_nothing(meghri, goris, listener, program):
    with tenant(meghri):
        Subscription.objects.update(events=["closed"])
        submit(meghri, "a")
    with tenant(goris):
        submit(goris, "a")
    assert [row.kind for row in rows(meghri.schema_name) + rows(goris.schema_name)] == ["mail", "mail"]


def test_while_a_secret_is_exchanged_both_sign(meghri, listener, program):
    with tenant(meghri):
        new = services.rotate(program)
        submit(meghri, "a")
    assert new != program.secret
    send_all(meghri)
    headers, body = listener.heard[0]
    at = headers["webhook-id"], int(headers["webhook-timestamp"]), body
    assert headers["webhook-signature"].split() == [signing.signature(new, *at), signing.signature(program.secret, *at)]
    with tenant(meghri):
        found = Subscription.objects.get()
        later = signing.headers(found, "x", timezone.now() + services.CHANGE_OVER + timedelta(seconds=1), b"{}")
    assert " " not in later["webhook-signature"]


def test_a_dead_program_does_not_hold_up_the_letters_and_is_paused_at_last(
    meghri, staff_of, listener, program, settings
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    administrator = staff_of(meghri, "admin@webhooks.example", groups=[ADMINISTRATORS])
    listener.status, listener.words = 503, "ծանրաբեռնված\x00".encode()
    with tenant(meghri):
        for key in "abc":
            submit(meghri, key)
    relay(meghri.schema_name)
    assert len(listener.heard) == 1, "after the first failure it has a rest"
    assert len(mail.outbox) == 3
    assert {row.attempts for row in rows(meghri.schema_name) if row.kind == "webhook"} == {0, 1}
    with tenant(meghri):
        delivery = Delivery.objects.get()
        assert (delivery.status, delivery.text) == (503, "ծանրաբեռնված")
        Subscription.objects.update(failures=sending.PAUSE_AFTER - 1)
    send_all(meghri)
    with tenant(meghri):
        assert not Subscription.objects.get().is_active
    (letter,) = [each for each in mail.outbox if each.to == [administrator.email]]
    assert "Ծրագիր" in letter.subject and str(program.uuid) in letter.body
    assert "dead" in {row.state for row in rows(meghri.schema_name)}
    listener.status = 200
    with tenant(meghri):
        services.resume(program)
    outbox.replay(meghri.schema_name)
    send_all(meghri)
    assert {row.state for row in rows(meghri.schema_name)} == {"sent"}
    identifiers = [headers["webhook-id"] for headers, _body in listener.heard]
    assert len(set(identifiers)) == 3, "an event tried again is the same event"


def test_a_program_that_is_gone_is_paused_at_once(meghri, listener, program):
    listener.status = 410
    with tenant(meghri):
        submit(meghri, "a")
    relay(meghri.schema_name)
    with tenant(meghri):
        assert not Subscription.objects.get().is_active


def test_redirects_are_not_followed_and_long_answers_are_cut(listener):
    listener.status, listener.headers, listener.words = 302, {"Location": "http://169.254.169.254/"}, b"x" * 100_000
    answer = post(listener.url, b"{}", {})
    assert (answer.status, answer.is_accepted, len(answer.text)) == (302, False, 500)
    assert len(listener.heard) == 1


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
     "255.255.255.255", "::1", "::", "fe80::1", "fd00::1", "ff02::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1",
     "2002:7f00:1::", "::127.0.0.1"],
)  # fmt: skip
def test_addresses_of_our_own_networks_are_not_public(address):
    assert not addresses.is_public(ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111"])
def test_addresses_of_the_internet_are(address):
    assert addresses.is_public(ip_address(address))


@pytest.mark.parametrize(
    ("url", "why"),
    [("http://example.org/", "scheme"), ("ftp://example.org/", "scheme"), ("https://127.0.0.1/", "local"),
     ("https://[::1]/", "local"), ("https://[::ffff:10.0.0.1]/", "local"), ("https://a:b@example.org/", "host"),
     ("https://example.org:0/", "host"), ("https:///x", "host"), ("https://example.org/\r\nX: y", "host")],
)  # fmt: skip
def test_addresses_that_are_refused_as_they_stand(url, why):
    with pytest.raises(addresses.AddressRefused) as refused:
        addresses.read(url)
    assert refused.value.why == why


def test_a_name_that_leads_into_our_own_network_is_not_called_and_a_checked_one_is_not_asked_again(
    monkeypatch, settings
):
    """One of two answers is enough to refuse; and the connection goes to the answer that was looked at."""
    asked, connected = [], []

    def answer(*found: str):
        def lookup(host, port, **options):
            asked.append(host)
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in found]

        return lookup

    def connect(address, timeout):
        connected.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", connect)
    monkeypatch.setattr(addresses.socket, "getaddrinfo", answer("8.8.8.8", "127.0.0.1"))
    assert post("https://rebind.example/", b"", {}).text == "address refused: local"
    assert connected == []
    monkeypatch.setattr(addresses.socket, "getaddrinfo", answer("8.8.8.8"))
    assert post("https://rebind.example/", b"", {}).status is None
    assert connected == [("8.8.8.8", 443)] and len(asked) == 2


def test_the_administrator_makes_tests_exchanges_and_removes_a_program_on_screen(
    meghri, staff_of, signed_in, listener, django_assert_max_num_queries
):
    client = signed_in(meghri, staff_of(meghri, groups=[ADMINISTRATORS]))
    wrong = client.post(f"{LIST}add/", {"name": "x", "url": "ftp://x.example/"})
    assert wrong.status_code == 422
    shown = client.post(f"{LIST}add/", {"name": "Ծրագիր", "url": listener.url, "events": ["moved", "closed"]})
    assert shown.status_code == 200 and "no-store" in shown["Cache-Control"]
    with tenant(meghri):
        made = Subscription.objects.get()
        secret = signing.secret_of(made)
    assert secret in shown.content.decode()
    page = f"{LIST}{made.uuid}/"
    assert secret not in client.get(page).content.decode()
    client.post(page, {"deed": "test"})
    relay(meghri.schema_name)
    assert listener.events[0]["type"] == "am.hamaynk.test.v1"
    with tenant(meghri):
        Delivery.objects.bulk_create(
            Delivery(subscription=made, event_id="x", event_type="moved", status=200) for _number in range(40)
        )
    with django_assert_max_num_queries(22):
        assert "204" in client.get(page).content.decode()
    other = client.post(page, {"deed": "rotate"}).content.decode()
    assert signing.PREFIX in other and secret not in other
    client.post(page, {"deed": "pause"})
    assert client.post(f"{page}edit/", {"name": "Նոր", "url": listener.url, "events": ["moved"]}).status_code == 302
    with tenant(meghri):
        made.refresh_from_db()
        assert (made.state, made.name, made.events) == ("paused", "Նոր", ["moved"])
    client.post(page, {"deed": "resume"})
    client.post(page, {"deed": "remove"})
    with tenant(meghri):
        assert not Subscription.objects.exists()


def test_an_officer_has_no_programs_and_secrets_differ_between_communities(meghri, goris, staff_of, signed_in, program):
    officer = signed_in(meghri, staff_of(meghri, groups=["Դիմումների պատասխանատուներ"]))
    assert officer.get(LIST).status_code in (302, 403)
    with tenant(goris):
        assert signing.secret_of(program) != program.secret


def test_only_the_newest_answers_are_kept(meghri, listener, program, monkeypatch):
    monkeypatch.setattr(sending, "KEPT_DELIVERIES", 2)
    with tenant(meghri), time_machine.travel(timezone.now(), tick=True):
        for key in "abc":
            submit(meghri, key)
    send_all(meghri)
    assert len(listener.heard) == 3
    with tenant(meghri):
        assert Delivery.objects.count() == 2
