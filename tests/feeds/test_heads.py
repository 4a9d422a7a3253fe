"""Heads of agenda items: which lines are heads, and what stands between the number and the text."""

from __future__ import annotations

import pytest

from config.states import States
from feeds.blocks import blocks_of, dialect_of, is_head
from feeds.dialect import DIALECTS
from feeds.extract_text import lines_of_text
from feeds.line import Line
from feeds.parse_resolutions import parse_resolution
from feeds.record import Resolution

STATES = States.load()

HEADS = [
    ("TOP 1.1", "TOP", "1.1", None, "a number alone"),
    ("TOP A", "TOP", "A", None, "a letter"),
    ("TOP A3", "TOP", "A3", None, "a letter with a number"),
    ("TOP 2.9b Ausbau der Kurse", "TOP", "2.9b", "Ausbau der Kurse", "a letter behind"),
    ("TOP 2.1.a Leitantrag", "TOP", "2.1.a", "Leitantrag", "a letter behind a full stop, and a label"),
    ("TOP 8 a Bienenweiden", "TOP", "8 a", "Bienenweiden", "a letter behind a blank"),
    ("TOP: 11.1 Hausbesuche", "TOP", "11.1", "Hausbesuche", "a colon behind TOP"),
    ("TOP 2.1: Dorfläden", "TOP", "2.1", "Dorfläden", "a colon behind the number"),
    ("TOP 3/5/46 Streuobst", "TOP", "3/5/46", "Streuobst", "several numbers at once"),
    ("TOP 7+9 2. Priorität", "TOP", "7+9", "2. Priorität", "two numbers at once"),
    ("TOP I 1 Fristen", "TOP", "I 1", "Fristen", "a roman number"),
    ("TOP I.4", "TOP", "I.4", None, "a roman number with a full stop"),
    ("TOP III", "TOP", "III", None, "a roman number alone"),
    ("TOP 13 - ZURÜCKGEZOGEN -", "TOP", "13", "- ZURÜCKGEZOGEN -", "what became of it"),
    ("TOP 5 „Haus der Sprachen“", "TOP", "5", "„Haus der Sprachen“", "a title in quotation marks"),
    ("Punkt 4.1 der Tagesordnung:", "Punkt der Tagesordnung", "4.1", None, "traffic and economy"),
    ("Punkt 6.2 der Tagesordnung: Winterdienst", "Punkt der Tagesordnung", "6.2", "Winterdienst", "with the title"),
    ("Drucksache 739/31 (Beschluss)", "Bundesrat", "739/31", "Beschluss", "a printed paper"),
    ("Bundesrat Drucksache 739/31 (Beschluss) 06.11.31", "Bundesrat", "739/31", "Beschluss", "all on one line"),
]

NO_HEADS = [
    ("TOP 5 der 98. UMK wurde vertagt.", "a sentence that begins with TOP"),
    ("TOP 9 101.UMK", "an earlier resolution"),
    ("TOP 4 2030/2", "an earlier resolution, by year"),
    ("TOP 5 2031/ACK", "an earlier resolution of the heads of office"),
    ("TOP 2.1 Hausbesuche ........................ 4", "an entry of a table of contents"),
    ("TOP-Themen der nächsten Runde", "another word"),
    ("TOPographie 5", "another word still"),
    ("Tagesordnung", "no number"),
    ("Punkt 4.1 der Tagesordnung wurde vertagt.", "a sentence"),
    ("In Drucksache 739/31 (Beschluss)", "a citation"),
    ("siehe TOP 5", "a citation"),
]


@pytest.mark.parametrize(("text", "layout", "number", "rest", "reason"), HEADS, ids=[case[4] for case in HEADS])
def test_a_head_gives_its_number(text: str, layout: str, number: str, rest: str | None, reason: str) -> None:
    dialect = dialect_of((Line(text, gap=True), Line("Ein Titel", gap=True)))
    assert dialect is not None
    assert dialect.name == layout
    match = dialect.head.fullmatch(text)
    assert match is not None
    assert (match["number"], match["rest"]) == (number, rest)


@pytest.mark.parametrize(("text", "reason"), NO_HEADS, ids=[case[1] for case in NO_HEADS])
def test_other_lines_are_no_heads(text: str, reason: str) -> None:
    assert not any(is_head(Line(text, gap=True), dialect) for dialect in DIALECTS)


def test_a_head_stands_apart() -> None:
    assert is_head(Line("TOP 5", gap=True), DIALECTS[0])
    assert is_head(Line("TOP 5", page_start=True), DIALECTS[0])
    assert not is_head(Line("TOP 5"), DIALECTS[0])


