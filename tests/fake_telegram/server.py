"""The fake Bot API server: real HTTP on loopback, in the test's own process and event loop.

`async with FakeTelegram.running() as telegram:` — then `telegram.api_base` and `telegram.token` go into the settings,
`telegram.people` acts for the people, `telegram.texts(chat)` is what they see. Updates are fetched, or posted to the
webhook that is set: see `route_webhook`.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web

from tests.fake_telegram import parameters
from tests.fake_telegram.answers import Json, RefusedError
from tests.fake_telegram.faults import Fault, Planned, carry_out
from tests.fake_telegram.methods import METHODS
from tests.fake_telegram.people import People
from tests.fake_telegram.rates import Rates
from tests.fake_telegram.webhook import Webhook
from tests.fake_telegram.world import SentMessage, World

COUNTED = ("sendMessage", "sendPhoto", "sendDocument", "editMessageText", "editMessageReplyMarkup")
"""Methods that count against a chat's limit, and against that of all."""


@dataclass(frozen=True)
class Call:
    """One request that reached the server with the right token; `given` as it came, unchecked."""

    method: str
    given: Json


class FakeTelegram:
    token = "999:fake-and-only-for-tests"

    def __init__(self) -> None:
        self.world = World()
        self.people = People(self.world)
        self.calls: list[Call] = []
        self.refused_tokens = 0
        self._webhook = Webhook(self.world)
        self._posting: asyncio.Task[None] | None = None
        self._planned: list[Planned] = []
        self._rates: Rates | None = None
        self._stopping = asyncio.Event()
        self._runner: web.AppRunner | None = None
        self._port = 0

    @classmethod
    @asynccontextmanager
    async def running(cls) -> AsyncIterator[FakeTelegram]:
        telegram = cls()
        await telegram.start()
        try:
            yield telegram
        finally:
            await telegram.stop()

    @property
    def api_base(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    async def start(self) -> None:
        """Listen; after a `stop` on the same port again."""
        self._stopping = asyncio.Event()
        app = web.Application()
        app.router.add_get("/file/bot{token}/documents/{file}", self._file)
        app.router.add_route("*", "/bot{token}/{method}", self._answer)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port, reuse_address=True)
        await site.start()
        self._port = self._runner.addresses[0][1]
        self._posting = asyncio.create_task(self._webhook.run())

    async def stop(self) -> None:
        """From here on connections are refused."""
        self._stopping.set()
        self.world.updates.wake()
        if self._posting is not None:
            self._posting.cancel()
            await asyncio.wait([self._posting])
        if self._runner is not None:
            await self._runner.cleanup()
        self._runner = None

    def route_webhook(self, start: str, to: str) -> None:
        """What a webhook's address begins with (https://…), and where that is found on loopback (http://…)."""
        self._webhook.routes[start] = to
        self.world.updates.wake()

    def misbehave(self, method: str, what: Fault | RefusedError, *, times: int = 1, chat: int | None = None) -> None:
        """The next `times` calls of `method` meet a fault, or get that refusal."""
        self._planned.append(Planned(method, what, times, chat))

    def behave(self) -> None:
        """Whatever was planned does not happen."""
        self._planned.clear()

    def flood(self, chat: int, *seconds: int) -> None:
        """The next sends to this chat get 429, one for each number, with that `retry_after`."""
        self.world.chats[chat].floods.extend(seconds)

    def enforce_rates(self, clock: Callable[[], float]) -> None:
        """From here on too many messages at once get 429 as from Telegram."""
        self._rates = Rates(clock)

    def messages(self, chat: int) -> list[SentMessage]:
        return self.world.chats[chat].messages

    def texts(self, chat: int) -> list[str]:
        return [message.text for message in self.messages(chat)]

    def called(self, method: str) -> list[Json]:
        """What that method was called with, in order."""
        return [call.given for call in self.calls if call.method == method]

    async def until(self, condition: Callable[[], object], seconds: float = 20.0) -> None:
        """Wait until `condition()` is true; looked at after every call and answer."""
        await self.world.until(condition, seconds)

    async def _answer(self, request: web.Request) -> web.Response:
        try:
            return await self._carried_out(request)
        except RefusedError as refusal:
            return web.json_response(refusal.as_json(), status=refusal.code)
        finally:
            self.world.changed()

    async def _file(self, request: web.Request) -> web.Response:
        """The bytes behind a `file_path` (Bot API, getFile)."""
        data = self.world.files.get(request.match_info["file"])
        known = data is not None and request.match_info["token"] == self.token
        return web.Response(body=data) if known else web.Response(status=404)

    async def _carried_out(self, request: web.Request) -> web.Response:
        name = request.match_info["method"]
        if request.match_info["token"] != self.token:
            self.refused_tokens += 1
            raise RefusedError(401, "Unauthorized")
        if name not in METHODS:
            raise RefusedError(404, "Not Found")
        given = await parameters.given(request)
        self.calls.append(Call(name, given))
        self.world.changed()
        plan = self._plan_for(name, str(given.get("chat_id")))
        if isinstance(plan, RefusedError):
            raise plan
        if plan is None or plan.takes_effect:
            result = await self._run(name, given)
        return web.json_response({"ok": True, "result": result}) if plan is None else await self._spoil(plan, request)

    async def _run(self, name: str, given: Json) -> object:
        method = METHODS[name]
        values = parameters.read(given, method.takes, method.needs)
        if name in COUNTED and self._rates is not None:
            self._rates.check(values["chat_id"])
        return await method.run(self.world, values)

    async def _spoil(self, fault: Fault, request: web.Request) -> web.Response:
        self.world.changed()
        return await carry_out(fault, request, self._stopping)

    def _plan_for(self, method: str, chat: str) -> Fault | RefusedError | None:
        number = int(chat) if chat.lstrip("-").isdigit() else None
        for plan in self._planned:
            if plan.meets(method, number):
                plan.times -= 1
                return plan.what
        return None
