"""What the tests of alerts, letters and polls share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from cms.outreach import alerts
from cms.outreach.models import Alert

YEREVAN = ZoneInfo("Asia/Yerevan")
# Tuesday, eleven in the morning.
NOW = datetime(2026, 11, 24, 11, 0, tzinfo=YEREVAN)


@pytest.fixture
def put_alert(in_meghri) -> Callable[..., Alert]:
    """A published alert of Meghri, by default of Shvanidzor and in force from NOW for three hours."""

    def put(title: str = "Ջրի անջատում", **fields: object) -> Alert:
        values: dict[str, object] = {
            "settlements": ["Շվանիձոր"],
            "starts_at": NOW - timedelta(hours=1),
            "ends_at": NOW + timedelta(hours=3),
            "title_hy": title,
            **fields,
        }
        if values.get("is_whole_community"):
            values["settlements"] = []
        return alerts.save(Alert(**values))

    return put
