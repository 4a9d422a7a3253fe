"""The topics of the conferences' work, from `topics.toml`: names, synonyms, and which lies under which."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from config.spelling import fold

PACKAGED = Path(__file__).with_name("topics.toml")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_FIELDS = frozenset({"id", "name", "english", "also_english", "synonyms", "narrower", "near", "broader"})


class TopicsError(ValueError):
    """`topics.toml` cannot be used; the message lists every problem, one a line."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a topic: all words for it, and these folded."""

    words: tuple[str, ...]
    keys: frozenset[str] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "keys", frozenset(map(fold, self.words)) - {""})


@dataclass(frozen=True, slots=True, repr=False)
class Topic:
    """`broader` is the id of the topic above. `narrower`: its parts. `also_english`: other English words for it.
    `near`: as parts, but a resolution that has such a word is not about the topic for that.

    `keys`: everything that names it as a whole, folded (see `config.spelling`).
    """

    id: str
    name: str
    english: str
    synonyms: tuple[str, ...] = ()
    broader: str | None = None
    narrower: tuple[Part, ...] = ()
    also_english: tuple[str, ...] = ()
    near: tuple[Part, ...] = ()
    keys: frozenset[str] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        named = (self.id, self.name, self.english, *self.also_english, *self.synonyms)
        object.__setattr__(self, "keys", frozenset(map(fold, named)) - {""})

    def __repr__(self) -> str:
        return f"Topic({self.id!r})"

    def __hash__(self) -> int:
        """Quick: what is made of all topics is kept by them."""
        return hash(self.id)

    @property
    def terms(self) -> tuple[str, ...]:
        """The German words that stand for the topic in documents: its name, the synonyms, what is narrower."""
        return (*self.names, *chain.from_iterable(part.words for part in self.narrower))

    @property
    def parts(self) -> tuple[Part, ...]:
        """All that can be asked for by itself: what is narrower, and what is near."""
        return (*self.narrower, *self.near)

    @property
    def names(self) -> tuple[str, ...]:
        """The German words for the whole of it."""
        return (self.name, *self.synonyms)


def load_topics(path: Path | None = None) -> tuple[Topic, ...]:
    """Read the packaged `topics.toml` or another; raises `TopicsError` with all problems at once."""
    source = path or PACKAGED
    tables = _tables(source)
    topics = tuple(_topic(table) for table in tables)
    problems = [*_unknown_fields(tables), *_problems(topics)]
    if problems:
        raise TopicsError("\n".join(f"{source.name}: {problem}" for problem in problems))
    return topics


def below(topic: str, topics: Iterable[Topic]) -> tuple[Topic, ...]:
    """Everything under the topic of that id, at any depth, in the order of the file."""
    every = tuple(topics)
    own = [one for one in every if one.broader == topic]
    return tuple(lower for one in own for lower in (one, *below(one.id, every)))


def _tables(path: Path) -> list[dict[str, object]]:
    try:
        with path.open("rb") as file:
            tables = tomllib.load(file).get("topic", [])
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise TopicsError(f"{path.name}: cannot be read: {error}") from error
    if not isinstance(tables, list) or not tables:
        raise TopicsError(f"{path.name}: no [[topic]] table")
    return list(tables)


def _topic(table: Mapping[str, object]) -> Topic:
    id, name, english = (str(table.get(key, "")).strip() for key in ("id", "name", "english"))
    narrower, near = (_parts(table.get(key, [])) for key in ("narrower", "near"))
    broader = table.get("broader")
    above = None if broader is None else str(broader)
    synonyms, also = (_words(table.get(key, [])) for key in ("synonyms", "also_english"))
    return Topic(id, name, english, synonyms, above, narrower, also, near)


def _parts(value: object) -> tuple[Part, ...]:
    return tuple(Part(_words(words)) for words in (value if isinstance(value, list) else [value]))


def _words(value: object) -> tuple[str, ...]:
    """Of a list of words, or of a single one."""
    return tuple(str(word).strip() for word in (value if isinstance(value, list) else [value]))


def _unknown_fields(tables: Iterable[Mapping[str, object]]) -> Iterator[str]:
    for table in tables:
        for key in sorted(table.keys() - _FIELDS):
            yield f"topic {table.get('id', '?')}: unknown field {key!r}; known are {', '.join(sorted(_FIELDS))}"


def _problems(topics: tuple[Topic, ...]) -> Iterator[str]:
    ids = Counter(topic.id for topic in topics)
    yield from (f"topic id {id!r} is given {times} times" for id, times in ids.items() if times > 1)
    for topic in topics:
        yield from _own_problems(topic)
        if topic.broader is not None and topic.broader not in ids:
            yield f"topic {topic.id}: broader topic {topic.broader!r} does not exist"
    yield from _circles(topics)
    yield from _shared_words(topics)


def _own_problems(topic: Topic) -> Iterator[str]:
    called = topic.id or topic.name or "?"
    if not _ID.fullmatch(topic.id):
        yield f"topic {called}: the id {topic.id!r} must be made of a–z, digits and single hyphens"
    for what, text in (("name", topic.name), ("English name", topic.english)):
        if not fold(text):
            yield f"topic {called}: the {what} is empty"
    if not all(map(fold, topic.also_english)):
        yield f"topic {called}: another English word is empty"
    if not all(map(fold, topic.synonyms)):
        yield f"topic {called}: a synonym is empty"
    if not all(part.words and all(map(fold, part.words)) for part in topic.parts):
        yield f"topic {called}: a narrower word is empty"


def _circles(topics: tuple[Topic, ...]) -> Iterator[str]:
    above = {topic.id: topic.broader for topic in topics}
    for topic in topics:
        seen, up = {topic.id}, topic.broader
        while up is not None and up not in seen:
            seen.add(up)
            up = above.get(up)
        if up == topic.id:
            yield f"topic {topic.id}: lies under itself"


def _shared_words(topics: tuple[Topic, ...]) -> Iterator[str]:
    """A word that names a topic and a part, or two of either."""
    owner: dict[str, str] = {}
    for topic in topics:
        parts = ((f"{topic.id} ({part.words[0]})", part.keys) for part in topic.parts if part.keys)
        for called, keys in ((topic.id, topic.keys), *parts):
            for key in sorted(keys):
                if owner.setdefault(key, called) != called:
                    yield f"{key!r} names {owner[key]} and {called}; a word may name one topic only"
