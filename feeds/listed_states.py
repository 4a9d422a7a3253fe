"""The states in a list of names: applicants, those against, those who put a note on record.

Unlike running text, a list may name a state by its abbreviation ("BW, BY und der Freien und Hansestadt Hamburg"), and
all of them at once ("alle Länder außer Bayern").
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from config.states import State, States

_ALL = re.compile(
    r"\b(?:(?:[Aa]lle[rn]?|[Ss]ämtliche[rn]?) (?:16 |sechzehn )?|(?:der|die) (?:16|sechzehn) )(?:Bundesl|L)änder\b"
    r"(?:,? (?:außer|ohne|mit Ausnahme)(?: von)? (?P<but>.+))?"
)
_LONGEST_ABBREVIATION = 3
_SEPARATOR = re.compile(r",|;|/|\bund\b|\bsowie\b|&")
_ABBREVIATION = re.compile(r"[A-ZÄÖÜ]{2,3}")
_TITLES = re.compile(
    r"\b(?:der|des|die|das|dem|den|von|durch|Land|Landes|Lande|Länder|Ländern|Freistaat(?:e?s|en)?|Freien?|Hansestadt|Stadt)\b"
)
"""What may stand beside a state's name; with any other word the entry is somebody else ("Landesverband Hessen")."""
_ASIDE = re.compile(r"\([^)]*\)")
_NO_STATE = re.compile(r"(?:Bund(?:es)?|Bundesregierung|BM[A-Z]\w*|(?:[\w-]+-)?Vorsitz(?:land|ende\w*)?(?: .+)?|)")
"""Who else can bring a matter in: nothing to be unsure of."""


@dataclass(frozen=True, slots=True)
class Listed:
    """`unknown`: the entries that are no state and nobody else we know."""

    states: tuple[str, ...]
    unknown: tuple[str, ...] = ()


def state_lister(states: States) -> Callable[[str], tuple[str, ...]]:
    """The function that finds the states in a list."""
    return lambda text: listed_states(text, states).states


def listed_states(text: str, states: States) -> Listed:
    """The states of a list, each once, in its order."""
    everybody = _ALL.search(text)
    if everybody:
        but = listed_states(everybody["but"] or "", states)
        unclear = but.unknown or (everybody["but"] and not but.states)
        return Listed((), (text,)) if unclear else Listed(tuple(one for one in states.names if one not in but.states))
    parts = [part.strip(" .:") for part in _SEPARATOR.split(_ASIDE.sub("", text))]
    found = [_state_of(part, states) for part in parts]
    return Listed(
        tuple(dict.fromkeys(one.name for one in found if one)),
        tuple(part for part, one in zip(parts, found, strict=True) if not one and not _is_nobody(part)),
    )


def _state_of(part: str, states: States) -> State | None:
    """The state that the whole entry stands for."""
    bare = _bare(part)
    if len(bare) <= _LONGEST_ABBREVIATION:
        return states.find(bare) if _ABBREVIATION.fullmatch(bare) else None
    return states.find(bare)


def _is_nobody(part: str) -> bool:
    return bool(_NO_STATE.fullmatch(_bare(part)))


def _bare(part: str) -> str:
    return " ".join(_TITLES.sub(" ", part).split())
