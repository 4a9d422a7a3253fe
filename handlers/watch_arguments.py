"""What stands behind the commands about watched demands. None of these raises."""

from __future__ import annotations

import re
from collections.abc import Mapping

from handlers.command_arguments import MAX_QUERY, first_of, unquoted
from handlers.command_types import Command, Problem
from handlers.subscription_arguments import NUMBERED, Made
from handlers.watch_commands import (
    ChooseDemand,
    EndWatch,
    ListWatches,
    MarkCited,
    MarkDemand,
    NoteOnWatch,
    RemindOfWatch,
    SetLead,
    SetWatchDone,
    ShowWatch,
)

LONGEST_NOTE = 300
_MARKED = re.compile(r"#(?P<id>[0-9]{1,15})(?:\s+(?P<deadline>frist\s+)?(?P<position>[0-9]{1,4}))?", re.IGNORECASE)
_DAYS = re.compile(r"[0-9]{1,3}")


def mark(rest: str, name: str) -> Command | Problem:
    """ "#17", "#17 2", "#17 frist 3" (from buttons), or a resolution as people cite it."""
    if len(rest) > MAX_QUERY:
        return Problem("too_long", name, rest)
    match = _MARKED.fullmatch(rest)
    if match is None:
        return MarkCited(unquoted(rest))
    if match["position"] is None:
        return ChooseDemand(int(match["id"]))
    return MarkDemand(int(match["id"]), int(match["position"]), bool(match["deadline"]))


def watches(rest: str, name: str) -> Command | Problem:
    """ "" and "ab 9" list; "12" shows that one; behind it stands what is to be done: "12 erinnern 4 Wochen"."""
    match = NUMBERED.fullmatch(rest)
    if match is None:
        return ListWatches(first_of(rest))
    id, what, more = int(match["id"]), (match["what"] or "").casefold(), match["rest"]
    made = _WATCH.get(what)
    return made(id, more) if made else Problem("id", name, rest)


def _lead(id: int, days: str | None) -> Command | Problem:
    if days is None:
        return SetLead(id)
    return SetLead(id, int(days)) if _DAYS.fullmatch(days) else Problem("days", "erfolgskontrolle", days)


def _noted(id: int, text: str | None) -> Command | Problem:
    if text is not None and len(text) > LONGEST_NOTE:
        return Problem("long_note", "erfolgskontrolle", text)
    return NoteOnWatch(id, "" if text == "-" else text)


_WATCH: Mapping[str, Made] = {
    "": lambda id, _: ShowWatch(id),
    "erledigt": lambda id, _: SetWatchDone(id, True),
    "offen": lambda id, _: SetWatchDone(id, False),
    "erinnern": lambda id, when: RemindOfWatch(id, when),
    "vorlauf": _lead,
    "notiz": _noted,
    "weg": lambda id, _: EndWatch(id),
}
