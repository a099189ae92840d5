"""Which addresses our own machine may call for somebody else: public ones, by https.

Whoever enters an address makes this server speak to it. The name is resolved once, every answer is looked at, and the
connection goes to the address that was looked at: a name that answers differently the second time gains nothing.
"""

from __future__ import annotations

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from django.conf import settings

# IPv6 addresses that lead into an IPv4 network, which may be ours: NAT64, 6to4, Teredo, and IPv4-compatible ones.
_DETOURS = [ip_network(each) for each in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96")]
HTTPS, HTTP = 443, 80


class AddressRefused(Exception):
    """The address is not called, and why: `scheme`, `host`, `local` (our own network) or `unknown` (no such name)."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Target:
    """An address in its parts. `path` has the query with it."""

    is_secure: bool
    host: str
    port: int
    path: str

    @property
    def host_header(self) -> str:
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == (HTTPS if self.is_secure else HTTP) else f"{name}:{self.port}"


def read(url: str) -> Target:
    """The parts of an address that may be called as far as its text tells. Raises AddressRefused."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError as error:
        raise AddressRefused("host") from error
    if parts.scheme != "https" and not (parts.scheme == "http" and settings.WEBHOOKS_LOCAL):
        raise AddressRefused("scheme")
    if not host or parts.username is not None or parts.password is not None or port == 0:
        raise AddressRefused("host")
    if any(ord(sign) <= 32 or ord(sign) == 127 for sign in url):
        raise AddressRefused("host")
    secure = parts.scheme == "https"
    try:
        name = host.encode("idna").decode() if not host.isascii() else host
    except UnicodeError as error:
        raise AddressRefused("host") from error
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    target = Target(secure, name, port or (HTTPS if secure else HTTP), path)
    literal = _literal(name)
    if literal is not None and not is_public(literal) and not settings.WEBHOOKS_LOCAL:
        raise AddressRefused("local")
    return target


def resolve(target: Target) -> str:
    """The address to connect to. Raises AddressRefused when any answer of the name leads into a network of our own."""
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise AddressRefused("unknown") from error
    answers = [str(each[4][0]).split("%")[0] for each in found]
    if not answers:
        raise AddressRefused("unknown")
    if not settings.WEBHOOKS_LOCAL and not all(is_public(ip_address(each)) for each in answers):
        raise AddressRefused("local")
    return answers[0]


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address belongs to the public internet: not loopback, private, link-local, shared, multicast."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if any(address in network for network in _DETOURS):
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def _literal(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None
