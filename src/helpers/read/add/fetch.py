"""Fetch from the web: politely, within limits, and only what has changed."""

import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

import requests
from protego import Protego
from urllib3.exceptions import HTTPError

from helpers.read.add import network
from helpers.read.archives import OTHER

AGENT = "OnTheRecord"  # the name by which robots.txt may address us
_HEADERS = {
    "User-Agent": f"{AGENT}/1.0 (reads news for a newsroom)",
    "Accept-Language": "en, *;q=0.5",
    "Connection": "close",  # seconds lie between two requests to a host
}
_HOPS = 10
_TRIES = 3  # of an address whose server is busy
_PIECE = 65_536  # bytes
_ROBOTS = 512_000  # bytes of a robots.txt that count (RFC 9309, section 2.5)


@dataclass(frozen=True)
class Limits:
    """How much of the web, and of time, a fetch may take."""

    megabytes: int = 20  # of one answer, unpacked
    seconds: float = 60  # for one answer
    pause: float = 1  # seconds between two requests to one host, where its robots.txt asks for no more
    patience: float = 120  # seconds that a host may ask us to wait; beyond, we come back another time


@dataclass(frozen=True)
class Answer:
    """What an address gave."""

    raw: bytes | None  # None: not changed
    address: str  # where redirects led
    type: str | None
    etag: str | None
    modified: str | None
    at: str  # UTC


class Unreachable(Exception):
    """An address that gives nothing. The message is the sentence for the user, with its next step."""


class _Busy(Exception):
    """A server that asks us to wait, for so many seconds."""


