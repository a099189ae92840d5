"""Phone numbers as links."""

from __future__ import annotations

import phonenumbers


def phone_href(number: str) -> str:
    """`tel:` address of an Armenian or international number; empty when it is not a number."""
    if not number.strip():
        return ""
    try:
        parsed = phonenumbers.parse(number, "AM")
    except phonenumbers.NumberParseException:
        return ""
    return f"tel:{phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)}"
