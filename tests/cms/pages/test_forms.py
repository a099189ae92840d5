"""Forms of the community's own and proposals to discussions: kept, told of, safe from programs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.contrib.forms.models import FormSubmission

from cms import limits
from cms.letters import send_form
from cms.models import ConsultationComment
from services_api.exchange.models import Outbox
from services_api.exchange.public import Item
from tests.cms.pages import examples


def names_of(page) -> dict[str, str]:
    """The answers under the names that the fields have."""
    fields = [field.clean_name for field in page.get_form_fields()]
    values = dict(zip(fields, ["Կարեն", "karen@example.am", "", "Գիրք", "Ե՞րբ է բաց գրադարանը"], strict=True))
    day = fields[2]
    values.pop(day)
    return values | {f"{day}_day": "24", f"{day}_month": "11", f"{day}_year": "2026"}


def test_what_is_sent_is_kept_and_the_office_is_told(in_meghri, meghri, client_for):
    page = examples.form_page()
    client = client_for(meghri)
    html = client.get(page.url).content.decode()
    assert "csrfmiddlewaretoken" in html and 'name="website"' in html
    answer = client.post(page.url, names_of(page))
    assert (answer.status_code, answer["Location"]) == (302, f"{page.url}sent/")
    assert client.get(answer["Location"]).status_code == 200
    kept = FormSubmission.objects.get()
    assert "2026-11-24" in str(kept.form_data) and "Կարեն" in str(kept.form_data)
    row = Outbox.objects.get(kind="website-form")
    send_form(Item(payload=row.payload, identity="<1@x>", attempt=1))
    letter = mail.outbox[-1]
    assert letter.to == ["library@meghri.example"]
    assert "Կարեն" not in letter.body and f"/admin/forms/submissions/{page.pk}/" in letter.body


def test_the_form_is_never_cached_and_its_token_is_checked(in_meghri, meghri, client_for):
    page = examples.form_page()
    client = client_for(meghri, enforce_csrf_checks=True)
    assert client.get(page.url).get("X-Page-Cache", "") == ""
    assert client.post(page.url, names_of(page)).status_code == 403
    assert not FormSubmission.objects.exists()


def test_errors_stand_on_top_and_at_the_field_and_nothing_is_lost(in_meghri, meghri, client_for):
    page = examples.form_page()
    values = names_of(page)
    email = page.get_form_fields()[1].clean_name
    day = page.get_form_fields()[2].clean_name
    values[email] = "karen"
    values[f"{day}_month"] = "13"
    answer = client_for(meghri).post(page.url, values)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "error-summary" in html and f'href="#f-{email}"' in html and f'href="#f-{day}-day"' in html
    assert 'value="karen"' in html and "Ե՞րբ է բաց գրադարանը" in html
    assert not FormSubmission.objects.exists()


def test_a_program_that_fills_in_everything_is_thanked_and_forgotten(in_meghri, meghri, client_for):
    page = examples.form_page()
    answer = client_for(meghri).post(page.url, names_of(page) | {"website": "http://spam.example"})
    assert answer.status_code == 302
    assert not FormSubmission.objects.exists()


def test_nobody_sends_a_form_a_hundred_times(in_meghri, meghri, client_for, monkeypatch):
    monkeypatch.setitem(limits.LIMITS, "form", (2, 3600))
    page = examples.form_page()
    client = client_for(meghri)
    codes = [client.post(page.url, names_of(page)).status_code for _try in range(4)]
    assert codes == [302, 302, 429, 429]
    assert FormSubmission.objects.count() == 2


def test_a_proposal_is_shown_after_it_was_read_and_with_the_name_only_by_consent(
    in_meghri, meghri, client_for, staff_of, signed_in, django_capture_on_commit_callbacks
):
    page = examples.consultation()
    client = client_for(meghri)
    client.get(page.url)
    for name, shows in (("Կարեն Հակոբյան", "1"), ("Մարիամ Ղազարյան", "")):
        values = {"name": name, "text": f"Առաջարկ՝ {name[:4]}", "email": "x@example.am"}
        answer = client.post(f"{page.url}comment/", values | ({"shows_name": shows} if shows else {}))
        assert answer.status_code == 302
    assert "Կարեն" not in client.get(page.url).content.decode()
    chief = signed_in(meghri, staff_of(meghri, superuser=True))
    for comment in ConsultationComment.objects.all():
        with django_capture_on_commit_callbacks(execute=True):
            path = f"/admin/proposals/edit/{comment.pk}/"
            assert chief.get(path).status_code == 200
            assert chief.post(path, {"state": "shown", "reason": ""}).status_code == 302
    assert chief.get("/admin/proposals/").status_code == 200
    html = client.get(page.url).content.decode()
    assert "Կարեն Հակոբյան" in html and "Ղազարյան" not in html and "x@example.am" not in html
    assert html.count("Առաջարկ՝") == 2
    assert ConsultationComment.objects.filter(decided_by__isnull=True).count() == 0


def test_no_proposal_before_and_after_the_days_of_discussion(in_meghri, meghri, client_for, time_machine):
    page = examples.consultation()
    client = client_for(meghri)
    assert client.get(f"{page.url}comment/").status_code == 200
    time_machine.move_to(timezone.now() + timedelta(days=20))
    assert client.get(f"{page.url}comment/").status_code == 302
    assert client.post(f"{page.url}comment/", {"name": "Ա", "text": "Բ"}).status_code == 302
    assert not ConsultationComment.objects.exists()


def test_a_normative_draft_is_discussed_for_fifteen_days(in_meghri):
    page = examples.consultation()
    page.is_normative = True
    page.closes_on = page.opens_on + timedelta(days=14)
    with pytest.raises(ValidationError) as refused:
        page.clean()
    assert "15" in str(refused.value) and "1146" in str(refused.value)
    page.closes_on = page.opens_on + timedelta(days=15)
    page.clean()


def test_dates_out_of_order_are_refused_by_the_database(in_meghri):
    page = examples.consultation()
    yesterday = page.opens_on - timedelta(days=1)
    for wrong in ({"closes_on": yesterday}, {"result_on": yesterday}):
        with pytest.raises(IntegrityError), transaction.atomic():
            type(page).objects.filter(pk=page.pk).update(**wrong)
