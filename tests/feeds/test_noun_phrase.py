"""Whom a noun phrase means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.feeds.tables import phrases


@pytest.mark.parametrize(
    ("text", "names", "why"),
    [
        ("den Bund, ", ["Bund"], "one known body"),
        ("Bund und Länder, ", ["Bund", "Länder"], "without articles, joined"),
        ("die neue Bundesregierung auf", ["Bundesregierung"], "an adjective in front"),
        ("die Bunderegierung auf", ["Bundesregierung"], "a typo of the table"),
        (
            "die Bundesagentur für Arbeit und die zugelassenen kommunalen Träger auf, ",
            ["Bundesagentur für Arbeit", "zugelassene kommunale Träger"],
            "both with articles",
        ),
        ("das Vorsitzland der LAG (z. Z. Hessen) mit", ["Hessen"], "the Land that holds the chair"),
        ("das Vorsitzland, den", ["Vorsitzland"], "a chair whose Land is not told"),
        ("das Land Hessen, ", ["Hessen"], "a Land by its kind and name"),
        ("die Länder Hessen und Bayern, ", ["Hessen", "Bayern"], "several Länder"),
        ("Hessen durch die", ["Hessen"], "a bare Land"),
        ("die LAG „Daten“, für", ["LAG „Daten“"], "a quoted name belongs to a group"),
        ("eine länderoffene Arbeitsgruppe, ", ["LAG"], "an indefinite article"),
        ("alle Beteiligten, ", ["alle Beteiligten"], "a form of the table behind alle"),
        ("alle demokratischen Kräfte auf", ["alle demokratischen Kräfte"], "alle is part of an unknown name"),
        ("den Deutschen Städtetag, ", ["Deutscher Städtetag"], "the nominative of a masculine name"),
        ("das Statistische Amt, ", ["Statistisches Amt"], "the nominative of a neuter name"),
        ("die beteiligten Ressorts, ", ["beteiligte Ressorts"], "the nominative of a plural"),
        ("die für Sport zuständigen Stellen zu", ["für Sport zuständige Stellen"], "an attribute in between"),
        ("die Kommission Bildung und Kultur mit", ["Kommission Bildung und Kultur"], "und inside a name"),
        ("die Präsidentinnen und Präsidenten, ", ["Präsidentinnen und Präsidenten"], "the same people"),
        ("die Träger und Verbände, ", ["Träger", "Verbände"], "two unknown ones"),
        ("den Bund, die Länder und die Kommunen auf, ", ["Bund", "Länder", "Kommunen"], "a list closed by und"),
        ("den Bund, die Länder regelmäßig zu beteiligen", ["Bund"], "behind the comma begins what is asked"),
        ("den Bund, die Länder und Kommunen zu fördern", ["Bund"], "a list that is the object of what is asked"),
    ],
)
def test_whom_a_phrase_means(text: str, names: list[str], why: str) -> None:
    phrase = phrases().read(text)
    assert phrase is not None, why
    assert list(phrase.names) == names, why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("zu prüfen, ob", "no noun"),
        ("darauf, dass der Bund", "an adverb"),
        ("Verbesserungen am Verfahren", "an unknown noun without an article"),
        ("", "nothing"),
        ("BE und HH", "abbreviations of Länder are too short to be sure"),
    ],
)
def test_nobody_is_named(text: str, why: str) -> None:
    assert phrases().read(text) is None, why


def test_only_known_bodies_where_an_object_may_be_a_thing() -> None:
    assert phrases().read("die Förderung aus", only_known=True) is None
    assert phrases().read("die zuständigen Stellen aus", only_known=True) is not None
    assert (
        phrases().read("die verantwortlichen Ressorts aus", only_known=True) is not None
    )  # public bodies by their noun


def test_a_subject_may_be_a_list_that_no_clause_follows() -> None:
    text = "Der Bund, die Länder und die Kommunen werden"
    phrase = phrases().read(text, subject=True)
    assert phrase is not None
    assert phrase.names == ("Bund", "Länder", "Kommunen")
    assert text[phrase.end :] == " werden"


def test_the_first_known_body_behind_a_lead() -> None:
    phrase = phrases().search("wird durch eine Kampagne und durch den Bund gefördert", r"\bdurch\s+")
    assert phrase is not None
    assert phrase.names == ("Bund",)


@given(st.text(st.characters(codec="utf-8"), max_size=80), st.integers(0, 90))
def test_reading_never_raises_and_ends_inside_the_text(text: str, at: int) -> None:
    start = min(at, len(text))
    phrase = phrases().read(text, start)
    assert phrase is None or (start < phrase.end <= len(text) and all(phrase.names))
