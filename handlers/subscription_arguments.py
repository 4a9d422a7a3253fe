"""What stands behind the commands about subscriptions. None of these raises."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from handlers.command_arguments import MAX_QUERY, RHYTHM_WORDS, first_of, split_rhythm, subscribe, unquoted
from handlers.command_types import Command, EndSubscription, Problem, SetRhythm, Subscribe
from handlers.subscription_commands import (
    CancelQuestion,
    Follow,
    Guide,
    GuideStep,
    NameSubscription,
    PauseSubscription,
    RestoreSubscription,
    ResumeSubscription,
    ShareSubscription,
    ShowSubscription,
    TestSubscription,
)
from handlers.subscription_list import read_list
from storage.subscriptions import Rhythm

LONGEST_NAME = 40
"""Characters of a subscription's own name: what a button shows."""
_STEPS: Mapping[str, GuideStep] = {"thema": "topics", "land": "states", "worte": "words", "filter": "filters"}
NUMBERED = re.compile(r"#?(?P<id>[0-9]{1,15})(?:\s+(?P<what>\S+)(?:\s+(?P<rest>.*))?)?")


def guide(rest: str, name: str) -> Command | Problem:
    """A step of the guide; the buttons lead from one to the next."""
    word, _, query = rest.partition(" ")
    if not word or word in _STEPS:
        return Guide(_STEPS.get(word, "kinds"), first=first_of(query))
    if word == "wann" and query:
        return Guide("rhythm", query)
    rhythm, _, query = query.partition(" ")
    if word not in ("sehen", "ja") or rhythm not in RHYTHM_WORDS or not query:
        return Problem("id", name, rest)
    if word == "sehen":
        return Guide("preview", query, RHYTHM_WORDS[rhythm])
    return _confirmed(subscribe(query, name), RHYTHM_WORDS[rhythm])


def _confirmed(command: Command | Problem, rhythm: Rhythm) -> Command | Problem:
    return Subscribe(command.query, command.kind, rhythm, True) if isinstance(command, Subscribe) else command


def own(rest: str, name: str) -> Command | Problem:
    """ "12" shows that subscription; behind it stands what is to be done: "12 pause 14 Tage"."""
    match = NUMBERED.fullmatch(rest)
    if match is None:
        return Problem("id", name, rest)
    id, what, more = int(match["id"]), (match["what"] or "").casefold(), match["rest"]
    if what in RHYTHM_WORDS:
        return SetRhythm(id, RHYTHM_WORDS[what])
    made = _OWN.get(what)
    return made(id, more) if made else Problem("id", name, rest)


def follow(rest: str, name: str) -> Command | Problem:
    if (several := read_list(rest, "/folgen")) is not None:
        return several
    cited, rhythm = split_rhythm(rest)
    return Problem("too_long", name, rest) if len(rest) > MAX_QUERY else Follow(unquoted(cited), rhythm)


def cancel(_rest: str, _name: str) -> Command | Problem:
    return CancelQuestion()


def _named(id: int, name: str | None) -> Command | Problem:
    if name is not None and len(name) > LONGEST_NAME:
        return Problem("long_name", "abos", name)
    return NameSubscription(id, "" if name == "-" else name)


Made = Callable[[int, str | None], Command | Problem]
_OWN: Mapping[str, Made] = {
    "": lambda id, _: ShowSubscription(id),
    "pause": lambda id, until: PauseSubscription(id, until),
    "weiter": lambda id, _: ResumeSubscription(id),
    "name": _named,
    "test": lambda id, more: TestSubscription(id, first_of(more or "")),
    "teilen": lambda id, _: ShareSubscription(id),
    "ende": lambda id, _: EndSubscription(id),
    "wieder": lambda id, _: RestoreSubscription(id),
}
