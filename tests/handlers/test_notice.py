"""Notices and digests out of the outbox."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from handlers.notice import compose
from handlers.reply import Reply
from storage import resolutions
from storage.outbox import Kind, OutboxMessage
from tests.handlers.samples import CHAT, NOW, Talk, commands


def message(kind: Kind, payload: Mapping[str, Any]) -> OutboxMessage:
    return OutboxMessage(1, CHAT, "event", 1, 1, kind, payload, "pending", 0, None, NOW, None, NOW, None)


async def composed(talk: Talk, kind: Kind, payload: Mapping[str, Any]) -> Reply:
    async with talk.services.database.begin() as conn:
        return await compose(conn, message(kind, payload), talk.services)


async def id_of(talk: Talk, number: str, session: int | None = 12) -> int:
    async with talk.services.database.read() as conn:
        return (await resolutions.by_number(conn, number, session=session))[0].id


def notice(id: int, *labels: str, change: str = "new") -> dict[str, Any]:
    return {"resolution": id, "revision": 1, "subscriptions": list(labels), "change": change}


async def test_a_new_resolution_with_what_matters(talk: Talk) -> None:
    id = await id_of(talk, "2.1")
    reply = await composed(talk, "notice", notice(id, "Sprachkurse"))
    assert reply.blocks[0].text == "Neuer Beschluss zu Ihrem Abo „Sprachkurse“"
    for expected in (
        "TOP 2.1 – Leitantrag: Sprachkurse verlässlich finanzieren",
        "Abstimmung: einstimmig",
        "alle 16 Länder",
        "Sprachkurse für alle Zugewanderten dauerhaft zu finanzieren. (Ziffer 2, Z.\u00a03–4)",
        "Bayern weist auf die Haushaltslage des Bundes hin.",
    ):
        assert expected in reply.text
    assert commands(reply) == [f"/beschluss #{id}.1", f"/notizen #{id}.1", "/abos"]
    assert [hit.number for hit in reply.hits] == ["2.1"]


async def test_a_changed_resolution_for_several_subscriptions(talk: Talk) -> None:
    payload = notice(await id_of(talk, "2.2"), "Bayern", "Anerkennung", change="changed")
    reply = await composed(talk, "notice", payload)
    assert reply.blocks[0].text == "Geändert: Beschluss zu Ihren Abos „Bayern“ und „Anerkennung“"
    assert [command for command in commands(reply) if command.startswith("/notiz")]


async def test_a_resolution_that_is_gone(talk: Talk) -> None:
    reply = await composed(talk, "notice", notice(9999, "Sprachkurse"))
    assert "nicht mehr gespeichert" in reply.text


async def test_a_digest_is_short_and_grouped(talk: Talk) -> None:
    courses, degrees, housing = await id_of(talk, "2.1"), await id_of(talk, "2.2"), await id_of(talk, "2.1", 11)
    entries = [
        notice(courses, "Sprachkurse"),
        notice(housing, "Wohnraum", change="changed"),
        notice(degrees, "Bayern"),
        notice(courses, "Bayern"),
    ]
    reply = await composed(talk, "digest", {"date": "2026-03-06", "entries": entries})
    headings = [block.text for block in reply.blocks if block.kind == "heading"]
    assert headings[0] == "Ihr Überblick vom 6. März 2026: 3 Beschlüsse"
    assert len([heading for heading in headings if "BspMK" in heading]) == 2
    assert reply.text.count("TOP 2.1 – Leitantrag") == 1
    assert "Ihr Abo: „Sprachkurse“ und „Bayern“" in reply.text
    assert "TOP 2.1 – Wohnraum schaffen (geändert)" in reply.text
    assert "Satz einer sehr langen Protokollnotiz" not in reply.text, "a digest is short"
    assert commands(reply) == [f"/beschluss #{id}.1" for id in (courses, housing, degrees)] + ["/abos"]
    assert reply.total == len(reply.hits) == 3


async def test_a_digest_whose_entries_are_gone_still_says_something(talk: Talk) -> None:
    reply = await composed(talk, "digest", {"date": "2026-03-06", "entries": [notice(9999, "Sprachkurse")]})
    assert reply.text


async def test_text_is_ready_and_not_composed(talk: Talk) -> None:
    with pytest.raises(ValueError, match="kind text"):
        await composed(talk, "text", {"text": "x"})