class Web:
    """The web as one polite reader meets it: one request at a time, with a pause between two to one host."""

    def __init__(
        self,
        limits: Limits = Limits(),
        allow_local: bool = False,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._limits, self._allow_local = limits, allow_local
        self._clock, self._sleep, self._now = clock, sleep, now
        self._session = network.session(limits.seconds, allow_local)
        self._free: dict[str, float] = {}  # host: when it may be asked again
        self._lost: dict[str, str] = {}  # host: why it is not asked again
        self._checked: set[str] = set()
        self._robots: dict[str, Protego | None] = {}  # None: it says nothing, and so forbids nothing

    def get(self, address: str, etag: str | None = None, modified: str | None = None) -> Answer:
        """Fetch an address; ask for nothing where it has not changed since `etag` or `modified`.

        Follows redirects, obeys robots.txt on every hop, waits where the server asks for it. Raises Unreachable.
        """
        headers = {"If-None-Match": etag, "If-Modified-Since": modified}
        headers = {name: value for name, value in headers.items() if value}
        for _ in range(_HOPS):
            self._permitted(address)
            onward, answer = self._patiently(address, headers)
            if answer:
                return answer
            address = onward
        raise Unreachable(f"leads from address to address, more than {_HOPS} times. Open it in a browser to see why.")

    def _permitted(self, address: str) -> None:
        host = self._host(address)
        if host not in self._robots:
            self._robots[host] = self._rules(urljoin(address, "/robots.txt"))
        rules = self._robots[host]
        if rules and not rules.can_fetch(address, AGENT):
            raise Unreachable("is closed to programs by its robots.txt. Save it in a browser, and add the file.")

    def _rules(self, address: str) -> Protego | None:
        try:
            for _ in range(_HOPS):
                onward, answer = self._patiently(address, {}, cut=_ROBOTS)
                if answer:
                    return Protego.parse(answer.raw.decode("utf-8", "replace"))
                address = onward
        except _Refused as error:
            # RFC 9309, section 2.3.1: what is not there forbids nothing, what cannot be had forbids everything.
            if error.status < 500:
                return None
            raise Unreachable("is on a host whose robots.txt cannot be had. Try again later.") from None
        return None

    def _patiently(self, address: str, headers: dict[str, str], cut: int | None = None) -> tuple[str, Answer | None]:
        """Ask, and ask again after the time that a busy server names."""
        host = self._host(address)
        for _ in range(_TRIES):
            if host in self._lost:
                raise Unreachable(self._lost[host])
            self._wait(host)
            pause = self._pause(host)
            try:
                return self._ask(address, headers, cut)
            except _Busy as busy:
                pause = max(pause, *busy.args)
            finally:
                self._free[host] = self._clock() + pause
            if pause > self._limits.patience:
                break
        self._lost[host] = "is on a host that asks us to wait. Run the same command again later; it goes on from here."
        raise Unreachable(self._lost[host])

    def _wait(self, host: str) -> None:
        seconds = self._free.get(host, 0.0) - self._clock()
        if host in self._free and seconds > 0:
            self._sleep(seconds)

    def _pause(self, host: str) -> float:
        rules = self._robots.get(host)
        asked = float((rules and rules.crawl_delay(AGENT)) or 0)
        return max(self._limits.pause, min(asked, self._limits.patience))

    def _ask(self, address: str, headers: dict[str, str], cut: int | None) -> tuple[str, Answer | None]:
        """Ask once: gives the answer, or where to ask instead."""
        began = time.monotonic()
        try:
            settings = {"stream": True, "allow_redirects": False, "timeout": self._limits.seconds}
            with self._session.get(address, headers={**_HEADERS, **headers}, **settings) as response:
                if response.is_redirect:
                    return urljoin(address, response.headers["location"]), None
                if response.status_code == 304:
                    return address, self._answer(None, address, response)
                self._fit(response)
                raw = self._body(response, cut)
                # A connection that was cut at its limit may look like one that has come to its end.
                self._in_time(began)
                return address, self._answer(raw, address, response)
        except network.Local:
            raise Unreachable(_LOCAL) from None
        except (requests.RequestException, HTTPError, OSError, ValueError, EOFError) as error:
            self._in_time(began)
            raise self._failed(address, error) from None
        finally:
            self._session.close()  # no connection serves twice: each has its own limit of time

    def _body(self, response: requests.Response, cut: int | None) -> bytes:
        most = cut or self._limits.megabytes * 1_000_000
        if (response.headers.get("content-encoding") or "").strip().lower() in ("gzip", "x-gzip"):
            pieces = _unpacked(response.raw.stream(_PIECE, decode_content=False))
        else:
            pieces = response.iter_content(_PIECE)
        raw = bytearray()
        for piece in pieces:
            raw += piece
            if len(raw) > most:
                if cut:
                    break
                size = f"{self._limits.megabytes} MB"
                raise Unreachable(f"is longer than {size}. Save it in a browser if you trust it, and add the file.")
        return bytes(raw[:most])

    def _in_time(self, began: float) -> None:
        if time.monotonic() - began >= self._limits.seconds:
            raise Unreachable(f"took longer than {self._limits.seconds:g} seconds. Try again later.") from None

    def _fit(self, response: requests.Response) -> None:
        """Raise what a response that is no answer means."""
        status = response.status_code
        after = response.headers.get("retry-after")
        if status == 429 or (status == 503 and after):
            raise _Busy(self._asked(after))
        if status != 200:
            raise _Refused(status)
        stated = response.headers.get("content-type") or ""
        if OTHER.match(stated):
            raise Unreachable(f"is {stated.split(';')[0]}, no article. Name the page that it belongs to.")

    def _asked(self, value: str | None) -> float:
        """Read Retry-After: seconds, or a date."""
        if value and value.strip().isdigit():
            return min(float(value), 1e9)
        try:
            return max(0.0, (parsedate_to_datetime(value) - self._now()).total_seconds())
        except (TypeError, ValueError):
            return self._limits.patience / _TRIES

    def _answer(self, raw: bytes | None, address: str, response: requests.Response) -> Answer:
        said = response.headers.get
        at = self._now().isoformat(timespec="milliseconds")
        return Answer(raw, address, said("content-type"), said("etag"), said("last-modified"), at)

    def _failed(self, address: str, error: Exception) -> Unreachable:
        """Say why asking failed; a host that cannot be reached at all is not asked again."""
        if isinstance(error, requests.exceptions.SSLError):
            reason = "has no certificate that can be trusted. Open it in a browser to see why."
        elif isinstance(error, requests.ConnectTimeout | requests.exceptions.ConnectionError) and not _broke(error):
            reason = "is on a host that cannot be reached. Check address and network, then run the command again."
        elif isinstance(error, requests.exceptions.ContentDecodingError | _Damaged):
            return Unreachable("is packed in a way that cannot be unpacked. Save it in a browser, and add the file.")
        elif isinstance(error, requests.exceptions.InvalidURL | ValueError):
            return Unreachable("is no address that can be asked. Correct it.")
        else:
            return Unreachable("broke off before its end. Run the same command again; it goes on from here.")
        self._lost[self._host(address)] = reason
        return Unreachable(reason)

    def _host(self, address: str) -> str:
        """Check an address, and give its scheme and host."""
        try:
            parts = urlsplit(address)
            host, _ = parts.hostname, parts.port
        except ValueError:
            host = None
        if not host or parts.scheme.lower() not in ("http", "https"):
            raise Unreachable("is no address of the web. Write one that begins with https://.")
        if parts.username or parts.password:
            raise Unreachable("holds a name or a password. Take them out: what is kept says where it came from.")
        name = f"{parts.scheme.lower()}://{parts.netloc.lower()}"
        if not self._allow_local and name not in self._checked:
            try:
                network.check(address)
            except network.Local:
                raise Unreachable(_LOCAL) from None
            self._checked.add(name)
        return name


class _Refused(Unreachable):
    """A status that is no answer."""

    def __init__(self, status: int) -> None:
        self.status = status
        step = {
            401: "needs a login", 402: "is behind a paywall", 403: "is refused to us", 404: "is not there",
            410: "is no longer there", 451: "is withheld for legal reasons",
        }.get(status, "gave no page")  # fmt: skip
        super().__init__(f"{step} (HTTP {status}). Save it in a browser, if you can see it there, and add the file.")


class _Damaged(ValueError):
    """Packed bytes that cannot be unpacked."""


def _unpacked(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Unpack gzip piece by piece, never much at once; what is cut short is no shorter page, but an error."""
    unpacker, whole = None, False
    for piece in pieces:
        while piece:
            unpacker = unpacker or zlib.decompressobj(wbits=31)
            try:
                yield unpacker.decompress(piece, _PIECE)
            except zlib.error:
                if whole:  # padding after the end
                    return
                raise _Damaged from None
            piece = unpacker.unconsumed_tail or unpacker.unused_data
            if unpacker.eof:
                unpacker, whole = None, True
    if unpacker:
        raise EOFError


_LOCAL = "leads into this machine's own network. If that is what you want, say --allow-local."


def _broke(error: Exception) -> bool:
    """Tell a connection that was there and broke from one that never was."""
    return "Connection broken" in str(error) or "aborted" in str(error) or "IncompleteRead" in str(error)