def resolutions(text: str) -> tuple[Resolution, ...]:
    lines = lines_of_text(text)
    dialect = dialect_of(lines)
    assert dialect is not None
    return tuple(parse_resolution(block, dialect, STATES) for block in blocks_of(lines, dialect)[1])


def one(text: str) -> Resolution:
    (resolution,) = resolutions(text)
    return resolution


BODY = "1. Die Länder beraten weiter.\n\n2. Sie danken dem Bund."

TITLES = [
    ("TOP 1\n\nBänke im Park\n\nBE: Bayern", "Bänke im Park", None, None, "above the applicants"),
    ("TOP 1\n\nBänke im Park\n\nBeschluss:", "Bänke im Park", None, None, "above the heading of the text"),
    ("TOP 1\n\nBänke im Park", "Bänke im Park", None, None, "the first group of lines where nothing marks its end"),
    ("TOP 1 Bänke im Park\n\nBeschluss:", "Bänke im Park", None, None, "beside the number"),
    ("TOP 1 Bänke", "Bänke", None, None, "one word beside the number, the text below"),
    ("TOP 1 Bänke im Park und\nin den Gärten\n\nBeschluss:", "Bänke im Park und in den Gärten", None, None, "goes on"),
    ("TOP 1 Bänke im Park und an Hal-\ntestellen\n\nBE: Bayern", "Bänke im Park und an Haltestellen", None, None,
     "a word cut at the line's end"),
    ("TOP 1\n\nBänke im Park und\n\nan Haltestellen\n\nBeschluss:", "Bänke im Park und an Haltestellen", None, None,
     "printed with empty space between the lines"),
    ("TOP 1\n\nBänke im Park\n\nEin Platz für alle\n\nBE: Bayern", "Bänke im Park", "Ein Platz für alle", None,
     "a second heading"),
    ("TOP 1 Leitantrag\n\nBänke im Park\n\nBE: Bayern", "Bänke im Park", None, "Leitantrag", "a label"),
    ("TOP 1 Ergänzung\n\nBänke im Park\n\nBE: Bayern", "Bänke im Park", None, "Ergänzung", "one word over a title"),
    ("TOP 1 1. Priorität\n\nBänke im Park\n\nBE: Bayern", "Bänke im Park", None, "1. Priorität", "a priority, no item"),
    ("TOP 1\n1. Priorität\n\nBänke im Park\n\nBE: Bayern", "Bänke im Park", None, "1. Priorität", "on its own line"),
    ("TOP 1 1. Priorität Bänke im Park\n\nBE: Bayern", "Bänke im Park", None, "1. Priorität", "the title beside it"),
    ("TOP 1 2. Priorität\n\nBänke im Park\n\nBE: Bayern\n\nBLOCK\n\nBeschluss:", "Bänke im Park", None,
     "2. Priorität, BLOCK", "a mark of how it was dealt with"),
    ("TOP 1\n\n2. Bericht über Bänke\n\nBE: Bayern", "2. Bericht über Bänke", None, None, "begins with a number"),
    ("TOP 1\n\nBänke – Ruhe für alle\n– auch im Winter\n\nBE: Bayern", "Bänke – Ruhe für alle – auch im Winter", None,
     None, "a dash at the line's start"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "title", "subtitle", "label", "reason"), TITLES, ids=[case[4] for case in TITLES])
def test_the_title_and_what_stands_beside_it(
    head: str, title: str, subtitle: str | None, label: str | None, reason: str
) -> None:
    read = one(f"{head}\n\n{BODY}")
    assert (read.title, read.subtitle, read.label) == (title, subtitle, label)
    assert [item.text for item in read.items] == ["Die Länder beraten weiter.", "Sie danken dem Bund."]
    assert read.warnings == ()


