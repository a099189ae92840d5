"""A house full of things that carry a mark: whatever shows the mark in another house has come through a wall."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from types import SimpleNamespace
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from PIL import Image

from tenants.context import current_schema, operator, tenant
from tenants.models import Community

# The first thing of every kind gets this id, so that one number walks through all addresses.
FIRST_ID = 7777
MARK = "ԿԱՆԱՐԻԿ-CANARY"


@dataclass
class House:
    """What is in it, by the names that addresses use for their parts."""

    community: Community
    mark: str
    user: Any
    parts: dict[str, list[str]] = field(default_factory=dict)
    things: SimpleNamespace = field(default_factory=SimpleNamespace)


def picture() -> bytes:
    """A small real PNG."""
    content = BytesIO()
    Image.new("RGB", (40, 30), "#9b1c31").save(content, "PNG")
    return content.getvalue()


def start_ids_at(schema: str, first: int) -> None:
    """All sequences of a schema go on from here."""
    with operator(schema), connection.cursor() as cursor:
        cursor.execute("SELECT sequencename FROM pg_sequences WHERE schemaname = %s", [schema])
        for (name,) in cursor.fetchall():
            cursor.execute(f'ALTER SEQUENCE "{schema}"."{name}" RESTART WITH {first}')


def furnish(community: Community, mark: str = MARK) -> House:
    """Fill the house: staff, news, picture, document, redirect, case with file and answer, draft, token."""
    start_ids_at(community.schema_name, FIRST_ID)
    with tenant(community):
        return _furnish(community, mark)


def _furnish(community: Community, mark: str) -> House:
    from wagtail.contrib.redirects.models import Redirect

    from accounts.models import User, invitation_tokens
    from cms.disclosure.checking import check
    from cms.disclosure.models import Standing
    from cms.models import (
        AnnouncementIndexPage,
        AnnouncementPage,
        ConsultationComment,
        LegacyAddress,
        NewsIndexPage,
        NewsPage,
        SiteDocument,
        SiteImage,
    )
    from cms.search.models import SynonymGroup, UnansweredQuery
    from cms.syndication.services import share_alert
    from services_api.cases import public as cases
    from services_api.procedures.public import published_version

    user = User.objects.create_staff(
        "canary@example.am", "correct horse battery", first_name=mark, is_staff=True, is_superuser=True
    )
    image = SiteImage.objects.create(
        title=mark, file=ContentFile(picture(), "canary.png"), width=40, height=30, uploaded_by_user=user
    )
    rendition = image.get_rendition("width-20|format-webp")
    document = SiteDocument.objects.create(title=mark, file=ContentFile(mark.encode(), "canary.txt"))
    index = NewsIndexPage.objects.filter(locale__language_code="hy").first()
    news = index.add_child(
        instance=NewsPage(title=mark, slug="canary", lede=mark, image=image, body=[], locale=index.locale)
    )
    revision = news.save_revision(user=user)
    revision.publish()
    SynonymGroup.objects.create(words=f"{mark}, {mark}2")
    UnansweredQuery.objects.create(language="hy", words=mark, last_day=timezone.localdate())
    _records(mark)
    Redirect.objects.create(old_path="/canary", redirect_link=f"/{mark}")
    board = AnnouncementIndexPage.objects.filter(locale__language_code="hy").first()
    board.add_child(
        instance=AnnouncementPage(title=mark, slug="canary-notice", lede=mark, body=[], locale=board.locale)
    )
    LegacyAddress.objects.create(kind="news", old_id="canary", url=f"/{mark}")
    ConsultationComment.objects.create(consultation=uuid.UUID(int=2), consultation_title=mark, name=mark, text=mark)
    version = published_version("application-to-head")
    own_procedure(mark, version)
    upload = cases.clean(SimpleUploadedFile("canary.pdf", b"%PDF-1.4\n% " + mark.encode() + b"\n%%EOF\n"))
    attachment = cases.store_upload(upload)
    attachment.field = "attachments"
    attachment.save()
    sent = cases.submit(version, answers(community, mark), key=f"canary-{mark}", attachments=[attachment])
    actor = cases.staff(user)
    case = sent.case
    _correspondence(case, actor, user, mark)
    for code, data in (("register", {}), ("assign", {"assignee": user.pk}), ("answer", {"answer": mark})):
        case.refresh_from_db()
        case = cases.transition(case.uuid, code, actor=actor, expected_version=case.lock_version, data=data)
    attachment.refresh_from_db()
    _organisation(mark, user)
    shared_item = share_alert(
        {"hy": {"title": mark, "lede": mark, "url": ""}},
        mode="dismissible",
        by="ministry",
        ends_at=timezone.now() + timedelta(days=1),
        slugs=[community.slug],
    )
    _token, secret = cases.issue_token(user, mark, ["cases:read"], timezone.now() + timedelta(days=1))
    numbers = [str(FIRST_ID), str(news.pk), str(image.pk), str(document.pk), str(user.pk), str(revision.pk)]
    house = House(community, mark, user)
    alert, subscription = _alert(community, mark), _subscription()
    house.things = SimpleNamespace(
        image=image, document=document, news=news, case=case, attachment=attachment, secret=secret,
        number=case.number, code=sent.code, rendition=rendition,
        invitation=(urlsafe_base64_encode(force_bytes(user.pk)), invitation_tokens.make_token(user)),
    )  # fmt: skip
    given_up(mark)
    listener = program(mark, user)
    told(mark, user, case)
    house.parts = {
        "register": ["organisations", "vacancies"],
        "int": list(dict.fromkeys(numbers)),
        "uuid": [str(case.uuid), str(alert.uuid), str(shared_item.uuid), str(listener.uuid)],
        "place": ["meghri", "goris"],
        "attachment": [str(attachment.uuid)],
        "task": [str(each) for each in case.tasks.order_by("-pk").values_list("uuid", flat=True)],
        "token": [house.things.invitation[1], *subscription, _draft(version, community, mark)],
        "channel": ["mail"],
        "message": ["received"],
        "uid": [house.things.invitation[0]],
        "uidb64": [house.things.invitation[0]],
        "code": ["application-to-head", "canary"],
        "number": ["1"],
        "other": ["1"],
        "slug": [community.slug],
        "path": [rendition.file.name, "community/organisations/", "self-government/staff/"],
        "file": ["rows.csv", "rows.json"],
        "document_filename": [document.filename],
        "app_label": ["cms"],
        "model_name": ["newspage"],
        "content_type_app_name": ["cms"],
        "content_type_model_name": ["newspage"],
        "translation_key": [str(news.translation_key)],
        "str": ["canary", str(uuid.UUID(int=1))],
    }
    check(community)
    for standing in Standing.objects.filter(community=community):
        # Only what the sentence does not need is added to its words.
        standing.evidence_url, standing.params = f"/{mark}", {**standing.params, "parts": [mark]}
        standing.save()
    return house


def given_up(mark: str) -> None:
    """A letter that could not be sent, with the mark in what the mail server said."""
    from services_api.exchange.models import Outbox

    Outbox.objects.create(
        schema=current_schema(), kind="mail", dedupe_key=mark, state="dead", reason="address", last_error=mark
    )


def program(mark: str, user: Any) -> Any:
    """A program that is told, with an answer that carries the mark."""
    from services_api.exchange.webhooks.models import Delivery, Subscription

    made = Subscription.objects.create(name=mark, url="https://listener.example/", events=["moved"], created_by=user)
    Delivery.objects.create(subscription=made, event_id="canary", event_type="moved", status=500, text=mark)
    return made


def told(mark: str, user: Any, case: Any) -> None:
    """A notice about the case with the mark in its subject, an own text of a letter, a question to a register."""
    from services_api.exchange.connectors.models import ExternalCall
    from services_api.exchange.notices.models import Notice
    from services_api.exchange.texts.models import LetterText

    ExternalCall.objects.create(
        connector="person", purpose=mark, legal_basis=mark, request_hash="canary", result="found", actor_label=mark
    )
    Notice.objects.create(user=user, case=case, kind="assigned", key="canary")
    LetterText.objects.create(channel="mail", message="received", language="hy", subject=mark, body=mark)


def _records(mark: str) -> None:
    """A row of each register of public records."""
    from datetime import date

    from cms.authoring import people, records
    from cms.records import models

    title, now = {"hy": mark}, timezone.now()
    person = people.add_person(title, phone=mark)
    people.appoint(person, people.body("staff"), "staff", date(2026, 1, 1), basis=mark)
    records.add(models.Organisation, title, head=title)
    records.add(models.Programme, title, first_year=2026, last_year=2026)
    records.add(models.Report, title, year=2026)
    records.add(models.Procurement, title, code=mark)
    records.add(models.Auction, title, property=records.add(models.Property, title), deadline=now)
    records.add(models.Vacancy, title, deadline=now)
    records.add(models.Video, title, link="https://video.example/")
    budget = records.set_budget(
        2026, title, number=mark, decided_on=date(2025, 12, 20),
        lines=[("income", "taxes", "", title, 1, None, (1,))],
    )  # fmt: skip
    records.add_budget_document(budget, "draft", title, date(2025, 11, 1))


def _correspondence(case: Any, actor: Any, user: Any, mark: str) -> None:
    """Letters in both directions, a note, and a finished task, all with the mark in them."""
    from services_api.cases import services

    services.write_to_applicant(case.uuid, mark, actor=actor)
    services.write_from_applicant(case.uuid, mark)
    services.add_note(case.uuid, mark, actor=actor)
    order = services.Order(kind="opinion", to=[f"u{user.pk}"], text=mark)
    (task,) = services.issue(case.uuid, order, actor=actor)
    services.finish(task.uuid, "done", mark, user=user)
    services.issue(case.uuid, services.Order(kind="inform", to=[f"u{user.pk}"], text=mark), actor=actor)


def _draft(version: Any, community: Community, mark: str) -> str:
    """The token of an application that is not sent yet."""
    from services_api.cases import public as cases

    draft = cases.begin_draft(version, "hy")
    cases.fill_draft(draft, answers(community, mark), language="hy")
    return draft.token


def _organisation(mark: str, user: Any) -> None:
    """A row of each part of the structure. Last: what is bound to others is no longer done by everybody."""
    from services_api.cases.models import SavedList
    from services_api.cases.public import FunctionBinding
    from services_api.org.public import Absence, OrgUnit, Position, Queue, Substitution, appoint

    today = timezone.localdate()
    unit = OrgUnit.objects.create(code="canary", name_hy=mark, settlements=[mark])
    position = Position.objects.create(unit=unit, title_hy=mark, clearance=3)
    vacant = Position.objects.create(unit=unit, title_hy=f"{mark} 2")
    queue = Queue.objects.create(code="canary", unit=unit, name_hy=mark)
    queue.members.add(position)
    appoint(user, vacant, today + timedelta(days=1))
    Substitution.objects.create(
        position=position, user=user, kind="vacancy", valid_from=today + timedelta(days=1),
        valid_to=today + timedelta(days=1), order_number=mark,
    )  # fmt: skip
    Absence.objects.create(user=user, valid_from=today, valid_to=today, order_number=mark)
    FunctionBinding.objects.create(function="receiver", queue=queue, settlement=mark)
    SavedList.objects.create(user=user, name=mark, query="which=open")


def own_procedure(mark: str, like: Any) -> None:
    """A procedure that this community has made itself, with a draft that its clerks are working on."""
    from services_api.procedures.public import Procedure, ProcedureVersion, draft_version

    own = Procedure.objects.create(code="canary", family="permit", name_hy=mark, summary_hy=mark)
    form = {**like.form, "x-title": {"hy": mark}}
    content = ProcedureVersion.objects.get(pk=like.id)
    draft_version(own, valid_from=content.valid_from, form=form, workflow=content.workflow, clock=content.clock,
                  texts=content.texts)  # fmt: skip


def _alert(community: Community, mark: str) -> Any:
    """An alert of next week: in the lists of this house, but not above each of its pages, which would prove nothing."""
    from cms.outreach import alerts
    from cms.outreach.models import Alert

    begins = timezone.now() + timedelta(days=7)
    ends = begins + timedelta(days=1)
    return alerts.save(
        Alert(title_hy=mark, text_hy=mark, is_whole_community=True, starts_at=begins, ends_at=ends, kind="road")
    )


def _subscription() -> list[str]:
    """Tokens of a subscriber whose address carries the mark, for the links in the letters."""
    from cms.outreach import subscriptions
    from cms.outreach.models import Subscriber

    subscriptions.ask("CANARY@example.am", "hy", ["news"], [])
    subscriber = Subscriber.objects.get()
    waiting = subscriptions.confirm_token(subscriber)
    subscriptions.confirm(subscriber)
    return [waiting, subscriptions.manage_token(subscriber)]


def answers(community: Community, mark: str) -> dict[str, Any]:
    """A complete application to the head of the community."""
    return {
        "applicant": {"surname": mark, "name": mark},
        "settlement": community.settlements.order_by("pk").values_list("name_hy", flat=True)[0],
        "address": mark,
        "email": "canary@example.am",
        "phone": "+37491123456",
        "subject": mark,
        "body": f"{mark}. Խնդրում եմ վերականգնել մեր փողոցի լուսավորությունը։",
        "consent": True,
    }
