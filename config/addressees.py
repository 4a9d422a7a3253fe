"""Whom a resolution asks or charges: the names that texts give them, and the one name that records show.

The table only knows who is meant by a form; finding where a noun phrase begins and ends is the reader's work. A body
that is not in the table is no error: it is kept as the text writes it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast, get_args

from config.near_words import nearest_words
from config.spelling import fold

PACKAGED = Path(__file__).with_name("addressees.toml")

Kind = Literal["conference", "ministry", "group", "party"]


_ARTICLE = re.compile(r"(?:an\s+)?(?:der|die|das|den|dem|des)\s+", re.IGNORECASE)


class AddresseesError(ValueError):
    """`addressees.toml` cannot be used; the message lists every problem, one a line."""


@dataclass(frozen=True, slots=True)
class Addressee:
    """`forms`: how texts write it, without an article, in every case. `part_of`: whose part it is, by name."""

    name: str
    forms: tuple[str, ...]
    kind: Kind | None = None
    plural: bool = False
    part_of: str | None = None


@dataclass(frozen=True, slots=True)
class Addressees:
    """The table with its index. Build with `load`."""

    all: tuple[Addressee, ...]
    _by_form: Mapping[str, Addressee]
    _by_key: Mapping[str, Addressee]
    _pattern: re.Pattern[str]

    def __repr__(self) -> str:
        return f"Addressees({len(self.all)})"

    @classmethod
    def load(cls, path: Path | None = None) -> Addressees:
        """Read the packaged `addressees.toml` or another; raises `AddresseesError` with all problems at once."""
        tables = _tables(path or PACKAGED)
        rows = tuple(_addressee(table) for table in tables)
        by_form, problems = _index(rows)
        if problems:
            raise AddresseesError("\n".join(problems))
        by_key = {fold(form): row for row in reversed(rows) for form in (*row.forms, row.name)}
        return cls(rows, by_form, by_key, _compile(by_form))

    def at(self, text: str, position: int = 0) -> tuple[Addressee, int] | None:
        """The addressee whose form stands at `position` (the longest one), and where the form ends."""
        match = self._pattern.match(text, position)
        return (self._by_form[match[0]], match.end()) if match else None

    def named(self, form: str) -> Addressee | None:
        """The addressee that is written exactly so."""
        return self._by_form.get(form)

    def find(self, typed: str) -> Addressee | None:
        """The addressee that somebody means, in any case and spelling of umlauts, also with an article in front."""
        bare = _ARTICLE.sub("", typed.strip())
        return self._by_key.get(fold(typed)) or self._by_key.get(fold(bare))

    def nearest(self, typed: str, limit: int = 3) -> tuple[str, ...]:
        """Names whose spelling is most like it, best first."""
        near = nearest_words(typed, (form for row in self.all for form in (row.name, *row.forms)), 4 * limit)
        found = (self.find(one.word) for one in near)
        return tuple(dict.fromkeys(one.name for one in found if one))[:limit]

    def parts_of(self, name: str) -> tuple[str, ...]:
        """The addressees that are part of this one."""
        return tuple(row.name for row in self.all if row.part_of == name)

    def forms(self, kind: Kind) -> tuple[str, ...]:
        """All forms of the addressees of one kind, longest first."""
        found = (form for form, one in self._by_form.items() if one.kind == kind)
        return tuple(sorted(found, key=len, reverse=True))


def _tables(path: Path) -> list[Mapping[str, object]]:
    try:
        with path.open("rb") as file:
            tables = tomllib.load(file).get("addressee", [])
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise AddresseesError(f"{path.name}: cannot be read: {error}") from error
    if not tables:
        raise AddresseesError(f"{path.name}: no [[addressee]] table")
    return list(tables)


def _addressee(table: Mapping[str, object]) -> Addressee:
    forms = table.get("forms")
    kind = table.get("kind")
    return Addressee(
        name=str(table.get("name", "")),
        forms=tuple(str(form) for form in forms) if isinstance(forms, list) else (),
        kind=cast(Kind, kind) if kind else None,
        plural=table.get("plural") is True,
        part_of=str(table["part_of"]) if "part_of" in table else None,
    )


def _index(rows: tuple[Addressee, ...]) -> tuple[dict[str, Addressee], list[str]]:
    by_form: dict[str, Addressee] = {}
    names = {row.name for row in rows}
    problems = []
    for row in rows:
        if row.part_of not in (None, *names):
            problems.append(f"{row.name}: part_of is {row.part_of!r}, which is no addressee of this table")
        if not row.name or not row.forms:
            problems.append(f"an addressee without name or forms: {row.name or '?'}")
        if row.kind not in (None, *get_args(Kind)):
            problems.append(f"{row.name}: kind is {row.kind!r}, right is one of {', '.join(get_args(Kind))} or none")
        for form in row.forms:
            other = by_form.setdefault(form, row)
            if other is not row:
                problems.append(f"{form}: means {other.name} and {row.name}; one form, one addressee")
    return by_form, problems


def _compile(forms: Mapping[str, Addressee]) -> re.Pattern[str]:
    """Longest form first; a form ends where its word ends ("Bund", but neither "Bundes" nor "Bund-Länder-AG")."""
    written = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{written})(?![\w*]|-\w)")
