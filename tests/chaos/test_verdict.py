"""The judge of the chaos run is not blind: each broken promise is seen."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from psycopg.conninfo import make_conninfo

from infra import applications
from infra.chaos import verdict
from infra.chaos.clients import Applicant
from services_api.cases.public import submit
from services_api.exchange.relay import relay
from services_api.procedures.public import published_version
from tenants.context import operator, tenant
from tenants.models import Community

pytestmark = [pytest.mark.chaos, pytest.mark.slow]


@pytest.fixture
def told(real_commits, settings) -> list[Applicant]:
    """Three applicants in Meghri, all confirmed and written to."""
    settings.EMAIL_BACKEND = "services_api.exchange.mail.FolderEmailBackend"
    meghri = Community.objects.get(slug=applications.COMMUNITY)
    applicants = []
    shutil.rmtree(letters(), ignore_errors=True)
    with tenant(meghri):
        version = published_version(applications.PROCEDURE)
        for index in range(3):
            case = submit(version, applications.answers(index), key=f"api:key-{index}", channel="api").case
            applicants.append(Applicant(index, f"key-{index}", "patient", str(case.uuid), case.number, 1))
    relay(meghri.schema_name)
    return applicants


def letters() -> Path:
    return Path(settings.MAIL_FOLDER) / f"t_{applications.COMMUNITY}"


def judge(told: list[Applicant]) -> list[str]:
    values = connection.settings_dict
    url = make_conninfo(
        dbname=values["NAME"],
        host=values["HOST"],
        port=values["PORT"],
        user=values["USER"],
        password=values["PASSWORD"],
    )
    return verdict.judge(url, f"t_{applications.COMMUNITY}", told, Path(settings.MAIL_FOLDER)).wrong


def execute(statement: str) -> None:
    with operator(f"t_{applications.COMMUNITY}"), connection.cursor() as cursor:
        cursor.execute(statement)


def a_letter() -> Path:
    return next(path for path in letters().glob("*.eml") if applications.MAIL_DOMAIN in path.read_text("utf-8"))


def test_a_kept_promise_is_seen(told):
    assert judge(told) == []


def test_a_lost_submission_is_seen(told):
    told.append(Applicant(3, "key-3", "patient", "11111111-1111-1111-1111-111111111111", "Դ-2026/4", 1))
    assert any("was confirmed and is lost" in complaint for complaint in judge(told))


def test_a_submission_that_nobody_sent_is_seen(told):
    assert any("nobody sent" in complaint for complaint in judge(told[:2]))


def test_another_number_than_the_resident_was_told_is_seen(told):
    told[0].number, told[1].number = told[1].number, told[0].number
    assert any("the resident was told" in complaint for complaint in judge(told))


def test_a_gap_in_the_numbers_is_seen(told):
    execute("UPDATE cases_numbercounter SET last = last + 1")
    assert any("numbers are missing" in complaint for complaint in judge(told))


def test_a_letter_that_was_not_written_is_seen(told):
    a_letter().unlink()
    assert any("was mailed 0 times" in complaint for complaint in judge(told))


def test_a_letter_written_twice_is_seen(told):
    letter = a_letter()
    shutil.copy(letter, letter.with_name("again.eml"))
    assert any("was mailed 2 times" in complaint for complaint in judge(told))


def test_a_row_that_still_waits_is_seen(told):
    execute("UPDATE public.exchange_outbox SET state = 'pending', sent_at = NULL WHERE payload ? 'case'")
    assert any("not sent" in complaint for complaint in judge(told))
