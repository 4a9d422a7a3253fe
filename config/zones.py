"""Time zones by the names that people use: a city, a country, or what the time zone database calls them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import available_timezones

from config.near_words import nearest_words
from config.spelling import fold

FILE = Path(__file__).with_name("zones.toml")
_NO_PLACES = ("Etc/", "SystemV/", "US/", "posix/", "right/")
"""Zones that are no place's, or a place's second name. "Etc/GMT+2" and "Etc/GMT-2" differ by a sign alone."""


@dataclass(frozen=True, slots=True)
class Zones:
    """Build with `load`."""

    _exact: Mapping[str, str] = field(repr=False)
    _by_name: Mapping[str, str] = field(repr=False)
    _listed: Mapping[str, str] = field(repr=False)

    @classmethod
    def load(cls, file: Path = FILE) -> Zones:
        """All zones that this machine knows, and the names in the packaged file."""
        names = sorted(available_timezones())
        own = tomllib.loads(file.read_text(encoding="utf-8"))
        places = [name for name in names if "/" in name and not name.startswith(_NO_PLACES)]
        whole = {fold(name): name for name in places}
        listed = {fold(name): zone for zone, called in own.items() for name in called}
        return cls({name.casefold(): name for name in names}, {**_cities(places), **whole, **listed}, listed)

    def find(self, typed: str) -> str | None:
        """The IANA name; None where no zone is called so."""
        exact = self._exact.get(typed.strip().casefold().replace(" ", "_"))
        return self._listed.get(fold(typed)) or exact or self._by_name.get(fold(typed))

    def nearest(self, typed: str, limit: int) -> tuple[str, ...]:
        """IANA names of the places whose names are spelt most like it."""
        near = nearest_words(fold(typed), self._by_name, limit)
        return tuple(dict.fromkeys(self._by_name[one.word] for one in near))


def _cities(places: Sequence[str]) -> dict[str, str]:
    """The last part of a name is a city, or an island; of two that are equal the first counts."""
    return {fold(name.rsplit("/", 1)[1]): name for name in reversed(places)}
