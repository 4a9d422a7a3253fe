"""Documents that were damaged, shuffled, cut or mixed give a record or a clear refusal, and never a wrong fact.

A bounded run that is the same each time: the corpus and the documents typeset from it, changed a few times each.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.states import States
from feeds.as_json import resolution_from_json, resolution_to_json
from feeds.extract_text import lines_of_text, squeeze
from feeds.read import UnreadableDocument, read_document
from feeds.record import Reading, Resolution
from tests.corpus.reviewed import documents
from tests.feeds.pdf_pages import Look, Type, printed

TEXTS = tuple(path for path in documents() if path.suffix == ".txt")
PAGES = tuple(path for path in documents() if path.suffix == ".html")
STATES = frozenset(States.load().names)
VOTES = {None, "einstimmig", "mehrheitlich"}

DEBRIS = (
    "Seite 2 von 6",
    "- 2 -",
    "(2)",
    "33",
    "1.",
    "a) und b)",
    "TOP 5",
    "TOP 9 101.UMK",
    "Beschluss",
    "Beschluss:",
    "28. Integrationsministerkonferenz 2033",
    "Hauptkonferenz am 4. – 5. Mai 2033 in Musterstadt",
    "Antragsteller: Hes-",
    "Die BspMK hat einstim-",
    "Abstimmungsergebnis: 99:99:99",
    "Protokollnotiz",
    "Protokollerklärung der Länder",
    "Hinweis:",
    "\f",
    "\u00ad\u2011\ufb01",
    "•",
    "–",
    "\x00",
    "999999999999999999999999",
    "§§ 9",
)

MOVES = "delete double swap insert join split glue cut number".split()
moves = st.lists(
    st.tuples(st.sampled_from(MOVES), st.floats(0, 1, exclude_max=True), st.sampled_from(DEBRIS)),
    min_size=1,
    max_size=12,
)
bounded = settings(max_examples=150, derandomize=True, deadline=None, database=None)


def moved(lines: list[str], move: str, where: float, debris: str) -> list[str]:
    """The lines after one change at a place between the first (0) and the last (1)."""
    at = int(where * len(lines))
    above, here, below = lines[:at], lines[at : at + 1], lines[at + 1 :]
    text = "".join(here)
    middle = len(text) // 2
    changed = {
        "delete": [],
        "double": here * 2,
        "swap": [*below[:1], *here],
        "insert": [debris, *here],
        "join": [text + "".join(below[:1])],
        "split": [text[:middle], text[middle:]],
        "glue": [text.replace(" ", "", 1)],
        "cut": [text[:middle]],
        "number": [f"{text} {at}"],
    }[move]
    return above + changed + (below[1:] if move in ("swap", "join") else below)


def changed(text: str, changes: list[tuple[str, float, str]]) -> str:
    lines = text.split("\n")
    for move, where, debris in changes:
        lines = moved(lines, move, where, debris) or [""]
    return "\n".join(lines)


def read(data: bytes) -> Reading | None:
    """The record; None for a refusal, which must be a sentence."""
    try:
        return read_document(data, "any")
    except UnreadableDocument as error:
        refusal = str(error)
    assert refusal[0].isupper()
    assert refusal.endswith(".")
    return None


def is_sound(one: Resolution) -> bool:
    """Whether every closed set of values holds, marks lie in their text, and the record survives being stored."""
    states = {
        *one.applicants,
        *one.against,
        *one.abstained,
        *(name for note in one.protocol_notes for name in note.states),
    }
    marks = [(passage, at) for passage in one.passages for at, _ in passage.marks]
    return (
        states <= STATES
        and one.vote in VOTES
        and (one.counts is None or sum(one.counts) <= 17)
        and all(0 <= at <= len(passage.text) for passage, at in marks)
        and resolution_from_json(resolution_to_json(one)) == one
    )


def letters(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W\d_]", text))


def told(reading: Reading) -> str:
    return " ".join(
        part
        for one in reading.resolutions
        for part in (one.title, one.subtitle or "", one.text, *(note.text for note in one.protocol_notes))
    )


@bounded
@given(st.sampled_from(TEXTS), moves)
def test_a_changed_text_gives_a_sound_record_that_invents_nothing(
    path: Path, changes: list[tuple[str, float, str]]
) -> None:
    text = changed(path.read_text(encoding="utf-8"), changes)
    reading = read(text.encode())
    if reading is None:
        return
    assert all(is_sound(one) for one in reading.resolutions)
    if reading.publication.kind == "resolutions":
        assert not letters(told(reading)) - letters(squeeze(text))


@bounded
@given(st.sampled_from(PAGES), moves, st.integers(0, 2**32))
def test_a_changed_page_gives_a_sound_record(path: Path, changes: list[tuple[str, float, str]], seed: int) -> None:
    text = changed(path.read_text(encoding="utf-8").replace("><", ">\n<"), changes)
    reading = read(damaged(text.encode(), Random(seed)))
    assert reading is None or all(is_sound(one) for one in reading.resolutions)


@settings(bounded, max_examples=60)
@given(st.sampled_from(TEXTS), moves, st.integers(0, 2**32), st.booleans())
def test_a_changed_print_gives_a_sound_record(
    path: Path, changes: list[tuple[str, float, str]], seed: int, broken: bool
) -> None:
    random = Random(seed)
    lines = lines_of_text(changed(path.read_text(encoding="utf-8"), changes).replace("\x00", ""))
    anew = random.choice((1, 40, len(lines) + 1))
    types = [
        Type(line.text, at % anew + 1 if anew > 1 else None, line.gap, line.page_start) for at, line in enumerate(lines)
    ]
    look = Look(side=random.choice(("left", "right")), every=random.choice((1, 5)), foot=random.choice((None, "- # -")))
    data = printed(types, look)
    reading = read(damaged(data, random) if broken else data)
    assert reading is None or all(is_sound(one) for one in reading.resolutions)


def damaged(data: bytes, random: Random) -> bytes:
    """The bytes with up to eight pieces cut out, doubled, reversed or overwritten."""
    for _ in range(random.randint(0, 8)):
        start = random.randrange(len(data) + 1)
        end = min(len(data), start + random.choice((1, 2, 16, 300)))
        piece = data[start:end]
        piece = random.choice((b"", piece * 2, piece[::-1], random.randbytes(len(piece))))
        data = data[:start] + piece + data[end:]
    return data


@pytest.mark.parametrize("one", TEXTS, ids=lambda path: path.name)
def test_two_documents_of_different_layouts_in_one_give_a_sound_record(one: Path) -> None:
    other = TEXTS[(TEXTS.index(one) + 7) % len(TEXTS)]
    text = one.read_text(encoding="utf-8") + "\n\n" + other.read_text(encoding="utf-8")
    reading = read(text.encode())
    assert reading is not None
    assert all(is_sound(resolution) for resolution in reading.resolutions)
