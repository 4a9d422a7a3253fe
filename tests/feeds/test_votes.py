"""Vote lines tell verdict, counts and names; every other line is text."""

from __future__ import annotations

import pytest

from config.states import States
from feeds.listed_states import state_lister
from feeds.votes import Ballot, ballot_of, result_of, together

named = state_lister(States.load())

TOLD = [
    (
        "Die BspMK hat bei Enthaltung von Hamburg und Bremen und gegen die Stimme Hessens mehrheitlich beschlossen:",
        Ballot("mehrheitlich", "beschlossen", against=("Hessen",), abstained=("Hamburg", "Bremen"), body="BspMK"),
        "both kinds of names in front of the verdict",
    ),
    (
        "Die BspMK hat gegen die Stimmen von Bayern und Sachsen, bei Enthaltung Berlins mehrheitlich beschlossen:",
        Ballot("mehrheitlich", "beschlossen", against=("Bayern", "Sachsen"), abstained=("Berlin",), body="BspMK"),
        "the other way round",
    ),
    (
        "Abstimmung: 12 : 3 : 1 (Nein: BY, SN, ST; Enthaltung: HE)",
        Ballot("mehrheitlich", "beschlossen", (12, 3, 1), ("Bayern", "Sachsen", "Sachsen-Anhalt"), ("Hessen",)),
        "counts with all names in one bracket",
    ),
    ("Die IntMK hat einstimmig beschlossen:", Ballot("einstimmig", "beschlossen", body="IntMK"), "the usual sentence"),
    ("Die BspMK hat mehrheitlich beschlossen :", Ballot("mehrheitlich", "beschlossen", body="BspMK"), "a blank first"),
    ("Die GMK hat beschlossen:", Ballot(None, "beschlossen", body="GMK"), "no word on how"),
    (
        "Die Ministerinnen und Minister, Senatorinnen und Senatoren der Länder haben einstimmig beschlossen:",
        Ballot("einstimmig", "beschlossen"),
        "people are no body's name",
    ),
    (
        "Die GMK fasst mehrheitlich bei Enthaltung von Bayern und Sachsen folgenden Beschluss:",
        Ballot("mehrheitlich", "beschlossen", abstained=("Bayern", "Sachsen"), body="GMK"),
        "abstentions in the sentence",
    ),
    ("Die BspMK hat mit großer Mehrheit beschlossen:", Ballot("mehrheitlich", "beschlossen", body="BspMK"), "majority"),
    ("Die BspMK hat den Antrag abgelehnt.", Ballot(None, "abgelehnt", body="BspMK"), "refused"),
    ("Abstimmungsergebnis: einstimmig", Ballot("einstimmig", "beschlossen"), "a labelled word"),
    ("Votum: mehrheitlich", Ballot("mehrheitlich", "beschlossen"), "another label"),
    (
        "Votum: mehrheitlich gegen die Stimmen der Länder Bayern und Sachsen bei Enthaltung des Landes Hessen",
        Ballot("mehrheitlich", "beschlossen", against=("Bayern", "Sachsen"), abstained=("Hessen",)),
        "names with articles",
    ),
    (
        "Abstimmungsergebnis: mehrheitlich (bei Enthaltung von BY)",
        Ballot("mehrheitlich", "beschlossen", abstained=("Bayern",)),
        "an abbreviation in brackets",
    ),
    (
        "Votum: mehrheitlich; Enthaltung: BY, HE; dagegen: ST",
        Ballot("mehrheitlich", "beschlossen", against=("Sachsen-Anhalt",), abstained=("Bayern", "Hessen")),
        "told in parts",
    ),
    ("16:0:0", Ballot("einstimmig", "beschlossen", (16, 0, 0)), "all for it"),
    ("(13 : 1 : 2)", Ballot("mehrheitlich", "beschlossen", (13, 1, 2)), "some against"),
    ("14:0:2", Ballot(None, "beschlossen", (14, 0, 2)), "abstentions: conferences differ in what they call that"),
    ("Abstimmungsergebnis: 5:9:2", Ballot(None, "abgelehnt", (5, 9, 2)), "more against than for"),
    ("Abstimmungsergebnis: 8/8/0", Ballot(None, "abgelehnt", (8, 8, 0)), "a tie is no majority"),
    (
        "Abstimmungsergebnis: einstimmig (14:0:2)",
        Ballot("einstimmig", "beschlossen", (14, 0, 2)),
        "its own word counts",
    ),
    ("Beschluss mit 9:5:2 Stimmen:", Ballot("mehrheitlich", "beschlossen", (9, 5, 2)), "counts over the text"),
    (
        "Ja: 12, Nein: 2 (Bayern, Hessen), Enthaltung: 2 (Berlin, Saarland)",
        Ballot("mehrheitlich", "beschlossen", (12, 2, 2), ("Bayern", "Hessen"), ("Berlin", "Saarland")),
        "words first, names in brackets",
    ),
    (
        "Abstimmungsergebnis: 15 Ja-Stimmen, 0 Nein-Stimmen, 1 Enthaltung (Bayern)",
        Ballot(None, "beschlossen", (15, 0, 1), abstained=("Bayern",)),
        "numbers first",
    ),
    (
        "Die VMK hat mit 9 Ja-Stimmen bei 7 Gegenstimmen beschlossen:",
        Ballot("mehrheitlich", "beschlossen", (9, 7, 0), body="VMK"),
        "what is not told is nought where the others make sixteen",
    ),
    (
        "Die IntMK hat mit 15 Ja-Stimmen bei Enthaltung von Hessen beschlossen:",
        Ballot(None, "beschlossen", (15, 0, 1), abstained=("Hessen",), body="IntMK"),
        "those for it and the names make up all states",
    ),
    (
        "Die BspMK hat mit den Stimmen von 13 Ländern gegen die Stimmen von Bayern, Sachsen bei Enthaltung von Berlin"
        " beschlossen:",
        Ballot("mehrheitlich", "beschlossen", (13, 2, 1), ("Bayern", "Sachsen"), ("Berlin",), body="BspMK"),
        "both sides by name",
    ),
    (
        "Gegen die Stimmen von Bayern und Sachsen bei Stimmenthaltung Thüringens angenommen:",
        Ballot("mehrheitlich", "beschlossen", against=("Bayern", "Sachsen"), abstained=("Thüringen",)),
        "without a subject; adopted against votes is by a majority",
    ),
    (
        "Die Ministerinnen und Minister der Länder haben bei Enthaltung von Sachsen einstimmig beschlossen:",
        Ballot("einstimmig", "beschlossen", abstained=("Sachsen",)),
        "who abstained before how",
    ),
    ("Der Antrag wird von der Tagesordnung genommen.", Ballot(None, "zurückgezogen"), "taken off the agenda otherwise"),
    ("Einstimmig beschlossen.", Ballot("einstimmig", "beschlossen"), "two words"),
    ("Der TOP wurde von der anmeldenden Seite zurückgezogen.", Ballot(None, "zurückgezogen"), "who withdrew it"),
    ("- zurückgezogen -", Ballot(None, "zurückgezogen"), "one word between dashes"),
    ("– ZURÜCKGEZOGEN –", Ballot(None, "zurückgezogen"), "in capitals"),
    ("(vertagt)", Ballot(None, "vertagt"), "in brackets"),
    ("Der Tagesordnungspunkt wird vertagt.", Ballot(None, "vertagt"), "a sentence about the item itself"),
    ("Der Punkt wird von der Tagesordnung abgesetzt.", Ballot(None, "zurückgezogen"), "taken off the agenda"),
    ("Der Antrag findet keine Mehrheit (5:9:2).", Ballot(None, "abgelehnt", (5, 9, 2)), "refused, with counts"),
    ("– von der Tagesordnung abgesetzt –", Ballot(None, "zurückgezogen"), "taken off the agenda, between dashes"),
    ("Der TOP wird im Block beschlossen.", Ballot(None, "beschlossen"), "with others"),
    ("Abstimmungsergebnis: zur Kenntnis genommen", Ballot(None, "zur Kenntnis"), "taken note of"),
]

