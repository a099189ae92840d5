"""Several cases at once: each is checked by itself, what was not done is said and why, a second click does nothing."""

from __future__ import annotations

import pytest

from services_api.cases.models import Case, CaseEvent, SavedList
from services_api.cases.selectors import lists_of
from tests.services_api.cases.staffed import NRNADZOR, SHVANIDZOR, build

INBOX, SELECTED, LISTS = "/admin/work/", "/admin/work/selected/", "/admin/work/lists/"


@pytest.fixture
def house(meghri, staff_of, as_tenant):
    as_tenant(meghri)
    return build(meghri, staff_of)


@pytest.fixture
def desk(house, signed_in, meghri):
    """The registry, which sees all."""
    return signed_in(meghri, house.user("registry"))


def tick(*cases: Case) -> list[str]:
    return [f"{each.uuid}:{Case.objects.get(pk=each.pk).lock_version}" for each in cases]


def events_of(case: Case, code: str) -> int:
    return CaseEvent.objects.filter(case=case, code=code).count()


def test_cases_are_handed_over_each_by_itself_and_a_second_click_does_nothing(house, desk):
    """One fits, one is closed, one is of another settlement than the office, one has changed since, one is not seen."""
    ours = house.case("ours", SHVANIDZOR)
    closed = house.case(
        "closed", SHVANIDZOR, phase="withdrawn", state="withdrawn", closed_at="2026-11-25T12:00:00+04:00"
    )
    elsewhere = house.case("elsewhere", NRNADZOR)
    changed = house.case("changed", SHVANIDZOR)
    secret = house.case("secret", SHVANIDZOR, confidentiality=3)
    chosen = tick(ours, closed, elsewhere, changed, secret)
    Case.objects.filter(pk=changed.pk).update(lock_version=7)
    asking = desk.post(SELECTED, {"act": "hand_over", "case": chosen})
    assert asking.status_code == 200 and asking.context["unseen"] == 1 and events_of(ours, "handed_over") == 0
    to = f"p{house.positions['shvanidzor'].pk}"
    done = desk.post(SELECTED, {"act": "hand_over", "go": "1", "to": to, "case": chosen, "comment": "Շտապ"})
    assert [each.number for each in done.context["done"]] == [ours.number]
    said = {each.number: each.words for each in done.context["left"]}
    assert set(said) == {closed.number, elsewhere.number, changed.number, ""}
    assert "փակ" in said[closed.number] or said[closed.number]
    assert "Մեկը" in said[changed.number] or "փոխ" in said[changed.number]
    assert secret.number not in done.content.decode()
    again = desk.post(SELECTED, {"act": "hand_over", "go": "1", "to": to, "case": chosen})
    assert [each.number for each in again.context["done"]] == [ours.number]
    assert events_of(ours, "handed_over") == 1
    ours.refresh_from_db()
    assert ours.assigned_position == house.positions["shvanidzor"] and elsewhere.assigned_position is None


def test_a_step_that_asks_for_nothing_is_taken_where_it_is_possible(house, desk):
    new, also = house.case("new"), house.case("also")
    registered = house.case("registered", state="registered", phase="registered")
    asking = desk.post(SELECTED, {"act": "step", "case": tick(new, also, registered)})
    codes = [code for code, _label in asking.context["steps"]]
    assert "register" in codes and "answer" not in codes and "assign" not in codes
    form = {"act": "step", "go": "1", "step": "register", "case": tick(new, also, registered)}
    done = desk.post(SELECTED, form)
    assert {each.number for each in done.context["done"]} == {new.number, also.number}
    assert [each.number for each in done.context["left"]] == [registered.number]
    assert len(desk.post(SELECTED, form).context["done"]) == 2 and events_of(new, "register") == 1
    # A step that asks for something is refused, whatever the form says.
    refused = desk.post(SELECTED, {**form, "step": "withdraw", "case": tick(new)})
    assert not refused.context["done"] and events_of(new, "withdraw") == 0


