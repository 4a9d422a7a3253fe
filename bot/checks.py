"""What `doctor` looks at. Each check gives findings: fine, or a problem with what mends it.

What is written, to see whether it can be, is taken away again.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.source_health import source_trouble
from bot.weather import STORM
from config.catalogue import CatalogueError, Source, load_catalogue
from config.settings import PREFIX, Settings
from storage import outbox, outbox_desk
from storage.database import Database, DatabaseError
from storage.instance import sessions
from storage.migrate import current, is_known, newest
from storage.probe import probe
from storage.records import MAX_CHANGES
from storage.resolutions import needing_review
from storage.sources import failing_documents, states

_LONG = dt.timedelta(minutes=30)
"""Nothing that passes by itself puts messages off for longer."""

_OPEN = ("pending", "sending", "unknown", "held")


@dataclass(frozen=True, slots=True)
class Finding:
    """`about` is one word for the part that was looked at; `mend` is set for a problem only."""

    about: str
    text: str
    mend: str | None = None

    @property
    def ok(self) -> bool:
        return self.mend is None


async def findings(settings: Settings, bot: Bot | None, now: dt.datetime) -> AsyncIterator[Finding]:
    """Everything there is to say, from the settings outwards; `bot` is None without a token."""
    for finding in _settings(settings):
        yield finding
    async for finding in _database(settings):
        yield finding
    yield await _telegram(bot)
    catalogue = _catalogue(settings)
    yield catalogue if isinstance(catalogue, Finding) else Finding("sources", f"{len(catalogue)} in {settings.sources}")
    if not isinstance(catalogue, Finding) and await _at_newest(settings):
        async for finding in _remembered(settings, catalogue, now):
            yield finding


def _settings(settings: Settings) -> list[Finding]:
    return [Finding("settings", "all known and well formed"), Finding("access", _who_has_access(settings))]


def _who_has_access(settings: Settings) -> str:
    admins = len(settings.admins)
    if settings.access == "open":
        return f"open: everybody who finds the bot; {admins} administrators"
    others = "who is invited" if settings.access == "invite" else "who is let in by them"
    return f"{settings.access}: {admins} administrators, {len(settings.allowed)} chats of the settings, and {others}"


async def _database(settings: Settings) -> AsyncIterator[Finding]:
    if missing := _missing_file(settings):
        yield missing
        return
    try:
        found = await current(settings.database_url)
    except DatabaseError as error:
        rights = "the rights on the file" if settings.embedded_database else "the server"
        yield Finding("database", str(error), f"check {PREFIX}DATABASE_URL and {rights}")
        return
    yield Finding("database", f"{settings.database_shown} opens")
    if found == newest():
        yield Finding("migrations", f"at {found}, the newest")
    elif found is not None and not is_known(found):
        text = f"at {found}, of a newer version than this one ({newest()})"
        yield Finding("migrations", text, "replace this version as well")
    else:
        yield Finding(
            "migrations", f"at {found or 'nothing'}, this version needs {newest()}", "beschlussbote db upgrade"
        )


def _missing_file(settings: Settings) -> Finding | None:
    """An embedded database that was not made yet is fine where it can be made; looking must not make it."""
    file = settings.database_file
    if file is None or file.exists():
        return None
    folder = file.resolve().parent
    if os.access(folder, os.W_OK):
        return Finding("database", f"{file} is not there yet; the first command that needs it makes it")
    return Finding("database", f"{file} is not there, and {folder} cannot be written to", f"mkdir -p {folder}")


async def _at_newest(settings: Settings) -> bool:
    if _missing_file(settings):
        return False
    try:
        return await current(settings.database_url) == newest()
    except DatabaseError:
        return False


async def _telegram(bot: Bot | None) -> Finding:
    if bot is None:
        return Finding(
            "token", f"{PREFIX}TELEGRAM_TOKEN is not set: nobody can be answered or notified", "ask @BotFather"
        )
    try:
        me = await bot.get_me()
    except InvalidToken:
        return Finding("token", "Telegram does not know this token", f"set {PREFIX}TELEGRAM_TOKEN to BotFather's")
    except TelegramError as error:
        return Finding(
            "token", f"the Bot API does not answer: {error}", f"check {PREFIX}TELEGRAM_API_BASE and the network"
        )
    return Finding("token", f"this is @{me.username}")


def _catalogue(settings: Settings) -> tuple[Source, ...] | Finding:
    try:
        return load_catalogue(settings.sources)
    except CatalogueError as error:
        return Finding("sources", str(error), "correct the file")


async def _remembered(settings: Settings, catalogue: tuple[Source, ...], now: dt.datetime) -> AsyncIterator[Finding]:
    database = Database.open(settings.database_url)
    try:
        async with database.read() as conn:
            known = {state.id: state for state in await states(conn)}
            failing = await failing_documents(conn)
            counts, oldest = await outbox.counts(conn), await outbox_desk.oldest(conn, now)
            put_off = await outbox_desk.waiting(conn, now)
            held, alive = await needing_review(conn), await sessions(conn)
        unwritable = await _unwritable(database)
    finally:
        await database.dispose()
    if unwritable:
        yield unwritable
    for source in catalogue:
        trouble = source_trouble(source, known.get(source.id), failing.get(source.id), now)
        if source.watched and trouble:
            yield Finding("source", f"{source.id}: {trouble}", f"beschlussbote sources check {source.id}")
    yield _outbox(counts, oldest, now)
    for one in put_off:
        yield _put_off(one, now)
    if not settings.embedded_database:
        yield _instances(alive)
    if held:
        yield _review(len(held))


async def _unwritable(database: Database) -> Finding | None:
    try:
        await probe(database)
    except Exception as error:
        text = f"it cannot be written: {getattr(error, 'orig', error)}"
        return Finding("database", text, "make room on its disk, and look at its rights")
    return None


def _instances(alive: Sequence[tuple[str, bool]]) -> Finding:
    """Who is at work on a shared store; the list is the server's own."""
    names = ", ".join(f"{name} (leads)" if leads else name for name, leads in alive)
    if alive and not any(leads for _, leads in alive):
        return Finding("instances", f"{names}: none leads, so nothing is watched or delivered", "look at their logs")
    return Finding("instances", names or "none is running")


