"""Blanks inside words are taken out where the word is known beyond doubt, and nowhere else."""

from __future__ import annotations

import pytest

from feeds.extract_text import lines_of_text
from feeds.split_words import without_split_words

HEALED = [
    ("Die Part ner beraten.\nEin Partner fehlt.", "Die Partner beraten.\nEin Partner fehlt.", "two parts"),
    ("Die „Bund“-Part ner.\nEin Partner.", "Die „Bund“-Partner.\nEin Partner.", "behind a hyphen"),
    ("Der Auf wand-\nersatz, der Auf wand, ein Aufwand.", "Der Auf wand-\nersatz, der Aufwand, ein Aufwand.",
     "a small word as part of a noun; where the word goes on below, it is another one"),
    ("nach einer Erst aus bil-\ndung. Eine Erstausbildung.", "nach einer Erstausbil-\ndung. Eine Erstausbildung.",
     "three parts, the last one cut at the line's end"),
    ("das Ausbil-\ndungs personal. Mehr Ausbildungspersonal.",
     "das Ausbil-\ndungspersonal. Mehr Ausbildungspersonal.", "the first part cut at the line's end above"),
    ("Protokoll notiz von Bayern:", "Protokollnotiz von Bayern:", "a word of the document's structure needs no proof"),
    ("Die BspMK hat ein stimmig beschlossen:", "Die BspMK hat einstimmig beschlossen:", "another one"),
    ("Zif fer 2 und Ab stimmung", "Ziffer 2 und Abstimmung", "two of them"),
]  # fmt: skip

KEPT = [
    ("Wir wollen zusammen arbeiten. Wir können zusammenarbeiten.", "a verb that can be written both ways"),
    ("Das Motto „Zusammen leben“. Das Zusammenleben.", "a small word that opens a quotation"),
    ("Seit dem 5. Mai gilt das. Seitdem ist Ruhe.", "a word that never ends another"),
    ("Er muss zu kommen versuchen. Es wird ihm zukommen.", "a preposition"),
    ("Aus tausch\nwurde nichts.", "no proof in the document"),
    ("Die Land wirte. Landwirte in der Stadt und Wirte. Das Land. Die wirte.", "both parts stand alone, too"),
    ("Er hat das Haus Boot genannt. Ein Hausboot.", "a part with a capital"),
    ("Part\nner und Partner", "no blank, but the end of a line"),
]


@pytest.mark.parametrize(("text", "healed", "reason"), HEALED, ids=[case[2] for case in HEALED])
def test_a_split_word_is_put_together(text: str, healed: str, reason: str) -> None:
    assert mended(text) == healed


@pytest.mark.parametrize(("text", "reason"), KEPT, ids=[case[1] for case in KEPT])
def test_other_words_stay_apart(text: str, reason: str) -> None:
    assert mended(text) == text


def mended(text: str) -> str:
    return "\n".join(line.text for line in without_split_words(lines_of_text(text)))
