"""Misbehaviour on request: what servers and networks do to a request, before or after it took effect."""

from __future__ import annotations

import asyncio
import enum
import socket
import struct
from dataclasses import dataclass

from aiohttp import web

from tests.fake_telegram.answers import RefusedError

_DRIP_PAUSE = 0.02


class Fault(enum.Enum):
    """Each says whether the method still takes effect, and what the caller gets to see."""

    ERROR_BEFORE = "no effect, 500"
    ERROR_AFTER = "took effect, 500"
    CUT_BEFORE = "no effect, the connection is cut"
    CUT_AFTER = "took effect, the connection is cut"
    RESET_BEFORE = "no effect, the connection is reset"
    RESET_AFTER = "took effect, the connection is reset"
    DRIP_AFTER = "took effect, the answer comes a byte at a time and does not end"
    SILENCE_AFTER = "took effect, no answer comes"
    BROKEN_JSON = "took effect, the answer is half a JSON text"
    ODD_RESULT = "took effect, the answer is JSON but no message"
    PROXY_PAGE = "no effect, 502 with an HTML page"
    NOT_HTTP = "took effect, the answer is not HTTP"

    @property
    def takes_effect(self) -> bool:
        return self.value.startswith("took effect")


@dataclass
class Planned:
    """The next `times` calls of `method` (in that chat, if one is named) meet this."""

    method: str
    what: Fault | RefusedError
    times: int
    chat: int | None

    def meets(self, method: str, chat: object) -> bool:
        return self.times > 0 and self.method == method and self.chat in (None, chat)


async def carry_out(fault: Fault, request: web.Request, stopping: asyncio.Event) -> web.Response:
    match fault:
        case Fault.ERROR_BEFORE | Fault.ERROR_AFTER:
            return web.json_response(
                {"ok": False, "error_code": 500, "description": "Internal Server Error"}, status=500
            )
        case Fault.PROXY_PAGE:
            return web.Response(status=502, text="<h1>502 Bad Gateway</h1>", content_type="text/html")
        case Fault.BROKEN_JSON:
            return web.Response(text='{"ok": true, "result": {"mess', content_type="application/json")
        case Fault.ODD_RESULT:
            return web.json_response({"ok": True, "result": {"surprise": 1}})
        case Fault.SILENCE_AFTER:
            await stopping.wait()
        case Fault.DRIP_AFTER:
            await _drip(request, stopping)
        case Fault.RESET_BEFORE | Fault.RESET_AFTER:
            # To linger for no time at all makes the system send a reset instead of an orderly end.
            own: socket.socket = _transport(request).get_extra_info("socket")
            own.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        case Fault.NOT_HTTP:
            _transport(request).write(b"this is not HTTP\r\n\r\n")
        case Fault.CUT_BEFORE | Fault.CUT_AFTER:
            pass
    if request.transport is not None:  # whoever asked may be gone already
        request.transport.close()
    return web.Response()


async def _drip(request: web.Request, stopping: asyncio.Event) -> None:
    answer = web.StreamResponse(headers={"Content-Type": "application/json"})
    await answer.prepare(request)
    while not stopping.is_set() and request.transport is not None and not request.transport.is_closing():
        await answer.write(b" ")
        await asyncio.sleep(_DRIP_PAUSE)


def _transport(request: web.Request) -> asyncio.WriteTransport:
    assert isinstance(request.transport, asyncio.WriteTransport)
    return request.transport
