"""Button commands: short ones stand for themselves, long ones get a token that leads back."""

from __future__ import annotations

import pytest

from storage import shortcuts
from storage.database import Connection

LONG = "/abo topic " + "Anerkennung ausländischer Bildungsabschlüsse " * 2


@pytest.mark.parametrize("command", ["/neu", "x" * 64, "ä" * 32])
async def test_what_fits_stays(conn: Connection, command: str) -> None:
    assert await shortcuts.remember(conn, command) == command


@pytest.mark.parametrize("command", [LONG, "x" * 65, "ä" * 33, "~abc"])
async def test_what_does_not_fit_gets_a_token(conn: Connection, command: str) -> None:
    token = await shortcuts.remember(conn, command)
    assert token.startswith("~")
    assert len(token.encode()) <= 64
    assert await shortcuts.recall(conn, token) == command
    assert await shortcuts.remember(conn, command) == token


async def test_two_commands_have_two_tokens(conn: Connection) -> None:
    assert await shortcuts.remember(conn, LONG) != await shortcuts.remember(conn, LONG + "!")


async def test_an_unknown_token_leads_nowhere(conn: Connection) -> None:
    assert await shortcuts.recall(conn, "~nichts") is None
