"""A container's health probe without curl: exit code 0 when the address answers 200.

python -m infra.probe http://127.0.0.1:8000/health/live
"""

import sys
import urllib.error
import urllib.request

TIMEOUT_SECONDS = 4


def answers(url: str) -> bool:
    """Whether the address answers 200 within four seconds."""
    try:
        with urllib.request.urlopen(url, timeout=TIMEOUT_SECONDS) as response:  # noqa: S310 - our own address
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


if __name__ == "__main__":
    sys.exit(0 if answers(sys.argv[1]) else 1)
