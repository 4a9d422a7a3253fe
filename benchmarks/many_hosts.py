"""A web server of its own process that looks like a thousand hosts: it listens on as many addresses of loopback.

GET /feed.xml     304 to who knows its validator
GET /hangs.xml    takes the request and never answers
GET /broken.xml   500 with a page of HTML
"""

from __future__ import annotations

import asyncio
import multiprocessing
import resource
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection

from aiohttp import web

ETAG = '"only-for-the-benchmark"'
_FILES = 8192


def addresses(count: int) -> list[str]:
    """So many addresses of 127.0.0.0/8."""
    return [f"127.1.{number // 250}.{number % 250 + 1}" for number in range(count)]


@contextmanager
def many_hosts(count: int) -> Iterator[int]:
    """Serves on `addresses(count)`; gives the port, the same on all of them."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(there, count), daemon=True)
    process.start()
    try:
        yield here.recv()
    finally:
        process.terminate()
        process.join()


def allow_files(count: int = _FILES) -> None:
    """As many open files as that, if the system lets us."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(count, hard), hard))


def _serve(pipe: Connection, count: int) -> None:
    allow_files()
    asyncio.run(_serving(pipe, count))


async def _serving(pipe: Connection, count: int) -> None:
    async def feed(request: web.Request) -> web.Response:
        known = request.headers.get("If-None-Match") == ETAG
        return web.Response(status=304 if known else 200, headers={"ETag": ETAG})

    async def hangs(_request: web.Request) -> web.Response:
        await asyncio.sleep(3600)
        return web.Response()

    async def broken(_request: web.Request) -> web.Response:
        return web.Response(status=500, text="<h1>Wartung</h1>", content_type="text/html")

    app = web.Application()
    for path, answer in (("/feed.xml", feed), ("/hangs.xml", hangs), ("/broken.xml", broken)):
        app.router.add_get(path, answer)
    runner = web.AppRunner(app, access_log=None, handler_cancellation=True)
    await runner.setup()
    port = _free_port()
    assert runner.server
    await asyncio.get_running_loop().create_server(runner.server, addresses(count), port, backlog=16)
    pipe.send(port)
    await asyncio.Event().wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
