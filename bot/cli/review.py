"""`review`: resolutions that changed so often that a person has to look before subscribers are told again."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from bot.app import open_database
from bot.cli.command import Call, Commands, Failure, add_command
from storage.database import Connection
from storage.records import mark_reviewed
from storage.resolutions import StoredResolution, needing_review


def register(commands: Commands) -> None:
    parser = add_command(
        commands, "review", run, "List the resolutions that changed without end, or mark one as looked at."
    )
    parser.add_argument(
        "id",
        nargs="?",
        type=_id,
        metavar="ID",
        help="its number in the list (17 or #17): its next changes are told again",
    )


async def run(call: Call) -> int:
    async with open_database(call.settings()) as database, database.begin() as conn:
        for line in await (_listed(conn) if call.args.id is None else _marked(conn, call.args.id)):
            call.terminal.say(line)
    return 0


async def _listed(conn: Connection) -> Sequence[str]:
    return [_line(one) for one in await needing_review(conn)] or ["nothing waits for review"]


async def _marked(conn: Connection, id: int) -> Sequence[str]:
    if not await mark_reviewed(conn, id):
        raise Failure(f"#{id} does not wait for review; 'beschlussbote review' lists what does")
    return [f"#{id}: looked at; its next changes are told again"]


def _line(stored: StoredResolution) -> str:
    resolution, document = stored.resolution, stored.publication
    name = " ".join(part for part in (document.publication.body, resolution.number, resolution.title) if part)
    return f"#{stored.id}  {stored.revision} revisions  {name}  {document.address}"


def _id(text: str) -> int:
    try:
        return int(text.removeprefix("#"))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of the list; right is e.g. 17 or #17") from None
