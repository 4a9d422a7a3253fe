"""The facts of the real documents, against what a careful reader finds there; and the scoring itself."""

from __future__ import annotations

import pytest

from feeds.read import read_document
from feeds.record import Demand, Money, Resolution
from tests.expected_facts import Score, score, scores
from tests.seeds import Seeds


@pytest.fixture(scope="module")
def found(seeds: Seeds) -> dict[str, Score]:
    return {one.field: one for one in scores(seeds)}


@pytest.mark.parametrize(
    "field",
    [
        "demands: sentence",
        "demands: + addressee",
        "demands: + verb, lines",
        "laws",
        "money",
        "dates",
        "dates: + role",
        "references",
        "outcome",
    ],
)
def test_every_fact_is_found_and_none_is_invented(found: dict[str, Score], field: str) -> None:
    assert (found[field].missing, found[field].extra) == ({}, {})


def test_nearly_every_commitment_is_found_with_its_actors(found: dict[str, Score]) -> None:
    """What is left: actors that only the sentence before names, and statements in the plain present."""
    score = found["commitments: + actors, modality"]
    assert min(score.precision, score.recall) >= 0.96


def test_the_change_of_titles_has_its_demands_deadline_and_law(seeds: Seeds) -> None:
    reading = read_document(seeds.intmk.read_bytes(), "intmk")
    one = next(one for one in reading.resolutions if one.number == "6.6")
    assert {demand.addressee for demand in one.demands} == {"Bundesregierung"}
    assert [str(date.date) for date in one.dates if date.role == "deadline"] == ["2026-03-04"]
    assert ("AufenthG", "24") in {(law.law, law.section) for law in one.laws}
    assert [sentence.item for sentence in one.summary] == [2]


def test_summaries_are_sentences_of_the_documents(seeds: Seeds) -> None:
    for path in (seeds.intmk, seeds.roadmap, seeds.alliance):
        for one in read_document(path.read_bytes(), path.name).resolutions:
            assert 1 <= len(one.summary) <= 5
            assert sum(len(sentence.text) + 1 for sentence in one.summary) <= 601
            assert all(sentence.text in one.text for sentence in one.summary)


def test_scoring_counts_what_is_missing_and_what_is_extra() -> None:
    gold = {"name": "1", "outcome": "", "money": [5, 5], "demands": [[0, "Bund", "bitten", "Der Bund wird", "x.", []]]}
    read = Resolution(
        "1",
        "T",
        money=(Money(5, "EUR", "5 Euro"), Money(7, "EUR", "7 Euro")),
        demands=(Demand(None, "Länder", "bitten", "Der Bund wird gebeten, x."),),
    )
    by_field = {one.field: one for one in score((("d", gold),), (("d", read),))}
    money = by_field["money"]
    assert (money.expected, money.found, money.right, money.precision, money.recall) == (2, 2, 1, 0.5, 0.5)
    assert list(money.missing) == [("d", "1", 5, "EUR")]
    assert list(money.extra) == [("d", "1", 7, "EUR")]
    assert by_field["demands: sentence"].recall == 1.0
    assert by_field["demands: + addressee"].precision == 0.0
    assert by_field["laws"].precision == by_field["laws"].recall == 1.0  # nothing expected, nothing found