def test_one_note_on_each_and_only_once(house, desk):
    first, second = house.case("first"), house.case("second")
    form = {"act": "note", "go": "1", "text": "Ստուգել արխիվում", "case": tick(first, second)}
    for _click in range(2):
        assert len(desk.post(SELECTED, form).context["done"]) == 2
    assert events_of(first, "note") == events_of(second, "note") == 1
    assert desk.post(SELECTED, {**form, "text": " "}).status_code == 422


def test_selected_cases_as_a_file_hold_nothing_that_is_not_seen(house, signed_in, meghri):
    mine, other = house.case("mine", SHVANIDZOR), house.case("other", NRNADZOR)
    client = signed_in(meghri, house.user("shvanidzor"))
    text = client.post(SELECTED, {"act": "csv", "case": tick(mine, other)}).content.decode()
    assert mine.number in text and other.number not in text
    assert client.post(SELECTED, {"act": "xlsx", "case": tick(mine)}).content[:2] == b"PK"


@pytest.mark.parametrize(
    "sent", [{}, {"case": ["x", "1:2", ":"]}, {"act": "erase", "case": ["00000000-0000-0000-0000-000000000001:1"]}]
)
def test_nonsense_leads_back_to_the_list(desk, sent):
    answer = desk.post(SELECTED, {"act": "note", "back": "which=overdue&next=//evil.example", **sent})
    assert answer.status_code == 302 and answer["Location"] == "/admin/work/?which=overdue"
    assert desk.get(SELECTED).status_code == 302


def test_lists_are_kept_shared_within_the_unit_and_removed_by_their_owner(house, signed_in, meghri):
    chief = signed_in(meghri, house.user("chief"))
    unit = house.units["the-department"].pk
    chief.post(LISTS, {"name": "Ուշացած լույսեր", "back": "which=overdue&q=լույս&x=1", "unit": unit})
    chief.post(LISTS, {"name": "Իմը", "back": "which=mine", "unit": house.units["the-head"].pk})
    assert {(each.name, each.query, each.unit_id) for each in SavedList.objects.all()} == {
        ("Ուշացած լույսեր", "which=overdue&q=%D5%AC%D5%B8%D6%82%D5%B5%D5%BD", unit),
        ("Իմը", "which=mine", None),
    }
    assert [each.name for each in lists_of(house.user("specialist"))] == ["Ուշացած լույսեր"]
    assert lists_of(house.user("shvanidzor")) == []
    colleague = signed_in(meghri, house.user("specialist"))
    assert "Ուշացած լույսեր" in colleague.get(INBOX).content.decode()
    shared = SavedList.objects.get(unit=unit)
    colleague.post(LISTS, {"drop": shared.pk})
    assert SavedList.objects.filter(pk=shared.pk).exists()
    chief.post(LISTS, {"drop": shared.pk})
    assert not SavedList.objects.filter(pk=shared.pk).exists()
    for wrong in ({"name": ""}, {"name": "x" * 81}, {"drop": "x"}):
        assert chief.post(LISTS, wrong).status_code == 302
    assert SavedList.objects.count() == 1


def test_columns_are_chosen_by_each_for_themselves(house, desk, signed_in, meghri):
    house.case("shown", SHVANIDZOR, assigned_position=house.positions["chief"])
    assert 'data-label="Բնակավայր"' not in desk.get(INBOX).content.decode()
    desk.post(LISTS, {"columns": "1", "column": ["settlement", "phone", "password"]})
    page = desk.get(INBOX).content.decode()
    assert 'data-label="Բնակավայր"' in page and "+37491123456" in page and 'data-label="Վիճակ"' not in page
    assert "+37491123456" not in signed_in(meghri, house.user("chief")).get(INBOX).content.decode()
    desk.post(LISTS, {"columns": "1"})
    assert 'data-label="Վիճակ"' in desk.get(INBOX).content.decode()


def test_keys_are_told_on_the_page_and_everything_works_without_them(house, desk):
    case = house.case("one")
    page = desk.get(INBOX).content.decode()
    assert "<kbd>j</kbd>" in page and 'id="work-keys-on"' in page and "cases/inbox" in page
    assert f'value="{case.uuid}:{Case.objects.get(pk=case.pk).lock_version}"' in page