APPLICANTS = [
    ("Antragsteller: Berlin, Hes-\nsen, Nord-\nrhein-Westfalen", "Antragsteller",
     ("Berlin", "Hessen", "Nordrhein-Westfalen"), (), "broken names"),
    ("Antragsteller: Sachsen-An-\nhalt und Sachsen", "Antragsteller", ("Sachsen-Anhalt", "Sachsen"), (),
     "the longer name first"),
    ("Berichterstattung: Bremen", "Berichterstattung", ("Bremen",), (), "a rapporteur"),
    ("Berichterstattung:\nBremen\nHessen", "Berichterstattung", ("Bremen", "Hessen"), (), "one a line"),
    ("BE: Hessen / Hamburg", "BE", ("Hessen", "Hamburg"), (), "a stroke between"),
    ("BE: Hamburg / UMK-Vorsitz", "BE", ("Hamburg",), (), "the chair is nobody else's"),
    ("BE: Bund", "BE", (), (), "the Bund is no Land, and that is sure"),
    ("Antragsteller: Alle Länder", "Antragsteller", STATES.names, (), "all of them"),
    ("Antragsteller: alle Länder außer Bayern und Hessen", "Antragsteller",
     tuple(name for name in STATES.names if name not in ("Bayern", "Hessen")), (), "all but two"),
    ("Antragsteller: Bayern (federführend), Hessen", "Antragsteller", ("Bayern", "Hessen"), (), "brackets"),
    ("Antragsteller: Hessen\nMitantragsteller: Bremen", "Antragsteller", ("Hessen", "Bremen"), (), "more of them"),
    ("Antragsteller: Hessen\n(als Mitantragsteller: Bremen)", "Antragsteller", ("Hessen", "Bremen"), (), "in brackets"),
    ("Antragstellendes Land: Berlin", "Antragstellendes Land", ("Berlin",), (), "another label"),
    ("Antragsteller: Hamburg, Landesverband Hessen", "Antragsteller", ("Hamburg",),
     ("Antragsteller nicht sicher erkannt: „Landesverband Hessen“",), "a name that only holds a state's"),
    ("Antragsteller: alle Länder außer dem Nordrat", "Antragsteller", (),
     ("Antragsteller nicht sicher erkannt: „alle Länder außer dem Nordrat“",), "all but whom?"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "label", "states", "doubts", "reason"), APPLICANTS, ids=[c[4] for c in APPLICANTS])
def test_applicants_are_states(
    lines: str, label: str, states: tuple[str, ...], doubts: tuple[str, ...], reason: str
) -> None:
    read = one(f"TOP 1\n\nBänke im Park\n\n{lines}\nVorgang: TOP 3 7.UMK\nBeschluss:\n\n{BODY}")
    assert (read.applicants_label, read.applicants, read.warnings) == (label, states, doubts)
    assert len(read.items) == 2


def test_earlier_resolutions_are_references_and_no_text() -> None:
    read = one(f"TOP 1\n\nBänke\n\nBE: Bayern\n\nVorgang: TOP 13 90.UMK\nTOP 9 91.UMK\nTOP 4 2030/2\n\n{BODY}")
    assert [(one.body, one.session, one.number) for one in read.references] == [("UMK", 90, "13"), ("UMK", 91, "9")]
    assert read.text == "Die Länder beraten weiter.\nSie danken dem Bund."


def test_what_is_written_over_the_next_head_does_not_belong_to_the_text_above() -> None:
    first, second = resolutions(f"TOP 1\n\nBänke\n\n{BODY}\n\nBeschluss\n\nTOP 2\n\nStühle\n\n{BODY}\n\n- Beschluss -")
    assert first.text == second.text == "Die Länder beraten weiter.\nSie danken dem Bund."


def test_items_that_share_a_number_are_told_apart_by_their_letter() -> None:
    head = "Punkt 4.1 der Tagesordnung:\n\nBrücken\n\n"
    first, second = resolutions(f"{head}a) Bericht\n\n{BODY}\n\n{head}b) Holzbrücken\n\n{BODY}")
    assert [(one.number, one.title, one.subtitle) for one in (first, second)] == [
        ("4.1 a", "Brücken", "Bericht"),
        ("4.1 b", "Brücken", "Holzbrücken"),
    ]


def test_a_list_below_a_title_is_no_part_where_the_number_is_not_shared() -> None:
    read = one("Punkt 4.1 der Tagesordnung:\n\nBrücken\n\na) Die Länder prüfen Brücken.\n\nb) Sie berichten.")
    assert (read.number, read.subtitle) == ("4.1", None)
    assert read.text == "a) Die Länder prüfen Brücken.\nb) Sie berichten."


CONTENTS = "TOP 1 Bänke im Park\n\nBE: Bayern\n\nTOP 2 Stühle - zurückgezogen -\n\nTOP 3 Tische im Garten\n\n7\n\n"


def test_entries_of_the_contents_are_no_resolutions_but_for_what_was_withdrawn() -> None:
    texts = f"TOP 1 Bänke im Park\n\n{BODY}\n\nTOP 3 Tische im Garten\n\n{BODY}"
    read = resolutions(CONTENTS + texts)
    assert [(one.number, one.title, one.outcome) for one in read] == [
        ("2", "Stühle", "zurückgezogen"),
        ("1", "Bänke im Park", None),
        ("3", "Tische im Garten", None),
    ]
    assert [len(one.items) for one in read] == [0, 2, 2]


