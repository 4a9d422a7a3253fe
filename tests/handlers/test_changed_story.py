"""From a document that was changed to the message in a subscriber's chat: read, taken in, claimed, composed."""

from __future__ import annotations

import datetime as dt

import pytest

from feeds.read import read_document
from handlers.notice import compose
from handlers.reply import Reply
from storage import digests, outbox
from storage.intake import Arrival, Taken, take_in
from tests.handlers.samples import CHAT, NOW, Talk

PLACE = "https://bspmk.example/beschluesse/40.txt"
LEASE = dt.timedelta(minutes=1)
TEXT = """40. Beispielministerkonferenz 2026
Hauptkonferenz am 5. – 6. November 2026 in Musterstadt

TOP 4.1

Sprachkurse mit Kinderbetreuung verbinden

Antragsteller: Bayern, Hessen

Die BspMK hat einstimmig beschlossen:

1. Die BspMK begrüßt, dass die Zahl der Plätze in Sprachkursen gestiegen ist. 1
2. Die BspMK fordert den Bund auf, 1,5 Mio. Euro für die Betreuung zu geben. 2
3. Die Länder werden prüfen, welche Räume für Kurse genutzt werden können. 3

Protokollnotiz von Bayern zu Ziffer 2:
Bayern trägt das Ziel mit. 4
"""
MEND = TEXT.replace("1,5 Mio. Euro", "15 Mio. Euro")
VOTE = MEND.replace("einstimmig", "mehrheitlich")
NOTE = VOTE + "Protokollnotiz von Hessen:\nHessen hält weitere Gespräche für nötig. 5\n"
# The same page set again: other line breaks, no margin numbers, other dashes and blanks.
RESET = (
    TEXT.replace(" 1\n2", "\n\n2")
    .replace("prüfen, welche", "prüfen,\nwelche")
    .replace(". 3\n", ".\n")
    .replace("zu geben. 2", "zu  geben.")
    .replace("mit. 4", "mit.")
)


LONGER = TEXT.replace(
    "gestiegen ist. 1", "gestiegen ist. Sie bittet um mehr Plätze am Abend. Die Lage bleibt angespannt. 1"
)
ABENDS = LONGER.replace("um mehr Plätze am Abend", "um mehr Plätze am Wochenende")


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("de", "Bisher (Ziffer 1): „{}“", "Jetzt (Ziffer 1): „{}“"),
        ("en", "Before (item 1): “{}”", "Now (item 1): “{}”"),
    ],
)
@pytest.mark.parametrize("how", ["at once", "digest"])
async def test_the_changed_sentence_is_quoted_before_all_others(
    empty_talk: Talk, language: str, before: str, after: str, how: str
) -> None:
    """The words that were looked for stand in a sentence that did not change."""
    await empty_talk.say(f"/sprache {language}")
    await empty_talk.say(f"/abo Kinderbetreuung {'täglich' if how == 'digest' else 'sofort'}")
    await arrive(empty_talk, LONGER)
    await told(empty_talk, how)
    await arrive(empty_talk, ABENDS, minutes=1)
    text = await told(empty_talk, how, days=1)
    was = before.format("Sie bittet um mehr Plätze am Abend.")
    now = after.format("Sie bittet um mehr Plätze am Wochenende.")
    assert was in text
    assert text.index(was) < text.index(now)
    assert "angespannt" not in text.partition(now)[0], "what did not change is no change"
    assert "gestiegen" not in text[: text.index(now)]


async def told(talk: Talk, how: str, days: int = 0) -> str:
    if how == "at once":
        return "\n".join(reply.text for reply in await received(talk))
    async with talk.services.database.begin() as conn:
        day = (NOW + dt.timedelta(days=days)).date()
        await digests.close(conn, CHAT, day, NOW)
    return "\n".join(reply.text for reply in await received(talk))


async def arrive(talk: Talk, text: str, minutes: int = 0) -> Taken:
    reading = read_document(text.encode(), PLACE)
    services, at = talk.services, NOW + dt.timedelta(minutes=minutes)
    async with services.database.begin() as conn:
        return await take_in(conn, Arrival(reading, "bspmk", PLACE, at), services.analyser, services.topics)


