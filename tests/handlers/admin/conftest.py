"""An administrator's private chat on a store with the invented documents."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from config.catalogue import load_catalogue
from handlers.access import Access, Links
from handlers.reply import ChatKind, Incoming, Reply
from handlers.router import answer
from handlers.services import Services
from tests.handlers.samples import NOW, Talk

ADMIN, ANNA, GROUP = "telegram:4700", "telegram:4711", "telegram:-5"
CATALOGUE = """
[[source]]
id = "bspmk"
name = "Beispielministerkonferenz"
kind = "feed"
address = "https://bspmk.example/feed"
interval = "1h"
expected_every = "400d"
"""


@dataclass(frozen=True)
class Desk:
    services: Services

    async def says(self, text: str, chat: str = ADMIN, user: str = ADMIN, kind: ChatKind = "private") -> Reply:
        return await answer(Incoming(chat, text, NOW, user=user, kind=kind), self.services)

    async def taps(self, reply: Reply, begins: str) -> Reply:
        """The first button whose label begins so."""
        buttons = [button for row in reply.buttons for button in row]
        return await self.says(next(one.command for one in buttons if one.label.startswith(begins)))


@pytest.fixture
async def desk(talk: Talk, tmp_path: Path) -> Desk:
    catalogue = tmp_path / "sources.toml"
    catalogue.write_text(CATALOGUE, encoding="utf-8")
    return Desk(
        replace(
            talk.services,
            access=Access("invite", frozenset({ADMIN})),
            links=Links(lambda: "BeschlussProbeBot", iter(("token-1", "token-2")).__next__),
            sources=load_catalogue(catalogue),
        )
    )
