from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase.pdfmetrics import stringWidth

from bot.demo.manuscript import packaged, parse_manuscript
from bot.demo.samples import new_in_feed, new_in_list, older_document
from bot.demo.typeset import break_lines, break_pages, typeset, wrap

SHORT = """40. Beispielministerkonferenz 2026
Hauptkonferenz

TOP 1.1

Ein Titel

Antragsteller: Bayern, Hes-
sen

Die BspMK hat einstimmig beschlossen:

1. Ein Satz.

Protokollnotiz von Bayern zu Ziffer 1:

Eine Notiz.
"""

syllables = st.text("abcdeäöüß", min_size=1, max_size=9)
words = st.lists(syllables, min_size=1, max_size=5).map("|".join)


def test_blocks_are_told_apart() -> None:
    manuscript = parse_manuscript(SHORT)
    assert manuscript.running == ("40. Beispielministerkonferenz 2026", "Hauptkonferenz")
    assert [block.part for block in manuscript.items[0]] == ["top", "title", "head", "head", "numbered", "note", "text"]
    assert manuscript.items[0][2].lines == ("Antragsteller: Bayern, Hes-", "sen")


@pytest.mark.parametrize("text", ["", "nur ein Kopf", "Kopf\n\nKein TOP\n\nTOP 1.1"])
def test_a_manuscript_without_an_item_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="TOP"):
        parse_manuscript(text)


def test_numbers_stand_beside_the_body_only_and_count_on_through_notes() -> None:
    lines = list(break_lines(parse_manuscript(SHORT).items[0]))
    assert [(line.text, line.number) for line in lines if line.number] == [("1. Ein Satz.", 1), ("Eine Notiz.", 2)]
    assert [line.text for line in lines if line.bold] == ["TOP 1.1", "Ein Titel"]


def test_numbers_begin_anew_with_every_item() -> None:
    second = SHORT.partition("\n\n")[2].replace("TOP 1.1", "TOP 1.2")
    manuscript = parse_manuscript(f"{SHORT}\n{second}")
    assert [[line.number for line in break_lines(item) if line.number] for item in manuscript.items] == [[1, 2], [1, 2]]


@given(st.lists(words, max_size=60))
def test_wrapping_loses_nothing_and_keeps_the_width(text: list[str]) -> None:
    lines = list(wrap(" ".join(text), 120))
    assert "".join(lines).replace("-", "").replace(" ", "") == "".join(text).replace("|", "")
    assert all(stringWidth(line, "Helvetica", 11) <= 120 for line in lines if " " in line or "-" in line)


@given(st.integers(1, 200))
def test_paging_keeps_every_line_in_order(count: int) -> None:
    manuscript = parse_manuscript(
        SHORT.replace("1. Ein Satz.", "\n\n".join(f"{n}. Satz." for n in range(1, count + 1)))
    )
    lines = list(break_lines(manuscript.items[0]))
    pages = list(break_pages(lines))
    assert [line for page in pages for line in page] == lines
    assert all(len(page) <= 35 for page in pages)


def test_the_same_manuscript_gives_the_same_bytes() -> None:
    assert typeset(SHORT) == typeset(SHORT)
    assert typeset(SHORT).startswith(b"%PDF-")


def test_the_samples_have_what_real_documents_have() -> None:
    course = parse_manuscript(packaged("top_4_1_sprachkurse"))
    lines = list(break_lines(course.items[0]))
    assert len(list(break_pages(lines))) == 2
    assert any(line.number and line.text.endswith("-") for line in lines), "a word cut at a line's end"
    assert any(line.text.endswith("Nie-") for line in lines), "a Land cut at a line's end"
    notes = [block.lines[0] for block in course.items[0] if block.part == "note"]
    assert notes == ["Protokollnotiz von Bayern zu Ziffer 2:"]


def test_the_page_shows_the_text_without_marks_between_its_navigation() -> None:
    page = new_in_feed().data.decode()
    assert "in den Ausländerbehörden bis Ende 2027 überall online gebucht" in page
    assert "|" not in page.partition("<main>")[2]
    assert page.index("<nav>") < page.index("Die BspMK hat mehrheitlich beschlossen:") < page.index("<footer>")


def test_the_samples_are_two_pdfs_and_one_page_at_different_addresses() -> None:
    samples = (older_document(), new_in_list(), new_in_feed())
    assert [one.content_type for one in samples] == ["application/pdf", "application/pdf", "text/html"]
    assert len({one.path for one in samples}) == 3
