"""What people type to search or subscribe: words, "phrases", -exclusions and filters such as land:Bayern.

Strategy: one pass from left to right over the text, without backtracking or recursion, so any text is read in linear
time. A piece is an optional minus, then a phrase in quotation marks, a filter (`name:value`) or a word. What cannot be
meant is a `QueryError` with its place and what would be right, never an exception. Nothing is a pattern: signs that
other systems read as operators are plain text.

A filter's value ends at a blank, except that the longest run of words which is known as a value counts in full:
land:Freistaat Bayern, konferenz:20. IntMK, gesetz:§ 25a AufenthG need no quotation marks.

The text of a `Request` (`str`) reads back as the same query: it is what subscriptions store and buttons type.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

from config.near_words import nearest_words
from config.spelling import fold

FilterName = Literal[
    "land",
    "antrag",
    "notiz",
    "dagegen",
    "enthalten",
    "genannt",
    "konferenz",
    "an",
    "abstimmung",
    "gesetz",
    "thema",
    "mit",
    "seit",
    "bis",
]
ErrorKind = Literal[
    "unknown filter", "missing value", "unknown value", "excluded date", "long exclusion", "backwards", "only excluded"
]

FILTERS: dict[FilterName, tuple[str, ...]] = {
    "land": ("länder", "bundesland", "state"),
    "antrag": ("anträge", "antragsteller", "antragstellerin", "beantragt", "applicant"),
    "notiz": ("notizen", "protokoll", "protokollnotiz", "protokollnotizen", "protokollerklärung", "note"),
    "dagegen": ("gegen", "gegenstimme", "against"),
    "enthalten": ("enthaltung", "enthaltungen", "abstained"),
    "genannt": ("nennt", "erwähnt", "named"),
    "konferenz": ("konferenzen", "sitzung", "gremium", "conference"),
    "an": ("adressat", "adressaten", "forderung", "forderungen", "addressee", "to"),
    "abstimmung": ("abgestimmt", "votum", "ergebnis", "vote"),
    "gesetz": ("gesetze", "norm", "paragraf", "paragraph", "law"),
    "thema": ("themen", "topic"),
    "mit": ("with",),
    "seit": ("ab", "von", "since", "from"),
    "bis": ("until",),
}
"""Every filter with its other names."""

DATES = ("seit", "bis")
QUOTES = '"„“”«»‟'

LONGEST_EXCLUSION = 3
"""So many words a phrase has at most that must not stand there: texts hold expressions of that length as one form."""

_BY_KEY: dict[str, FilterName] = {fold(word): name for name, others in FILTERS.items() for word in (name, *others)}
_BLANK = re.compile(r"\s*")
_MINUS = re.compile(r"[-−–](?=[^\s\-−–])")
_NAME = re.compile(r"(?P<name>[^\W\d_]{2,30}):")
_ANY_LAW = re.compile(r"§ [0-9]+[a-z]?")
_CHUNK = re.compile(r"\S+")
_QUOTED = re.compile(rf"[{QUOTES}](?P<text>[^{QUOTES}]*)[{QUOTES}]?")
# Bürger:innen, jede:r; https://…; "Frage: …" at the beginning of a sentence.
_NO_FILTER = re.compile(r"(?:in|innen|[erns]{1,2})(?![^\W_])|//|[\s,;]|$")
_AROUND = ",;<>()[]"
_LONGEST_VALUE = 8
"""A value that needs no quotation marks has at most so many words: § 32 Abs. 2 Nr. 5 BeschV."""


class Values(Protocol):
    """What the filters can be set to."""

    def find(self, name: FilterName, typed: str) -> str | None:
        """The value in the one spelling that is kept; None if there is none such. What it gives it finds again."""
        ...

    def nearest(self, name: FilterName, typed: str) -> tuple[str, ...]:
        """Values that may have been meant, or examples of what would be right."""
        ...


@dataclass(frozen=True, slots=True)
class Filter:
    name: FilterName
    value: str
    excluded: bool = False

    def __str__(self) -> str:
        return f"{'-' * self.excluded}{self.name}:{_spelt(self.value)}"


@dataclass(frozen=True, slots=True)
class Request:
    """All of it must hold: every word, every phrase (words one after the other), every filter; nothing excluded.

    `excluded` holds words and phrases. Filters of the same name for which a resolution has one value only (konferenz,
    abstimmung) are alternatives.
    """

    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    filters: tuple[Filter, ...] = ()

    def __str__(self) -> str:
        words = [f'"{word}"' if ":" in word else word for word in self.words]
        phrases = [f'"{phrase}"' for phrase in self.phrases]
        excluded = [f"-{_spelt(text)}" for text in self.excluded]
        return " ".join((*words, *phrases, *excluded, *map(str, self.filters)))

    @property
    def text(self) -> str:
        """The words alone, for a search by meaning."""
        return " ".join(self.words)

    @property
    def plain(self) -> bool:
        """Whether it is nothing but words."""
        return not (self.phrases or self.excluded or self.filters)

    @property
    def empty(self) -> bool:
        return not (self.words or self.phrases or self.excluded or self.filters)


@dataclass(frozen=True, slots=True)
class QueryError:
    """`given` stands at `start` to `end` of the text. `name`: the filter it is about, "" where there is none.

    `suggestions` are right in the place of `given`, best first.
    """

    kind: ErrorKind
    start: int
    end: int
    given: str
    name: str = ""
    suggestions: tuple[str, ...] = ()

    def mended(self, text: str) -> tuple[str, ...]:
        """The whole text with each of the suggestions in place."""
        return tuple(f"{text[: self.start]}{better}{text[self.end :]}" for better in self.suggestions)


@dataclass(frozen=True, slots=True)
class _Text:
    """Words that belong together: one word, or a phrase."""

    words: tuple[str, ...]
    excluded: bool


def parse(text: str, values: Values) -> Request | QueryError:
    """The query that a typed text means, or the first thing that is wrong with it. Never raises."""
    found: list[_Text | Filter] = []
    for piece in _pieces(text, values):
        if isinstance(piece, QueryError):
            return piece
        found.append(piece)
    request = _request(found)
    return _contradiction(request, text) or request


def _pieces(text: str, values: Values) -> Iterator[_Text | Filter | QueryError]:
    at = _skip_blanks(text, 0)
    while at < len(text):
        piece, at = _piece(text, at, values)
        yield piece
        at = _skip_blanks(text, at)


def _piece(text: str, start: int, values: Values) -> tuple[_Text | Filter | QueryError, int]:
    """What stands at `start`, and where it ends (always behind `start`)."""
    minus = _MINUS.match(text, start)
    at = minus.end() if minus else start
    if quoted := _QUOTED.match(text, at):
        words = _words(quoted["text"])
        if minus and len(words) > LONGEST_EXCLUSION:
            return QueryError("long exclusion", start, quoted.end(), quoted["text"]), quoted.end()
        return _Text(words, bool(minus)), quoted.end()
    named = _NAME.match(text, at)
    if named and (name := _BY_KEY.get(fold(named["name"]))):
        return _filter(text, start, named.end(), name, bool(minus), values)
    chunk = _CHUNK.match(text, at)
    end = chunk.end() if chunk else len(text)
    if named and not _NO_FILTER.match(text, named.end()):
        return _unknown(text, named.start(), end, named), end
    return _Text(_words(text[at:end]), bool(minus)), end


def _filter(
    text: str, start: int, at: int, name: FilterName, excluded: bool, values: Values
) -> tuple[Filter | QueryError, int]:
    options = list(_value_options(text, _skip_blanks(text, at)))
    if not options:
        better = tuple(f"{'-' * excluded}{one}" for one in _examples(name, "", values))
        return QueryError("missing value", start, at, text[start:at], name, better), at
    if excluded and name in DATES:
        end = options[-1][1]
        other = f"{DATES[name == 'seit']}:{options[-1][0]}"
        return QueryError("excluded date", start, end, text[start:end], name, (other,)), end
    for typed, end in options:
        value = values.find(name, typed)
        # "§ 25a AufentG" is a slip, and not a paragraph of any law with a word behind it.
        if value is not None and not (_ANY_LAW.fullmatch(value) and end != options[0][1]):
            return Filter(name, value, excluded), end
    typed, end = options[-1]
    better = tuple(f"{'-' * excluded}{one}" for one in _examples(name, typed, values))
    return QueryError("unknown value", start, end, typed, name, better), end


def _value_options(text: str, at: int) -> Iterator[tuple[str, int]]:
    """What may be the value that begins here, with its end, longest first: one phrase, or a run of words."""
    if quoted := _QUOTED.match(text, at):
        if value := _value(quoted["text"]):
            yield value, quoted.end()
        return
    ends: list[int] = []
    next_at = at
    while len(ends) < _LONGEST_VALUE and (chunk := _CHUNK.match(text, next_at)) and _continues(text, next_at, at):
        ends.append(chunk.end())
        next_at = _skip_blanks(text, chunk.end())
    for end in reversed(ends):
        if value := _value(text[at:end]):
            yield value, end


def _continues(text: str, at: int, first: int) -> bool:
    """Whether the word at `at` can belong to a value that begins at `first`."""
    if at == first:
        return not (named := _NAME.match(text, at)) or fold(named["name"]) not in _BY_KEY
    return text[at] not in QUOTES and not _MINUS.match(text, at) and not _NAME.match(text, at)


def _unknown(text: str, start: int, end: int, named: re.Match[str]) -> QueryError:
    near = nearest_words(named["name"], (word for name, others in FILTERS.items() for word in (name, *others)), 6)
    names = dict.fromkeys(_BY_KEY[fold(one.word)] for one in near)
    rest = text[named.end() : end]
    return QueryError("unknown filter", start, end, text[start:end], "", tuple(f"{name}:{rest}" for name in names))


def _examples(name: FilterName, typed: str, values: Values) -> tuple[str, ...]:
    return tuple(str(Filter(name, value)) for value in values.nearest(name, typed))


def _request(pieces: list[_Text | Filter]) -> Request:
    texts = [piece for piece in pieces if isinstance(piece, _Text) and piece.words]
    wanted = [text.words for text in texts if not text.excluded]
    return Request(
        words=tuple(dict.fromkeys(words[0] for words in wanted if len(words) == 1)),
        phrases=tuple(dict.fromkeys(" ".join(words) for words in wanted if len(words) > 1)),
        excluded=tuple(dict.fromkeys(" ".join(text.words) for text in texts if text.excluded)),
        filters=tuple(dict.fromkeys(piece for piece in pieces if isinstance(piece, Filter))),
    )


def _contradiction(request: Request, text: str) -> QueryError | None:
    """What is well written and can find nothing."""
    dates = {name: [one.value for one in request.filters if one.name == name] for name in DATES}
    if dates["seit"] and dates["bis"] and max(dates["seit"]) > f"{min(dates['bis'])}~":
        first, last = min(dates["bis"]), max(dates["seit"])
        return QueryError("backwards", 0, len(text), f"seit:{last} bis:{first}", "seit", ())
    positive = request.words or request.phrases or any(not one.excluded for one in request.filters)
    return None if positive or request.empty else QueryError("only excluded", 0, len(text), text)


def _words(text: str) -> tuple[str, ...]:
    """The words between blanks, without quotation marks and what stands around words; signs alone are none."""
    return tuple(word for word in map(_bare, text.split()) if any(map(str.isalnum, word)))


def _value(text: str) -> str:
    """As `_words`, but signs count: § 25a."""
    return " ".join(filter(None, map(_bare, text.split())))


def _bare(word: str) -> str:
    bare = "".join(char for char in word if char not in QUOTES)
    return bare.strip(_AROUND).lstrip("-−–" + _AROUND).rstrip(_AROUND + ":")


def _spelt(value: str) -> str:
    return f'"{value}"' if " " in value or ":" in value else value


def _skip_blanks(text: str, at: int) -> int:
    match = _BLANK.match(text, at)
    return match.end() if match else at
