"""Votes, outcomes and applicants in a few characters."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from handlers.signs import facts_in_short, in_short, sign
from tests.handlers.samples import ALL_STATES, Talk, resolution, stored


@pytest.mark.parametrize(
    ("fields", "expected", "why"),
    [
        ({}, "✓ einstimmig", "adopted by all"),
        ({"outcome": "beschlossen"}, "✓ einstimmig", "that it was adopted goes without saying"),
        ({"vote": "mehrheitlich"}, "◐ mehrheitlich", "no counts are given"),
        ({"vote": "mehrheitlich", "counts": (15, 0, 1)}, "◐ mehrheitlich 15:0:1", "for, against, abstained"),
        ({"vote": None, "counts": (15, 0, 1)}, "15:0:1", "counts alone: whether that is a majority is not ours to say"),
        (
            {"vote": "mehrheitlich", "against": ("Bayern",), "abstained": ("Nordrhein-Westfalen", "Sachsen")},
            "◐ mehrheitlich (dagegen: BY; enthalten: NRW, SN)",
            "who differed is what one asks next",
        ),
        ({"vote": None, "outcome": "abgelehnt"}, "✗ abgelehnt", "no vote is given"),
        (
            {"vote": "mehrheitlich", "outcome": "abgelehnt", "counts": (4, 12, 0)},
            "✗ abgelehnt, mehrheitlich 4:12:0",
            "a majority that rejects is no ◐",
        ),
        ({"vote": None, "outcome": "vertagt"}, "… vertagt", "postponed"),
        ({"vote": None, "outcome": "zurückgezogen"}, "↩ zurückgezogen", "withdrawn"),
        ({"outcome": "zur Kenntnis"}, "○ zur Kenntnis genommen, einstimmig", "noted"),
        ({"vote": None}, "", "nothing is given"),
    ],
)
def test_results(talk: Talk, fields: dict[str, Any], expected: str, why: str) -> None:
    assert sign(resolution("1", "Titel", **fields), talk.services) == expected, why


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ((), ""),
        (("Nordrhein-Westfalen",), "Nordrhein-Westfalen"),
        (("Bayern", "Hessen"), "Bayern, Hessen"),
        (("Bayern", "Hessen", "Nordrhein-Westfalen"), "BY, HE, NRW"),
        (("Baden-Württemberg", "Bayern", "Nordrhein-Westfalen", "Saarland"), "BW, BY, NRW, SL"),
        (("Baden-Württemberg", "Bayern", "Nordrhein-Westfalen", *ALL_STATES[-4:]), "BW, BY, NRW +4"),
        (ALL_STATES, "alle 16 Länder"),
        (ALL_STATES[::-1], "alle 16 Länder"),
    ],
)
def test_applicants(talk: Talk, names: tuple[str, ...], expected: str) -> None:
    assert in_short(names, talk.services.states, talk.services.texts) == expected


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("resolutions", ("Abstimmung nicht angegeben", "Antrag: nicht angegeben")), ("paper", ())],
)
def test_what_a_document_does_not_give(talk: Talk, kind: str, expected: tuple[str, ...]) -> None:
    bare = replace(resolution("1", "Titel"), vote=None, applicants=())
    assert facts_in_short(stored(bare, kind=kind), talk.services) == expected


async def test_the_help_explains_every_sign(talk: Talk) -> None:
    text = (await talk.say("/hilfe suchen")).text
    assert [one for one in "✓◐✗…↩○" if one not in text] == []