async def received(talk: Talk) -> list[Reply]:
    """What the chat is sent until nothing is left."""
    async with talk.services.database.begin() as conn:
        replies = []
        while claimed := await outbox.claim(conn, NOW + 2 * LEASE, LEASE, 10):
            for message in claimed:
                replies.append(await compose(conn, message, talk.services))
                await outbox.begin_sending(conn, message, NOW)
                await outbox.mark_sent(conn, message, "1", NOW)
        return replies


async def test_a_change_is_told_with_what_changed(empty_talk: Talk) -> None:
    await empty_talk.say("/abo topic Sprachkurse")
    await arrive(empty_talk, TEXT)
    (new,) = await received(empty_talk)
    assert new.blocks[0].text == "Neuer Beschluss zu Ihrem Abo „Sprachkurse“"
    await arrive(empty_talk, NOTE)
    (changed,) = await received(empty_talk)
    assert [block.text for block in changed.blocks][:7] == [
        "Geändert: Beschluss zu Ihrem Abo „Sprachkurse“",
        "Abstimmung geändert (jetzt: mehrheitlich)",
        "Ziffer 2 geändert",
        "Protokollnotiz von Hessen ergänzt",
        "Bisher (Ziffer 2): „Die BspMK fordert den Bund auf, 1,5 Mio. Euro für die Betreuung zu geben.“",
        "Jetzt (Ziffer 2): „Die BspMK fordert den Bund auf, 15 Mio. Euro für die Betreuung zu geben.“",
        "TOP 4.1 – Sprachkurse mit Kinderbetreuung verbinden",
    ]
    assert "Hessen hält weitere Gespräche für nötig." in changed.text


async def test_each_change_is_told_against_the_one_before(empty_talk: Talk) -> None:
    await empty_talk.say("/abo state Bayern")
    for text in (TEXT, MEND, VOTE):
        await arrive(empty_talk, text)
    told = [reply.blocks[1].text for reply in await received(empty_talk)]
    assert told[1:] == ["Ziffer 2 geändert", "Abstimmung geändert (jetzt: mehrheitlich)"]


@pytest.mark.parametrize("again", [TEXT, RESET], ids=["the same bytes", "another layout"])
async def test_layout_is_no_news(empty_talk: Talk, again: str) -> None:
    await empty_talk.say("/abo topic Sprachkurse")
    await arrive(empty_talk, TEXT)
    await received(empty_talk)
    assert (await arrive(empty_talk, again)).outcome == "same"
    assert await received(empty_talk) == []


async def digest_of(talk: Talk, day: dt.date) -> Reply:
    async with talk.services.database.begin() as conn:
        await digests.close(conn, CHAT, day, NOW)
    (reply,) = await received(talk)
    return reply


async def test_a_digest_tells_all_changes_since_the_last_one(empty_talk: Talk) -> None:
    await empty_talk.say("/digest 07:30")
    await empty_talk.say("/abo topic Sprachkurse täglich")
    await arrive(empty_talk, TEXT)
    new = await digest_of(empty_talk, NOW.date() + dt.timedelta(days=1))
    assert "geändert" not in new.text
    for at, text in enumerate((MEND, VOTE, NOTE)):
        await arrive(empty_talk, text, at)
    changed = await digest_of(empty_talk, NOW.date() + dt.timedelta(days=2))
    assert "TOP 4.1 – Sprachkurse mit Kinderbetreuung verbinden (geändert)" in changed.text
    assert (
        "Änderungen: Abstimmung geändert (jetzt: mehrheitlich); Ziffer 2 geändert; Protokollnotiz von Hessen ergänzt"
    ) in changed.text


async def test_a_change_that_was_taken_back_the_same_day(empty_talk: Talk) -> None:
    await empty_talk.say("/digest 07:30")
    await empty_talk.say("/abo topic Sprachkurse täglich")
    await arrive(empty_talk, TEXT)
    await digest_of(empty_talk, NOW.date() + dt.timedelta(days=1))
    for text in (MEND, TEXT + "\n"):
        await arrive(empty_talk, text)
    changed = await digest_of(empty_talk, NOW.date() + dt.timedelta(days=2))
    assert "Änderungen: Der Wortlaut ist wieder der zuletzt gemeldete." in changed.text
