"""The operator's commands about messages and resolutions, as typed."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
from pathlib import Path

import pytest

from bot.clock import SystemClock
from storage import chats, outbox, subscriptions
from storage.database import Database
from tests.bot.cli.conftest import Typed
from tests.bot.conftest import NOON

KEY = "telegram:4711"


async def with_unknown(url: str) -> None:
    """A message whose fate nobody knows."""
    database = Database.open(url)
    async with database.begin() as conn:
        await outbox.enqueue(conn, KEY, "resolution:1", "text", {"text": "Neuer Beschluss"}, NOON)
        (message,) = await outbox.claim(conn, NOON, NOON - NOON.replace(hour=0), 1)
        await outbox.begin_sending(conn, message, NOON)
        await outbox.mark_unknown(conn, message, "the connection was cut", NOON)
    await database.dispose()


@pytest.fixture
def url(beschlussbote: Typed, home: Path) -> str:
    assert beschlussbote("db", "upgrade").code == 0
    return f"sqlite+aiosqlite:///{home / 'b.sqlite'}"


@pytest.fixture
def unknown(url: str) -> str:
    asyncio.run(with_unknown(url))
    return url


@pytest.mark.usefixtures("unknown")
def test_what_is_unknown_is_shown_with_its_reason(beschlussbote: Typed) -> None:
    ran = beschlussbote("outbox", "list", "--state", "unknown")
    assert ran.code == 0
    for said in ("unknown", KEY, "resolution:1", "„Neuer Beschluss“", "the connection was cut"):
        assert said in ran.out
    (row,) = [json.loads(line) for line in beschlussbote("outbox", "list", "--json").out.splitlines()]
    assert (row["id"], row["state"], row["attempts"]) == (1, "unknown", 1)


@pytest.mark.usefixtures("unknown")
def test_one_is_shown_whole(beschlussbote: Typed) -> None:
    shown = beschlussbote("outbox", "show", "1")
    assert shown.code == 0
    for said in ("state:", "unknown", KEY, "the connection was cut", "attempts:", "ended_at:", "Neuer Beschluss"):
        assert said in shown.out
    row = json.loads(beschlussbote("outbox", "show", "1", "--json").out)
    assert (row["text"], row["reason"]) == ("Neuer Beschluss", "the connection was cut")
    assert (beschlussbote("outbox", "show", "99").code, beschlussbote("outbox", "show").code) == (1, 2)


def test_what_a_chat_was_sent(beschlussbote: Typed, url: str) -> None:
    """In every state, and of many the newest."""
    asyncio.run(with_history(url))
    mine = beschlussbote("outbox", "list", "--chat", KEY).out.splitlines()
    assert [line.split()[1] for line in mine] == ["sent", "sent", "pending"]
    assert [line.split()[0] for line in mine] == ["1", "3", "4"]
    newest = beschlussbote("outbox", "list", "--chat", KEY, "--limit", "1").out.split()
    assert newest[0] == "4"
    assert beschlussbote("outbox", "list", "--state", "sent", "--limit", "1").out.split()[0] == "3"


async def with_history(url: str) -> None:
    """Two messages sent to one chat, with another's between, and one that waits."""
    database = Database.open(url)
    async with database.begin() as conn:
        for number, chat in enumerate((KEY, "telegram:5", KEY)):
            await outbox.enqueue(conn, chat, f"event:{number}", "text", {"text": "x"}, NOON)
            (message,) = await outbox.claim(conn, NOON, dt.timedelta(minutes=1), 1)
            await outbox.begin_sending(conn, message, NOON)
            await outbox.mark_sent(conn, message, 100 + number, NOON)
        await outbox.enqueue(conn, KEY, "event:last", "text", {"text": "x"}, NOON)
    await database.dispose()


@pytest.mark.usefixtures("unknown")
def test_doctor_counts_it_and_says_how_old(beschlussbote: Typed) -> None:
    (line,) = [line for line in beschlussbote("doctor").out.splitlines() if " outbox " in line]
    assert line.startswith("problem")
    assert "1 unknown (oldest" in line
    assert "outbox list --state unknown" in line


REASONS = ("this chat was told to wait (429)", outbox.QUIET_HOURS, f"{outbox.SET_ASIDE}: Forbidden")


async def with_put_off(url: str) -> None:
    """One message that waits for half a day, one for the end of quiet hours, one whose chat has refused."""
    database, now = Database.open(url), SystemClock().now()
    async with database.begin() as conn:
        for number, reason in enumerate(REASONS):
            await outbox.enqueue(conn, f"telegram:{4711 + number}", "resolution:1", "text", {"text": "x"}, now)
            (message,) = await outbox.claim(conn, now, dt.timedelta(minutes=1), 1)
            await outbox.postpone(conn, message, now + dt.timedelta(hours=12), reason)
    await database.dispose()


def test_what_is_put_off_is_seen_until_when_and_why(beschlussbote: Typed, url: str) -> None:
    asyncio.run(with_put_off(url))
    due = f"{SystemClock().now() + dt.timedelta(hours=12):→ %Y-%m-%d}"
    lines = beschlussbote("outbox", "list").out.splitlines()
    assert all(due in line for line in lines)
    assert "told to wait (429)" in lines[0]
    shown = [line for line in beschlussbote("doctor").out.splitlines() if "put off until" in line]
    assert len(shown) == len(REASONS)
    (told,) = [line for line in shown if line.startswith("problem")]
    assert REASONS[0] in told, "the others are as they should be"


