"""The sixteen Länder: which one somebody means, and which ones a text names.

Two jobs with two rules. What a person *types* (`find`) is matched whole and forgivingly: case, umlauts (ä, ae, a),
hyphens and blanks do not matter, every form of `states.toml` counts. What a *document* says (`in_text`) is matched
strictly, because a wrong state is worse than none: only full names and unmistakable short forms, at the borders of a
word, but through any line-break debris inside a name ("Nie- dersachsen", "Nordrhein-West-falen").
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

from config.spelling import fold, letters

PACKAGED = Path(__file__).with_name("states.toml")

# What may stand between two letters of a name after careless line joining: a blank, or a hyphen (hard, soft,
# non-breaking, pdfium's U+0002) with or without a blank.
_DEBRIS = "(?:\\s?[-\\u2010\\u2011\\u00ad\\u0002])?\\s*"
_NO_WORD_BEFORE = r"(?<![^\W_])(?<![^\W_][-\u2010\u2011])"
_NO_WORD_BEHIND = r"(?![^\W_]|[-\u2010\u2011][^\W_])"
_LEAD = re.compile(
    r"^(?:(?:das|des|dem|den|die|der|aus|von|in|im|vom)\s+)*(?:(?:bundes)?land(?:es|e)?\s+)?", re.IGNORECASE
)
_ABBREVIATION = re.compile(r"[A-Z]{2}")
_PLAIN = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})
# "Berlins" has 7 letters; anything shorter in -s is an abbreviation, not a genitive.
_SHORTEST_GENITIVE = 7
# Below this similarity (0–100) a proposal is noise: "Bayren" has 83, "Atlantis" 43 at best.
_NEAR = 60.0
# "Baden" begins one name; with a letter or two hardly anything is said.
_SHORTEST_BEGINNING = 3


class StatesError(ValueError):
    """`states.toml` cannot be used; the message lists every problem, one a line."""


@dataclass(frozen=True, slots=True)
class State:
    """`forms` holds every way to write the state apart from its name; `exact` those recognised in running text.

    `brief`: the name on a button of half a telephone's width, "" where the whole name fits; `short`: what a list calls
    it, "" where that is the official abbreviation.
    """

    name: str
    abbreviation: str
    forms: tuple[str, ...]
    exact: tuple[str, ...] = ()
    brief: str = ""
    short: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class States:
    """All states with their indexes. Build with `load`."""

    all: tuple[State, ...]
    _by_key: Mapping[str, State]
    _pattern: re.Pattern[str]
    _listed: re.Pattern[str]

    @classmethod
    def load(cls, path: Path | None = None) -> States:
        """Read the packaged `states.toml` or another; raises `StatesError` with all problems at once."""
        states = tuple(_state(table) for table in _tables(path or PACKAGED))
        by_key, problems = _index(states)
        if problems:
            raise StatesError("\n".join(problems))
        return cls(states, by_key, _compile(states), _compile_lists(states))

    def __repr__(self) -> str:
        return f"States({len(self.all)})"

    @property
    def names(self) -> tuple[str, ...]:
        """The full names in the order of the file."""
        return tuple(state.name for state in self.all)

    def short(self, name: str) -> str:
        """A few letters for a state's full name: "BW", "NRW"; any other name as it is."""
        return next((state.short or state.abbreviation for state in self.all if state.name == name), name)

    def on_button(self, name: str) -> str:
        """A state's full name so that it fits a button of half a telephone's width; other names as they are."""
        return next((state.brief or name for state in self.all if state.name == name), name)

    def find(self, text: str) -> State | None:
        """The state that `text` as a whole stands for ("NRW", "Land Hessen", "thueringen"); None if none does."""
        key = fold(_LEAD.sub("", unicodedata.normalize("NFC", text).strip()))
        genitives = (key.removesuffix("s"), key.removesuffix("es")) if len(key) >= _SHORTEST_GENITIVE else ()
        return next((self._by_key[form] for form in (key, *genitives) if form in self._by_key), None)

    def nearest(self, text: str, limit: int = 3) -> tuple[str, ...]:
        """Full names that begin with `text`, then those that look most like it; empty when nothing comes close."""
        key = fold(text)
        begun = (name for name in self.names if len(key) >= _SHORTEST_BEGINNING and fold(name).startswith(key))
        best = process.extract(key, list(self._by_key), scorer=fuzz.ratio, limit=None, score_cutoff=_NEAR)
        names = dict.fromkeys((*begun, *(self._by_key[found].name for found, _, _ in best)))
        return tuple(names)[:limit]

    def in_text(self, text: str) -> tuple[str, ...]:
        """Full names of all states that running text names, each once, in text order.

        Official abbreviations count where several stand in a row ("BW, BY und HE") or behind "Land", "Länder".
        """
        plain = unicodedata.normalize("NFC", text)
        hits = [(match.start(), match[0]) for match in self._pattern.finditer(plain) if match[0][0].isupper()]
        runs = (match.span("run") for match in self._listed.finditer(plain))
        listed = (match for start, end in runs for match in _ABBREVIATION.finditer(plain, start, end))
        hits += ((match.start(), match[0]) for match in listed)
        found = (self.find(hit) for _, hit in sorted(hits))
        return tuple(dict.fromkeys(state.name for state in found if state))


