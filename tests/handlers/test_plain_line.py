"""Questions as people write them, without a command."""

from __future__ import annotations

import pytest

from tests.handlers.samples import Talk

LINES = [
    ("wer hat gegen TOP 2.2 gestimmt?", "/beschluss TOP 2.2", "TOP 2.2 – Abschlüsse", "a citation wins"),
    ("Was sagt die 12. BspMK unter 2.2?", "/beschluss 2.2", "TOP 2.2 – Abschlüsse", "with its conference"),
    ("Wie hat Bayern abgestimmt?", "/land Bayern", "Bayern\n", "a Land alone"),
    ("Was sagt Bayern zu Sprachkursen?", "/thema land:Bayern Sprachkursen", "Sprachkurse verlässlich", "and a word"),
    ("Welche Fristen gibt es?", "/fristen", "keine Frist", "the word for deadlines"),
    ("Gibt es Fristen zu Sprachkursen?", "/fristen Sprachkursen", "Frist", "and what about"),
    ("BspMK", "/thema konferenz:BspMK", "7 Treffer", "a conference"),
    ("12. BspMK", "/thema konferenz:12.BspMK", "6 Treffer", "one of its sessions"),
    (
        "Was hat die BspMK zu Sprachkursen beschlossen?",
        "/thema konferenz:BspMK Sprachkursen",
        "4 Treffer",
        "and a word",
    ),
    ("Bayrn", "/land Bayrn", "Bayern\n", "a slip of the pen"),
    ("Was wurde zu Sprachkursen beschlossen?", "/thema Sprachkursen", "4 Treffer", "question words are left out"),
    ("Sprachkurse zum Beruf", "/thema Sprachkurse zum Beruf", "Sprachkurse", "no question: nothing is left out"),
]


@pytest.mark.parametrize(("line", "understood", "answer", "_why"), LINES, ids=[line for line, *_ in LINES])
async def test_what_a_line_means(talk: Talk, line: str, understood: str, answer: str, _why: str) -> None:
    reply = await talk.say(line)
    assert reply.blocks[0].text.startswith(f"Ich habe das als {understood} verstanden.")
    assert answer in "\n".join(block.text for block in reply.blocks[1:]) + "\n"


ENGLISH = [
    ("who voted against TOP 2.2?", "/resolution TOP 2.2"),
    ("How did Bayern vote?", "/state Bayern"),
    ("Are there any deadlines?", "/deadlines"),
    ("What did BspMK decide on Sprachkurse?", "/topic konferenz:BspMK Sprachkurse"),
]


@pytest.mark.parametrize(("line", "understood"), ENGLISH, ids=[line for line, _ in ENGLISH])
async def test_what_an_english_line_means(talk: Talk, line: str, understood: str) -> None:
    await talk.say("/sprache en")
    assert (await talk.say(line)).blocks[0].text.startswith(f"I took this as {understood}. ")
