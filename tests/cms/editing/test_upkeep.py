"""Reports and the dashboard: what is stale, what is not translated, what a new community still has to do."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page, PageLogEntry

from cms.editing import translation_status, upkeep
from cms.editing.checklist import steps
from cms.models import ContentPage, HomePage, NewsPage, OpeningHours, SiteProfile
from tests.cms.editing.conftest import CHIEF_EDITORS, EDITORS, picture


@pytest.fixture
def about(in_meghri) -> ContentPage:
    page = ContentPage.objects.get(slug="about", locale__language_code="hy")
    page.save_revision().publish()
    page.refresh_from_db()
    return page


@pytest.fixture
def editor(meghri, staff_of, signed_in):
    return signed_in(meghri, staff_of(meghri, groups=[EDITORS]))


@pytest.fixture
def chief(meghri, staff_of, signed_in):
    return signed_in(meghri, staff_of(meghri, groups=[CHIEF_EDITORS]))


def why(page: Page) -> str | None:
    return next((row.reason for row in upkeep.stale_pages() if row.page.pk == page.pk), None)


def test_why_a_page_is_stale(about):
    assert why(about) is None, "published just now"
    ContentPage.objects.filter(pk=about.pk).update(last_published_at=timezone.now() - timedelta(days=400))
    assert why(about) == "old"
    ContentPage.objects.filter(pk=about.pk).update(reviewed_until=timezone.localdate() - timedelta(days=1))
    assert why(about) == "overdue"
    ContentPage.objects.filter(pk=about.pk).update(reviewed_until=timezone.localdate())
    assert why(about) is None, "the day itself is not over"
    ContentPage.objects.filter(pk=about.pk).update(reviewed_until=None, last_published_at=None)
    assert why(about) == "never"


def test_news_are_never_stale(add_news):
    assert NewsPage not in upkeep.reviewed_types()
    assert ContentPage in upkeep.reviewed_types()


def test_still_true_moves_the_date_by_a_year_and_is_logged(about, chief):
    ContentPage.objects.filter(pk=about.pk).update(reviewed_until=date(2020, 1, 1))
    answer = chief.post(reverse("editing_confirm", args=[about.pk]))
    assert answer.status_code == 302 and answer.url == reverse("editing_stale")
    about.refresh_from_db()
    assert about.reviewed_until == timezone.localdate() + timedelta(days=365)
    assert about.get_latest_revision_as_object().reviewed_until == about.reviewed_until, "the next draft keeps it"
    assert PageLogEntry.objects.filter(page=about.pk, action=upkeep.LOG_ACTION).exists()


def test_an_editor_does_not_say_that_a_page_is_true(about, editor):
    assert editor.post(reverse("editing_confirm", args=[about.pk])).status_code in (302, 403)
    about.refresh_from_db()
    assert about.reviewed_until is None


def test_the_stale_report_filters_and_gives_a_file(about, chief):
    ContentPage.objects.filter(pk=about.pk).update(reviewed_until=date(2020, 1, 1), title="=Մեր համայնքը")
    shown = chief.get(reverse("editing_stale"), {"language": "hy", "reason": "overdue"}).content.decode()
    assert "=Մեր համայնքը" in shown
    assert "=Մեր համայնքը" not in chief.get(reverse("editing_stale"), {"language": "en"}).content.decode()
    file = chief.get(reverse("editing_stale"), {"format": "csv"})
    assert file["Content-Type"].startswith("text/csv")
    assert "'=Մեր համայնքը" in file.content.decode(), "a spreadsheet must not take a title for a formula"


def test_the_number_of_queries_does_not_grow_with_the_pages(about, django_assert_max_num_queries):
    with django_assert_max_num_queries(30):
        upkeep.stale_pages()
    with django_assert_max_num_queries(8):
        translation_status.statuses()


def test_where_a_page_stands_in_another_language(about):
    def state(language="en"):
        return next(row for row in translation_status.statuses(language) if row.original.pk == about.pk)

    english = ContentPage.objects.get(translation_key=about.translation_key, locale__language_code="en")
    assert state().status == "outdated", "the original was published after the starter translation"
    english.save_revision().publish()
    assert state().status == "translated"
    about.lede = "Նոր ամփոփում համայնքի մասին"
    about.save_revision().publish()
    assert state().status == "outdated"
    assert ("+", "Նոր ամփոփում համայնքի մասին") in translation_status.changes_since(state())
    english.unpublish()
    assert state().status == "draft"
    english.delete()
    assert state().status == "missing"


def test_a_news_item_is_translated_with_one_click_as_a_draft(add_news, chief):
    page = add_news("Ջրի դադար")
    answer = chief.post(reverse("editing_translate", args=[page.pk, "ru"]))
    made = NewsPage.objects.get(translation_key=page.translation_key, locale__language_code="ru")
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[made.pk])
    assert not made.live, "Armenian words are not shown under another language"
    assert made.get_parent().locale.language_code == "ru"
    assert chief.get(answer.url).status_code == 200
    again = chief.post(reverse("editing_translate", args=[page.pk, "ru"]))
    assert again.url == answer.url


def test_a_starter_translation_is_opened_and_not_overwritten(about, chief):
    english = ContentPage.objects.get(translation_key=about.translation_key, locale__language_code="en")
    before = english.title
    answer = chief.post(reverse("editing_translate", args=[about.pk, "en"]))
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[english.pk])
    english.refresh_from_db()
    assert english.title == before and english.live


def test_reports_are_in_armenian_and_only_for_those_who_write(about, chief, meghri, staff_of, signed_in):
    for name in ("editing_stale", "editing_translations", "editing_text_report"):
        shown = chief.get(reverse(name))
        assert shown.status_code == 200, name
    assert "Թարգմանություններ" in chief.get(reverse("editing_translations")).content.decode()
    changes = chief.get(reverse("editing_translation_changes", args=[about.pk, "en"]))
    assert changes.status_code == 200
    officer = signed_in(meghri, staff_of(meghri, groups=["Դիմումների պատասխանատուներ"]))
    assert officer.get(reverse("editing_stale")).status_code in (302, 403)


def test_a_language_without_a_home_is_not_offered(in_meghri, meghri, client_for, django_capture_on_commit_callbacks):
    visitor = client_for(meghri)
    assert 'href="/ru/' in visitor.get("/").content.decode()
    home = HomePage.objects.get(locale=Locale.objects.get(language_code="ru"))
    with django_capture_on_commit_callbacks(execute=True):
        home.unpublish()
    assert 'href="/ru/"' not in visitor.get("/").content.decode()


def test_the_checklist_follows_the_data(in_meghri, add_news, about):
    done = {step.code for step in steps() if step.is_done}
    assert done <= {"about"}
    profile = SiteProfile.objects.get()
    profile.arms, profile.accent = picture("Զինանշան", "Զինանշան"), "#0b5a82"
    profile.phone, profile.email, profile.address_hy = "0286 43 536", "info@meghri.example", "Մեղրի"
    profile.hours.set([OpeningHours(first_day=0, last_day=4, opens="09:00", closes="18:00")])
    profile.save()
    add_news("Մեկ")
    done = {step.code for step in steps() if step.is_done}
    assert {"arms", "accent", "contacts", "hours", "news", "about"} <= done


def test_the_ministry_is_asked_for_no_head_and_no_council(ministry, meghri, staff_of, signed_in):
    mark = 'id="ed-checklist"'
    assert mark in signed_in(meghri, staff_of(meghri, superuser=True)).get("/admin/").content.decode()
    assert mark not in signed_in(ministry, staff_of(ministry, superuser=True)).get("/admin/").content.decode()


def test_every_button_of_the_checklist_opens_a_screen(in_meghri, chief):
    for step in steps():
        assert chief.get(step.url, follow=True).status_code == 200, step.code


def test_the_dashboard_answers_in_the_order_of_the_day(about, chief, editor):
    ContentPage.objects.filter(pk=about.pk).update(reviewed_until=date(2020, 1, 1))
    shown = chief.get(reverse("wagtailadmin_home")).content.decode()
    places = [shown.index(mark) for mark in ('id="ed-checklist"', 'id="ed-stale"', 'id="ed-translations"')]
    assert places == sorted(places)
    assert "still-true" in shown and "still-true" not in editor.get(reverse("wagtailadmin_home")).content.decode()
    assert chief.post(reverse("editing_confirm", args=[about.pk])).status_code == 302
