"""What an officer does on the screens, done by a program."""

from __future__ import annotations

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.utils import timezone

from services_api.cases.actors import staff
from services_api.cases.models import Case
from services_api.cases.services import Order, issue
from services_api.parties.models import AccessLog
from tenants.context import tenant
from tests.services_api.api.conftest import problem
from tests.services_api.cases.conftest import picture, upload
from tests.services_api.cases.staffed import SHVANIDZOR, build


@pytest.fixture
def house(meghri, staff_of, as_tenant):
    as_tenant(meghri)
    return build(meghri, staff_of)


@pytest.fixture
def case(house) -> Case:
    return house.case("by program", SHVANIDZOR, assigned_position=house.positions["shvanidzor"])


def test_a_case_is_worked_on_from_the_inbox_to_the_answer(house, case, program_of, meghri):
    """Tasks, letters with files, notes, relations, handing over, confidentiality, term; as on the screens."""
    program = program_of(meghri, house.people["registry"])
    at = f"cases/{case.uuid}/"
    assert program.get("me/").json()["scopes"] == ["cases:personal", "cases:read", "cases:write"]
    counts = program.get("cases/counts/").json()
    assert counts["open"] == 1 and counts["tasks"] == 0
    people = program.get(f"{at}addressees/").json()["people"]
    chief = next(each["token"] for each in people if "chief" in each["label"])
    given = program.make(f"{at}tasks/", {"kind": "opinion", "to": [chief], "text": "Ինչպե՞ս։"})
    assert given.status_code == 201
    (task,) = given.json()
    by_chief = program_of(meghri, house.people["chief"])
    assert [each["id"] for each in by_chief.get("tasks/").json()["results"]] == [task["id"]]
    refused = problem(by_chief.post(f"tasks/{task['id']}/finish/", {"state": "done"}), 422, "transition_refused")
    assert refused["errors"][0]["field"] == "result"
    late = program.post(f"tasks/{task['id']}/postpone/", {"until": "2001-01-01"})
    assert problem(late, 422)["errors"][0]["field"] == "due"
    done = by_chief.post(f"tasks/{task['id']}/finish/", {"state": "done", "result": "Այո։"})
    assert done.json()["state"] == "done" and done.json()["finished_by"].startswith("Chief")
    problem(by_chief.get(at), 404)
    other = program.make(f"{at}tasks/", {"kind": "inform", "to": [chief]}).json()[0]
    assert program.post(f"tasks/{other['id']}/cancel/").json()["state"] == "cancelled"
    assert len(program.get(f"{at}tasks/").json()["results"]) == 2

    file = program.client.post("/api/v1/attachments/", {"file": upload("akt.png", picture("PNG"))}).json()["id"]
    letter = {"text": "Բարև Ձեզ։", "attachments": [file]}
    first = program.post(f"{at}messages/", letter, idempotency_key="letter-001")
    again = program.post(f"{at}messages/", letter, idempotency_key="letter-001")
    assert (first.status_code, again.status_code) == (201, 200) and first.json() == again.json()
    assert again["Idempotency-Replayed"] == "true" and first.json()["files"][0]["name"] == "akt.png"
    reused = program.post(f"{at}messages/", {"text": "Ուրիշ"}, idempotency_key="letter-001")
    problem(reused, 422, "idempotency_key_reused")
    problem(program.post(f"{at}messages/", letter), 400, "idempotency_key_missing")
    assert program.make(f"{at}notes/", {"text": "Զանգել եմ։"}).json()["text"] == "Զանգել եմ։"
    assert [each["text"] for each in program.get(f"{at}notes/").json()["results"]] == ["Զանգել եմ։"]
    assert len(program.get(f"{at}messages/").json()["results"]) == 1

    twin = house.case("twin", SHVANIDZOR)
    related = program.make(f"{at}relations/", {"number": twin.number})
    assert related.status_code == 201 and related.json()[0]["number"] == twin.number
    problem(program.make(f"{at}relations/", {"number": "Դ-1999/1"}), 422)
    term = program.get(f"{at}term/").json()
    assert term["due_at"] and term["pauses"] == [] and not term["is_overdue"]
    assert program.get(f"{at}reads/").json()["results"][0]["reader"].startswith("Registry")

    read = program.get(at)
    assert read["ETag"].startswith(f'"{case.lock_version}-')
    moved = program.post(f"{at}handover/", {"to": f"p{house.positions['shvanidzor'].pk}"}, if_match=read["ETag"])
    assert moved.status_code == 200 and moved.json()["lock_version"] == case.lock_version + 1
    late = program.post(f"{at}handover/", {"to": chief}, if_match=read["ETag"])
    assert problem(late, 412, "precondition_failed")["lock_version"] == case.lock_version + 1
    problem(program.post(f"{at}handover/", {"to": chief}), 428, "revision_missing")
    level = program.post(f"{at}confidentiality/", {"level": 1, "lock_version": case.lock_version + 1})
    assert level.json()["confidentiality"] == 1
    revision = case.lock_version + 2
    joined = {"transition": "merge_case", "lock_version": revision, "data": {"original": twin.number}}
    assert program.post(f"{at}transitions/", joined).json()["outcome"] == "merged"


