"""A small load client: one thread, non-blocking sockets, a new connection for each request, loopback only.

Lean on purpose: the client shares the machine's cores with the server it measures.
"""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field

CHUNK = 262_144
STALL_SECONDS = 30.0


@dataclass
class Load:
    """What came back. Times are in seconds; `refused` counts answers with another status than the wanted ones."""

    seconds: float = 0.0
    answered: int = 0
    refused: int = 0
    broken: int = 0
    times: list[float] = field(default_factory=list)
    sample: bytes = b""

    @property
    def per_second(self) -> float:
        return self.answered / self.seconds if self.seconds else 0.0

    def percentile(self, share: float) -> float:
        """The time in ms within which this share of the requests was answered."""
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000 if ordered else 0.0


class _Visit:
    __slots__ = ("begun", "received", "request", "socket")

    def __init__(self, port: int, request: bytes) -> None:
        self.request = request
        self.received = bytearray()
        self.begun = time.perf_counter()
        self.socket = socket.socket()
        self.socket.setblocking(False)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.connect_ex(("127.0.0.1", port))


def get(path: str, host: str, *headers: str) -> bytes:
    """The bytes of a GET."""
    lines = [f"GET {path} HTTP/1.1", f"Host: {host}", "User-Agent: bench", "Accept: text/html", *headers]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode()


def post(path: str, headers: dict[str, str], body: bytes) -> bytes:
    """The bytes of a POST."""
    lines = [f"POST {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, f"Content-Length: {len(body)}", "Connection: close", "", ""]).encode() + body


def press(
    port: int, request: Callable[[int], bytes], *, connections: int, seconds: float = 0.0, count: int = 0,
    wanted: tuple[bytes, ...] = (b"200",),
) -> Load:  # fmt: skip
    """Keep so many requests open for so many seconds, or until `count` were sent. `request(n)` makes the nth."""
    load, chooser, sent = Load(), selectors.DefaultSelector(), 0
    begun = time.perf_counter()
    end = begun + seconds if seconds else float("inf")

    def begin() -> None:
        nonlocal sent
        visit = _Visit(port, request(sent))
        sent += 1
        chooser.register(visit.socket, selectors.EVENT_WRITE, visit)

    for _ in range(min(connections, count or connections)):
        begin()
    while chooser.get_map():
        events = chooser.select(STALL_SECONDS)
        if not events:
            load.broken += len(chooser.get_map())
            break
        for key, _mask in events:
            visit = key.data
            if not _advance(chooser, visit, load, wanted):
                continue
            if (count and sent < count) or (not count and time.perf_counter() < end):
                begin()
    load.seconds = time.perf_counter() - begun
    for key in list(chooser.get_map().values()):
        key.data.socket.close()
    chooser.close()
    return load


def _advance(chooser: selectors.BaseSelector, visit: _Visit, load: Load, wanted: tuple[bytes, ...]) -> bool:
    """One step of a request; True when it is over."""
    try:
        if visit.request:
            done = visit.socket.send(visit.request)
            visit.request = visit.request[done:]
            if not visit.request:
                chooser.modify(visit.socket, selectors.EVENT_READ, visit)
            return False
        piece = visit.socket.recv(CHUNK)
        if piece:
            visit.received += piece
            return False
    except BlockingIOError:
        return False
    except OSError:
        visit.received.clear()
    chooser.unregister(visit.socket)
    visit.socket.close()
    if not visit.received:
        load.broken += 1
    elif bytes(visit.received[9:12]) in wanted:
        load.answered += 1
        load.times.append(time.perf_counter() - visit.begun)
    else:
        load.refused += 1
        load.sample = bytes(visit.received[:600])
    return True
