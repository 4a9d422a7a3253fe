"""A sample publisher: a conference's web site on loopback with an RSS feed, a link list and documents.

It answers as real ones do, with an ETag per page and 304 for whoever has it already. What it publishes grows by
`publish`, so that a watcher has something to find.
"""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass
from html import escape
from types import TracebackType
from typing import Literal, Self

from aiohttp import web

_FEED = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel>
<title>Beispielministerkonferenz</title>
<link>{base}/</link>
<description>Neue Beschlüsse der erfundenen Beispielministerkonferenz</description>
{entries}
</channel></rss>
"""
_FEED_ENTRY = (
    """<item><title>{title}</title><link>{address}</link><guid>{address}</guid><pubDate>{date}</pubDate></item>"""
)
_LIST = """<!doctype html>
<html lang="de"><head><meta charset="utf-8"><title>Beschlüsse</title></head><body>
<nav><a href="/">Startseite</a></nav>
<main><h1>Beschlüsse</h1><ul class="downloads">
{entries}
</ul></main></body></html>
"""
_LIST_ENTRY = """<li><a href="{path}">{title} (PDF)</a></li>"""

FEED_PATH = "/feed.xml"
LIST_PATH = "/beschluesse.html"


@dataclass(frozen=True, slots=True)
class Document:
    """One document of the site; `date` is RFC 822 text, shown in the feed only."""

    path: str
    title: str
    content_type: Literal["application/pdf", "text/html"]
    data: bytes
    shown_in: Literal["feed", "list"]
    date: str = "Fri, 06 Nov 2026 12:00:00 +0100"


class Publisher:
    """The running site; an async context manager. `address` is known once it runs."""

    def __init__(self) -> None:
        self._documents: list[Document] = []
        self._runner: web.AppRunner | None = None
        self.address = ""
        self.asked: list[str] = []
        """The paths that were asked for, in order."""
        self._asked = asyncio.Condition()

    def publish(self, document: Document) -> None:
        """Show a document from now on, newest first; one with the same path takes the place of the older."""
        self._documents = [document, *(one for one in self._documents if one.path != document.path)]

    async def until_asked(self, path: str) -> None:
        """Wait until somebody has asked for that path."""
        async with self._asked:
            await self._asked.wait_for(lambda: path in self.asked)

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_get("/{path:.*}", self._answer)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.address = f"http://{host}:{port}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._runner:
            await self._runner.cleanup()

    async def _answer(self, request: web.Request) -> web.Response:
        async with self._asked:
            self.asked.append(request.path)
            self._asked.notify_all()
        found = self._page(request.path)
        if not found:
            return web.Response(status=404, text="Diese Seite gibt es nicht.")
        data, content_type = found
        tag = hashlib.sha256(data).hexdigest()[:16]
        if request.headers.get("If-None-Match") == f'"{tag}"':
            return web.Response(status=304, headers={"ETag": f'"{tag}"'})
        charset = None if content_type == "application/pdf" else "utf-8"
        return web.Response(body=data, content_type=content_type, charset=charset, headers={"ETag": f'"{tag}"'})

    def _page(self, path: str) -> tuple[bytes, str] | None:
        if path == FEED_PATH:
            return self._feed().encode(), "application/rss+xml"
        if path == LIST_PATH:
            return self._list().encode(), "text/html"
        return next(((one.data, one.content_type) for one in self._documents if one.path == path), None)

    def _feed(self) -> str:
        entries = [
            _FEED_ENTRY.format(title=escape(one.title), address=self.address + one.path, date=one.date)
            for one in self._documents
            if one.shown_in == "feed"
        ]
        return _FEED.format(base=self.address, entries="\n".join(entries))

    def _list(self) -> str:
        shown = (one for one in self._documents if one.shown_in == "list")
        return _LIST.format(
            entries="\n".join(_LIST_ENTRY.format(path=one.path, title=escape(one.title)) for one in shown)
        )
