"""Lines to commands: one table of names, from which the parser, the help and Telegram's menu are made.

Adding a command: a dataclass in one of the modules `…_commands`, a parser in one of `…_arguments`, a row here, a
handler in `router`, and `command.<name>.usage`/`.does` in the texts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from config.texts import Texts
from handlers import command_arguments as arguments
from handlers import file_arguments as files
from handlers import lookup_arguments as lookups
from handlers import subscription_arguments as subscribing
from handlers import watch_arguments as watching
from handlers import wish_arguments as wishes
from handlers.citation import is_citation, parse_citation
from handlers.command_types import Command, Problem
from handlers.lookup_commands import PlainText

__all__ = ["COMMANDS", "Command", "CommandSpec", "Problem", "parse_command", "spec_of", "spoken"]


@dataclass(frozen=True, slots=True)
class CommandSpec:
    """`parse` takes what stands behind the name, and the canonical name. `shown`: listed in help and menu.

    `settles`: it settles what the chat is sent and how, which in a group is for its administrators.
    """

    name: str
    aliases: tuple[str, ...]
    parse: Callable[[str, str], Command | Problem]
    shown: bool = True
    settles: bool = False


# In the order of help and menu; of equally near names for a mistyped one the first is proposed first.
COMMANDS = (
    CommandSpec("topic", ("thema",), lookups.topic),
    CommandSpec("suche", ("search", "finde", "find"), lookups.search),
    CommandSpec("state", ("land",), lookups.state),
    CommandSpec("an", ("forderungen", "demands"), lookups.demands),
    CommandSpec("gesetz", ("law", "paragraf"), lookups.law),
    CommandSpec("fristen", ("frist", "deadlines"), lookups.deadlines),
    CommandSpec("karte", ("map",), files.map_),
    CommandSpec("trend", ("verlauf",), files.trend),
    CommandSpec("export", ("exportieren",), files.export),
    CommandSpec("kalender", ("calendar", "ics"), files.calendar),
    CommandSpec("datei", ("file", "pdf"), files.document),
    CommandSpec("themen", ("topics",), lookups.topics),
    CommandSpec("beschluss", ("resolution", "top"), lookups.resolution),
    CommandSpec("neu", ("latest", "new"), lookups.latest),
    CommandSpec("abo", ("subscribe", "abonnieren"), arguments.subscribe, settles=True),
    CommandSpec("abos", ("subscriptions",), arguments.list_subscriptions, settles=True),
    CommandSpec("folgen", ("follow",), subscribing.follow, settles=True),
    CommandSpec("merken", ("mark",), watching.mark, settles=True),
    CommandSpec("erfolgskontrolle", ("kontrolle", "watches"), watching.watches, settles=True),
    CommandSpec("digest", ("überblick", "ueberblick"), wishes.digest, settles=True),
    CommandSpec("pause", ("urlaub",), wishes.pause, settles=True),
    CommandSpec("weiter", ("continue",), wishes.go_on, settles=True),
    CommandSpec("ruhe", ("quiet", "nachtruhe"), wishes.quiet, settles=True),
    CommandSpec("leise", ("silent", "stumm"), wishes.silent, settles=True),
    CommandSpec("zeitzone", ("timezone",), wishes.zone, settles=True),
    CommandSpec("sprache", ("language", "lang"), wishes.language, settles=True),
    CommandSpec("kanal", ("channel", "kanäle", "kanaele", "channels"), arguments.channel),
    CommandSpec("datenschutz", ("privacy",), arguments.privacy),
    CommandSpec("meine_daten", ("my_data", "meinedaten"), arguments.my_data, settles=True),
    CommandSpec("stopp", ("stop", "forget", "loeschen", "löschen", "erase", "delete"), arguments.forget, settles=True),
    CommandSpec("hilfe", ("help", "?"), arguments.help_),
    CommandSpec("start", (), arguments.start),
    CommandSpec("abbrechen", ("cancel",), subscribing.cancel, shown=False),
    CommandSpec("aboneu", ("newsubscription",), subscribing.guide, shown=False, settles=True),
    CommandSpec("meinabo", ("mysubscription",), subscribing.own, shown=False, settles=True),
    CommandSpec("ende", ("unsubscribe",), arguments.end, shown=False, settles=True),
    CommandSpec("rhythmus", ("rhythm",), arguments.rhythm, shown=False, settles=True),
    CommandSpec("notiz", ("note",), lookups.note, shown=False),
    CommandSpec("notizen", ("notes",), lookups.notes, shown=False),
    CommandSpec("einzelheiten", ("details",), lookups.details, shown=False),
)

_LINE = re.compile(r"/\s*(?P<name>[^\s@/:]*)(?:@\w*)?:?\s*(?P<rest>.*)")
_WITHOUT_SLASH = frozenset(
    ["start", "hilfe", "help", "neu", "latest", "abos", "subscriptions", "stopp", "stop", "themen", "fristen"]
)
"""Commands without an argument that are understood as a bare word too; any other word is a topic."""


def parse_command(text: str, also: Sequence[CommandSpec] = ()) -> Command | Problem:
    """What a line asks for. Never raises; a line without a slash is a topic unless it can only mean something else.

    `also`: commands that are known beside those of everybody.
    """
    line = clean(text)
    if not line:
        return Problem("empty")
    match = _LINE.fullmatch(line)
    if match is None:
        return _plain(line)
    spec = spec_of(match["name"], (*COMMANDS, *also))
    return spec.parse(match["rest"], spec.name) if spec else Problem("unknown", match["name"], match["rest"])


def spec_of(name: str, known: Sequence[CommandSpec] = COMMANDS) -> CommandSpec | None:
    """The command of that name or alias, in any case."""
    wanted = name.casefold()
    return next((spec for spec in known if wanted == spec.name or wanted in spec.aliases), None)


def spoken(name: str, texts: Texts) -> str:
    """What the command of that canonical name is called in that language, with slash: as in its example."""
    return texts.template(f"command.{name}.usage").split()[0]


def clean(text: str) -> str:
    """One line in composed Unicode: no control, format or unpaired surrogate characters, single blanks."""
    kept = (_kept(char) for char in unicodedata.normalize("NFC", text))
    return " ".join("".join(kept).split())


def _kept(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Cc":
        return " "
    return "" if category in ("Cf", "Cs") else char


def _plain(line: str) -> Command | Problem:
    spec = spec_of(line) if line.casefold() in _WITHOUT_SLASH else None
    if spec:
        return spec.parse("", spec.name)
    citation = parse_citation(line) if is_citation(line) else None
    if citation:
        return citation
    too_long = len(line) > arguments.MAX_QUERY
    return Problem("too_long", "topic", line) if too_long else PlainText(line)
