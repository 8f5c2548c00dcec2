"""Open connections to the public internet and to nothing else, and none for longer than a limit."""

import socket
import threading
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

# Ways to write an IPv4 address as one of IPv6 that a gateway turns back (RFC 6052, RFC 8215).
_TRANSLATED = (ip_network("64:ff9b::/96"), ip_network("64:ff9b:1::/48"))


class Local(Exception):
    """An address that leads into the machine's own network."""


def is_public(address: str) -> bool:
    """Tell whether an IP address belongs to the public internet, however it is wrapped."""
    try:
        ip = ip_address(address.split("%")[0])
    except ValueError:
        return False
    return all(one.is_global and not one.is_multicast for one in (ip, *_within(ip)))


def check(url: str) -> None:
    """Raise Local where the host of an address has, among its IP addresses, one that is not public."""
    parts = urlsplit(url)
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or 80, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return  # nobody knows the host: connecting says so
    if not all(is_public(sockaddr[0]) for *_, sockaddr in found):
        raise Local


def session(seconds: float, allow_local: bool) -> requests.Session:
    """Make a session whose connections last so long at most and lead, unless allowed, to public addresses only.

    To be closed after each answer, which ends its connection and its alarm.

    What a name stands for may change between the check and the connection (DNS rebinding), so the address that was
    reached is checked again before a byte is sent. Proxies and passwords of the environment are not used.
    """

    alarms: list[threading.Timer] = []

    class Guard:
        def _new_conn(self) -> socket.socket:
            opened = super()._new_conn()
            if not allow_local and not is_public(opened.getpeername()[0]):
                opened.close()
                raise Local
            return opened

        def connect(self) -> None:
            super().connect()
            # Each byte may come in time and the whole never; what reads the answer has no clock of its own.
            alarm = threading.Timer(seconds, _shut, [self.sock])
            alarm.daemon = True
            alarm.start()
            alarms.append(alarm)

    class Plain(HTTPConnectionPool):
        ConnectionCls = type("Plain", (Guard, HTTPConnection), {})

    class Secure(HTTPSConnectionPool):
        ConnectionCls = type("Secure", (Guard, HTTPSConnection), {})

    class Adapter(HTTPAdapter):
        def init_poolmanager(self, *arguments: object, **settings: object) -> None:
            super().init_poolmanager(*arguments, **settings)
            self.poolmanager.pool_classes_by_scheme = {"http": Plain, "https": Secure}

    class Session(requests.Session):
        def close(self) -> None:
            while alarms:
                alarms.pop().cancel()
            super().close()

    made = Session()
    made.trust_env = False
    made.mount("http://", Adapter())
    made.mount("https://", Adapter())
    return made


def _shut(opened: socket.socket) -> None:
    with suppress(OSError):
        opened.shutdown(socket.SHUT_RDWR)


def _within(ip: IPv4Address | IPv6Address) -> list[IPv4Address]:
    """Give the IPv4 addresses that an address of IPv6 carries."""
    if ip.version == 4:
        return []
    found = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
    found += [IPv4Address(int(ip) & 0xFFFFFFFF)] if any(ip in net for net in _TRANSLATED) else []
    return [one for one in found if one is not None]
