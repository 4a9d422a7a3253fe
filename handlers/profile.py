"""How the bot introduces itself in people's chat programs: its menus of commands and what it says about itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from config.texts import DEFAULT_LANGUAGE, Languages, Texts
from handlers.command import COMMANDS, spoken

Audience = Literal["private", "group", "administrators"]
"""Who sees a menu: a person in the private chat, the members of a group, its administrators."""

Menu = tuple[tuple[str, str], ...]
"""(name without slash, a few words on what it does) of each command, in the order of the help."""

_CLAUSE_ENDS = re.compile(r"[,:;(]")
_NOT_IN_GROUPS = frozenset(["start"])


@dataclass(frozen=True, slots=True)
class Profile:
    """For clients in `language`; None: for all that have no profile in a language of their own.

    `description` is shown in the empty chat, `about` on the bot's page and beside shared links.
    """

    language: str | None
    menus: Mapping[Audience, Menu]
    description: str
    about: str


def profiles(languages: Languages) -> Iterator[Profile]:
    """The default language for everybody, then one for each other language."""
    for code in languages.codes:
        texts = languages.of(code)
        menus: dict[Audience, Menu] = {
            "private": menu(texts, "private"),
            "group": menu(texts, "group"),
            "administrators": menu(texts, "administrators"),
        }
        spoken_by = None if code == DEFAULT_LANGUAGE else code
        yield Profile(spoken_by, menus, texts("profile.description"), texts("profile.about"))


def menu(texts: Texts, audience: Audience) -> Menu:
    """What may be asked for there: members of a group look up, its administrators also settle what it gets."""
    shown = (spec for spec in COMMANDS if spec.shown and not (audience != "private" and spec.name in _NOT_IN_GROUPS))
    kept = (spec for spec in shown if audience != "group" or not spec.settles)
    return tuple((spoken(spec.name, texts)[1:], briefly(texts(f"command.{spec.name}.does"))) for spec in kept)


def briefly(does: str) -> str:
    """The first clause of what a command does: a menu has one line."""
    return _CLAUSE_ENDS.split(does, maxsplit=1)[0].strip()
