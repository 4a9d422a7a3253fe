"""Which resolution it is, and whether it says something else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from feeds.record import Passage, ProtocolNote, Reading, Resolution, TopicMatch
from storage.identity import fingerprint, natural_keys, number_key
from tests.storage.samples import note, reading, resolution

PLAIN = resolution("5.2", "Sprach-Förderung", "Der Bund wird gebeten.", applicants=("Bayern", "Hessen"))


def keys(one: Reading, address: str = "a.pdf") -> tuple[str, ...]:
    return natural_keys(one, address)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("5.2", "5.2"),
        ("TOP 5.2", "5.2"),
        ("top 2.1.B", "2.1.b"),
        (" 2.1 b ", "2.1.b"),
        ("2.1b", "2.1.b"),
        ("2.1.B.", "2.1.b"),
        ("3/5/46", "3/5/46"),
        ("5.2.", "5.2"),
        ("TOP: 11.1", "11.1"),
        ("A", "a"),
        ("I 1", "i1"),
        ("Topf", "topf"),
    ],
)
def test_an_agenda_number_in_any_spelling(typed: str, key: str) -> None:
    assert number_key(typed) == key


def test_the_conference_makes_the_key_wherever_it_is_published() -> None:
    assert keys(reading(PLAIN), "a.pdf") == keys(reading(PLAIN, title="Einzelbeschluss"), "b.html")


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (reading(PLAIN, session=8), "another session"),
        (reading(PLAIN, body="XMK"), "another conference"),
        (reading(replace(PLAIN, number="5.3")), "another number"),
        (reading(PLAIN, session=None), "only the date is known"),
        (reading(PLAIN, body=None), "the address stands in for the conference"),
        (reading(PLAIN, kind="paper"), "a paper counts for itself"),
    ],
)
def test_what_is_another_resolution(other: Reading, reason: str) -> None:
    assert keys(other) != keys(reading(PLAIN)), reason


def test_without_a_conference_the_address_tells_resolutions_apart() -> None:
    unknown = reading(PLAIN, body=None)
    assert keys(unknown, "a.pdf") != keys(unknown, "b.pdf")
    assert keys(unknown, "a.pdf") == keys(unknown, "a.pdf")


def test_a_number_that_stands_twice_hides_nothing() -> None:
    assert len(set(keys(reading(PLAIN, replace(PLAIN, title="b"), resolution("6"))))) == 3


def test_a_papers_sections_are_told_apart_by_kind_and_title() -> None:
    sections = (
        resolution("1", "Präambel", section=None),
        resolution("1", "Lesen", section="Handlungsfeld"),
        Resolution(None, "Ausblick"),
        Resolution(None, "Schluss"),
    )
    assert len(set(keys(reading(*sections, kind="paper")))) == 4


@pytest.mark.parametrize(
    ("same", "reason"),
    [
        (replace(PLAIN, title="Sprachförderung"), "a hyphen of the line's end"),
        (replace(PLAIN, applicants=("Hessen", "Bayern")), "the order of applicants"),
        (replace(PLAIN, passages=(Passage("Der  Bund wird\u00a0gebeten.", (), "item", 1),)), "blanks and line numbers"),
        (replace(PLAIN, topics=(TopicMatch("wohnen", ("Wohnung",)),)), "what we found out ourselves"),
        (replace(PLAIN, warnings=("unsicher",)), "what the reader was not sure of"),
    ],
)
def test_what_does_not_count_as_a_change(same: Resolution, reason: str) -> None:
    assert fingerprint(same) == fingerprint(PLAIN), reason


@pytest.mark.parametrize(
    "changed",
    [
        replace(PLAIN, title="Wohnraum"),
        replace(PLAIN, subtitle="Teil 2"),
        replace(PLAIN, applicants=("Bayern",)),
        replace(PLAIN, vote="mehrheitlich"),
        replace(PLAIN, outcome="vertagt"),
        replace(PLAIN, against=("Bayern",)),
        replace(PLAIN, abstained=("Bayern",)),
        replace(PLAIN, passages=(Passage("Der Bund wird nicht gebeten."),)),
        replace(PLAIN, protocol_notes=(note("Bayern"),)),
    ],
)
def test_what_counts_as_a_change(changed: Resolution) -> None:
    assert fingerprint(changed) != fingerprint(PLAIN)


def test_against_and_abstained_are_not_the_same() -> None:
    assert fingerprint(replace(PLAIN, against=("Bayern",))) != fingerprint(replace(PLAIN, abstained=("Bayern",)))


@pytest.mark.parametrize(
    ("one", "other"), [(note("Bayern", item=1), note("Bayern", item=2)), (note("Bayern"), note("Hessen"))]
)
def test_notes_differ_by_state_and_item(one: ProtocolNote, other: ProtocolNote) -> None:
    assert fingerprint(replace(PLAIN, protocol_notes=(one,))) != fingerprint(replace(PLAIN, protocol_notes=(other,)))
