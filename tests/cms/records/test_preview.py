"""An editor sees a record as visitors will, before anybody publishes it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cms.authoring import people, records
from cms.records.models import Person, Vacancy
from cms.records.registers import registers
from cms.seeds.roles import EDITORS
from tests.cms.records.conftest import three


@pytest.fixture
def editor(filled, staff_of, signed_in):
    return signed_in(filled, staff_of(filled, groups=[EDITORS]))


@pytest.fixture
def draft(filled) -> Vacancy:
    return records.add(
        Vacancy, three("Վարորդ", "Driver"), published=False, deadline=timezone.now() + timedelta(days=10),
        requirements=three("B կարգի վարորդական վկայական", "A driving licence"),
    )  # fmt: skip


def preview(record, language: str = "") -> str:
    code = next(register.code for register in registers.values() if isinstance(record, register.model))
    address = reverse("records_preview", args=[code, record.pk])
    return f"{address}?language={language}" if language else address


def test_a_draft_is_seen_as_it_will_be(editor, draft, filled, client_for):
    answer = editor.get(preview(draft))
    html = answer.content.decode()
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]
    assert "<h1" in html and "Վարորդ" in html and "B կարգի վարորդական վկայական" in html
    assert 'class="site-header' in html or "<header" in html
    assert "A driving licence" in editor.get(preview(draft, "en")).content.decode()
    assert client_for(filled).get(registers["vacancies"].page_url("hy") + f"{draft.address}/").status_code == 404


def test_the_form_of_a_record_leads_to_its_previews(editor, draft):
    html = editor.get(registers["vacancies"].edit_url(draft)).content.decode()
    assert preview(draft, "hy") in html and preview(draft, "en") in html and preview(draft, "ru") not in html


def test_a_language_without_the_record_leads_back(editor, draft):
    answer = editor.get(preview(draft, "ru"))
    assert answer.status_code == 302 and answer.url == registers["vacancies"].edit_url(draft)


def test_every_register_can_be_previewed(editor, filled):
    for register in registers.values():
        record = register.model._default_manager.order_by("pk").first()
        assert record is not None, register.code
        type(record).objects.filter(pk=record.pk).update(is_published=False)
        record.refresh_from_db()
        answer = editor.get(preview(record))
        assert answer.status_code == 200, register.code
        assert record.title("hy") in answer.content.decode().replace("\u00ad", ""), register.code


def test_a_person_without_an_office_is_previewed_too(editor, filled):
    person = people.add_person(three("Նոր Մարդ"), birth_year=1980)
    Person.objects.filter(pk=person.pk).update(is_published=False)
    assert editor.get(preview(person)).status_code == 200


def test_visitors_and_strangers_are_not_shown_drafts(filled, draft, client_for, staff_of, signed_in):
    assert client_for(filled).get(preview(draft)).status_code == 302
    officer = signed_in(filled, staff_of(filled, groups=["Դիմումների պատասխանատուներ"]))
    answer = officer.get(preview(draft))
    assert answer.status_code == 302 and answer.url == "/admin/"


def test_what_is_no_register_is_not_found(editor):
    assert editor.get(reverse("records_preview", args=["horses", 1])).status_code == 404
