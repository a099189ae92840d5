"""The website's roles: editor writes, chief editor publishes, administrator also sets up the site and its people."""

from __future__ import annotations

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

EDITORS = "Խմբագիրներ"
CHIEF_EDITORS = "Գլխավոր խմբագիրներ"
ADMINISTRATORS = "Կայքի կառավարիչներ"

_PAGES = {
    EDITORS: ("add_page", "change_page"),
    CHIEF_EDITORS: ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
    ADMINISTRATORS: ("add_page", "change_page", "publish_page", "lock_page", "unlock_page", "bulk_delete_page"),
}
# Wagtail asks for the rights of its own two models, whichever models stand in their place.
_FILES = (
    ("wagtailimages", ("add_image", "change_image", "choose_image")),
    ("wagtaildocs", ("add_document", "change_document", "choose_document")),
)
# An alert cannot wait for somebody who approves it: press officers publish it themselves.
_OUTREACH = tuple(
    ("outreach", f"{right}_{model}") for model in ("alert", "poll") for right in ("add", "change", "delete")
)
_PROPOSALS = (("cms", "view_consultationcomment"), ("cms", "change_consultationcomment"))
# The words that residents use are known to chief editors; what was not found shows which are missing.
_SEARCH = (
    *(("site_search", f"{right}_synonymgroup") for right in ("add", "change", "delete", "view")),
    ("site_search", "view_unansweredquery"),
    ("site_search", "delete_unansweredquery"),
)
# Whoever writes the pages reads what residents say of them; how many are subscribed is for those who answer for it.
_USEFULNESS = (("outreach", "view_pagefeedback"),)
_FIGURES = (*_USEFULNESS, ("outreach", "view_subscriber"))
_SETTINGS = {
    EDITORS: (*_OUTREACH, *_PROPOSALS, *_USEFULNESS),
    CHIEF_EDITORS: (
        *_OUTREACH,
        *_SEARCH,
        *_PROPOSALS,
        *_FIGURES,
        ("cms", "change_siteprofile"),
        ("wagtail_localize", "submit_translation"),
    ),
    ADMINISTRATORS: (
        *_OUTREACH,
        *_SEARCH,
        *_FIGURES,
        ("cms", "change_siteprofile"),
        ("wagtail_localize", "submit_translation"),
        ("accounts", "add_user"),
        ("accounts", "change_user"),
        ("accounts", "delete_user"),
        ("wagtailredirects", "add_redirect"),
        ("wagtailredirects", "change_redirect"),
        ("wagtailredirects", "delete_redirect"),
        *_PROPOSALS,
        ("cms", "delete_consultationcomment"),
        ("cms", "add_legacyaddress"),
        ("cms", "change_legacyaddress"),
        ("cms", "delete_legacyaddress"),
        ("wagtailcore", "add_collection"),
        ("wagtailcore", "change_collection"),
        ("wagtailcore", "add_workflow"),
        ("wagtailcore", "change_workflow"),
        ("wagtailcore", "delete_workflow"),
        ("wagtailcore", "add_task"),
        ("wagtailcore", "change_task"),
        ("wagtailcore", "delete_task"),
    ),
}


# Public records: editors write drafts; those with `publish_records` show them to visitors and change what is shown.
_RECORDS = {
    EDITORS: ("add", "change", "view"),
    CHIEF_EDITORS: ("add", "change", "view", "delete", "publish"),
    ADMINISTRATORS: ("add", "change", "view", "delete", "publish"),
}


def record_permissions(name: str) -> list[Permission]:
    """The rights of a group over the records of the registers."""
    actions = [action for action in _RECORDS[name] if action != "publish"]
    codenames = [
        f"{action}_{model._meta.model_name}"
        for model in apps.get_app_config("records").get_models()
        for action in actions
    ]
    if "publish" in _RECORDS[name]:
        codenames.append("publish_records")
    return list(Permission.objects.filter(content_type__app_label="records", codename__in=codenames))


def seed_roles() -> None:
    """Make the three groups with exactly these rights. Wagtail's own two groups go: they say the same in English."""
    Group.objects.filter(name__in=("Editors", "Moderators")).delete()
    root = Page.objects.get(depth=1)
    collection = Collection.get_first_root_node()
    enter = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    for name, codenames in _PAGES.items():
        group, _created = Group.objects.get_or_create(name=name)
        wanted = [enter]
        for label, codename in _SETTINGS[name]:
            wanted.append(Permission.objects.get(content_type__app_label=label, codename=codename))
        group.permissions.set([*wanted, *record_permissions(name)])
        for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=codenames):
            GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
        for label, files in _FILES:
            for permission in Permission.objects.filter(content_type__app_label=label, codename__in=files):
                GroupCollectionPermission.objects.get_or_create(
                    group=group, collection=collection, permission=permission
                )
