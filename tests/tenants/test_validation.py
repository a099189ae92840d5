"""What may become a host or a schema: refused with the field's name, before anything is created."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from tenants import provisioning
from tenants.context import register
from tenants.models import Community, Domain, ProvisioningStep
from tenants.names import POSTGRES_NAME_LIMIT, role_name, schema_name
from tenants.validation import RESERVED_SLUGS, clean_host, clean_slug

NEW = {
    "admin_email": "head@example.am",
    "name_hy": "Նորաշեն",
    "name_en": "Norashen",
    "name_hy_genitive": "Նորաշենի",
    "marz": "09",
}


@pytest.mark.parametrize(
    "slug",
    [
        "public",
        "pg_catalog",
        "pg-toast",
        "x" * 64,
        "xn--80ak6aa92e",
        "a--b",
        "-a",
        "a-",
        "1goris",
        "gorís",
        "goris;drop",
        "admin",
        "",
        "nor hachn",
        "template",
    ],
)
def test_a_slug_that_means_something_else_is_refused(slug):
    with pytest.raises(ValidationError) as refused:
        clean_slug(slug)
    assert "slug" in refused.value.message_dict


@given(st.text(max_size=70))
def test_whatever_is_accepted_is_a_safe_name(text):
    try:
        slug = clean_slug(text)
    except ValidationError:
        return
    schema = schema_name(slug)
    assert schema.isascii() and schema.replace("_", "").isalnum() and schema == schema.lower()
    assert not schema.startswith("pg_") and slug not in RESERVED_SLUGS
    assert len(schema) <= POSTGRES_NAME_LIMIT and len(role_name(schema)) <= POSTGRES_NAME_LIMIT


@pytest.mark.parametrize(
    ("host", "code"),
    [
        ("http://goris.am", "malformed"),
        ("goris.am:8000", "malformed"),
        ("xn--80ak6aa92e.com", "look_alike"),  # Cyrillic letters that look like "apple"
        ("gоris.am", "look_alike"),  # a Cyrillic о
        ("գoris.am", "look_alike"),
        (("a" * 64) + ".am", "too_long"),
        (".".join(["abc"] * 70), "too_long"),
        ("admin.localhost", "reserved"),
        ("a.b.localhost", "malformed"),
        ("goris", "malformed"),
        ("localhost", "reserved"),
        ("goris..am", "malformed"),
        ("meghri.localhost", "taken"),
    ],
)
def test_a_bad_host_is_refused(meghri, host, code):
    with register(), pytest.raises(ValidationError) as refused:
        clean_host(host)
    assert refused.value.error_dict["host"][0].code == code


def test_an_armenian_host_is_kept_in_its_ascii_form(meghri):
    with register():
        assert clean_host("գորիս.հայ").startswith("xn--")


@pytest.mark.parametrize(
    ("request_data", "field"),
    [
        ({"code": "99999999", "admin_email": "a@b.am"}, "code"),
        ({"code": "09005000", "admin_email": "a@b.am"}, "code"),  # Meghri is connected already
        ({"code": "09001000", "admin_email": "nobody"}, "admin_email"),
        ({"code": "09001000", "admin_email": "a@b.am", "host": "meghri.localhost"}, "host"),
        ({**NEW, "slug": "meghri"}, "slug"),
        ({**NEW, "slug": "public"}, "slug"),
        ({**NEW, "slug": "a" * 64}, "slug"),
        ({**NEW, "slug": "norashen", "marz": "77"}, "marz"),
        ({**NEW, "slug": "norashen", "name_hy": ""}, "name_hy"),
    ],
)
def test_a_bad_request_names_its_field_and_creates_nothing(meghri, request_data, field):
    with register():
        before = (Community.objects.count(), Domain.objects.count(), ProvisioningStep.objects.count())
    with pytest.raises(ValidationError) as refused:
        provisioning.accept(provisioning.Request(**request_data))
    assert field in refused.value.message_dict
    with register():
        assert (Community.objects.count(), Domain.objects.count(), ProvisioningStep.objects.count()) == before