UNSURE = [
    ("Abstimmungsergebnis: einvernehmlich", None, "a word we do not know"),
    ("Die BspMK hat mit qualifizierter Stimmenzahl beschlossen:", "beschlossen", "adopted, but how?"),
    ("Die BspMK hat im Konsens beschlossen:", "beschlossen", "nobody against, or everybody for it?"),
    ("Abstimmungsergebnis: 10:30:00", None, "three numbers that are no counts of sixteen states"),
    ("Abstimmungsergebnis: mehrheitlich; Enthaltung: Musterverband", None, "a name that is no state"),
    ("Die BspMK hat mit 13 Ja-Stimmen beschlossen:", "beschlossen", "the other three may have been against"),
    ("Die BspMK hat mit 13 Ja-Stimmen bei Enthaltung von Hessen beschlossen:", "beschlossen", "two are not told of"),
    ("Die BspMK hat gegen die Stimme des Musterverbands beschlossen:", "beschlossen", "against it was no state"),
]

TEXT = [
    ("Die Länder haben im Jahr 2024 beschlossen:", "a date is no verdict"),
    ("Sie haben über die Kosten beraten; einstimmig", "a sentence cut at the line's end"),
    ("beschlossen wurde nur die gemeinsame Beschaffung.", "the rest of it"),
    ("Die Besprechung hat den Bericht zur Kenntnis genommen.", "a report is taken note of: that is the text"),
    ("Die IntMK nimmt den Bericht zur Kenntnis.", "text"),
    ("Die Ministerinnen und Minister haben unter diesem Punkt keine Beschlüsse gefasst.", "nothing was decided"),
    ("Der Beschluss zu Ziffer 2 wurde mit 12 Ja-Stimmen, 1 Nein-Stimme und 3 Enthaltungen gefasst.", "only a part"),
    ("Die IntMK hat einstimmig beschlossen, den Bericht zu veröffentlichen.", "goes on with what was decided"),
    ("Der Zug fährt um 8:30:15 Uhr.", "a time"),
    ("3/5/46", "the number of an agenda item"),
    ("Beschluss:", "a heading"),
    ("Der Antrag wurde im Ausschuss lange beraten und schließlich vertagt, weil Zahlen fehlten.", "a report about it"),
    ("Ja, das stimmt.", "begins with a yes"),
    ("Der Bund hat 3 Ja-Sager gezählt, 2 Nein-Sager und 1 Enthaltung gab es nicht.", "words that only look alike"),
]


