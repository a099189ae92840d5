"""Code that the documentation gives to programmers is run."""

from __future__ import annotations

import re
import time
from pathlib import Path

from django.conf import settings

from services_api.exchange.webhooks.signing import signature

PYTHON = re.compile(r"```python\n(.*?)```", re.S)


def test_the_example_that_proves_a_webhook_knows_true_ones_from_others():
    text = (Path(settings.BASE_DIR) / "docs/integrators/webhooks.md").read_text(encoding="utf-8")
    (code,) = PYTHON.findall(text)
    names: dict = {}
    exec(code, names)
    secret, old, body, now = (
        "whsec_" + "YWJj" * 10,
        "whsec_" + "ZGVm" * 10,
        '{"number":"Դ-1"}'.encode(),
        int(time.time()),
    )
    both = f"{signature(secret, 'evt_1', now, body)} {signature(old, 'evt_1', now, body)}"
    headers = {"webhook-id": "evt_1", "webhook-timestamp": str(now), "webhook-signature": both}
    is_genuine = names["is_genuine"]
    assert is_genuine(secret, headers, body) and is_genuine(old, headers, body)
    assert not is_genuine(secret, headers, body + b" ")
    assert not is_genuine(secret, {**headers, "webhook-id": "evt_2"}, body)
    assert not is_genuine("whsec_" + "eHl6" * 10, headers, body)
    assert not is_genuine(secret, headers, body, now + 301)
