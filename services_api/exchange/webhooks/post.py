"""One POST to somebody else's program: to the address that was checked, no redirects, bounded in time and size."""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from threading import Timer

from services_api.exchange.webhooks.addresses import AddressRefused, Target, read, resolve

# For the connection, and between two bytes.
PATIENCE_SECONDS = 5.0
# From the beginning to the end of the answer, however slowly it drips.
ALL_SECONDS = 15.0
ANSWER_BYTES = 4_096


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `status` is None when nothing did; `text` are then the words of the failure."""

    status: int | None
    text: str
    milliseconds: int

    @property
    def is_accepted(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


class _Pinned(http.client.HTTPConnection):
    """Connects to an address that was looked at; the name stands in the header and in the certificate only."""

    def __init__(self, target: Target, address: str) -> None:
        super().__init__(target.host, target.port, timeout=PATIENCE_SECONDS)
        self._target, self._address = target, address

    def connect(self) -> None:
        plain = socket.create_connection((self._address, self._target.port), PATIENCE_SECONDS)
        self.sock = plain
        if self._target.is_secure:
            try:
                self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self._target.host)
            except BaseException:
                plain.close()
                raise


def post(url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """Send and read the beginning of the answer. Never raises for what the other side does or does not do."""
    begun = time.monotonic()
    try:
        target = read(url)
        status, text = _speak(target, resolve(target), body, headers, begun + ALL_SECONDS)
    except AddressRefused as error:
        return Answer(None, f"address refused: {error.why}", _since(begun))
    except (OSError, http.client.HTTPException) as error:
        return Answer(None, f"{type(error).__name__}: {error}"[:500], _since(begun))
    return Answer(status, text, _since(begun))


def _speak(target: Target, address: str, body: bytes, headers: Mapping[str, str], until: float) -> tuple[int, str]:
    connection = _Pinned(target, address)
    hurry: Timer | None = None
    try:
        connection.connect()
        # A timeout of the socket begins anew with every byte; this one does not.
        hurry = Timer(max(0.0, until - time.monotonic()), _hang_up, [connection.sock])
        hurry.daemon = True
        hurry.start()
        connection.request("POST", target.path, body=body, headers={**headers, "Host": target.host_header})
        answer = connection.getresponse()
        return answer.status, _beginning(answer)
    finally:
        if hurry is not None:
            hurry.cancel()
        connection.close()


def _hang_up(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


def _beginning(answer: http.client.HTTPResponse) -> str:
    """The first words; what is longer, or breaks off, is not needed. The status is known by then."""
    found = b""
    try:
        while len(found) < ANSWER_BYTES:
            part = answer.read1(ANSWER_BYTES - len(found))
            if not part:
                break
            found += part
    except (OSError, http.client.HTTPException) as error:
        found += f" ({type(error).__name__})".encode()
    text = found.decode("utf-8", "replace")
    return "".join(sign if sign.isprintable() else " " for sign in text)[:500].strip()


def _since(begun: float) -> int:
    return int((time.monotonic() - begun) * 1000)