@pytest.mark.parametrize(("line", "ballot", "reason"), TOLD, ids=[case[2] for case in TOLD])
def test_a_vote_line_is_taken_apart(line: str, ballot: Ballot, reason: str) -> None:
    assert ballot_of(line, named) == ballot


@pytest.mark.parametrize(("line", "outcome", "reason"), UNSURE, ids=[case[2] for case in UNSURE])
def test_a_vote_in_unknown_words_is_unsure(line: str, outcome: str | None, reason: str) -> None:
    ballot = ballot_of(line, named)
    assert ballot is not None
    assert (ballot.vote, ballot.counts, ballot.outcome, ballot.unsure) == (None, None, outcome, line)
    assert (ballot.against, ballot.abstained) == ((), ())


@pytest.mark.parametrize(("line", "reason"), TEXT, ids=[case[1] for case in TEXT])
def test_a_line_that_says_anything_else_is_text(line: str, reason: str) -> None:
    assert ballot_of(line, named) is None


@pytest.mark.parametrize(
    ("line", "is_result", "reason"),
    [
        ("Abstimmungsergebnis: einstimmig", True, "labelled"),
        ("14:0:2", True, "counted"),
        ("Der Beschluss zu Punkt 4.2 b) wurde einstimmig gefasst.", True, "a sentence about the resolution itself"),
        ("Der Beschluss zu Ziffer 2 wurde einstimmig gefasst.", False, "about a part of it"),
        ("Bayern und Hessen haben dem Beschluss nicht zugestimmt.", True, "who did not agree"),
        ("Das Land Berlin hat sich der Stimme enthalten.", True, "who abstained"),
        ("Der Bund hat dem Antrag nicht zugestimmt.", False, "who is no Land"),
        ("Die Fassung soll alle Angaben enthalten.", False, "a word that only looks like it"),
        ("Abstimmungsergebnis: einvernehmlich", True, "labelled, though not understood"),
        ("Die IntMK hat einstimmig beschlossen.", False, "a mere sentence may be text of the resolution"),
        ("- zurückgezogen -", False, "stands in the head"),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value else None,
)
def test_only_labelled_or_counted_results_stand_below_the_text(line: str, is_result: bool, reason: str) -> None:
    assert bool(result_of(line, named)) == is_result


def test_a_sentence_below_the_text_tells_who_did_not_agree() -> None:
    line = "Die Länder Bayern und Hessen haben dem Beschluss nicht zugestimmt; Sachsen hat sich der Stimme enthalten."
    assert result_of(line, named) == Ballot("mehrheitlich", against=("Bayern", "Hessen"), abstained=("Sachsen",))
    assert result_of("Sachsen hat sich enthalten.", named) == Ballot(abstained=("Sachsen",))


def test_two_vote_lines_of_one_item_are_told_together() -> None:
    first = ballot_of("Abstimmungsergebnis: mehrheitlich", named)
    second = ballot_of("13:1:2", named)
    assert together(first, second) == Ballot("mehrheitlich", "beschlossen", (13, 1, 2))
    assert together(None, second) == second
