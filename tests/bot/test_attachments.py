"""Pictures and files: through the real request stack to the fake, at the prompt, in JSON."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest
from telegram import Bot

from bot.cli.reply_as_json import reply_as_json
from bot.outcome import Accepted, Rejected, Unknown
from bot.payload import LONGEST_CAPTION, compose, shorten
from bot.transports.console import ConsoleTransport
from bot.transports.telegram import TelegramTransport
from handlers.files.canvas import Canvas
from handlers.reply import Attachment, Reply, plain
from tests.fake_telegram import FakeTelegram, Fault

ANNA = 4711
PICTURE = Attachment("picture", "karte.png", Canvas(40, 40).png(), "Bayern: Antrag (2)")
FILE = Attachment("file", "treffer.csv", "Land;Äpfel".encode(), "1 Zeile")
REPLY = Reply((plain("Karte"),), attachments=(PICTURE, FILE))


async def test_they_follow_the_text_and_arrive_as_they_were(telegram: FakeTelegram, bot: Bot) -> None:
    telegram.people.person(ANNA)
    transport = TelegramTransport(bot)
    for payload in compose(REPLY):
        assert isinstance(await transport.send(f"{ANNA}", json.loads(json.dumps(payload))), Accepted)
    said, picture, file = telegram.messages(ANNA)
    assert (said.text, said.file) == ("Karte", None)
    assert picture.file is not None
    assert (picture.text, picture.file.kind, picture.file.data) == (PICTURE.words, "photo", PICTURE.data)
    assert file.file is not None
    assert (file.file.kind, file.file.name, file.file.data) == ("document", "treffer.csv", FILE.data)


async def test_they_go_to_the_topic_that_was_asked_from_and_silently_if_wanted(
    telegram: FakeTelegram, bot: Bot
) -> None:
    telegram.people.group(-42, threads=(7,))
    payload = {**compose(REPLY)[1], "silent": True}
    assert isinstance(await TelegramTransport(bot).send("-42/7", payload), Accepted)
    (sent,) = telegram.called("sendPhoto")
    assert (sent["message_thread_id"], sent["disable_notification"]) == ("7", "true")


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [(Fault.ERROR_BEFORE, Unknown), (Fault.CUT_AFTER, Unknown)],
    ids=str,
)
async def test_the_outcomes_are_told_apart_as_for_texts(
    telegram: FakeTelegram, bot: Bot, fault: Fault, outcome: type
) -> None:
    telegram.people.person(ANNA)
    telegram.misbehave("sendDocument", fault)
    assert isinstance(await TelegramTransport(bot).send(f"{ANNA}", compose(REPLY)[2]), outcome)


async def test_a_broken_one_is_rejected_before_anything_is_sent(telegram: FakeTelegram, bot: Bot) -> None:
    telegram.people.person(ANNA)
    broken = {**compose(REPLY)[2], "attachment": {"kind": "file", "name": "x", "data": "no base64!"}}
    assert isinstance(await TelegramTransport(bot).send(f"{ANNA}", broken), Rejected)
    assert telegram.messages(ANNA) == []


async def test_what_is_no_picture_is_refused_for_good(telegram: FakeTelegram, bot: Bot) -> None:
    telegram.people.person(ANNA)
    reply = Reply((plain("Karte"),), attachments=(Attachment("picture", "x.png", b"no picture", "-"),))
    outcome = await TelegramTransport(bot).send(f"{ANNA}", compose(reply)[1])
    assert isinstance(outcome, Rejected)
    assert outcome.retry_after is None


async def test_at_the_prompt_they_lie_in_a_folder_of_their_own() -> None:
    written: list[str] = []
    await ConsoleTransport(written.append).send("1", compose(REPLY)[2])
    words, _, place = written[0].strip().partition("\n→ ")
    assert words == FILE.words
    assert read(place) == (FILE.data, 0)


def read(place: str) -> tuple[bytes, int]:
    """The bytes, and what others than the owner may do with the folder."""
    return Path(place).read_bytes(), Path(place).parent.stat().st_mode & 0o077


def test_in_json_they_are_whole() -> None:
    _, file = reply_as_json(REPLY)["attachments"]
    assert base64.b64decode(file.pop("data")) == FILE.data
    assert file == {"kind": "file", "name": "treffer.csv", "words": "1 Zeile"}


@pytest.mark.parametrize(
    ("text", "most", "short"),
    [
        ("kurz", 4, "kurz"),
        ("länger", 4, "län…"),
        ("a b c", 3, "a…"),
        ("😀😀😀", 4, "😀…"),
        ("x" * 2000, LONGEST_CAPTION, None),
    ],
)
def test_words_are_cut_to_what_a_caption_holds(text: str, most: int, short: str | None) -> None:
    cut = shorten(text, most)
    assert len(cut.encode("utf-16-le")) // 2 <= most
    assert cut.endswith("…") if short is None else cut == short
