"""The command line: finds the command, runs it, and turns what goes wrong into one clear line and an exit code."""

from __future__ import annotations

import asyncio
import os
import sys
import traceback
from collections.abc import Sequence

from bot.cli import (
    ask,
    backup,
    chat,
    db,
    deliver,
    demo,
    digest,
    doctor,
    ingest,
    outbox,
    read,
    resolution,
    restore,
    review,
    run,
    sources,
    watch,
)
from bot.cli.command import Call, Failure, Parser, WrongUse, common_options
from bot.cli.terminal import Terminal
from bot.clock import SystemClock
from config.catalogue import CatalogueError
from config.settings import SettingsError
from config.states import StatesError
from config.topics import TopicsError
from feeds.read import UnreadableDocument
from storage.database import DatabaseError

COMMANDS = (
    *(demo, run, chat, ask, read, ingest, watch, sources, digest, deliver),
    *(outbox, resolution, doctor, review, db, backup, restore),
)
"""In the order in which `--help` lists them."""

WRONG_USE = (WrongUse, SettingsError)
EXPECTED = (Failure, CatalogueError, TopicsError, StatesError, DatabaseError, UnreadableDocument, OSError)
INTERRUPTED = 130
"""What shells give for a program that Ctrl-C ended (128 + SIGINT)."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; gives 0 for success, 1 for failure, 2 for wrong use."""
    os.umask(0o077)  # the store, its index and what is written beside them are for this user alone
    terminal = Terminal(sys.stdin, sys.stdout, sys.stderr)
    terminal.forgive_encodings()
    args, unknown = build_parser().parse_known_args(argv)
    if unknown:  # refused by the command itself, since it is its --help that helps
        args.refuse(f"unrecognized arguments: {' '.join(unknown)}")
    return run_call(Call(args, os.environ, terminal, SystemClock()))


def build_parser() -> Parser:
    parser = Parser(
        prog="beschlussbote",
        description="Watches what the German ministers' conferences publish, reads and keeps their resolutions, "
        "answers questions about them and notifies subscribers. Begin with: beschlussbote demo",
    )
    common_options(parser, defaults=True)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for module in COMMANDS:
        module.register(commands)
    return parser


def run_call(call: Call) -> int:
    """The exit code of a call, with whatever went wrong told on stderr."""
    try:
        return asyncio.run(_finish(call))
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # the reader of our output has gone, e.g. `… | head`; nothing more can be said there
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        return _report(error, call)


async def _finish(call: Call) -> int:
    code = await call.args.run(call)
    if not isinstance(code, int):
        raise TypeError(f"a command gives its exit code, not {code!r}")
    return code


def _report(error: Exception, call: Call) -> int:
    if call.args.debug:
        call.terminal.stderr.write("".join(traceback.format_exception(error)))
    if isinstance(error, (*WRONG_USE, *EXPECTED)):
        call.terminal.problem(_sentence(error))
    else:
        call.terminal.problem(f"an error of the program itself: {type(error).__name__}: {error} (--debug shows where)")
    return 2 if isinstance(error, WRONG_USE) else 1


def _sentence(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return str(error)


if __name__ == "__main__":
    raise SystemExit(main())
