"""Quarantine: nothing is given out before the scanner has said that it is clean."""

from __future__ import annotations

import socket
import threading
from io import BytesIO, StringIO

import pytest
import time_machine
from django.core.checks import run_checks
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from infra.local.scanner_twin import EICAR, Twin
from services_api.cases import clamd, services
from services_api.cases.errors import AnswersInvalid
from services_api.cases.models import Attachment, CaseEvent, ScanState
from services_api.cases.services import scanning
from services_api.cases.uploads import clean
from services_api.exchange.models import Outbox
from services_api.procedures.public import published_version
from tenants.context import register
from tests.services_api.cases.conftest import answers_for, upload

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n% {}\n%%EOF\n"
BAD = PDF.replace(b"{}", EICAR)


@pytest.fixture
def scanner(settings):
    """The sandbox twin, on a port of its own."""
    with Twin() as twin:
        threading.Thread(target=twin.serve_forever, args=(0.02,), daemon=True).start()
        settings.CLAMD_URL = twin.url
        yield twin
        twin.shutdown()


def application(community, *contents: bytes, key: str = "scan-0001"):
    files = []
    for number, content in enumerate(contents):
        kept = services.store_upload(clean(upload(f"paper{number}.pdf", content)))
        kept.field = "attachments"
        kept.save()
        files.append(kept)
    version = published_version("application-to-head")
    return services.submit(version, answers_for(community), key=key, attachments=files)


def test_a_file_waits_is_clean_and_is_given_out_an_infected_one_never(
    scanner, in_meghri, meghri, staff_of, signed_in, client_for, django_capture_on_commit_callbacks
):
    sent = application(meghri, PDF, BAD)
    case, (good, bad) = sent.case, sent.case.attachments.order_by("id")
    assert {good.scan_state, bad.scan_state} == {ScanState.CHECKING}
    officer = signed_in(meghri, staff_of(meghri, superuser=True))
    resident = client_for(meghri)
    resident.post("/case/", {"number": case.number, "code": sent.code})

    def given_out(attachment: Attachment) -> list[int]:
        where = {"uuid": case.uuid, "attachment": attachment.uuid}
        return [
            resident.get(reverse("cases:file", kwargs=where)).status_code,
            officer.get(f"/admin/work/cases/{case.uuid}/files/{attachment.uuid}/").status_code,
            officer.get(f"/api/v1/cases/{case.uuid}/files/{attachment.uuid}/").status_code,
        ]

    # In quarantine, everywhere: said in words, and no way leads to it.
    assert given_out(good) == [404, 404, 404]
    page = resident.get(f"/case/{case.uuid}/").content.decode()
    assert page.count("ստուգվում է") == 2 and str(good.uuid) not in page
    assert "ստուգվում է" in officer.get(f"/admin/work/cases/{case.uuid}/").content.decode()
    told = officer.get(f"/api/v1/cases/{case.uuid}/").json()["attachments"]
    assert [(each["scan_state"], each["url"]) for each in told] == [("checking", "")] * 2

    with django_capture_on_commit_callbacks(execute=True):
        assert scanning.scan_due() == {"none": 0, "checking": 0, "clean": 1, "infected": 1}
    assert given_out(good) == [200, 200, 200] and given_out(bad) == [404, 404, 404]
    bad.refresh_from_db()
    assert bad.scan_result == "Eicar-Test-Signature" and not bad.file.storage.exists(bad.file.name)
    assert "Eicar-Test-Signature" in officer.get(f"/admin/work/cases/{case.uuid}/").content.decode()
    # The applicant sees it on the page and gets a letter; the history holds it.
    page = resident.get(f"/case/{case.uuid}/").content.decode()
    assert "վիրուս է գտնվել" in page and "հեռացվեց" in page
    assert CaseEvent.objects.get(case=case, code="file_infected").payload["found"] == "Eicar-Test-Signature"
    with register():
        assert Outbox.objects.filter(payload__message="file_removed", payload__case=str(case.uuid)).count() == 1
    assert scanning.scan_due() == dict.fromkeys(ScanState.values, 0)


