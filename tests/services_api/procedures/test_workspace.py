"""A clerk changes a procedure without a programmer: draft, words, terms, trying, examples, publishing, taking back."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from services_api.procedures import graph, seeds, workflow
from services_api.procedures.models import Procedure, ProcedureVersion
from services_api.procedures.public import published_version
from tenants.context import tenant

BASE = "/admin/procedures/"
PERMIT = f"{BASE}building-permit/"
PACKAGES = {each["procedure"]["code"]: each for each in seeds.packages()}


@pytest.fixture
def clerk(meghri, staff_of, signed_in):
    return signed_in(meghri, staff_of(meghri, superuser=True))


def shown(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def act(client, number: int, name: str, code: str = "building-permit"):
    return client.post(f"{BASE}{code}/{number}/act/", {"act": name})


def words_of(page: str) -> dict[str, str]:
    """Everything that stands in the controls of the second form of the page of changing."""
    import re

    values = dict(re.findall(r'<input id="[^"]+" (?:type="\w+" )?(?:min="0" )?name="([^"]+)" value="([^"]*)"', page))
    values |= dict(re.findall(r'<textarea id="[^"]+" name="([^"]+)"[^>]*>([^<]*)</textarea>', page))
    values |= dict.fromkeys(re.findall(r'type="checkbox" name="([^"]+)" checked', page), "on")
    return values


def test_the_catalogue_and_a_version_read_in_armenian(clerk):
    assert "Շինարարության թույլտվություն" in shown(clerk, BASE)
    page = shown(clerk, f"{PERMIT}1/")
    assert "<svg" in page and "Ստորագրել և տալ թույլտվությունը" in page
    assert "«Ռիսկայնության աստիճանը» = II, III, IV, V (բարձր)" in page
    assert "իրավաբանի" in page  # what is not certain is said


def test_given_these_answers_this_happens(clerk):
    page = shown(clerk, f"{PERMIT}1/try/?q-risk=1&at=2026-11-22T20:00")
    hidden = page.partition("Այս անձին չի հարցվում")[2]
    assert "Շինարարական կապալառուն" in hidden
    assert "23 դեկտեմբերի" in page or "23.12.2026" in page
    risky = shown(clerk, f"{PERMIT}1/try/?q-risk=4")
    assert "Շինարարական կապալառուն" in risky.partition("Այս անձին չի հարցվում")[0]


def test_a_draft_is_changed_tried_and_published(clerk, meghri):
    made = act(clerk, 1, "draft")
    assert made.url == f"{PERMIT}2/edit/"
    page = shown(clerk, made.url)
    words = words_of(page)
    # The words of questions have one place, the form builder; here they are read.
    assert not [name for name in words if name.startswith(("label-", "hint-", "required-"))]
    assert "Ընդհանուր մակերեսը, մ²" in page and f"{PERMIT}2/form/" in page
    words["card-whom-hy"] = "Կառուցապատողների համար"
    with tenant(meghri):
        version = ProcedureVersion.objects.get(procedure__code="building-permit", number=2)
        version.clock[0]["length"], version.valid_from = 20, "2026-01-02"
        version.form["properties"]["area"]["x-label"]["hy"] = "Մակերեսը"
        version.form["required"].append("cost")
        version.save()
    assert clerk.post(made.url, words).url == f"{PERMIT}2/"
    differences = shown(clerk, f"{PERMIT}2/differences/1/")
    assert "clock.answer.length" in differences and "form.properties.area.x-label.hy" in differences
    assert "texts.card.whom" in differences
    refused = act(clerk, 2, "publish")  # the examples give no cost, which is needed now
    assert refused.url == f"{PERMIT}2/"
    assert "examples.low_risk.valid" in shown(clerk, f"{PERMIT}2/")
    with tenant(meghri):
        version.refresh_from_db()
        version.form["required"].remove("cost")
        version.save()
    assert act(clerk, 2, "publish").url == PERMIT
    with tenant(meghri):
        version = published_version("building-permit")
        assert (version.number, version.rule()["length"]) == (2, 20)
        assert version.form["x-groups"] == PACKAGES["building-permit"]["form"]["x-groups"]
        assert not ProcedureVersion.objects.get(pk=version.id).from_package


def test_a_package_goes_out_and_into_another_draft(clerk, meghri):
    package = json.loads(clerk.get(f"{BASE}proposal/1/package/").content)
    package["clock"][0]["length"] = 2
    act(clerk, 1, "draft", "proposal")
    file = SimpleUploadedFile("proposal.json", json.dumps(package).encode())
    assert clerk.post(f"{BASE}proposal/2/edit/", {"package": file}).status_code == 302
    with tenant(meghri):
        assert ProcedureVersion.objects.get(procedure__code="proposal", number=2).clock[0]["length"] == 2


@pytest.mark.parametrize(
    "content", [b"{", b"[]", b'{"form": {}}', b'{"form": {}, "workflow": {}, "clock": [], "texts": {}}']
)
def test_what_is_no_package_is_named_and_changes_nothing(clerk, meghri, content):
    act(clerk, 1, "draft", "proposal")
    response = clerk.post(f"{BASE}proposal/2/edit/", {"package": SimpleUploadedFile("x.json", content)})
    assert response.status_code == 422 and "proc-problems" in response.content.decode()
    with tenant(meghri):
        assert ProcedureVersion.objects.get(procedure__code="proposal", number=2).form["properties"]


def test_a_published_version_is_taken_out_of_use_and_a_draft_thrown_away(clerk, meghri):
    act(clerk, 1, "draft", "proposal")
    act(clerk, 2, "discard", "proposal")
    act(clerk, 1, "withdraw", "proposal")
    act(clerk, 1, "discard", "proposal")  # of no effect: it was published
    with tenant(meghri):
        assert published_version("proposal") is None
        assert Procedure.objects.get(code="proposal").versions.count() == 1


def test_a_published_version_has_no_page_of_changing(clerk):
    assert clerk.get(f"{PERMIT}1/edit/").url == f"{PERMIT}1/"
    assert clerk.post(f"{PERMIT}1/edit/", {"valid_from": "2020-01-01"}).url == f"{PERMIT}1/"


@pytest.mark.parametrize("address", ["", "proposal/", "proposal/1/", "proposal/1/try/", "proposal/1/package/"])
def test_others_of_the_staff_find_nothing_there(meghri, staff_of, signed_in, address):
    officer = signed_in(meghri, staff_of(meghri, groups=["Դիմումների պատասխանատուներ"]))
    assert officer.get(BASE + address).status_code == 404


def test_the_catalogue_costs_the_same_however_many_versions(clerk, meghri, django_assert_max_num_queries):
    shown(clerk, BASE)
    with django_assert_max_num_queries(25):
        shown(clerk, BASE)


@pytest.mark.parametrize("code", PACKAGES)
def test_every_workflow_can_be_drawn_without_overlap(code):
    drawing = graph.draw(workflow.parse(PACKAGES[code]["workflow"]), "hy")
    places = {(each.x, each.y) for each in drawing.boxes}
    assert len(places) == len(drawing.boxes)
    assert all(each.x + drawing.box_width <= drawing.width for each in drawing.boxes)
    assert all(each.y + drawing.box_height <= drawing.height for each in drawing.boxes)
    assert all(len(line) <= graph.LINE_LENGTH + 10 for each in drawing.boxes for line in each.lines)


def test_a_draft_has_a_row_of_tabs_and_a_published_version_none(clerk):
    assert "proc-tabs" not in shown(clerk, f"{PERMIT}1/")
    act(clerk, 1, "draft")
    for screen in ("edit/", "try/", ""):
        page = shown(clerk, f"{PERMIT}2/{screen}")
        assert f'<a href="{PERMIT}2/{screen}" aria-current="page">' in page and page.count("aria-current") >= 1