@pytest.mark.usefixtures("unknown")
def test_a_chat_is_named_as_in_the_settings_too(beschlussbote: Typed) -> None:
    assert beschlussbote("outbox", "list", "--chat", "4711").out == beschlussbote("outbox", "list", "--chat", KEY).out
    assert "unknown" in beschlussbote("outbox", "list", "--chat", "4711").out


@pytest.mark.parametrize("number", ["-1", "0", "viele", "1.5"])
def test_a_limit_is_a_number_above_zero(beschlussbote: Typed, number: str) -> None:
    ran = beschlussbote("outbox", "list", "--limit", number)
    assert (ran.code, "above zero" in ran.err) == (2, True)


@pytest.mark.parametrize(
    ("words", "said", "state"),
    [
        (("resend", "1"), "1 message is due again", "pending"),
        (("resend", "--all"), "1 message is due again", "pending"),
        (("drop", "1"), "1 message is dropped", "expired"),
    ],
)
@pytest.mark.usefixtures("unknown")
def test_deciding(beschlussbote: Typed, words: tuple[str, ...], said: str, state: str) -> None:
    ran = beschlussbote("outbox", *words)
    assert (ran.code, said in ran.out) == (0, True)
    assert state in beschlussbote("outbox", "list", "--state", state).out
    assert beschlussbote("outbox", "list", "--state", "unknown").out.strip() == "nothing"


@pytest.mark.usefixtures("unknown")
def test_what_cannot_be_decided_is_named(beschlussbote: Typed) -> None:
    ran = beschlussbote("outbox", "resend", "1", "99")
    assert ran.code == 1
    assert "99" in ran.err


@pytest.mark.parametrize(
    ("words", "code", "out", "err"),
    [
        (("drop", "999"), 1, "", "not in a state for that"),
        (("resend", "--all"), 0, "no message is unknown", ""),
    ],
)
@pytest.mark.usefixtures("url")
def test_of_nothing_nothing_is_said_to_be_done(
    beschlussbote: Typed, words: tuple[str, ...], code: int, out: str, err: str
) -> None:
    ran = beschlussbote("outbox", *words)
    assert (ran.code, ran.out.strip()) == (code, out)
    assert err in ran.err


@pytest.mark.parametrize("words", [("resend",), ("drop", "1", "--all"), ("list", "7")])
@pytest.mark.usefixtures("url")
def test_wrong_use(beschlussbote: Typed, words: tuple[str, ...]) -> None:
    assert beschlussbote("outbox", *words).code == 2


async def subscribe(url: str) -> None:
    database = Database.open(url)
    async with database.begin() as conn:
        await chats.ensure(conn, KEY, "Europe/Berlin", NOON)
        await subscriptions.add(conn, KEY, "topic", "Sprachkurse", "Sprachkurse", "immediate", NOON)
    await database.dispose()


def test_hold_release_and_correct(beschlussbote: Typed, url: str, documents: Path) -> None:
    asyncio.run(subscribe(url))
    assert beschlussbote("ingest", str(documents / "kurse.pdf"), "--notify").code == 0
    held = beschlussbote("resolution", "hold", "4.1")
    assert (held.code, "1 message stopped" in held.out) == (0, True), held
    assert "held" in beschlussbote("outbox", "list", "--state", "held").out
    released = beschlussbote("resolution", "release", "TOP", "4.1")
    assert "1 message due" in released.out
    corrected = beschlussbote("resolution", "correct", "#1", "--text", "Die Zahl war falsch.")
    assert "a correction to 0 chats is due" in corrected.out, "nobody has received it yet"


def test_what_is_held_back_is_not_corrected_by_mistake(beschlussbote: Typed, url: str, documents: Path) -> None:
    asyncio.run(subscribe(url))
    assert beschlussbote("ingest", str(documents / "kurse.pdf"), "--notify").code == 0
    beschlussbote("resolution", "hold", "#1")
    asked = beschlussbote("resolution", "correct", "#1")
    assert (asked.code, "held back" in asked.err, "--although-held" in asked.err) == (1, True, True)
    assert beschlussbote("resolution", "correct", "#1", "--although-held").code == 0
    assert beschlussbote("resolution", "release", "#1", "--although-held").code == 2


def test_what_waited_in_a_backup_is_sent_by_the_operators_word_alone(
    beschlussbote: Typed, url: str, documents: Path
) -> None:
    """It may have gone out after the backup was made."""
    asyncio.run(subscribe(url))
    assert beschlussbote("ingest", str(documents / "kurse.pdf"), "--notify").code == 0
    assert beschlussbote("backup", "b.backup").code == 0
    restored = beschlussbote("restore", "b.backup")
    assert restored.code == 0
    assert "1 message waited when the backup was made and may have been sent since" in restored.out
    assert "outbox resend --all" in restored.out
    assert "it waited when the backup was made" in beschlussbote("outbox", "list", "--state", "unknown").out
    assert "1 message is due again" in beschlussbote("outbox", "resend", "--all").out
    beschlussbote("outbox", "drop", "1")
    beschlussbote("backup", "c.backup")
    assert "when the backup was made" not in beschlussbote("restore", "c.backup").out, "nothing waited"


@pytest.mark.parametrize(
    ("words", "code"), [(("hold", "77.7"), 1), (("hold", "IntMK"), 2), (("hold", "#1", "--text", "x"), 2)]
)
@pytest.mark.usefixtures("url")
def test_a_resolution_that_is_not_there(beschlussbote: Typed, words: tuple[str, ...], code: int) -> None:
    assert beschlussbote("resolution", *words).code == code
