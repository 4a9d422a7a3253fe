"""What „Weitergeben“ puts into another chat: that resolution and no other."""

from __future__ import annotations

import pytest

from handlers.inline import inline_page
from handlers.reply import Incoming
from storage import chats, resolutions
from tests.handlers.samples import CHAT, NOW, Talk


@pytest.mark.parametrize("language", ["de", "en"])
async def test_passing_on_brings_exactly_that_card(talk: Talk, language: str) -> None:
    async with talk.services.database.begin() as conn:
        await chats.ensure(conn, CHAT, "Europe/Berlin", NOW)
        await chats.configure(conn, CHAT, language=language)
        ids = [one.id for one in (await resolutions.latest(conn, 100)).items]
    for id in ids:
        whole = await talk.say(f"/beschluss #{id}")
        (share,) = (one.share for row in whole.buttons for one in row if one.share is not None)
        page = await inline_page(Incoming(CHAT, share, NOW), 1, talk.services)
        assert [card.id.partition(".")[0] for card in page.cards] == [str(id)], share


@pytest.mark.parametrize("typed", ["12. BspMK, TOP 3.1", "TOP 3.1, 12. BspMK", "TOP 3.1 der 12. BspMK", "BspMK 12 3.1"])
async def test_a_line_with_a_comma_is_a_citation(talk: Talk, typed: str) -> None:
    reply = await talk.say(typed)
    assert reply.blocks[0].text.startswith("TOP 3.1")
    assert "verstanden" not in reply.text
