"""Asking for documents over HTTP: the only file of this room that touches the network.

Strategy: every hop is judged by itself. Redirects are followed here and not by aiohttp, so that each target is checked
like the first address (scheme, robots.txt, turn of its host). Where a connection really goes to is judged at the
socket, when the name has become a number. Whatever goes wrong comes back as a `FetchFailed`.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

import aiohttp
from yarl import URL

from feeds.address_guard import Exemptions
from feeds.fetch_problems import AddressRefused, broken, declined, host_of, still_closed
from feeds.fetched import (
    Fetched,
    FetchFailed,
    FetchResult,
    NotModified,
    Validators,
    parse_max_age,
)
from feeds.robots_gate import RobotsGate
from feeds.turns import Sleep, Turns

PRODUCT = "Beschlussbote"
_REDIRECTS = (301, 302, 303, 307, 308)
_LASTING = (301, 308)
_CHUNK = 65_536
KEEP_ALIVE = 3.0
"""Seconds that a connection is kept for the host's next document, which comes after a pause of one. No longer: a round
over a thousand hosts would leave a thousand open."""

_Check = Callable[[URL], Awaitable[FetchFailed | None]]
_AddressInfo = tuple[int, int, int, str, tuple[str, int] | tuple[str, int, int, int]]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetch may cost.

    `size`: bytes after decompression. `time`: seconds for a document with its redirects, the waiting for its host's
    turn not counted. `pause`: seconds between two requests to one host. `robots_age`, `robots_retry`: seconds that a
    robots.txt holds, or that its failing does.
    """

    size: int = 20_000_000
    time: float = 60.0
    redirects: int = 5
    pause: float = 1.0
    robots_age: float = 86_400.0
    robots_retry: float = 600.0


@dataclass(frozen=True, slots=True)
class _Moved:
    """`lasting`: it will always be there (301, 308), and not only this time."""

    target: URL
    lasting: bool


def identify(version: str, contact: str | None) -> str:
    """The User-Agent: who asks, and where to complain (the address of a page or a mailbox)."""
    return f"{PRODUCT}/{version} (+{contact})" if contact else f"{PRODUCT}/{version}"


@asynccontextmanager
async def open_fetcher(
    agent: str,
    *,
    seconds: Callable[[], float],
    allow: tuple[str, ...] = (),
    limits: Limits | None = None,
    sleep: Sleep = asyncio.sleep,
) -> AsyncIterator[Fetcher]:
    """A fetcher with connections of its own, which are closed at the end.

    `agent` is the User-Agent, `seconds` a scale that never runs backwards, `allow` the hosts and networks that may be
    asked although they are private, `sleep` how the pauses between two requests are spent.
    """
    exemptions = Exemptions.parse(allow)
    async with _session(agent, exemptions.permits) as guarded, _session(agent, lambda _: True) as exempt:
        yield Fetcher(guarded, exempt, exemptions, seconds, limits or Limits(), sleep)


