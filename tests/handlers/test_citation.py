"""How people cite resolutions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.citation import is_citation, parse_citation
from handlers.lookup_commands import ShowById, ShowByNumber

CITATIONS: list[tuple[str, ShowById | ShowByNumber | None, str]] = [
    ("5.2", ShowByNumber("5.2"), "the number alone"),
    ("TOP 5.2", ShowByNumber("5.2"), "as on the agenda"),
    ("TOP5.2", ShowByNumber("5.2"), "glued"),
    ("top 5.2.", ShowByNumber("5.2"), "end of a sentence"),
    ("2.1.b", ShowByNumber("2.1.b"), "with a letter"),
    ("A", ShowByNumber("A"), "a letter alone"),
    ("TOP I 1", ShowByNumber("I 1"), "JuMiKo's numbers"),
    ("3/5/46", ShowByNumber("3/5/46"), "AMK's numbers"),
    ("IntMK 20 5.2", ShowByNumber("5.2", "IntMK", 20), "conference, session, number"),
    ("20. IntMK TOP 5.2", ShowByNumber("5.2", "IntMK", 20), "as in a letter"),
    ("20. IntMK, TOP 5.2", ShowByNumber("5.2", "IntMK", 20), "as the bot prints it"),
    ("TOP 5.2 der 20. IntMK", ShowByNumber("5.2", "IntMK", 20), "number first"),
    ("Beschluss 5.2 der IntMK", ShowByNumber("5.2", "IntMK"), "no session"),
    ("GMK 11.1", ShowByNumber("11.1", "GMK"), "the number is no session"),
    ("JuMiKo 96 I 1", ShowByNumber("I 1", "JuMiKo", 96), "number of two words"),
    ("KMK/BMK 3", ShowByNumber("3", "KMK/BMK"), "a double name; a lone number is the resolution's"),
    ("20. Integrationsministerkonferenz 5.2", ShowByNumber("5.2", "IntMK", 20), "the long name"),
    ("amk 3.3", ShowByNumber("3.3", "AMK"), "in lower case; the conference's own spelling"),
    ("JUMIKO 3.3", ShowByNumber("3.3", "JuMiKo"), "in capitals"),
    ("Handlungsfeld 4", ShowByNumber("4", section="Handlungsfeld"), "a paper's section"),
    ("Göttinger Erklärung", ShowByNumber("Göttinger Erklärung"), "a title where a number is expected"),
    ("#17", ShowById(17), "the internal id"),
    ("IntMK", None, "no number"),
    ("TOP", None, "no number"),
]


@pytest.mark.parametrize(("text", "expected", "_why"), CITATIONS, ids=[text for text, _, _ in CITATIONS])
def test_a_citation_means(text: str, expected: ShowById | ShowByNumber | None, _why: str) -> None:
    assert parse_citation(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "5.2",
        "TOP 5.2",
        "top 2.1.b",
        "20. IntMK TOP 5.2",
        "Handlungsfeld 4",
        "#17",
        "TOP I 1",
        "20. IntMK, TOP 5.2",
        "TOP 5.2, 20. IntMK",
        "(TOP 2.1.b der 20. IntMK)",
        "5.2 IntMK",
        "IntMK 20 5.2",
        "20. KMK/BMK, TOP 3",
        "96. JuMiKo, TOP I.12",
    ],
)
def test_these_can_only_be_citations(text: str) -> None:
    assert is_citation(text)


@pytest.mark.parametrize(
    "text",
    [
        "Sprachkurse",
        "5",
        "A",
        "2025",
        "IntMK",
        "20. IntMK",
        "IntMK 2025",
        "IntMK Sprachkurse",
        "Top-Verdiener",
        "§ 25a AufenthG",
        "20 Jahre",
    ],
)
def test_these_may_be_topics(text: str) -> None:
    assert not is_citation(text)


@given(st.text())
def test_any_text_is_a_citation_or_none(text: str) -> None:
    cited = parse_citation(text)
    assert cited is None or isinstance(cited, ShowById) or cited.number
