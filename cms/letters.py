"""Letters of the website to its own offices, sent by the outbox."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.contrib.forms.models import FormSubmission

from cms.models import FormPage
from services_api.exchange.public import Item, SendingRefused, handles
from tenants import hosts
from tenants.context import current_community


@handles("website-form", label=gettext_lazy("Letter about a form of the website"))
def send_form(item: Item) -> None:
    """Tell the office that a form was sent. The answers stay in the workplace: a letter is read on the way."""
    submission = FormSubmission.objects.filter(pk=int(item.payload["submission"])).first()
    page = FormPage.objects.filter(pk=submission.page_id).first() if submission else None
    community = current_community()
    if page is None or community is None:
        raise SendingRefused("The form or what was sent by it does not exist.")
    if not page.to_address:
        return
    with translation.override(settings.LANGUAGE_CODE):
        link = f"{hosts.address(community.primary_host())}/admin/forms/submissions/{page.pk}/"
        subject = _("Sent by the form «%(title)s»") % {"title": page.title}
        body = _("Somebody has filled in the form «%(title)s». The answers are here: %(link)s") % {
            "title": page.title,
            "link": link,
        }
    EmailMessage(
        subject,
        f"{body}\n",
        to=[page.to_address],
        headers={"Message-ID": item.identity, "Auto-Submitted": "auto-generated"},
    ).send()
