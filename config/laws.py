"""Laws and the one name that records show for each: data for the reader, no reading itself."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from config.near_words import nearest_words
from config.spelling import fold

PACKAGED = Path(__file__).with_name("laws.toml")

_ENDING = "(?:es|s)?"
"""The genitive, which most texts use: "des Aufenthaltsgesetzes"."""


class LawsError(ValueError):
    """`laws.toml` cannot be used; the message lists every problem, one a line."""


@dataclass(frozen=True, slots=True)
class Laws:
    """The table with its index. Build with `load`; `pattern` finds every listed form in running text."""

    names: tuple[str, ...]
    pattern: re.Pattern[str]
    _by_form: Mapping[str, str]
    _by_key: Mapping[str, str]

    def __repr__(self) -> str:
        return f"Laws({len(self.names)})"

    @classmethod
    def load(cls, path: Path | None = None) -> Laws:
        """Read the packaged `laws.toml` or another; raises `LawsError` with all problems at once."""
        tables = _tables(path or PACKAGED)
        by_form, problems = _index(tables)
        if problems:
            raise LawsError("\n".join(problems))
        written = "|".join(re.escape(form) for form in sorted(by_form, key=len, reverse=True))
        letters = "".join(sorted({form[0] for form in by_form}))
        pattern = re.compile(rf"(?=[{re.escape(letters)}])(?<![\w-])(?:{written}){_ENDING}(?![\w-])")
        by_key = {fold(form): name for form, name in by_form.items()}
        return cls(tuple(dict.fromkeys(by_form.values())), pattern, by_form, by_key)

    def name_of(self, written: str) -> str | None:
        """The name of a law from its abbreviation or a full name in any case; None if it is not listed."""
        forms = (written, written.removesuffix("s"), written.removesuffix("es"))
        return next((self._by_form[form] for form in forms if form in self._by_form), None)

    def forms_of(self, name: str) -> tuple[str, ...]:
        """Everything that names that law."""
        return tuple(form for form, named in self._by_form.items() if named == name)

    @property
    def forms(self) -> tuple[str, ...]:
        """Everything that names a listed law."""
        return tuple(self._by_form)

    def find(self, typed: str) -> str | None:
        """The name of the law that somebody means, in any case and spelling of umlauts; None if it is not listed."""
        key = fold(typed)
        forms = (key, key.removesuffix("s"), key.removesuffix("es"))
        return next((self._by_key[form] for form in forms if form in self._by_key), None)

    def nearest(self, typed: str, limit: int = 3) -> tuple[str, ...]:
        """Names whose spelling (or that of a full name) is most like it, best first."""
        near = nearest_words(typed, self._by_form, 4 * limit)
        return tuple(dict.fromkeys(self._by_form[one.word] for one in near))[:limit]


def _tables(path: Path) -> list[Mapping[str, object]]:
    try:
        with path.open("rb") as file:
            tables = tomllib.load(file).get("law", [])
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise LawsError(f"{path.name}: cannot be read: {error}") from error
    if not tables:
        raise LawsError(f"{path.name}: no [[law]] table")
    return list(tables)


def _index(tables: list[Mapping[str, object]]) -> tuple[dict[str, str], list[str]]:
    by_form: dict[str, str] = {}
    problems = []
    for table in tables:
        name, forms = str(table.get("name", "")), table.get("forms", [])
        if not name or not isinstance(forms, list):
            problems.append(f"a law without name, or forms that are no list: {name or '?'}")
            continue
        taken = [(form, by_form.setdefault(form, name)) for form in (name, *map(str, forms))]
        problems += [f"{form}: means {other} and {name}; one form, one law" for form, other in taken if other != name]
    return by_form, problems
