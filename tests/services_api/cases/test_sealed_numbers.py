"""«My number is in your database»: sealed, found by the whole number, turned to new keys, open nowhere else."""

from __future__ import annotations

import importlib
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from services_api.cases import selectors, services
from services_api.cases.models import Case, DraftSubmission, SubmissionKey
from services_api.cases.selectors import Filters
from services_api.cases.services import resealing
from services_api.parties.models import Identifier
from services_api.parties.public import identifiers, record_person
from services_api.procedures.public import build, published_version
from tenants import sealing
from tenants.context import tenant
from tests.services_api.procedures.samples import answers_to

PSN, TIN = "3912840567", "09283746"
OLD, NEW = "o" * 48, "n" * 48


def answers_of(code: str, **changes) -> dict:
    return {**answers_to(build(published_version(code), "hy")), **changes}


@pytest.fixture
def certificate(in_meghri):
    """Somebody asks for a certificate with the number of the social card."""
    answers = answers_of("certificate-residence", psn={"number": PSN})
    return services.submit(published_version("certificate-residence"), answers, key="sealed-1").case


def rows_in_database() -> str:
    """Every row of the community's tables of cases and parties, and of the outbox, as a dump has them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = %s AND tablename ~ '^(cases|parties)_'",
            [connection.schema_name],
        )
        tables = [f'"{name}"' for (name,) in cursor.fetchall()]
        dump = []
        for table in [*tables, "public.exchange_outbox"]:
            cursor.execute(f"SELECT t::text FROM {table} AS t")
            dump += [row[0] for row in cursor.fetchall()]
    return "\n".join(dump)


def found_by(user, text: str) -> list[str]:
    return [each.number for each in selectors.inbox(user, Filters(which="all", text=text))]


def test_no_number_lies_in_clear_and_everything_that_reads_it_still_does(
    certificate, meghri, staff_of, signed_in, client_for
):
    answers = answers_of("land-lease")
    company = {"name": "«Լուսարփի» ՍՊԸ", "tin": TIN}
    if "organisation" not in answers:
        answers |= {"who": "organisation", "organisation": company}
    leased = services.submit(published_version("land-lease"), {**answers, "organisation": company}, key="sealed-2").case
    draft = services.begin_draft(published_version("certificate-residence"), "hy")
    services.keep_answers(draft, {"psn": {"number": PSN, "certificate": "AB-77/9"}}, is_valid=False, language="hy")
    dump = rows_in_database()
    for number in (PSN, TIN, "AB-77/9"):
        assert number not in dump, number
    assert sealing.FORMAT + "." in dump
    # Read by the model, it is there; the officer sees it whole, lists and receipts never do.
    kept = Case.objects.get(pk=certificate.pk)
    assert kept.answers["psn"] == {"number": PSN}
    assert DraftSubmission.objects.get(pk=draft.pk).answers["psn"]["certificate"] == "AB-77/9"
    assert Case.objects.get(pk=leased.pk).answers["organisation"]["tin"] == TIN
    assert [each.number for each in kept.applicant.identifiers.all()] == [PSN]
    assert [(each.scheme, each.number) for each in leased.applicant.identifiers.all()] == [("tin", TIN)]
    officer = staff_of(meghri, superuser=True)
    page = signed_in(meghri, officer).get(f"/admin/work/cases/{certificate.uuid}/").content.decode()
    assert PSN in page
    # A repeated sending is still the same one.
    again = answers_of("certificate-residence", psn={"number": PSN})
    assert not services.submit(published_version("certificate-residence"), again, key="sealed-1").created


def test_an_officer_finds_a_case_by_the_whole_number_only(certificate, meghri, staff_of):
    officer = staff_of(meghri, superuser=True)
    child = answers_of("kindergarten-place", child_psn={"number": "5550001112"})
    placed = services.submit(published_version("kindergarten-place"), child, key="sealed-3").case
    assert found_by(officer, PSN) == [certificate.number]
    assert found_by(officer, PSN[:9]) == found_by(officer, PSN[1:]) == found_by(officer, "0000000000") == []
    # A child's number finds the case, but it is not the number of whoever applied.
    assert found_by(officer, "5550001112") == [placed.number]
    assert not placed.applicant.identifiers.exists()
    blind = staff_of(meghri, groups=[])
    assert found_by(blind, PSN) == []


def test_another_communitys_key_does_not_open_and_a_missing_key_is_told_by_name(certificate, goris, settings):
    row = certificate.applicant.identifiers.get()
    with tenant(goris), pytest.raises(sealing.CannotOpen, match="another community"):
        sealing.unseal(row.sealed)
    with tenant(goris), sealing.opened_as("t_meghri"):
        assert sealing.unseal(row.sealed) == PSN
    mine = sealing.digest(identifiers.named("psn", PSN))
    with tenant(goris):
        assert sealing.digest(identifiers.named("psn", PSN)) != mine
    before = sealing.key_id(settings.IDENTIFIER_KEYS[0])
    settings.IDENTIFIER_KEYS = [NEW]
    with pytest.raises(sealing.CannotOpen, match=before):
        Case.objects.get(pk=certificate.pk)
    assert before in sealing.probe()
    with pytest.raises(CommandError, match="did not open"):
        call_command("identifiers", "rotate", "meghri", stdout=StringIO(), stderr=StringIO())
    settings.IDENTIFIER_KEYS = [NEW, NEW[::-1] + "x"]
    with pytest.raises(CommandError):
        call_command("identifiers", "check", "meghri", stdout=StringIO())
    assert sealing.unseal(sealing.seal("7")) == "7"
    with pytest.raises(sealing.CannotOpen, match="no seal"):
        sealing.unseal(PSN)
    with pytest.raises(IntegrityError), transaction.atomic():
        Identifier.objects.create(party=certificate.applicant, scheme="psn", sealed=PSN, digest="d")


def test_keys_are_turned_while_people_work_and_a_broken_run_goes_on(in_meghri, meghri, staff_of, settings):
    settings.IDENTIFIER_KEYS = [OLD]
    officer = staff_of(meghri, superuser=True)
    version = published_version("certificate-residence")
    cases = [
        services.submit(version, answers_of("certificate-residence", psn={"number": f"123450000{n}"}), key=f"r{n}").case
        for n in range(3)
    ]
    settings.IDENTIFIER_KEYS = [NEW, OLD]
    assert found_by(officer, "1234500001") == [cases[1].number]
    with pytest.raises(KeyboardInterrupt):
        sealing.reseal(report=_broken_off)
    said = StringIO()
    call_command("identifiers", "rotate", "meghri", stdout=said)
    assert "identifiers 3/3" in said.getvalue() and "answers 3" in said.getvalue()
    call_command("identifiers", "rotate", "meghri", stdout=(again := StringIO()))
    assert "turned identifiers 0, answers 0" in again.getvalue()
    # The old key goes: everything opens and is found by the new one.
    settings.IDENTIFIER_KEYS = [NEW]
    assert found_by(officer, "1234500002") == [cases[2].number]
    assert [each.answers["psn"]["number"] for each in Case.objects.order_by("pk")][-1] == "1234500002"
    assert sealing.probe() == ""


def _broken_off(what: str, done: int, total: int) -> None:
    raise KeyboardInterrupt


def test_what_lay_in_clear_before_is_sealed_by_the_migration(certificate, meghri, staff_of):
    fingerprint = "f" * 64
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_case SET named_digests = '{}', answers = jsonb_set(answers, '{psn}', %s)",
                       [f'{{"number": "{PSN}"}}'])  # fmt: skip
    Identifier.objects.all().delete()
    SubmissionKey.objects.update(fingerprint=fingerprint)
    assert PSN in rows_in_database()
    migration = importlib.import_module("services_api.cases.migrations.0006_numbers_sealed")
    # Models as the migration has them: the column of answers is an ordinary one.
    state = MigrationExecutor(connection).loader.project_state([("cases", "0006_numbers_sealed")])
    migration.seal(state.apps, None)
    assert PSN not in rows_in_database()
    assert found_by(staff_of(meghri, superuser=True), PSN) == [certificate.number]
    assert certificate.applicant.identifiers.get().number == PSN
    assert SubmissionKey.objects.get().fingerprint == sealing.digest(fingerprint)
    assert resealing.reseal(False, lambda what, done, total: None) == 0


def test_a_party_keeps_a_number_once(in_meghri):
    party = record_person(surname="Հակոբյան", name="Նարե")
    identifiers.keep(party, {"psn": "12 345 678 90"})
    identifiers.keep(party, {"psn": "1234567890", "certificate": "ab-1"})
    assert sorted(each.number for each in party.identifiers.all()) == ["1234567890", "AB-1"]
