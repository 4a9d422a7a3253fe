"""The administrators' commands. The parser knows them only in an administrator's private chat, so elsewhere they are
answered like any other command that does not exist."""

from __future__ import annotations

import re

from handlers.command import CommandSpec
from handlers.command_types import Administer, Command, Problem

_INVITATION = re.compile(r"(?P<uses>[0-9]{1,4})\s+(?P<days>[0-9]{1,3})\s+(?P<note>\S.*)")


def _admin(rest: str, _name: str) -> Command | Problem:
    action, _, argument = rest.partition(" ")
    return Administer(action.casefold(), argument.strip())


def _other(rest: str, name: str) -> Command | Problem:
    return Administer(name, rest)


ADMIN_COMMANDS = (
    CommandSpec("admin", (), _admin, shown=False),
    CommandSpec("einladen", ("invite",), _other, shown=False),
    CommandSpec("rundruf", ("broadcast",), _other, shown=False),
)


def invitation(argument: str) -> tuple[int, int, str] | None:
    """Of "10 30 Referat 21": how many may come in, for how many days it is good, and for whom it is."""
    match = _INVITATION.fullmatch(argument)
    return (int(match["uses"]), int(match["days"]), match["note"]) if match else None


def number(argument: str) -> int | None:
    """The number that an argument begins with, as buttons write it."""
    first = argument.split(" ", 1)[0].lstrip("#")
    return int(first) if first.isascii() and first.isdigit() and len(first) < 16 else None