def test_lists_are_narrowed_ordered_and_turned_by_cursor(house, program_of, meghri):
    program = program_of(meghri, house.people["head"])
    made = [house.case(f"case {number}", SHVANIDZOR if number % 2 else "") for number in range(5)]
    Case.objects.filter(pk=made[0].pk).update(due_at=None)
    long_ago = timezone.now() - timedelta(days=9)
    Case.objects.filter(pk=made[1].pk).update(
        registered_at=long_ago, submitted_at=long_ago,
        due_at=timezone.now() - timedelta(days=1), channel="desk", assigned_position=house.positions["head"],
    )  # fmt: skip
    numbers = [each.number for each in made]

    def listed(query: str) -> list[str]:
        return [each["number"] for each in program.get(f"cases/?{query}").json()["results"]]

    for order in ("-submitted_at", "submitted_at", "due_at", "-due_at"):
        whole, pages, path, back = listed(f"order={order}"), [], f"cases/?order={order}&page_size=2", []
        while path:
            page = program.get(path).json()
            pages += [each["number"] for each in page["results"]]
            path, last = page["next"], page
        while last["previous"]:
            last = program.get(last["previous"]).json()
            back = [each["number"] for each in last["results"]] + back
        assert pages == whole and sorted(whole) == sorted(numbers), order
        assert back == whole[:4], order
    assert listed("order=due_at")[0] == numbers[1] and listed("order=due_at")[-1] == numbers[0]
    assert listed("overdue=true") == listed("channel=desk") == listed("assignee=me") == [numbers[1]]
    assert listed(f"assignee=p{house.positions['head'].pk}") == [numbers[1]]
    assert set(listed(f"settlement={SHVANIDZOR}")) == {numbers[1], numbers[3]}
    assert len(listed("assignee=nobody")) == 4 and len(listed("phase=submitted&overdue=false")) == 4
    day = (timezone.now() - timedelta(days=2)).isoformat().replace("+", "%2B")
    assert listed(f"submitted_until={day}") == [numbers[1]] and len(listed(f"submitted_from={day}")) == 4
    problem(program.get("cases/?cursor=nonsense"), 400, "invalid")
    problem(program.get("cases/?order=name"), 400, "invalid")

    few = program.get("cases/?fields=number,due_at").json()["results"]
    assert {frozenset(each) for each in few} == {frozenset({"id", "number", "due_at"})}
    wrong = problem(program.get("cases/?fields=number,colour"), 400, "unknown_fields")
    assert "colour" in wrong["detail"] and "number" in wrong["known"]

    at = f"cases/{made[2].uuid}/"
    whole = program.get(at)
    assert program.get(at, if_none_match=whole["ETag"]).status_code == 304
    part = program.get(f"{at}?fields=number,state")
    assert set(part.json()) == {"id", "number", "state"} and part["ETag"] != whole["ETag"]
    assert program.get(at, if_none_match=part["ETag"]).status_code == 200

    answer = program.get("cases/export.csv")
    rows = list(csv.reader(StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert {row[0] for row in rows[1:]} == set(numbers)
    assert program.get("cases/export.xlsx").content[:2] == b"PK"
    assert AccessLog.objects.filter(object_ref=made[3].reference).exists()


def test_a_token_reads_and_writes_what_its_scopes_say(house, case, program_of, meghri):
    reader = program_of(meghri, house.people["shvanidzor"], "cases:read")
    at = f"cases/{case.uuid}/"
    (line,) = reader.get("cases/").json()["results"]
    whole = reader.get(at).json()
    assert line["applicant"] is None and line["subject"] is None and line["number"] == case.number
    assert whole["answers"] is None and whole["attachments"] is None and whole["events"]
    assert reader.get("cases/?q=Հակոբյան").json()["results"] == []
    assert len(reader.get(f"cases/?q={case.number}").json()["results"]) == 1
    with tenant(meghri):
        assert not AccessLog.objects.filter(object_ref=case.reference).exists()
    for path in ("messages/", "notes/", "reads/", "relations/"):
        assert problem(reader.get(f"{at}{path}"), 403, "scope_missing")["scope"] == "cases:personal"
    problem(reader.get("cases/export.csv"), 403, "scope_missing")
    for path in ("transitions/", "tasks/", "handover/", "confidentiality/"):
        assert problem(reader.make(f"{at}{path}"), 403, "scope_missing")["scope"] == "cases:write"
    whole = program_of(meghri, house.people["shvanidzor"], "cases:read", "cases:personal")
    assert whole.get(at).json()["answers"]["subject"]
    with tenant(meghri):
        assert AccessLog.objects.filter(object_ref=case.reference).count() == 1


def test_every_answer_says_where_the_caller_stands(house, case, program_of, meghri, settings):
    rates = {**settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"], "staff": "2/min"}
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": rates}
    program = program_of(meghri, house.people["head"])
    assert program.get("me/")["RateLimit-Policy"] == '"staff";q=2;w=60'
    assert program.get("me/")["RateLimit"].startswith('"staff";r=0;t=')
    late = program.get("me/")
    problem(late, 429, "throttled")
    assert 1 <= int(late["Retry-After"]) <= 60
    assert program_of(meghri, house.people["head"]).get("me/").status_code == 200, "another token has its own count"


def test_lists_and_details_cost_as_much_with_many_rows(house, program_of, meghri, django_assert_max_num_queries):
    program = program_of(meghri, house.people["head"])
    case = house.case("many 0", assigned_position=house.positions["chief"])

    def measure() -> dict[str, int]:
        found = {}
        for path in (
            "cases/", "tasks/", "cases/counts/", "bindings/", f"cases/{case.uuid}/", f"cases/{case.uuid}/tasks/",
            f"cases/{case.uuid}/messages/", f"cases/{case.uuid}/term/", f"cases/{case.uuid}/addressees/",
        ):  # fmt: skip
            with django_assert_max_num_queries(40) as asked:
                assert program.get(path).status_code == 200, path
            found[path] = len(asked)
        return found

    order = Order(kind="inform", to=[f"p{house.positions['head'].pk}"])
    issue(case.uuid, order, actor=staff(house.user("head")))
    program.make(f"cases/{case.uuid}/messages/", {"text": "1"})
    measure()
    few = measure()
    for number in range(1, 6):
        house.case(f"many {number}", assigned_position=house.positions["chief"])
        issue(case.uuid, order, actor=staff(house.user("head")))
        program.make(f"cases/{case.uuid}/messages/", {"text": str(number)})
    many = measure()
    assert many == few
    assert few["cases/"] <= 20 and few[f"cases/{case.uuid}/"] <= 30, few


def test_figures_are_told_to_whoever_leads(house, case, program_of, meghri):
    chief = program_of(meghri, house.people["chief"])
    told = chief.get("figures/?period=own&first=2026-01-01&last=2026-12-31")
    assert told.status_code == 200 and told.json()["period"] == {"first": "2026-01-01", "last": "2026-12-31"}
    head = program_of(meghri, house.people["head"]).get("figures/?period=year").json()
    assert head["total"]["received"] == 1 and {each["code"] for each in head["groups"]} >= {"procedure", "channel"}
    problem(chief.get("figures/?period=own&first=2026-01-02&last=2026-01-01"), 400, "invalid")
    problem(program_of(meghri, house.people["specialist"]).get("figures/"), 404)
