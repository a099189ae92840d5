"""Ready words for the usual alerts in three languages: the officer chooses what and when, and reads them over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy

from cms.outreach.models import Alert

_HEADLINES = {
    Alert.Kind.WATER: gettext_lazy("Water interruption: %(day)s, %(from)s–%(to)s"),
    Alert.Kind.ELECTRICITY: gettext_lazy("Electricity interruption: %(day)s, %(from)s–%(to)s"),
    Alert.Kind.GAS: gettext_lazy("Gas interruption: %(day)s, %(from)s–%(to)s"),
    Alert.Kind.ROAD: gettext_lazy("The road is closed: %(day)s, %(from)s–%(to)s"),
    Alert.Kind.EMERGENCY: gettext_lazy("Emergency: follow the instructions of the rescuers"),
    Alert.Kind.OTHER: gettext_lazy("Notice: %(day)s, %(from)s–%(to)s"),
}
_TEXTS = {
    Alert.Kind.WATER: gettext_lazy("Because of planned works there will be no water from %(from)s to %(to)s."),
    Alert.Kind.ELECTRICITY: gettext_lazy(
        "Because of planned works there will be no electricity from %(from)s to %(to)s."
    ),
    Alert.Kind.GAS: gettext_lazy("Because of planned works there will be no gas from %(from)s to %(to)s."),
    Alert.Kind.ROAD: gettext_lazy("Because of works the road is closed from %(from)s to %(to)s. Use the detour."),
    Alert.Kind.EMERGENCY: gettext_lazy("In danger call 112 or 911."),
    Alert.Kind.OTHER: gettext_lazy("From %(from)s to %(to)s."),
}


@dataclass(frozen=True, slots=True)
class Draft:
    """What the officer's form begins with."""

    fields: dict[str, str]


def draft(kind: str, starts_at: datetime, ends_at: datetime) -> Draft:
    """Headline and text of a kind in every language. Raises ValueError for an unknown kind."""
    chosen = Alert.Kind(kind)
    first, last = timezone.localtime(starts_at), timezone.localtime(ends_at)
    fields = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            values = {
                "day": date_format(first, "MONTH_DAY_FORMAT"),
                "from": f"{first:%H:%M}",
                "to": f"{last:%H:%M}"
                if first.date() == last.date()
                else f"{date_format(last, 'MONTH_DAY_FORMAT')}, {last:%H:%M}",
            }
            fields[f"title_{language}"] = str(_HEADLINES[chosen]) % values
            fields[f"text_{language}"] = str(_TEXTS[chosen]) % values
    return Draft(fields)


__all__ = ["Draft", "draft"]
