"""`digest`: enqueue what is due at a moment, for operators and tests."""

from __future__ import annotations

import argparse
import datetime as dt
from zoneinfo import ZoneInfo

from bot.app import open_app
from bot.cli.command import Call, Commands, add_command
from bot.cli.terminal import counted
from bot.digest import enqueue_digests
from storage.wrong_clock import heal_digests


def register(commands: Commands) -> None:
    parser = add_command(
        commands, "digest", run, "Enqueue the daily digests that are due at a moment; `deliver` or `run` sends them."
    )
    parser.add_argument(
        "--now",
        type=_moment,
        metavar="ISO",
        required=True,
        help="e.g. 2026-11-06T07:30:00+01:00; without an offset in the time zone of the settings",
    )


async def run(call: Call) -> int:
    settings = call.settings()
    now: dt.datetime = call.args.now
    if now.tzinfo is None:
        now = now.replace(tzinfo=ZoneInfo(settings.timezone))
    now = now.astimezone(dt.UTC)
    async with open_app(settings, call.clock) as app:
        async with app.database.begin() as conn:
            await heal_digests(conn, now)  # of a call before this one, for a later moment
        count = await enqueue_digests(app.services, now, call.clock.now())
    call.terminal.say(f"{counted(count, 'digest')} enqueued")
    return 0


def _moment(text: str) -> dt.datetime:
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no ISO time; right is e.g. 2026-11-06T07:30:00+01:00") from None