def test_two_sessions_in_one_document_are_no_contents() -> None:
    texts = f"TOP 1 Bänke\n\n{BODY}\n\nTOP 2 Stühle\n\n{BODY}\n\n"
    assert [one.number for one in resolutions(texts + texts)] == ["1", "2", "1", "2"]


def test_a_vote_line_may_go_on_over_lines_but_swallows_no_title() -> None:
    read = one(f"TOP 1\nDas Ehrenamt stärken\nDie BspMK hat einstim-\nmig beschlossen:\n{BODY}")
    assert (read.title, read.vote) == ("Das Ehrenamt stärken", "einstimmig")
    assert len(read.items) == 2


def test_a_result_below_the_text_is_the_vote() -> None:
    read = one(f"TOP 1\n\nBänke\n\n{BODY}\n\nAbstimmungsergebnis: 13:2:1\n\nProtokollnotiz von Bayern:\nNein.")
    assert (read.vote, read.counts) == ("mehrheitlich", (13, 2, 1))
    assert read.text.endswith("Sie danken dem Bund.")
    assert [note.states for note in read.protocol_notes] == [("Bayern",)]


def test_results_of_parts_are_no_vote_on_the_whole() -> None:
    read = one("TOP 1\n\nBänke\n\n1. Ja.\n\nAbstimmungsergebnis: 13:2:1\n\n2. Nein.\n\nAbstimmungsergebnis: einstimmig")
    assert (read.vote, read.counts) == (None, None)
    assert "Abstimmungsergebnis: 13:2:1" in read.text
    assert read.warnings == (
        "Abstimmung nicht sicher erkannt: „Abstimmungsergebnis: 13:2:1“",
        "Abstimmung nicht sicher erkannt: „Abstimmungsergebnis: einstimmig“",
    )


def test_what_was_only_proposed_is_no_part_of_the_resolution() -> None:
    proposal = "Beschlussvorschlag:\n\nDer Bund wird gebeten, 2 Mio. Euro zu zahlen."
    read = one(f"TOP 1\n\nBänke\n\nBE: Bayern\n\n{proposal}\n\nBeschluss:\n\n{BODY}")
    assert read.text == "Die Länder beraten weiter.\nSie danken dem Bund."
    assert read.warnings == ("Der Beschlussvorschlag über dem Beschluss ist nicht enthalten.",)
    alone = one(f"TOP 1\n\nBänke\n\nBE: Bayern\n\nBeschlussvorschlag:\n\n{BODY}")
    assert (alone.text, alone.warnings) == (read.text, ()), "what nothing was decided below is the text"


def test_a_line_of_the_head_that_nobody_knows_hides_nothing_below_it() -> None:
    read = one(f"TOP 1\n\nBänke\n\nBE: Bayern\n\nNur zur Beratung.\n\nVotum: 13:2:1\n\nBeschluss:\n\n{BODY}")
    assert (read.applicants, read.counts) == (("Bayern",), (13, 2, 1))
    assert read.text == "Nur zur Beratung.\nDie Länder beraten weiter.\nSie danken dem Bund."


def test_without_a_title_there_is_a_doubt() -> None:
    assert one(f"TOP 1\n\nBE: Bayern\n\n{BODY}").warnings == ("Kein Titel gefunden.",)


UNKNOWN = "Beschluss 3/2031\n\nBänke\n\nText eins.\n\nBeschluss 4/2031\n\nStühle\n\nText zwei."


def test_an_unknown_layout_gives_heads_that_share_their_word_and_count_up() -> None:
    assert [(one.number, one.title, one.text) for one in resolutions(UNKNOWN)] == [
        ("3/2031", "Bänke", "Text eins."),
        ("4/2031", "Stühle", "Text zwei."),
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Beschluss 3/2031\n\nBänke\n\nText.", "one alone may be a citation"),
        ("Beschluss 4/2031\n\nBänke\n\nText.\n\nBeschluss 3/2031\n\nStühle\n\nText.", "they count down"),
        ("Beschluss 3/2031\n\nBänke\n\nText.\n\nAntrag 4/2031\n\nStühle\n\nText.", "two different words"),
    ],
    ids=lambda value: value if isinstance(value, str) and "\n" not in value else None,
)
def test_other_unknown_heads_are_not_sure_enough(text: str, reason: str) -> None:
    assert dialect_of(lines_of_text(text)) is None
