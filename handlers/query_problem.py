"""A search that cannot be read: what is wrong and where, what would be right, and buttons to it."""

from __future__ import annotations

from config.texts import Texts
from feeds.query_language import FILTERS, QueryError
from handlers.command import spoken
from handlers.command_arguments import as_argument
from handlers.paging import ButtonRow, in_rows
from handlers.phrases import shortened, spoken_filter, with_spoken_filters
from handlers.reply import Button, Reply, plain
from handlers.services import Services

_SHOWN = 60
_BUTTONS = 4


def explain_query(error: QueryError, text: str, command: str, services: Services, implied: str = "") -> Reply:
    """`command` is what was typed in front of the search ("/topic"), `implied` what it put before the typed text."""
    texts = services.texts
    # What is backwards is told in our words, all else as it was typed.
    told = with_spoken_filters(error.given, texts) if error.kind == "backwards" else error.given
    given = shortened(told, _SHOWN)
    place = max(error.start - len(implied), 0) + 1
    name = spoken_filter(error.name, texts) if error.name in FILTERS else error.name
    wrong = texts(f"query.{error.kind.replace(' ', '_')}", given=given, place=place, name=name)
    better = [with_spoken_filters(one, texts) for one in error.suggestions]
    right = texts("query.right", examples=", ".join(better)) if better else ""
    said = " ".join(filter(None, (wrong, right)))
    buttons = (*_mended(error, text, command, implied, texts), (Button(texts("button.filters"), "/suche"),))
    return Reply((plain(said), plain(texts("query.more"))), buttons, suggestions=error.suggestions, error=said)


def with_prefix(name: str, typed: str) -> tuple[str, str]:
    """What a command of its own for a filter means: ("an:Bund Kita", "an:"); typed with the filter, it stays."""
    prefix = f"{name}:"
    return (typed, "") if typed.casefold().startswith(prefix) else (f"{prefix}{typed}", prefix)


def _mended(error: QueryError, text: str, command: str, implied: str, texts: Texts) -> tuple[ButtonRow, ...]:
    better = (one.removeprefix(implied) for one in error.mended(text)[:_BUTTONS])
    name = spoken(command.removeprefix("/"), texts)
    shown = ((with_spoken_filters(one, texts), one) for one in better)
    return in_rows([Button(shortened(f"{name} {told}", 40), f"{command} {as_argument(one)}") for told, one in shown], 1)