def _review(held: int) -> Finding:
    """Resolutions that changed without end: a page that is read differently each time, or a conference at work."""
    waiting = "1 resolution waits" if held == 1 else f"{held} resolutions wait"
    text = f"{waiting} for review: changed more than {MAX_CHANGES} times, so nobody is told any more"
    return Finding("review", text, "beschlussbote review")


def _outbox(counts: Mapping[str, int], oldest: Mapping[str, dt.datetime], now: dt.datetime) -> Finding:
    """How many are in each state; of those that are open, how long the oldest has been."""
    shown = [
        f"{count} {state}" + (f" (oldest {_age(now - oldest[state])})" if state in _OPEN and state in oldest else "")
        for state, count in counts.items()
        if count
    ]
    text = ", ".join(shown) or "empty"
    if counts.get("unknown"):
        mend = "they may have arrived and are not repeated; beschlussbote outbox list --state unknown"
        return Finding("outbox", text, mend)
    return Finding("outbox", text)


def _put_off(one: outbox_desk.Waiting, now: dt.datetime) -> Finding:
    """Quiet hours, short pauses and a few chats that are probably gone are as they should be."""
    text = f"{one.count} of them put off until {one.until:%Y-%m-%d %H:%M} UTC at the latest: {one.reason}"
    gone = one.reason.startswith((outbox.SET_ASIDE, outbox.REFUSED_AGAIN)) and one.count < STORM
    if one.reason == outbox.QUIET_HOURS or gone or one.until - now < _LONG:
        return Finding("outbox", text)
    return Finding("outbox", text, "beschlussbote outbox list --state pending")


def _age(age: dt.timedelta) -> str:
    minutes = max(0, age // dt.timedelta(minutes=1))
    if minutes < 120:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // 1440} days"