def _tables(path: Path) -> list[dict[str, object]]:
    try:
        with path.open("rb") as file:
            tables = tomllib.load(file).get("state", [])
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise StatesError(f"{path.name}: cannot be read: {error}") from error
    if not tables:
        raise StatesError(f"{path.name}: no [[state]] table")
    return list(tables)


def _state(table: Mapping[str, object]) -> State:
    exact = _strings(table.get("everyday"))
    forms = (*exact, *_strings(table.get("formal")), *_strings(table.get("english")))
    brief, short = str(table.get("brief", "")), str(table.get("short", ""))
    return State(str(table.get("name", "")), str(table.get("abbreviation", "")), forms, exact, brief, short)


def _strings(value: object) -> tuple[str, ...]:
    return tuple(str(item) for item in value) if isinstance(value, list) else ()


def _index(states: Iterable[State]) -> tuple[dict[str, State], list[str]]:
    by_key: dict[str, State] = {}
    problems = []
    for state in states:
        if not state.name or not state.abbreviation:
            problems.append(f"a state without name or abbreviation: {state.name or state.abbreviation or '?'}")
        for form in (state.name, state.abbreviation, *state.forms):
            taken = {by_key.setdefault(key, state).name for key in _keys(form)} - {state.name}
            problems.extend(f"{form}: means {other} and {state.name}; one form, one state" for other in sorted(taken))
    return by_key, problems


def _keys(form: str) -> set[str]:
    """Both ways to write a form without umlauts: Thueringen, Thuringen."""
    return {fold(form), letters(form).translate(_PLAIN)} - {""}


def _compile(states: Iterable[State]) -> re.Pattern[str]:
    """Longest name first, so that Sachsen-Anhalt wins over Sachsen."""
    names = sorted((state.name for state in states), key=len, reverse=True)
    spelt = "|".join(_debris_between(name) for name in names)
    exact = "|".join(re.escape(form) for state in states for form in state.exact)
    return re.compile(rf"{_NO_WORD_BEFORE}(?:(?i:(?:{spelt})(?:e?s)?)|(?:{exact})){_NO_WORD_BEHIND}")


def _compile_lists(states: Iterable[State]) -> re.Pattern[str]:
    """Official abbreviations: two or more in a row, or any number behind the word for them."""
    one = rf"(?:{'|'.join(state.abbreviation for state in states)}){_NO_WORD_BEHIND}"
    more = rf"(?:(?:\s?[,/;]|\s(?:und|sowie|&))\s?{one})"
    named = r"(?:[Bb]undesl|L)(?:and|änder[n]?)(?:es)?:?\s"
    return re.compile(rf"{_NO_WORD_BEFORE}(?:(?:{named})(?={one})|(?={one}{more}))(?P<run>{one}{more}*)")


def _debris_between(name: str) -> str:
    return _DEBRIS.join(_letter(char) for char in name if char.isalpha())


def _letter(char: str) -> str:
    spelt = fold(char)
    return re.escape(char) if spelt == char.lower() else f"(?:{char}|{spelt})"
