"""Values of filters: dates, sections, and that every value is found again by its own spelling."""

from __future__ import annotations

import datetime as dt

import pytest

from config.addressees import Addressees
from config.laws import Laws
from config.states import States
from config.topics import load_topics
from feeds.filter_values import FilterValues, date_value, first_day, last_day, law_of, section_value
from feeds.query_language import FILTERS, FilterName

VALUES = FilterValues.load(States.load(), load_topics())


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("2024", "2024"),
        ("2024-4", "2024-04"),
        ("2024-04-09", "2024-04-09"),
        ("04/2024", "2024-04"),
        ("4.2024", "2024-04"),
        ("9.4.2024", "2024-04-09"),
        ("9. April 2024", "2024-04-09"),
        ("april 2024", "2024-04"),
        ("märz 2024", "2024-03"),
        ("29.2.2024", "2024-02-29"),
        ("29.2.2025", None),
        ("2024-00", None),
        ("24", None),
        ("1824", None),
        ("heute", None),
        ("Brumaire 2024", None),
        ("٢٠٢٤", None),
    ],
)
def test_dates(typed: str, value: str | None) -> None:
    assert date_value(typed) == value


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2024", dt.date(2024, 1, 1), dt.date(2024, 12, 31)),
        ("2024-02", dt.date(2024, 2, 1), dt.date(2024, 2, 29)),
        ("2024-02-03", dt.date(2024, 2, 3), dt.date(2024, 2, 3)),
    ],
)
def test_a_date_is_a_stretch_of_days(value: str, first: dt.date, last: dt.date) -> None:
    assert (first_day(value), last_day(value)) == (first, last)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("25A", "25a"),
        ("32 Abs. 2 Nr. 5", "32 Abs. 2 Nr. 5"),
        ("32 absatz 2 nummer 5", "32 Abs. 2 Nr. 5"),
        ("24abs1satz2", "24 Abs. 1 Satz 2"),
    ],
)
def test_sections(written: str, value: str) -> None:
    assert section_value(written) == value


def test_a_law_and_its_section() -> None:
    assert law_of("AufenthG") == ("AufenthG", "")
    assert law_of("§ 104c") == ("", "104c")
    assert law_of("§ 32 Abs. 2 Nr. 5 BeschV") == ("BeschV", "32 Abs. 2 Nr. 5")


def test_every_known_value_is_found_by_its_own_spelling() -> None:
    known: dict[FilterName, list[str]] = {
        "land": [*VALUES.states.names, "alle"],
        "an": [one.name for one in Addressees.load().all],
        "gesetz": list(Laws.load().names),
        "thema": [topic.id for topic in load_topics()],
        "konferenz": [one.name for one in Addressees.load().all if one.kind == "conference"],
        "abstimmung": ["einstimmig", "mehrheitlich", "beschlossen", "zur Kenntnis", "abgelehnt", "vertagt"],
    }
    lost = [(name, value) for name, values in known.items() for value in values if VALUES.find(name, value) != value]
    assert lost == []


@pytest.mark.parametrize("name", sorted(FILTERS))
def test_every_filter_has_examples_that_are_right(name: FilterName) -> None:
    examples = VALUES.nearest(name, "")
    assert examples
    assert all(VALUES.find(name, example) is not None for example in examples)
