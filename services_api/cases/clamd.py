"""A client of clamd, ClamAV's daemon: one file in one connection (INSTREAM), see clamd(8). No package is needed for it.

Whatever is no clear answer is ScannerDown: a file is called clean only when the scanner said so.
"""

from __future__ import annotations

import socket
import struct
from dataclasses import dataclass
from typing import BinaryIO
from urllib.parse import urlsplit

CHUNK = 1 << 16
# A whole file of 50 MB is scanned in a few seconds; each step of the talk may take so long.
TIMEOUT_SECONDS = 30.0
LONGEST_REPLY = 4096
DEFAULT_PORT = 3310


class ScannerDown(Exception):
    """The scanner is not reached, broke off, or did not say what the file is."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the scanner says; `signature` names what it found, "" for a clean file."""

    signature: str = ""

    @property
    def is_clean(self) -> bool:
        return not self.signature


def scan(content: BinaryIO, url: str, *, timeout: float = TIMEOUT_SECONDS) -> Verdict:
    """Have a file scanned by the clamd at `url` (tcp://host:3310 or unix:///path). Raises ScannerDown."""
    try:
        with _connected(url, timeout) as connection:
            connection.sendall(b"zINSTREAM\0")
            while chunk := content.read(CHUNK):
                connection.sendall(struct.pack("!I", len(chunk)) + chunk)
            connection.sendall(struct.pack("!I", 0))
            said = _reply(connection)
    except OSError as error:
        raise ScannerDown(f"{type(error).__name__}: {error}") from error
    if said == "stream: OK":
        return Verdict()
    if said.startswith("stream: ") and said.endswith(" FOUND"):
        return Verdict(said.removeprefix("stream: ").removesuffix(" FOUND").strip() or "unnamed")
    raise ScannerDown(said or "no answer")


def version(url: str, *, timeout: float = TIMEOUT_SECONDS) -> str:
    """What the scanner calls itself, with its signatures' date. Raises ScannerDown."""
    try:
        with _connected(url, timeout) as connection:
            connection.sendall(b"zVERSION\0")
            return _reply(connection)
    except OSError as error:
        raise ScannerDown(f"{type(error).__name__}: {error}") from error


def _connected(url: str, timeout: float) -> socket.socket:
    parts = urlsplit(url)
    if parts.scheme == "unix":
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(timeout)
        try:
            connection.connect(parts.path)
        except OSError:
            connection.close()
            raise
        return connection
    return socket.create_connection((parts.hostname or "127.0.0.1", parts.port or DEFAULT_PORT), timeout)


def _reply(connection: socket.socket) -> str:
    said = b""
    while b"\0" not in said and len(said) < LONGEST_REPLY:
        more = connection.recv(LONGEST_REPLY)
        if not more:
            break
        said += more
    return said.partition(b"\0")[0].decode(errors="replace").strip()