class Fetcher:
    """Asks politely and within limits: `guarded` for everybody, `exempt` for the hosts that the operator exempts."""

    def __init__(
        self,
        guarded: aiohttp.ClientSession,
        exempt: aiohttp.ClientSession,
        exemptions: Exemptions,
        seconds: Callable[[], float],
        limits: Limits,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._guarded = guarded
        self._exempt = exempt
        self._exemptions = exemptions
        self._seconds = seconds
        self._limits = limits
        self._turns = Turns(limits.pause, seconds, sleep)
        self._gate = RobotsGate(self._ask_freely, PRODUCT, seconds, limits.robots_age, limits.robots_retry)

    async def get(
        self, address: str, validators: Validators | None = None, authorization: str | None = None
    ) -> FetchResult:
        """The document at an address, or that it is unchanged since `validators`, or why there is none.

        `authorization`: the header of that name, for an interface that wants a key. No redirect takes it elsewhere.
        """
        return await self._follow(address, _Wanted(validators or Validators(), authorization), self._forbidden)

    async def _ask_freely(self, address: str) -> FetchResult:
        """For robots.txt itself, which no robots.txt forbids."""
        return await self._follow(address, _Wanted(Validators()), _nothing_forbidden)

    async def _follow(self, address: str, wanted: _Wanted, forbidden: _Check) -> FetchResult:
        url = _read_address(address)
        left = self._limits.time
        trail = _Trail()
        for _ in range(self._limits.redirects + 1):
            if isinstance(url, FetchFailed):
                return url
            if refusal := await forbidden(url):
                return refusal
            answer, spent = await self._take_turn(url, wanted, left)
            if not isinstance(answer, _Moved):
                return trail.on(answer)
            trail, wanted = trail.past(answer), wanted.at(url, answer.target)
            url, left = _permissible(answer.target), left - spent
        return FetchFailed(f"{address} redirects more than {self._limits.redirects} times", status=302)

    async def _forbidden(self, url: URL) -> FetchFailed | None:
        rules = await self._gate.rules(str(url.origin()))
        if isinstance(rules, FetchFailed):
            return rules
        self._turns.slow_down(host_of(url), rules.delay)
        return None if rules.permits(str(url)) else FetchFailed(f"the robots.txt of {host_of(url)} forbids {url}")

    async def _take_turn(self, url: URL, wanted: _Wanted, left: float) -> tuple[FetchResult | _Moved, float]:
        """The answer, and the seconds that it took."""
        async with self._turns.of(host_of(url)):
            if closed := self._turns.closed_for(host_of(url)):
                return still_closed(url, closed), 0.0
            start = self._seconds()
            answer = await self._within(url, wanted, left)
            if isinstance(answer, FetchFailed) and answer.retry_after:
                self._turns.close(host_of(url), answer.retry_after.total_seconds())
            return answer, self._seconds() - start

    async def _within(self, url: URL, wanted: _Wanted, left: float) -> FetchResult | _Moved:
        try:
            async with asyncio.timeout(left):
                return await self._exchange(url, wanted)
        except (aiohttp.ClientError, OSError, ValueError) as error:
            return broken(url, error, self._limits.time)

    async def _exchange(self, url: URL, wanted: _Wanted) -> FetchResult | _Moved:
        session = self._exempt if self._exemptions.has_host(host_of(url)) else self._guarded
        async with session.get(url, headers=wanted.headers, allow_redirects=False) as response:
            if response.status in _REDIRECTS and "Location" in response.headers:
                target = url.join(URL(response.headers["Location"]))
                return _Moved(target, response.status in _LASTING)
            fresh_for = parse_max_age(response.headers.get("Cache-Control"))
            given = Validators(response.headers.get("ETag"), response.headers.get("Last-Modified"))
            if response.status == 304 and wanted.validators.headers:
                return NotModified(given.or_else(wanted.validators), fresh_for=fresh_for)
            if response.status != 200:
                return declined(url, response)
            body = await _body(response, self._limits.size)
            if body is None:
                return FetchFailed(f"{url} is larger than the {self._limits.size:,} bytes that are read", status=200)
            return Fetched(body, str(url), response.headers.get("Content-Type"), given, fresh_for=fresh_for)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is asked with. `authorization` is a secret and stays with the host that it is for."""

    validators: Validators
    authorization: str | None = field(default=None, repr=False)

    @property
    def headers(self) -> dict[str, str]:
        given = {"Authorization": self.authorization} if self.authorization else {}
        return {**self.validators.headers, **given}

    def at(self, before: URL, target: URL) -> _Wanted:
        """Behind a redirect."""
        same = (before.scheme, before.host, before.port) == (target.scheme, target.host, target.port)
        return self if same else replace(self, authorization=None)


@dataclass(frozen=True, slots=True)
class _Trail:
    """The hops so far. The address to keep is that behind the last lasting hop, before any that is for now only."""

    kept: str | None = None
    broken: bool = False

    def past(self, hop: _Moved) -> _Trail:
        lasting = hop.lasting and not self.broken
        return _Trail(str(hop.target), False) if lasting else _Trail(self.kept, True)

    def on(self, answer: FetchResult) -> FetchResult:
        """The answer at the end of it; a failure says nothing about where to ask."""
        return answer if isinstance(answer, FetchFailed) else replace(answer, moved_to=self.kept)


async def _nothing_forbidden(_: URL) -> None:
    return None


def _session(agent: str, permits: Callable[[str], bool]) -> aiohttp.ClientSession:
    def open_socket(info: _AddressInfo) -> socket.socket:
        family, kind, protocol, _, place = info
        if not permits(str(place[0])):
            raise AddressRefused("its address lies in a private network (FETCH_ALLOW can exempt it)")
        return socket.socket(family=family, type=kind, proto=protocol)

    return aiohttp.ClientSession(
        # How many are asked side by side is for the caller to say.
        connector=aiohttp.TCPConnector(socket_factory=open_socket, limit=0, keepalive_timeout=KEEP_ALIVE),
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={"User-Agent": agent, "Accept-Language": "de"},
        timeout=aiohttp.ClientTimeout(total=None),
    )


async def _body(response: aiohttp.ClientResponse, limit: int) -> bytes | None:
    """The decompressed body, or None as soon as it is known to be longer than the limit."""
    if (response.content_length or 0) > limit:
        return None
    body = bytearray()
    async for chunk in response.content.iter_chunked(_CHUNK):
        body += chunk
        if len(body) > limit:
            return None
    return bytes(body)


def _read_address(address: str) -> URL | FetchFailed:
    try:
        return _permissible(URL(address))
    except ValueError:
        return FetchFailed(f"{address!r} is no address that can be asked")


def _permissible(url: URL) -> URL | FetchFailed:
    if url.scheme not in ("http", "https") or not url.host:
        return FetchFailed(f"{url} is no address on the web: right are http:// and https:// with a host")
    if url.user or url.password:
        return FetchFailed(f"the address at {url.host} holds a user name or password, which is not sent")
    return url
