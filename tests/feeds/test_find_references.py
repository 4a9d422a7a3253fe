"""References to other resolutions. All sentences are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.find_references import find_references
from feeds.record import Passage
from tests.feeds.tables import body, references

Row = tuple[str, int | None, str | None, str | None]

CASES: list[tuple[str, list[Row], str]] = [
    ("dem Beschluss der 101. ASMK unter TOP 6.2", [("ASMK", 101, "6.2", None)], "session and agenda item"),
    ("TOP 6.2 der 101. ASMK", [("ASMK", 101, "6.2", None)], "the agenda item in front"),
    ("Vorgang: TOP 13 90.UMK", [("UMK", 90, "13", None)], "without blanks and articles"),
    ("TOP I 1 der 95. JuMiKo", [("JuMiKo", 95, "I 1", None)], "an agenda item with a letter"),
    ("der 19. IntMK", [("IntMK", 19, None, None)], "an earlier session"),
    ("den in der 17. Integrationsministerkonferenz geforderten", [("IntMK", 17, None, None)], "the long name"),
    (
        "den MPK-Beschluss vom 10. Mai 2023 sowie vom 6. November 2023",
        [("MPK", None, None, "2023-05-10"), ("MPK", None, None, "2023-11-06")],
        "two dates are two resolutions",
    ),
    (
        "den Beschluss der Ministerpräsidentenkonferenz (MPK) vom 10.05.2023",
        [("MPK", None, None, "2023-05-10")],
        "long and short name",
    ),
    ("den GMK-Beschluss vom 10.06.2024 zu TOP 5.1", [("GMK", None, "5.1", "2024-06-10")], "a date and an agenda item"),
    ("gegenüber der MPK am 10.05.2023", [("MPK", None, None, "2023-05-10")], "a conference by its day"),
    ("die Empfehlung der Kultusministerkonferenz zur", [("KMK", None, None, None)], "what a conference adopted"),
    (
        "den Maßgabebeschluss des Haushaltsausschusses vom 29.01.2025",
        [("Haushaltsausschuss", None, None, "2025-01-29")],
        "a committee",
    ),
    ("BR-Drs. 123/24", [("Bundesrat", None, "123/24", None)], "a paper of the Bundesrat"),
    ("Bundestagsdrucksache 20/1234", [("Bundestag", None, "20/1234", None)], "a paper of the Bundestag"),
    ("ihren Beschluss vom 25. März 2024", [("IntMK", None, None, "2024-03-25")], "the conference's own"),
    ("ihren Beschluss vom 25. März 2024 zu Punkt 4.2", [("IntMK", None, "4.2", "2024-03-25")], "with its agenda item"),
    (
        "den Beschluss der 99. JuMiKo zu TOP I.12 vom 7. November 2028",
        [("JuMiKo", 99, "I.12", "2028-11-07")],
        "the agenda item between session and day",
    ),
    ("den Beschluss der 16. Konferenz zu TOP 4", [("IntMK", 16, "4", None)], "its own session"),
    ("den Beschluss, der der KMK zugeht; den Beschluss der KMK zuzuleiten", [], "to whom it is sent"),
    ("die Beratung auf der nächsten 21. Konferenz", [], "its own next session"),
    ("für die 22. IntMK 2027", [], "a session that is still to come"),
    ("auf der 20. IntMK", [], "the resolution's own session"),
    ("auf der 20. KMK", [("KMK", 20, None, None)], "the same number of another conference"),
    ("die KMK um Prüfung", [], "a conference, no resolution"),
    ("im 14. Bericht", [], "no conference"),
]


@pytest.mark.parametrize(("text", "expected", "why"), CASES)
def test_references(text: str, expected: list[Row], why: str) -> None:
    found = find_references(body(f"Sie verweist auf {text}."), references(), "IntMK", 20)
    shown = [(one.body, one.session, one.number, str(one.date) if one.date else None) for one in found]
    assert shown == expected, why


def test_without_an_own_session_every_session_is_another() -> None:
    found = find_references(body("die 20. IntMK"), references())
    assert [(one.body, one.session) for one in found] == [("IntMK", 20)]


def test_a_reference_is_told_once_with_its_words_and_place() -> None:
    passages = (
        Passage("wie die 19. IntMK", marks=((0, 3),), item=1),
        Passage("wie in der 19. IntMK", marks=((0, 9),), item=2),
    )
    [found] = find_references(passages, references(), "IntMK", 20)
    assert (found.text, found.item, found.lines) == ("19. IntMK", 1, (3, 3))


PIECES = st.sampled_from(
    "Beschluss|der|101.|ASMK|TOP|6.2|vom|10. Mai 2023|sowie|MPK-Beschluss|(MPK)|Vorgang:|IntMK|,".split("|")
)


@given(st.lists(PIECES, max_size=12).map(" ".join) | st.text(max_size=80))
def test_every_reference_stands_in_the_text(text: str) -> None:
    assert all(one.text and one.text in text for one in find_references(body(text), references()))
