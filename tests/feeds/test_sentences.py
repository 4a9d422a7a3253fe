"""Sentences word for word: where they end, where they stand, and which of them are shown."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from config.topics import Topic
from feeds.query import Query, compile_query
from feeds.read import read_document
from feeds.record import Passage, Resolution, SummarySentence
from feeds.sentences import MOST_CHARACTERS, best_sentences, quotation, sentences
from feeds.words import Analyser
from tests.seeds import Seeds

PIECES = st.sampled_from(
    [
        "Die Länder",
        "bitten",
        " ",
        " ",
        ". ",
        ".",
        "z. B.",
        "Abs. 2",
        "4. März",
        "2025",
        "? ",
        "„So.“",
        "bzw. ",
        "\n",
        "(",
        ")",
    ]
)


@pytest.mark.parametrize(
    "text",
    [
        "Dies betrifft z. B. Sprachkurse und d. h. auch Träger.",
        "Dies betrifft z.B. Sprachkurse, d.h. auch Träger, i.d.R. Vereine, u.a. Kirchen.",
        "Das gilt u. a. Beratungsstellen bzw. Träger bspw. Vereine, ggf. Kirchen.",
        "Nach § 32 Abs. 2 Nr. 5 BeschV, ggfls. Art. 16 GG, gilt dies.",
        "Der sog. Islamische Staat und ca. 30 Mio. Euro oder 0,5 Mrd. Euro.",
        "Die 19. IntMK und der 14. Bericht vom 4. März 2026 und die 101. ASMK.",
        "Am 23. – 24. April 2025 tagte sie im II. Quartal.",
        "Das 70. Jahr und die 1. Phase der Lehrkräftebildung.",
        "Die Kurse (inkl. AMIF) und Dr. Muster vgl. Anlage Nr. 3.",
        "Ein Anstieg von 2,3 Prozent auf 132.000 Personen.",
        "ohne Punkt am Ende",
        "Ende. und klein weiter",
        "2. Die Länder bitten den Bund",
    ],
)
def test_one_sentence_stays_one(text: str) -> None:
    assert [sentence.text for sentence in sentences(Passage(text))] == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Er bittet. Sie bitten.", ["Er bittet.", "Sie bitten."]),
        ("Er fragt? Ja! Gut …  So.", ["Er fragt?", "Ja!", "Gut …", "So."]),
        ("Er nennt „Einheit.“ Danach nichts.", ["Er nennt „Einheit.“", "Danach nichts."]),
        ("Das (siehe oben.) Danach.", ["Das (siehe oben.)", "Danach."]),
        ("Bis 2060. Die Länder bitten.", ["Bis 2060.", "Die Länder bitten."]),
        ("Sie folgt Ziffer 5. Die Länder bitten.", ["Sie folgt Ziffer 5.", "Die Länder bitten."]),
        ("Am 31.12.2025. Danach.", ["Am 31.12.2025.", "Danach."]),
        ("Träger, NGOs. Die IntMK bittet.", ["Träger, NGOs.", "Die IntMK bittet."]),
        ("Vereine, Kirchen usw. Die IntMK bittet.", ["Vereine, Kirchen usw.", "Die IntMK bittet."]),
        ("Das gilt. 21 Länder bitten.", ["Das gilt.", "21 Länder bitten."]),
        ("Das gilt. § 24 bleibt.", ["Das gilt.", "§ 24 bleibt."]),
        ("Das gilt. „So“ sei es.", ["Das gilt.", "„So“ sei es."]),
        ("Erstens.\nZweitens.", ["Erstens.", "Zweitens."]),
        ("  ", []),
        ("", []),
    ],
)
def test_sentences_end_where_they_end(text: str, expected: list[str]) -> None:
    assert [sentence.text for sentence in sentences(Passage(text))] == expected


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)))
@example(". . . A. B")
def test_sentences_and_blanks_rebuild_the_passage(text: str) -> None:
    at = 0
    for sentence in sentences(Passage(text)):
        assert not text[at : sentence.start].strip()
        assert sentence.text == text[sentence.start : sentence.end] == sentence.text.strip() != ""
        at = sentence.end
    assert not text[at:].strip()


def test_every_sentence_knows_its_place() -> None:
    passage = Passage("Er bittet. Sie bitten den Bund.", ((0, 7), (15, 8)), "item", 3)
    assert [(one.item, one.lines) for one in sentences(passage)] == [(3, (7, 7)), (3, (7, 8))]


def test_the_real_documents_are_rebuilt(seeds: Seeds) -> None:
    for path in (seeds.intmk, seeds.roadmap, seeds.alliance):
        for resolution in read_document(path.read_bytes(), path.name).resolutions:
            for passage in resolution.passages:
                found = sentences(passage)
                assert " ".join(one.text for one in found).split() == passage.text.split()
                assert all(one.text[0] not in "abcdefghijklmnopqrstuvwxyz" for one in found[1:])


@pytest.fixture
def courses(analyser: Analyser, topics: tuple[Topic, ...]) -> Query:
    return compile_query("Sprachkurse", analyser, topics)


def shown(resolution: Resolution, query: Query, analyser: Analyser, limit: int = 2) -> list[str]:
    return [sentence.text for sentence in best_sentences(resolution, query, analyser, limit).sentences]


def test_a_demand_in_an_item_comes_before_a_recital(analyser: Analyser, courses: Query) -> None:
    resolution = Resolution(
        "1",
        "Kurse",
        passages=(
            Passage("Sprachkurse sind wichtig. Viele besuchen Sprachkurse."),
            Passage("Die Lage ist ernst. Sprachkurse sind voll.", role="item", item=1),
            Passage("Der Bund wird gebeten, Integrationskurse zu sichern.", role="item", item=2),
        ),
    )
    assert shown(resolution, courses, analyser, 1) == ["Der Bund wird gebeten, Integrationskurse zu sichern."]
    assert shown(resolution, courses, analyser, 2) == [
        "Sprachkurse sind voll.",
        "Der Bund wird gebeten, Integrationskurse zu sichern.",
    ]


def test_they_come_in_document_order_with_their_place(analyser: Analyser, courses: Query) -> None:
    passages = (
        Passage("Die Länder fordern den Bund auf, Sprachkurse zu fördern.", ((0, 1),), "item", 1),
        Passage("Sie bitten um Berufssprachkurse und Integrationskurse.", ((0, 2),), "item", 2),
    )
    found = best_sentences(Resolution("1", "Kurse", passages=passages), courses, analyser, 5).sentences
    assert [(one.item, one.lines) for one in found] == [(1, (1, 1)), (2, (2, 2))]


def test_without_a_hit_the_first_demands_are_shown(analyser: Analyser, courses: Query) -> None:
    passages = (Passage("Es ist so. Der Bund wird aufgefordert, zu handeln. Das ist gut. Wir bitten sehr."),)
    resolution = Resolution("1", "Sprachkurse", passages=passages)
    assert shown(resolution, courses, analyser) == ["Der Bund wird aufgefordert, zu handeln.", "Wir bitten sehr."]


def test_without_demands_the_first_sentences_are_shown(analyser: Analyser, courses: Query) -> None:
    passages = (Passage("Vorbemerkung", role="heading"), Passage("Eins ist so. Zwei ist so. Drei ist so."))
    assert shown(Resolution("1", "T", passages=passages), courses, analyser) == ["Eins ist so.", "Zwei ist so."]


def test_an_empty_body_shows_nothing(analyser: Analyser, courses: Query) -> None:
    assert shown(Resolution("1", "T"), courses, analyser) == []
    assert shown(Resolution("1", "T", passages=(Passage("Sprachkurse."),)), courses, analyser, 0) == []


def test_several_words_are_worth_more_than_one(analyser: Analyser, topics: tuple[Topic, ...]) -> None:
    passages = (Passage("Sprachkurse sind gut. Frauen besuchen Sprachkurse."),)
    query = compile_query("Sprachkurse Frauen", analyser, topics)
    found = shown(Resolution("1", "T", passages=passages), query, analyser, 1)
    assert found == ["Frauen besuchen Sprachkurse."]


@pytest.mark.parametrize(
    ("text", "demands"),
    [
        ("Die Länder fordern den Bund auf, Sprachkurse zu sichern.", True),
        ("Der Bund wird aufgefordert, Sprachkurse zu sichern.", True),
        ("Die IntMK beauftragt die LAG mit den Sprachkursen.", True),
        ("Wir erwarten vom Bund mehr Sprachkurse.", True),
        ("Die IntMK spricht sich für Sprachkurse aus.", True),
        ("Die IntMK setzt sich dafür ein, dass Sprachkurse bleiben.", True),
        ("Die IntMK regt Sprachkurse an.", True),
        ("Sie ruft zu Sprachkursen auf.", True),
        ("Die IntMK begrüßt die Sprachkurse.", False),
        ("Die IntMK nimmt die Sprachkurse zur Kenntnis.", False),
        ("Die Förderung der Sprachkurse ist erforderlich.", False),
        ("Die Forderung nach Sprachkursen besteht.", False),
    ],
)
def test_what_is_a_demand(analyser: Analyser, courses: Query, text: str, demands: bool) -> None:
    """Seen from outside: a demand is preferred to an earlier sentence with the same words."""
    passages = (Passage("Sprachkurse kosten."), Passage(text))
    found = shown(Resolution("1", "T", passages=passages), courses, analyser, 1)
    assert (found == [text]) is demands


def test_the_real_resolution_on_courses(analyser: Analyser, courses: Query, seeds: Seeds) -> None:
    reading = read_document(seeds.intmk.read_bytes(), seeds.intmk.name)
    resolution = next(one for one in reading.resolutions if one.number == "5.2")
    found = best_sentences(resolution, courses, analyser, 3).sentences
    assert [one.item for one in found] == [1, 3, 4]
    assert found[0].lines == (7, 9)
    assert all(one.text in resolution.text for one in found)


LEAD = Passage("Das ist so. Die Länder bitten, zu Sprachkursen zu berichten,", ((0, 1), (12, 2)), "item", 1)
BULLETS = (
    Passage("wie viele Sprachkurse es gibt,", ((0, 3),), "bullet", 1),
    Passage("was sie kosten.", ((0, 4),), "bullet", 1),
)
WHOLE = "Die Länder bitten, zu Sprachkursen zu berichten,\n– wie viele Sprachkurse es gibt,\n– was sie kosten."
LONG = Passage("was " + "sehr " * (MOST_CHARACTERS // 5) + "viel kostet.", ((0, 5),), "bullet", 1)


def test_bullets_that_finish_a_sentence_are_quoted_with_it(analyser: Analyser, courses: Query) -> None:
    found = best_sentences(Resolution("1", "T", passages=(LEAD, *BULLETS)), courses, analyser, 3).sentences
    assert [(one.text, one.lines) for one in found] == [(WHOLE, (2, 4))], "and not once more on their own"


def test_where_the_bullets_get_too_long_another_sentence_is_preferred(analyser: Analyser, courses: Query) -> None:
    other = Passage("Sprachkurse sind gut.")
    passages = (LEAD, LONG, other)
    assert shown(Resolution("1", "T", passages=passages), courses, analyser, 1) == ["Sprachkurse sind gut."]
    alone = shown(Resolution("1", "T", passages=(LEAD, LONG)), courses, analyser, 1)
    assert alone == ["Die Länder bitten, zu Sprachkursen zu berichten, …"]


@pytest.mark.parametrize(
    ("passages", "text", "lines", "cut"),
    [
        ((LEAD, *BULLETS), WHOLE, (2, 4), False),
        ((LEAD, LONG), "Die Länder bitten, zu Sprachkursen zu berichten, …", (2, 2), True),
        ((LEAD,), "Die Länder bitten, zu Sprachkursen zu berichten,", (2, 2), False),
        ((), "Die Länder bitten, zu Sprachkursen zu berichten,", (2, 2), False),
    ],
)
def test_a_sentence_of_the_summary_with_its_bullets(
    passages: tuple[Passage, ...], text: str, lines: tuple[int, int], cut: bool
) -> None:
    told = SummarySentence("Die Länder bitten, zu Sprachkursen zu berichten,", 1, (2, 2))
    found = quotation(told, passages)
    assert (found.sentence, found.cut) == (SummarySentence(text, 1, lines), cut)
