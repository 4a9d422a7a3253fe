"""Countries, their people and adjectives, from `countries.toml`: words that say the same of a country."""

from __future__ import annotations

import tomllib
from pathlib import Path

PACKAGED = Path(__file__).with_name("countries.toml")


class CountriesError(ValueError):
    """`countries.toml` cannot be used; the message says why."""


def load_countries(path: Path | None = None) -> tuple[tuple[str, ...], ...]:
    """The words of each country, its name first. Raises `CountriesError`."""
    source = path or PACKAGED
    try:
        rows = tomllib.loads(source.read_text(encoding="utf-8")).get("words")
    except (OSError, ValueError) as error:
        raise CountriesError(f"{source.name}: cannot be read: {error}") from error
    if not isinstance(rows, list) or not all(_is_row(row) for row in rows):
        raise CountriesError(f"{source.name}: words must be a list of lists of at least two words")
    return tuple(map(tuple, rows))


def _is_row(row: object) -> bool:
    return isinstance(row, list) and len(row) > 1 and all(isinstance(word, str) and word for word in row)
