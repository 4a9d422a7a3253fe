"""A small scriptable publisher on loopback, over real HTTP: pages, feeds, validators and everything that goes wrong.

What stands at a path is a `Page`, put there before or between requests. The publisher keeps what it was asked, in
order, and how many requests it ever had in hand at once.
"""

from __future__ import annotations

import asyncio
import gzip
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from html import escape
from typing import Literal

from aiohttp import web

from feeds.fetch import Fetcher, Limits, identify, open_fetcher

Manner = Literal["answer", "hang", "break off", "flood"]


@dataclass(frozen=True, slots=True)
class Page:
    """One answer. `manner`: "hang" never answers, "break off" ends in mid-body, "flood" sends `size` zero bytes."""

    body: bytes = b""
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    etag: str | None = None
    last_modified: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    compressed: bool = False
    manner: Manner = "answer"
    size: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it arrived; `path` with its query."""

    path: str
    headers: Mapping[str, str]


class Publisher:
    """Runs inside `Publisher.running()`."""

    def __init__(self) -> None:
        self.base = ""
        self.port = 0
        self.asked: list[Asked] = []
        self.most_at_once = 0
        self.takes = 0.0
        """Seconds that every answer takes: time for a second request to be seen at once with the first."""
        self._at_once = 0
        self._pages: dict[str, Page] = {}
        self._ended = asyncio.Event()
        self._asked_for: dict[str, asyncio.Event] = {}

    @classmethod
    @asynccontextmanager
    async def running(cls) -> AsyncIterator[Publisher]:
        publisher = cls()
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", publisher._handle)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        publisher.port = runner.addresses[0][1]
        publisher.base = f"http://127.0.0.1:{publisher.port}"
        try:
            yield publisher
        finally:
            publisher._ended.set()
            await runner.cleanup()

    def address(self, path: str) -> str:
        return self.base + path

    @property
    def paths(self) -> list[str]:
        """What was asked for, in order, without robots.txt."""
        return [one.path for one in self.asked if one.path != "/robots.txt"]

    def put(self, path: str, page: Page | bytes | str) -> None:
        """From now on this stands at the path (with its query); bytes and text become an ordinary page."""
        if isinstance(page, str):
            page = page.encode()
        self._pages[path] = page if isinstance(page, Page) else Page(page)

    def change(self, path: str, body: bytes, etag: str | None = None) -> None:
        """Another body at the same path, everything else as it was."""
        self._pages[path] = replace(self._pages[path], body=body, etag=etag)

    def remove(self, path: str) -> None:
        del self._pages[path]

    def redirect(self, path: str, target: str, status: int = 302) -> None:
        self.put(path, Page(status=status, headers={"Location": target}))

    def fail(self, path: str, status: int = 500, headers: Mapping[str, str] | None = None) -> None:
        self.put(path, Page(b"broken", status=status, headers=headers or {}))

    def hang(self, path: str) -> None:
        self.put(path, Page(manner="hang"))

    def robots(self, text: str) -> None:
        self.put("/robots.txt", Page(text.encode(), "text/plain"))

    async def until_asked(self, path: str) -> None:
        """Wait until the path was asked for at least once."""
        await self._asked_for.setdefault(path, asyncio.Event()).wait()

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(Asked(request.path_qs, dict(request.headers)))
        self._asked_for.setdefault(request.path_qs, asyncio.Event()).set()
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            await asyncio.sleep(self.takes)
            return await self._answer(request, self._pages.get(request.path_qs, Page(b"not here", status=404)))
        finally:
            self._at_once -= 1

    async def _answer(self, request: web.Request, page: Page) -> web.StreamResponse:
        if page.manner == "hang":
            await self._ended.wait()
        if page.manner == "break off":
            return await self._break_off(request, page)
        if page.manner == "flood":
            return await self._flood(request, page)
        if _unchanged(request, page):
            return web.Response(status=304, headers=_headers(page))
        body = gzip.compress(page.body) if page.compressed else page.body
        return web.Response(status=page.status, body=body, headers=_headers(page))

    async def _break_off(self, request: web.Request, page: Page) -> web.StreamResponse:
        response = web.StreamResponse(headers={**_headers(page), "Content-Length": str(len(page.body) + 1000)})
        await response.prepare(request)
        await response.write(page.body)
        if request.transport:
            request.transport.close()
        return response

    async def _flood(self, request: web.Request, page: Page) -> web.StreamResponse:
        """`size` bytes without saying so first; the end is quiet when the other side has had enough."""
        response = web.StreamResponse(headers=_headers(page))
        await response.prepare(request)
        try:
            for _ in range(page.size // 65_536):
                await response.write(bytes(65_536))
        except ConnectionError:
            pass
        return response


def _unchanged(request: web.Request, page: Page) -> bool:
    if page.etag and request.headers.get("If-None-Match"):
        return request.headers["If-None-Match"] == page.etag
    return bool(page.last_modified) and request.headers.get("If-Modified-Since") == page.last_modified


def _headers(page: Page) -> dict[str, str]:
    said = {
        "Content-Type": page.content_type,
        "ETag": page.etag,
        "Last-Modified": page.last_modified,
        "Content-Encoding": "gzip" if page.compressed else None,
    }
    return {**{name: value for name, value in said.items() if value}, **page.headers}


def rss(entries: Sequence[tuple[str, str]], date: str = "Fri, 06 Nov 2026 12:00:00 +0100") -> Page:
    """A feed of (address, title) pairs, as the federal bodies write it: without guid."""
    items = "".join(
        f"<item><title>{escape(title)}</title><link>{escape(address)}</link><pubDate>{date}</pubDate></item>"
        for address, title in entries
    )
    text = (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Neues</title>{items}</channel></rss>'
    )
    return Page(text.encode(), "application/rss+xml; charset=utf-8")


def links_page(entries: Sequence[tuple[str, str]]) -> Page:
    """An HTML page with a navigation and a list of (address, title) links in its main part."""
    items = "".join(f'<li><a href="{escape(address)}">{escape(title)}</a></li>' for address, title in entries)
    navigation = '<nav><a href="/">Start</a><a href="/impressum.pdf">Impressum</a></nav>'
    return Page(f"<!doctype html><html><body>{navigation}<main><ul>{items}</ul></main></body></html>".encode())


@asynccontextmanager
async def hasty_fetcher(
    allow: tuple[str, ...] = ("127.0.0.0/8",), limits: Limits | None = None
) -> AsyncIterator[Fetcher]:
    """The real fetcher, permitted to ask loopback, without pauses between requests unless `limits` say so."""
    agent = identify("1.2.3", "https://beschlussbote.example/kontakt")
    async with open_fetcher(agent, seconds=time.monotonic, allow=allow, limits=limits or Limits(pause=0)) as fetcher:
        yield fetcher
