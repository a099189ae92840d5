"""Which numbers a short message may go to: Armenian mobile ones, as the numbering plan has them."""

from __future__ import annotations

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

COUNTRY = "AM"
MOBILE = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)


def armenian_mobile(given: object) -> str:
    """The number in E.164, "" for everything but a valid Armenian mobile number."""
    try:
        number = phonenumbers.parse(str(given or ""), COUNTRY)
    except NumberParseException:
        return ""
    if phonenumbers.region_code_for_number(number) != COUNTRY or phonenumbers.number_type(number) not in MOBILE:
        return ""
    return phonenumbers.format_number(number, PhoneNumberFormat.E164) if phonenumbers.is_valid_number(number) else ""
