"""Applications as residents send them."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from services_api.procedures.public import published_version

ANSWERS = {
    "applicant": {"surname": "Հակոբյան", "name": "Կարեն"},
    "address": "Զորավար Անդրանիկի 2",
    "email": "karen@example.am",
    "phone": "+37491123456",
    "subject": "Փողոցի լուսավորության մասին",
    "body": "Խնդրում եմ վերականգնել մեր փողոցի լուսավորությունը։",
    "consent": True,
}


def answers_for(community, **changes) -> dict:
    """Answers to the application to the head, complete and right."""
    settlement = community.settlements.first()
    return {**ANSWERS, "settlement": settlement.name_hy if settlement else "Մեղրի", **changes}


def picture(format: str = "JPEG", size: tuple[int, int] = (40, 30)) -> bytes:
    """A small real picture."""
    drawn = BytesIO()
    Image.new("RGB", size, "#9b1c31").save(drawn, format)
    return drawn.getvalue()


def upload(name: str, content: bytes, media_type: str = "application/octet-stream") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, media_type)


@pytest.fixture
def in_meghri(meghri, as_tenant):
    """The rest of the test runs in Meghri."""
    return as_tenant(meghri)


@pytest.fixture
def head_version(in_meghri):
    """The application to the head of the community."""
    return published_version("application-to-head")
