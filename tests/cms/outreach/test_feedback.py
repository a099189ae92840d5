"""«Օգտակա՞ր էր այս էջը»: two clicks, no cookie, nothing about the reader."""

from __future__ import annotations

import re

import pytest
import time_machine
from django.db import IntegrityError, transaction

from cms.outreach import feedback
from cms.outreach.models import FeedbackComment, PageFeedback
from cms.outreach.spreadsheet import cell
from cms.seeds.roles import EDITORS
from tests.cms.outreach.conftest import NOW

HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
PAGE = "/services/application-to-head/"


def form_address(client, path: str = PAGE) -> str:
    page = client.get(path).content.decode()
    found = re.search(r'<form class="feedback" action="([^"]+)"', page)
    assert found, "the question stands on the page"
    return found[1]


@pytest.fixture
def visitor(in_meghri, meghri, client_for):
    return client_for(meghri)


def test_two_clicks_and_a_reason(visitor):
    address = form_address(visitor)
    assert visitor.get(PAGE)["X-Page-Cache"] == "hit", "the form is on a kept page"
    clicked = visitor.post(address, {"useful": "0"}, **HERE)
    assert clicked.status_code == 303 and not clicked.cookies
    thanks = visitor.get(clicked["Location"])
    assert "Շնորհակալություն" in thanks.content.decode() and f'href="{PAGE}"' in thanks.content.decode()
    assert not thanks.cookies
    said = visitor.post(address, {"useful": "0", "text": "Չկա ժամկետը", "website": ""}, **HERE)
    assert said.status_code == 303
    row = PageFeedback.objects.get()
    assert (row.path, row.useful, row.useless, row.language) == (PAGE, 0, 1, "hy")
    assert row.title == "Դիմում համայնքի ղեկավարին"
    assert FeedbackComment.objects.get().text == "Չկա ժամկետը"


def test_a_vote_does_not_purge_the_pages(visitor, django_capture_on_commit_callbacks):
    address = form_address(visitor)
    with django_capture_on_commit_callbacks(execute=True):
        visitor.post(address, {"useful": "1"}, **HERE)
    assert visitor.get(PAGE)["X-Page-Cache"] == "hit"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"HTTP_SEC_FETCH_SITE": "cross-site"},
        {"HTTP_ORIGIN": "https://elsewhere.example"},
        {"HTTP_ORIGIN": "null"},
    ],
)
def test_a_form_from_elsewhere_is_not_counted(visitor, headers):
    address = form_address(visitor)
    assert visitor.post(address, {"useful": "1"}, **headers).status_code == 403
    assert not PageFeedback.objects.exists()
    assert visitor.post(address, {"useful": "1"}, HTTP_ORIGIN="http://meghri.localhost").status_code == 303
    assert PageFeedback.objects.get().useful == 1


def test_an_address_that_we_did_not_make_is_unknown(visitor, goris, client_for):
    address = form_address(visitor)
    assert visitor.post(address.replace("/feedback/", "/feedback/x"), {"useful": "1"}, **HERE).status_code == 404
    assert client_for(goris).post(address, {"useful": "1"}, **HERE).status_code == 404
    assert not PageFeedback.objects.exists()


def test_programs_and_the_impatient_are_thanked_and_not_counted(visitor):
    address = form_address(visitor)
    assert visitor.post(address, {"useful": "1", "website": "spam"}, **HERE).status_code == 303
    assert not PageFeedback.objects.exists()
    for _ in range(9):
        assert visitor.post(address, {"useful": "1"}, **HERE).status_code == 303
    assert PageFeedback.objects.get().useful == 5


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Գրեք anna@example.am հասցեին", "Գրեք […] հասցեին"),
        ("Զանգեք +374 91 12-34-56 համարին", "Զանգեք […] համարին"),
        ("ՀԾՀ 1234567890", "ՀԾՀ […]"),
        ("2026 թվականի 45-Ն որոշումը", "2026 թվականի 45-Ն որոշումը"),
        ("ա" * 700, "ա" * 500),
    ],
)
def test_addresses_and_numbers_are_struck_out(written, kept):
    assert feedback.without_personal_data(written) == kept


def test_the_table_is_bounded(in_meghri):
    page = feedback.Asked("/a/", "Ա", "hy")
    for number in range(feedback.MAX_COMMENTS):
        assert feedback.comment(page, False, f"Կարծիք {number} ա")
    assert not feedback.comment(page, False, "Եվս մեկը")
    assert not feedback.comment(page, False, "anna@example.am")
    with time_machine.travel("2029-01-10"):
        assert feedback.forget_old() > 0
    assert not FeedbackComment.objects.exists()


def test_one_row_a_page_and_month(in_meghri):
    feedback.count(feedback.Asked("/a/", "Ա", "hy"), True)
    row = PageFeedback.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        PageFeedback.objects.create(path=row.path, month=row.month, title="Բ", language="hy")
    with pytest.raises(IntegrityError), transaction.atomic():
        PageFeedback.objects.create(path="/b/", month=row.month.replace(day=2), title="Բ", language="hy")


def test_the_worst_page_stands_first_and_one_no_proves_little(in_meghri):
    for path, yes, no in (("/once/", 0, 1), ("/bad/", 10, 40), ("/good/", 50, 1)):
        for answer, times in ((True, yes), (False, no)):
            for _ in range(times):
                feedback.count(feedback.Asked(path, path, "hy"), answer)
    assert [row["path"] for row in feedback.report()] == ["/bad/", "/once/", "/good/"]


def test_the_staff_read_the_report_and_take_it_along(
    in_meghri, meghri, staff_of, signed_in, django_assert_max_num_queries
):
    with time_machine.travel(NOW):
        for number in range(30):
            page = feedback.Asked(f"/page-{number}/", f"Էջ {number}", "hy")
            feedback.count(page, number % 2 == 0)
            feedback.comment(page, False, '=HYPERLINK("http://x")')
        officer = signed_in(meghri, staff_of(meghri, groups=[EDITORS]))
        with django_assert_max_num_queries(25):
            listed = officer.get("/admin/outreach/usefulness/").content.decode()
        assert "Էջ 1" in listed
        opened = officer.get("/admin/outreach/usefulness/?page=/page-1/").content.decode()
        assert "=HYPERLINK" in opened
        sheet = officer.get("/admin/outreach/usefulness/csv/").content.decode()
        assert "'=HYPERLINK" in sheet and ",=HYPERLINK" not in sheet


def test_what_a_spreadsheet_would_calculate_is_text():
    assert [cell(text) for text in ("=1", "+1", "-1", "@x", "Բարև", "")] == ["'=1", "'+1", "'-1", "'@x", "Բարև", ""]
