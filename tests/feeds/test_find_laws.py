"""Laws that are cited or named. All sentences are invented."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.find_laws import find_laws, mentions
from feeds.record import Passage
from tests.feeds.tables import body, laws

CASES = [
    ("nach § 25a AufenthG oder § 25b AufenthG", [("AufenthG", "25a"), ("AufenthG", "25b")], "two citations"),
    ("der §§ 25a bzw. 25b AufenthG", [("AufenthG", "25a"), ("AufenthG", "25b")], "one law for both numbers"),
    ("§ 25a oder § 25b AufenthG", [("AufenthG", "25a"), ("AufenthG", "25b")], "the law stands behind the second"),
    ("§§ 25a, 25b und 104c AufenthG", [("AufenthG", "25a"), ("AufenthG", "25b"), ("AufenthG", "104c")], "a list"),
    ("§ 32 Abs. 2 Nr. 5 BeschV", [("BeschV", "32 Abs. 2 Nr. 5")], "parts of a section"),
    ("§ 45 Absatz 1 Nummer 3 Buchstabe a BVFG", [("BVFG", "45 Abs. 1 Nr. 3 Buchst. a")], "parts written out"),
    ("§ 24 Abs. 1 und 2 AufenthG", [("AufenthG", "24 Abs. 1"), ("AufenthG", "24 Abs. 2")], "two parts of one section"),
    ("§ 60a Abs. 2 i. V. m. § 25 AufenthG", [("AufenthG", "60a Abs. 2"), ("AufenthG", "25")], "in connection with"),
    ("§§ 16 bis 21 AufenthG", [("AufenthG", "16 bis 21")], "a range stays one"),
    ("Art. 16a GG", [("GG", "16a")], "an article"),
    ("Artikel 3 Absatz 3 des Grundgesetzes", [("GG", "3 Abs. 3")], "a law by its full name in the genitive"),
    ("§ 22 SGB II", [("SGB II", "22")], "a book with a roman number"),
    ("Art. 20 der Richtlinie 2013/33/EU", [("Richtlinie 2013/33/EU", "20")], "an act of the EU"),
    (
        "§ 5 Abs. 1 Nr. 1a und Nr. 4 lit. b StAG",
        [("StAG", "5 Abs. 1 Nr. 1a"), ("StAG", "5 Abs. 1 Nr. 4 Buchst. b")],
        "only the last part differs",
    ),
    ("§§ 2a und 2b Absatz 1 des Fünften Buches Sozialgesetzbuch", [("SGB V", "2a"), ("SGB V", "2b Abs. 1")], "a book"),
    ("§ 3 Absatz 1 des Bundeskleingartengesetzes (BKleingG)", [("BKleingG", "3 Abs. 1")], "with its abbreviation"),
    ("das Musterwaldgesetz (§ 2 Abs. 1 Nr. 3)", [("Musterwaldgesetz", "2 Abs. 1 Nr. 3")], "the section behind"),
    ("das Musteramt (§ 2 Abs. 1)", [], "no law in front of the section"),
    ("der Richtlinie 92/43/EWG", [("Richtlinie 92/43/EWG", None)], "an act of the former community"),
    ("nach dem GRW-Gesetz", [("GRW-Gesetz", None)], "a name with a hyphen"),
    ("§ 3 dieser Vereinbarung", [], "no law behind the section"),
    ("das AsylbLG", [("AsylbLG", None)], "an abbreviation"),
    ("des Asylbewerberleistungsgesetzes (AsylbLG)", [("AsylbLG", None)], "name and abbreviation are one"),
    ("des Asyl- und Aufenthaltsgesetzes", [("AsylG", None), ("AufenthG", None)], "halves of a compound"),
    ("das Teilhabe- und Sportgesetz", [("Teilhabe- und Sportgesetz", None)], "one name with und inside"),
    ("das Soziale Gesetzbuch V", [("SGB V", None)], "a book written in full"),
    ("das Fünfte Buch Sozialgesetzbuch", [("SGB V", None)], "a book by its ordinal"),
    ("ein Bundessportgesetz auf den Weg zu bringen", [("Bundessportgesetz", None)], "a planned law"),
    ("des Sportfördergesetzes (SpoFöG)", [("SpoFöG", None)], "an unknown law with its abbreviation"),
    ("im Haushaltsgesetz 2025", [("Haushaltsgesetz 2025", None)], "a law of one year"),
    ("im Sportgesetz 2025", [("Sportgesetz", None)], "a year behind any other law is no part of it"),
    ("das Gesetz zur Förderung des Sports vom 1.2.2024", [("Gesetz zur Förderung des Sports", None)], "a long title"),
    ("das Gesetz zur Förderung des Sports (SpoFöG)", [("SpoFöG", None)], "a long title with its abbreviation"),
    ("das Gesetz zur Änderung des Sportgesetzes", [("Gesetz zur Änderung des Sportgesetzes", None)], "keeps its case"),
    ("das Gesetz zur Stärkung der Pflege werden alle", [("Gesetz zur Stärkung der Pflege", None)], "ends in time"),
    ("die Massenzustrom-Richtlinie", [("Massenzustrom-Richtlinie", None)], "a directive of the table"),
    ("die Integrationsgesetze der Länder", [], "a plural"),
    ("durch Rechtsverordnung", [], "a kind of law"),
    ("ein neues Gesetz", [], "no name"),
    ("das Gesetzesvorhaben", [], "another word"),
]


@pytest.mark.parametrize(("text", "expected", "why"), CASES)
def test_laws_and_sections(text: str, expected: list[tuple[str, str | None]], why: str) -> None:
    assert [(one.law, one.section) for one in find_laws(body(text), laws())] == expected, why


def test_each_law_and_section_is_told_once_with_its_first_words_and_place() -> None:
    passages = (
        Passage("§ 24 AufenthG", role="heading"),
        Passage("Nach § 24 AufenthG und dem AufenthG", marks=((0, 7),), item=1),
    )
    found = find_laws(passages, laws())
    assert [(one.law, one.section, one.text, one.item, one.lines) for one in found] == [
        ("AufenthG", "24", "§ 24 AufenthG", None, None),
        ("AufenthG", None, "AufenthG", 1, (7, 7)),
    ]


PIECES = st.sampled_from(
    "§|§§|25a|24|Abs. 1|Nr. 2|und|bzw.|,|AufenthG|BeschV|des|Asyl-|Sportgesetzes|SGB|II|Art.|GG|".split("|")
)


@given(st.lists(PIECES, max_size=14).map(" ".join) | st.text(max_size=80))
def test_every_mention_is_a_part_of_the_text(text: str) -> None:
    found = mentions(text, laws())
    assert all(0 <= one.start < one.end <= len(text) and one.law for one in found)
    spans = sorted({(one.start, one.end) for one in found})
    assert all(first[1] <= second[0] for first, second in pairwise(spans)), "mentions overlap"
    assert {one.text for one in find_laws(body(text), laws())} <= {text[one.start : one.end] for one in found}