def test_what_was_found_before_the_sending_stops_it_by_name(scanner, in_meghri, meghri):
    kept = services.store_upload(clean(upload("bad.pdf", BAD)))
    scanning.scan_due()
    kept.refresh_from_db()
    kept.field = "attachments"
    kept.save()
    with pytest.raises(AnswersInvalid) as refused:
        services.submit(
            published_version("application-to-head"), answers_for(meghri), key="scan-0002", attachments=[kept]
        )
    assert [(each.field, "bad.pdf" in each.message) for each in refused.value.errors] == [("attachments", True)]


def test_the_scanner_is_down_and_a_file_is_being_checked_for_as_long(in_meghri, meghri, settings):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        settings.CLAMD_URL = f"tcp://127.0.0.1:{nobody.getsockname()[1]}"
        kept = application(meghri, PDF).case.attachments.get()
        began = timezone.now()
        waits = []
        for _attempt in range(9):
            kept.refresh_from_db()
            with time_machine.travel(kept.scan_at, tick=False):
                assert scanning.scan_due()["checking"] == 1
                kept.refresh_from_db()
                waits.append((kept.scan_at - timezone.now()).total_seconds())
        assert kept.scan_state == ScanState.CHECKING and not kept.is_released
        assert waits == [30, 60, 120, 240, 480, 960, 1920, 3600, 3600] and kept.scan_at > began
        said = StringIO()
        with pytest.raises(CommandError, match="does not answer"):
            call_command("scans", "meghri", stdout=said)
        assert "1 being checked" in said.getvalue() and "waits since" in said.getvalue()
    with Twin() as twin:
        threading.Thread(target=twin.serve_forever, args=(0.02,), daemon=True).start()
        settings.CLAMD_URL = twin.url
        with time_machine.travel(kept.scan_at, tick=False):
            assert scanning.scan_due()["clean"] == 1
        settings.MODE = "production"
        application(meghri, PDF, key="scan-0003")
        assert scanning.scan_due()["clean"] == 0, "the twin protects from nothing and is not asked in production"
        twin.shutdown()


def test_without_a_scanner_files_are_not_scanned_and_never_called_clean(in_meghri, meghri, settings):
    kept = application(meghri, PDF).case.attachments.get()
    assert (kept.scan_state, kept.is_released, kept.scan_note) == (ScanState.NOT_SCANNED, True, "")
    found = [each.id for each in run_checks(include_deployment_checks=True, tags=["security"])]
    assert "cases.W001" in found
    said = StringIO()
    call_command("scans", "meghri", stdout=said)
    assert "not scanned" in said.getvalue()
    # With a scanner it goes into quarantine at once, and is taken up by itself.
    settings.CLAMD_URL = "tcp://127.0.0.1:1"
    assert not kept.is_released and scanning.take_up_unscanned() >= 1
    kept.refresh_from_db()
    assert kept.scan_state == ScanState.CHECKING
    settings.CLAMD_URL = ""
    scanning.scan_due()
    kept.refresh_from_db()
    assert kept.scan_state == ScanState.NOT_SCANNED
    with pytest.raises(IntegrityError), transaction.atomic():
        Attachment.objects.filter(pk=kept.pk).update(scan_state=ScanState.CHECKING)


@pytest.mark.parametrize("said", [b"", b"stream: maybe\0", b"INSTREAM size limit exceeded. ERROR\0", b"stream: OK NOT"])
def test_an_unclear_answer_is_no_answer(said):
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            connection, _address = server.accept()
            with connection:
                connection.recv(1 << 16)
                connection.sendall(said)
                connection.shutdown(socket.SHUT_WR)
                while connection.recv(1 << 16):
                    pass

        threading.Thread(target=answer, daemon=True).start()
        with pytest.raises(clamd.ScannerDown):
            clamd.scan(BytesIO(PDF), f"tcp://127.0.0.1:{server.getsockname()[1]}", timeout=5)


def test_the_twin_speaks_as_clamd_does(scanner):
    assert clamd.scan(BytesIO(b"x" * 200_000), scanner.url).is_clean
    assert clamd.scan(BytesIO(b"x" * 200_000 + EICAR), scanner.url).signature == "Eicar-Test-Signature"
    assert "sandbox" in clamd.version(scanner.url)
    with pytest.raises(clamd.ScannerDown):
        clamd.version("unix:///nowhere/clamd.ctl")
