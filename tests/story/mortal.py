"""The program's own parts, each with places at which the process can be made to die on the spot.

A place is passed wherever something outside memory has changed or is about to: around every commit, every fetch and
every send. Nothing is simulated: the parts are the real ones, and dying is `os._exit`, which runs no clean-up.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.look import Fetches
from bot.outcome import Outcome
from bot.payload import Payload
from bot.transports.transport import Transport
from feeds.fetched import FetchResult, Validators
from handlers.reply import Reply
from storage.database import Connection, Database

KILLED = 9


@dataclass
class Life:
    """Passes places in order; ends at the one numbered `until` (from 1), or at none."""

    until: int | None = None
    passed: list[str] = field(default_factory=list)

    def at(self, place: str) -> None:
        self.passed.append(place)
        if len(self.passed) == self.until:
            os._exit(KILLED)


class MortalDatabase(Database):
    life = Life()

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Connection]:
        async with super().begin() as conn:
            yield conn
            self.life.at("before a commit")
        self.life.at("after a commit")


@dataclass
class MortalFetcher:
    fetcher: Fetches
    life: Life

    async def get(
        self, address: str, validators: Validators | None = None, authorization: str | None = None
    ) -> FetchResult:
        self.life.at("before a fetch")
        answer = await self.fetcher.get(address, validators, authorization)
        self.life.at("after a fetch")
        return answer


@dataclass
class MortalTransport:
    transport: Transport
    life: Life

    @property
    def name(self) -> str:
        return self.transport.name

    def compose(self, reply: Reply) -> tuple[Payload, ...]:
        return self.transport.compose(reply)

    async def send(self, chat_id: str, payload: Payload) -> Outcome:
        self.life.at("before a send")
        outcome = await self.transport.send(chat_id, payload)
        self.life.at("after a send")
        return outcome

    async def show_work(self, chat_id: str) -> None:
        await self.transport.show_work(chat_id)

    async def leave(self, chat_id: str) -> None:
        await self.transport.leave(chat_id)
