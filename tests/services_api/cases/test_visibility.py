"""Who sees which case: (mine, my queues, what I lead, nobody's, in whose place I am) AND jurisdiction AND clearance."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from services_api.cases import functions
from services_api.cases.actors import genitive, staff
from services_api.cases.errors import TransitionRefused
from services_api.cases.models import Case
from services_api.cases.selectors import Filters, counts, inbox, staff_case, visible_cases
from services_api.cases.services import hand_over, set_confidentiality, transition
from services_api.org.public import appoint, end_appointment
from services_api.parties.public import reads_of
from tests.services_api.cases.staffed import NRNADZOR, OFFICERS, SHVANIDZOR, build, today

EVERYBODY = {"head", "registry", "chief", "specialist", "shvanidzor", "nrnadzor"}


@pytest.fixture
def house(meghri, staff_of, as_tenant):
    as_tenant(meghri)
    return build(meghri, staff_of)


def seen_by(house, case) -> set[str]:
    return {name for name in house.people if visible_cases(house.user(name)).filter(pk=case.pk).exists()}


def test_what_nobody_has_is_seen_by_whoever_may_receive_it_there(house):
    assert seen_by(house, house.case("a")) == EVERYBODY
    assert seen_by(house, house.case("b", SHVANIDZOR)) == EVERYBODY - {"nrnadzor"}


def test_a_case_of_a_position_is_seen_by_its_holder_and_those_above(house):
    mine = house.case("a", assigned_position=house.positions["specialist"])
    assert seen_by(house, mine) == {"specialist", "chief", "registry", "head"}
    office = house.case("b", SHVANIDZOR, assigned_position=house.positions["shvanidzor"])
    assert seen_by(house, office) == {"shvanidzor", "registry", "head"}


def test_a_queue_is_seen_by_its_members_and_those_above(house):
    waiting = house.case("a", assigned_queue=house.queues["department"])
    assert seen_by(house, waiting) == {"specialist", "chief", "registry", "head"}


def test_the_jurisdiction_cuts_even_what_is_ones_own(house):
    stray = house.case("a", NRNADZOR, assigned_position=house.positions["shvanidzor"])
    assert seen_by(house, stray) == {"registry", "head"}


def test_above_the_clearance_nothing_is_seen_not_even_by_those_who_see_all(house):
    restricted = house.case("a", assigned_position=house.positions["specialist"], confidentiality=3)
    assert seen_by(house, restricted) == {"head"}
    assert not visible_cases(house.user("specialist")).filter(pk=restricted.pk).exists()


def test_whoever_leaves_a_position_leaves_its_cases(house, meghri, staff_of):
    case = house.case("a", assigned_position=house.positions["specialist"])
    appointment = house.positions["specialist"].appointments.get()
    end_appointment(appointment, today() - timedelta(days=1))
    follower = staff_of(meghri, "follower@staffed.example", groups=[OFFICERS])
    appoint(follower, house.positions["specialist"], today())
    assert "specialist" not in seen_by(house, case)
    assert visible_cases(follower).filter(pk=case.pk).exists()


def test_without_the_permission_a_position_opens_nothing(house, meghri, staff_of):
    stranger = staff_of(meghri, "stranger@staffed.example")
    appoint(stranger, house.positions["specialist"], today())
    house.case("a")
    assert visible_cases(stranger).count() == 0


def test_without_a_position_there_is_what_was_given_by_name_and_what_nobody_has(house, meghri, staff_of):
    newcomer = staff_of(meghri, "newcomer@staffed.example", groups=[OFFICERS])
    named, nobodys = house.case("a", assignee=newcomer), house.case("b", SHVANIDZOR)
    house.case("c", assigned_position=house.positions["specialist"])
    assert set(visible_cases(newcomer)) == {named, nobodys}


def test_the_substitute_sees_what_is_covered_and_loses_it_the_day_after(house):
    case = house.case("a", assigned_position=house.positions["shvanidzor"], settlement=SHVANIDZOR)
    house.substitution("shvanidzor", "nrnadzor")
    assert "nrnadzor" in seen_by(house, case)
    with time_machine.travel(house.case("b").submitted_at + timedelta(days=1), tick=False):
        assert "nrnadzor" in seen_by(house, case)
    with time_machine.travel(house.case("c").submitted_at + timedelta(days=2), tick=False):
        assert "nrnadzor" not in seen_by(house, case)


def test_a_part_is_covered_by_family_or_procedure(house):
    case = house.case("a", assigned_position=house.positions["specialist"])
    part = house.substitution("specialist", "shvanidzor", is_full=False, covers=["family:complaint"])
    assert "shvanidzor" not in seen_by(house, case)
    part.covers = ["procedure:application-to-head", "family:complaint"]
    part.save()
    assert "shvanidzor" in seen_by(house, case)


def test_who_stands_in_for_the_head_or_the_registry_sees_what_they_see(house):
    case = house.case("a", NRNADZOR, assigned_position=house.positions["nrnadzor"], confidentiality=3)
    ordinary = house.case("b", NRNADZOR, assigned_position=house.positions["nrnadzor"])
    house.substitution("head", "chief")
    house.substitution("registry", "shvanidzor")
    assert "chief" in seen_by(house, case) and "shvanidzor" not in seen_by(house, case)
    assert {"chief", "shvanidzor"} <= seen_by(house, ordinary)


def test_the_substitute_is_named_as_such_in_event_decision_and_log(house, signed_in, meghri):
    case = house.case("a", assigned_position=house.positions["shvanidzor"], settlement=SHVANIDZOR)
    Case.objects.filter(pk=case.pk).update(state="in_progress", phase="in_progress")
    house.substitution("shvanidzor", "nrnadzor")
    page = signed_in(meghri, house.people["nrnadzor"]).get(f"/admin/work/cases/{case.uuid}/")
    assert page.status_code == 200
    done = transition(
        case.uuid, "answer", actor=staff(house.user("nrnadzor")), expected_version=1, data={"answer": "Լուծված է։"}
    )
    label = "Nrnadzor Օրինակյան, nrnadzor՝ Shvanidzor Օրինակյանի փոխարեն"
    assert done.events.get(code="answer").actor_label == label
    assert done.decisions.get().decided_by == label
    assert reads_of(case.reference).first().actor_label == label


def test_in_ones_own_right_nobody_is_named(house):
    case = house.case("a")
    house.substitution("specialist", "chief")
    actor = staff(house.user("chief")).on(case)
    assert "փոխարեն" not in actor.taking({"receiver"}).label


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Արմեն Օրինակյան", "Արմեն Օրինակյանի"), ("Աննա", "Աննայի"), ("Սարո", "Սարոյի"), ("Անի", "Անիի")],
)
def test_names_in_the_genitive(name, expected):
    assert genitive(name) == expected


def test_without_bindings_the_head_is_the_head_and_everybody_does_the_rest(house):
    case = house.case("a")
    assert functions.standing(house.user("head"), case).own == functions.STAFF_FUNCTIONS
    assert functions.standing(house.user("specialist"), case).own == functions.STAFF_FUNCTIONS - {"head"}


def test_the_most_particular_binding_counts(house):
    case, elsewhere = house.case("a", SHVANIDZOR), house.case("b", NRNADZOR)
    house.bind("receiver", queue=house.queues["department"])
    house.bind("receiver", settlement=SHVANIDZOR, position=house.positions["shvanidzor"])
    assert "receiver" in functions.standing(house.user("shvanidzor"), case).own
    assert "receiver" not in functions.standing(house.user("specialist"), case).own
    assert "receiver" in functions.standing(house.user("specialist"), elsewhere).own
    with pytest.raises(TransitionRefused):
        transition(case.uuid, "register", actor=staff(house.user("specialist")), expected_version=1)
    transition(case.uuid, "register", actor=staff(house.user("shvanidzor")), expected_version=1)


def test_whoever_does_not_see_a_case_has_no_step_on_it(house):
    case = house.case("a", NRNADZOR)
    with pytest.raises(TransitionRefused):
        transition(case.uuid, "register", actor=staff(house.user("shvanidzor")), expected_version=1)


def test_a_new_case_goes_to_whoever_is_bound_to_receive_it(house, meghri):
    from services_api.cases.services import submit
    from services_api.procedures.public import published_version
    from tests.services_api.cases.conftest import answers_for

    house.bind("receiver", queue=house.queues["department"])
    case = submit(published_version("application-to-head"), answers_for(meghri), key="routed").case
    assert case.assigned_queue == house.queues["department"]
    assert seen_by(house, case) == {"specialist", "chief", "registry", "head"}
    assert list(inbox(house.user("specialist"), Filters("queues"))) == [case]
    assert counts(house.user("specialist"))["queues"] == 1


def test_a_case_is_forwarded_to_a_position_or_a_queue_and_taken_out_of_it(house):
    case = house.case("a")
    moved = hand_over(case.uuid, f"q{house.queues['department'].pk}", actor=staff(house.user("registry")),
                    expected_version=1, comment="քննել")  # fmt: skip
    assert (moved.assigned_queue, moved.assigned_position) == (house.queues["department"], None)
    taken = hand_over(case.uuid, str(house.people["specialist"].pk), actor=staff(house.user("specialist")),
                    expected_version=2)  # fmt: skip
    assert (taken.assigned_queue, taken.assigned_position) == (
        house.queues["department"], house.positions["specialist"],
    )  # fmt: skip
    away = hand_over(case.uuid, f"p{house.positions['head'].pk}", actor=staff(house.user("chief")), expected_version=3)
    assert (away.assigned_queue, away.assigned_position) == (None, house.positions["head"])
    assert [each.code for each in case.events.all()] == ["submit", "handed_over", "handed_over", "handed_over"]
    assert case.events.last().actor_label.startswith("Chief")


def test_a_case_is_not_given_to_those_who_would_not_see_it(house):
    case = house.case("a", NRNADZOR)
    actor = staff(house.user("registry"))
    for wrong in (f"p{house.positions['shvanidzor'].pk}", f"u{house.people['shvanidzor'].pk}", "q999999", "x", ""):
        with pytest.raises(TransitionRefused):
            hand_over(case.uuid, wrong, actor=actor, expected_version=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(assignee=house.people["head"], assigned_position=house.positions["head"])


def test_confidentiality_is_set_up_to_ones_own_level(house):
    case = house.case("a")
    registry, head = house.user("registry"), house.user("head")
    with pytest.raises(TransitionRefused):
        set_confidentiality(case.uuid, 3, user=registry, actor=staff(registry), expected_version=1)
    assert Case.objects.get(pk=case.pk).confidentiality == 2
    set_confidentiality(case.uuid, 3, user=head, actor=staff(head), expected_version=1)
    assert seen_by(house, case) == {"head"}


def test_list_detail_and_file_agree_on_the_screens(house, signed_in, meghri):
    from services_api.cases.public import clean, store_upload

    case = house.case("a", SHVANIDZOR, assigned_position=house.positions["shvanidzor"])
    kept = store_upload(clean(SimpleUploadedFile("a.pdf", b"%PDF-1.4\n% x\n%%EOF\n")))
    type(kept).objects.filter(pk=kept.pk).update(case=case, draft=None)
    for name, status in (("shvanidzor", 200), ("head", 200), ("registry", 200), ("nrnadzor", 404), ("chief", 404)):
        client = signed_in(meghri, house.people[name])
        assert (case.number in client.get("/admin/work/").content.decode()) == (status == 200), name
        for address in (
            f"/admin/work/cases/{case.uuid}/", f"/admin/work/cases/{case.uuid}/files/{kept.uuid}/",
            f"/api/v1/cases/{case.uuid}/", f"/api/v1/cases/{case.uuid}/files/{kept.uuid}/",
        ):  # fmt: skip
            assert client.get(address).status_code == status, (name, address)
        nowhere = {"hand_over": "1", "to": "", "lock_version": "1"}
        told = client.post(f"/admin/work/cases/{case.uuid}/", nowhere)
        assert told.status_code == (422 if status == 200 else 404), name


def test_the_case_page_has_its_budget_as_a_substitute(house, signed_in, meghri, django_assert_max_num_queries):
    case = house.case("a", SHVANIDZOR, assigned_position=house.positions["shvanidzor"])
    house.substitution("shvanidzor", "nrnadzor")
    client = signed_in(meghri, house.people["nrnadzor"])
    client.get("/admin/work/")
    with django_assert_max_num_queries(41):
        client.get(f"/admin/work/cases/{case.uuid}/")
    with pytest.raises(Case.DoesNotExist):
        staff_case(house.user("specialist"), case.uuid)


def test_the_one_who_assigns_is_warned_of_an_absence_without_a_substitute(house, signed_in, meghri):
    from services_api.org.public import Absence
    from services_api.workdays.public import local

    case = house.case("a", assigned_position=house.positions["head"])
    due = local(case.due_at).date()
    Absence.objects.create(user=house.people["specialist"], valid_from=due, valid_to=due, order_number="3-Ա")
    client = signed_in(meghri, house.people["registry"])
    address = f"/admin/work/cases/{case.uuid}/"
    assert "բացակայելու է ժամկետի վերջին օրը" in client.get(address).content.decode()
    to = {"hand_over": "1", "to": f"p{house.positions['specialist'].pk}", "lock_version": "1"}
    assert "փոխարինող չունի" in client.post(address, to, follow=True).content.decode()
    house.substitution("specialist", "chief", valid_from=due, valid_to=due)
    assert "փոխարինող չունի" not in client.get(address).content.decode()
