"""Time zones by what people call them."""

from __future__ import annotations

import tomllib
from zoneinfo import available_timezones

import pytest

from config.spelling import fold
from config.zones import FILE, Zones

ZONES = Zones.load()


@pytest.mark.parametrize(
    ("typed", "zone", "why"),
    [
        ("Europe/Lisbon", "Europe/Lisbon", "as the database has it"),
        ("europe/lisbon", "Europe/Lisbon", "in any case"),
        ("lisbon", "Europe/Lisbon", "a city is enough"),
        ("Lissabon", "Europe/Lisbon", "its German name"),
        ("Portugal", "Europe/Lisbon", "a country with one zone that most live in"),
        ("New York", "America/New_York", "a blank for the underscore"),
        ("Zuerich", "Europe/Zurich", "umlauts spelt out"),
        ("Frankfurt am Main", "Europe/Berlin", "a German city"),
        ("MEZ", "Europe/Berlin", "the German abbreviation"),
        ("UTC", "UTC", "no place at all"),
        ("Etc/GMT+2", "Etc/GMT+2", "the sign counts"),
        ("Etc/GMT-2", "Etc/GMT-2", "the sign counts"),
        ("Quastenflosser", None, "nothing"),
        ("", None, "nothing"),
    ],
)
def test_a_zone_is_found_by_its_names(typed: str, zone: str | None, why: str) -> None:
    assert ZONES.find(typed) == zone, why


def test_a_slip_of_the_pen_is_near() -> None:
    assert ZONES.nearest("Lisabon", 3)[0] == "Europe/Lisbon"
    assert ZONES.nearest("xqzw", 3) == ()


def test_the_packaged_names_are_of_real_zones_and_each_stands_once() -> None:
    own = tomllib.loads(FILE.read_text(encoding="utf-8"))
    assert set(own) <= available_timezones()
    names = [fold(name) for names in own.values() for name in names]
    assert len(set(names)) == len(names)
