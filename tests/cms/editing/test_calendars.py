"""Days are typed or chosen; the calendar stands in nobody's way."""

from __future__ import annotations

from cms.seeds.roles import EDITORS


def test_how_calendars_behave_is_said_before_the_first_is_made(meghri, staff_of, signed_in):
    editor = signed_in(meghri, staff_of(meghri, groups=[EDITORS]))
    html = editor.get("/admin/records/reports/new/").content.decode()
    assert html.index("editing/calendars") < html.index('initDateChooser("'), "what comes later changes nothing"
    assert 'src="/static/wagtailadmin/js/vendor/jquery.datetimepicker' in html.split("editing/calendars")[0]


def test_a_day_that_does_not_exist_is_told(meghri, staff_of, signed_in):
    editor = signed_in(meghri, staff_of(meghri, groups=[EDITORS]))
    answer = editor.post(
        "/admin/records/reports/new/",
        {"title_hy": "Հաշվետվություն", "kind": "annual", "year": 2025, "date": "31.02.2026"},
    )
    assert answer.context["form"].errors["date"]
    assert 'value="31.02.2026"' in answer.content.decode(), "as it was typed, for correction"
