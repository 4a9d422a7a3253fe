"""What stands where on a page decides what it is: text, margin number, running head, column, watermark."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import product

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from feeds.extract import extract, lines_of_document
from feeds.line import Line
from feeds.read import UnreadableDocument, read_document
from tests.feeds.pdf_pages import Look, Order, Side, Type, column, drawn, picture, printed

BODY = (
    "Die für Integration zuständigen Ministerinnen und Minister der Länder begrüßen die Ministe-",
    "rialkonferenz in Musterstadt. Sie nehmen den Bericht der länderoffenen Arbeitsgruppe aus dem Jahr 2025",
    "zur Kenntnis und bitten die Arbeitsgruppe, ihn bis zum Ende des Jahres 2027 fortzuschreiben. Dabei",
    "soll auch der Anteil der Personen dargestellt werden, die zwischen 2005 und 2023 eingebürgert wurden.",
    "Die Länder stellen dafür 30.000 Euro bereit. Sie bitten den Bund, sich an den Kosten zur Hälfte zu",
    "beteiligen, und bekräftigen ihren Beschluss der 19. Konferenz. Das Vorsitzland berichtet der nächsten",
    "Konferenz über das Ergebnis und schlägt vor, wie die Daten künftig erhoben und veröffentlicht werden.",
)
PROSE = tuple(f"{word} wird in diesem Satz genannt und dann ausgeführt" for word in ("Eins", "Zwei", "Drei", "Vier"))


def texts(data: bytes) -> list[str]:
    """The lines that are no furniture."""
    return [line.text for line in lines_of_document(data) if not line.furniture]


def margins(data: bytes) -> list[int | None]:
    return [line.margin for line in lines_of_document(data) if not line.furniture]


def furniture(data: bytes) -> list[str]:
    return [line.text for line in lines_of_document(data) if line.furniture]


def numbered(count: int, first: int = 1) -> list[Type]:
    return [Type(BODY[at % len(BODY)], at + first) for at in range(count)]


class TestLines:
    def test_are_told_with_page_starts_and_the_space_above(self) -> None:
        types = [Type("TOP 1.1"), Type("Ein Titel", gap=True), Type("Der Text beginnt.", gap=True), Type("Und geht.")]
        lines = lines_of_document(printed([*types, Type("Neue Seite", page_start=True)]))
        assert [(line.text, line.gap, line.page_start) for line in lines] == [
            ("TOP 1.1", True, True),
            ("Ein Titel", True, False),
            ("Der Text beginnt.", True, False),
            ("Und geht.", False, False),
            ("Neue Seite", True, True),
        ]

    def test_a_hyphen_at_a_line_end_ends_the_line_there(self) -> None:
        """pdfium itself glues the next line on."""
        assert texts(drawn(column(["Antragsteller: Schleswig-", "Holstein, Sachsen-", "Anhalt"]))) == [
            "Antragsteller: Schleswig-",
            "Holstein, Sachsen-",
            "Anhalt",
        ]

    def test_parts_of_a_line_that_are_drawn_apart_come_together_in_order(self) -> None:
        def draw(canvas: Canvas) -> None:
            canvas.drawString(300, 700, "Berlin, Bremen")
            canvas.drawString(75, 680, "Der nächste Satz.")
            canvas.drawString(75, 700, "Antragsteller:")

        assert texts(drawn(draw)) == ["Antragsteller: Berlin, Bremen", "Der nächste Satz."]

    def test_in_widely_spaced_text_single_lines_are_set_apart_and_sentences_go_on(self) -> None:
        wide = [Type("Antragsteller: Bremen"), Type("Die BspMK hat beschlossen:"), *map(Type, BODY)]
        gaps = [line.gap for line in lines_of_document(printed(wide, Look(pitch=24, size=9)))]
        assert gaps == [True, True, True, *[False] * (len(BODY) - 1)]

    def test_a_larger_title_on_two_lines_is_not_set_apart_in_itself(self) -> None:
        def draw(canvas: Canvas) -> None:
            column(BODY, top=650, pitch=13)(canvas)
            canvas.setFont("Helvetica-Bold", 18)
            column(["Bericht der Arbeitsgruppe über", "Sprache und Arbeit"], top=750, pitch=21)(canvas)

        assert [line.gap for line in lines_of_document(drawn(draw))][:3] == [True, False, True]


class TestMarginNumbers:
    @pytest.mark.parametrize(
        ("side", "every", "order"),
        list(product(("left", "right"), (1, 5), ("with the line", "before the text", "after the text"))),
    )
    def test_are_told_by_their_place(self, side: Side, every: int, order: Order) -> None:
        look = replace(Look(), side=side, every=every, numbers=order)
        data = printed(numbered(20), look)
        assert texts(data) == [BODY[at % len(BODY)] for at in range(20)]
        assert margins(data) == [number if number % every == 0 else None for number in range(1, 21)]

    def test_begin_anew_with_every_item(self) -> None:
        heads = [Type("TOP 1.2", gap=True), Type("Noch ein Titel", gap=True)]
        data = printed([*numbered(9), *heads, *numbered(7)])
        assert margins(data) == [*range(1, 10), None, None, *range(1, 8)]

    def test_go_on_over_pages(self) -> None:
        assert margins(printed(numbered(120))) == list(range(1, 121))

    def test_on_empty_lines_are_dropped(self) -> None:
        def draw(canvas: Canvas) -> None:
            for number in range(1, 13):
                canvas.drawRightString(60, 750 - 14 * number, str(number))
                if number % 4:
                    canvas.drawString(75, 750 - 14 * number, f"Ein Satz für Zeile Nummer {number}.")

        assert margins(drawn(draw)) == [1, 2, 3, 5, 6, 7, 9, 10, 11]

    def test_a_page_number_below_them_is_none(self) -> None:
        def draw(canvas: Canvas) -> None:
            column(BODY)(canvas)
            for position in range(len(BODY)):
                canvas.drawRightString(560, 750 - 14 * position, str(position + 1))
            canvas.drawRightString(560, 40, "33")

        assert margins(drawn(draw)) == [1, 2, 3, 4, 5, 6, 7, None]
        assert texts(drawn(draw))[-1] == "33"

    def test_a_blank_behind_a_hyphen_makes_it_hard(self) -> None:
        cut = [
            Type("Die Maßnahmen der Aus- ", 8),
            Type("und Weiterbildung in Ministe-", 9),
            Type("rien des Landes", 10),
        ]
        lines = lines_of_document(printed([*numbered(7), *cut]))
        assert [line.hard_hyphen for line in lines[-3:]] == [True, False, False]

    @pytest.mark.parametrize(
        ("rows", "reason"),
        [
            ([(text, str(year)) for text, year in zip(BODY, (2021, 2022, 2023, 2024, 2025), strict=False)], "years"),
            ([("Bayern", "17"), ("Berlin", "4"), ("Bremen", "9"), ("Hessen", "25"), ("Saarland", "3")], "a table"),
            ([("Einleitung", "1"), ("Ziele", "3"), ("Maßnahmen", "8"), ("Ausblick", "21")], "a table of contents"),
        ],
    )
    def test_other_numbers_in_a_column_stay_in_the_text(self, rows: list[tuple[str, str]], reason: str) -> None:
        def draw(canvas: Canvas) -> None:
            for position, (text, number) in enumerate(rows):
                canvas.drawString(75, 750 - 14 * position, text)
                canvas.drawRightString(560, 750 - 14 * position, number)

        assert texts(drawn(draw)) == [f"{text} {number}" for text, number in rows], reason

    def test_numbers_of_sections_beside_indented_text_stay(self) -> None:
        def draw(canvas: Canvas) -> None:
            for section in range(3):
                top = 750 - 140 * section
                canvas.drawString(60, top, str(section + 1))
                column([f"Abschnitt {section}", *BODY], left=80, top=top)(canvas)

        lines = texts(drawn(draw))
        assert [line for line in lines if line.endswith(("Abschnitt 0", "Abschnitt 1", "Abschnitt 2"))] == [
            "1 Abschnitt 0",
            "2 Abschnitt 1",
            "3 Abschnitt 2",
        ]

    def test_a_year_at_the_end_of_a_full_line_is_no_number(self) -> None:
        """Justified lines end at one edge, and some with digits."""
        ends = [f"{text[:58].strip()} im Jahr {2000 + at}" for at, text in enumerate(BODY)]

        def draw(canvas: Canvas) -> None:
            for position, text in enumerate(ends):
                canvas.drawRightString(520, 750 - 14 * position, text)

        assert texts(drawn(draw)) == ends


class TestFurniture:
    def test_running_heads_and_page_numbers_are_told_by_place_and_repetition(self) -> None:
        look = Look(running=("Beschlüsse der Länder", "Musterstadt"), foot="Blatt # der Sammlung")
        data = printed([Type(text, gap=True) for text in BODY * 20], look)
        assert texts(data) == list(BODY) * 20
        assert set(furniture(data)) == {
            "Beschlüsse der Länder",
            "Musterstadt",
            *(f"Blatt {n} der Sammlung" for n in range(1, 6)),
        }

    def test_heads_of_items_at_the_top_of_pages_are_none(self) -> None:
        pages = [[Type(f"TOP {n}", page_start=True), Type("Bericht", gap=True), Type(BODY[n])] for n in range(1, 6)]
        assert furniture(printed([line for page in pages for line in page])) == []

    def test_a_head_that_is_repeated_stays_once(self) -> None:
        pages = [[Type("TOP 4.2", page_start=True), *(Type(text) for text in BODY[n:])] for n in range(4)]
        data = printed([line for page in pages for line in page])
        assert texts(data).count("TOP 4.2") == 1
        assert texts(data)[0] == "TOP 4.2"

    def test_a_first_line_that_three_of_many_pages_share_is_text(self) -> None:
        firsts = ["Begründung:" if n in (2, 5, 9) else f"{BODY[n % 7]} {n}" for n in range(14)]
        data = printed([Type(text, page_start=True) for text in firsts])
        assert texts(data) == firsts

    def test_a_word_that_is_cut_by_the_end_of_a_page_comes_together(self) -> None:
        head = [Type("TOP 1.1"), Type("Titel", gap=True), Type("Die BspMK hat einstimmig beschlossen:", gap=True)]
        body = [Type(BODY[1], 1, gap=True), Type("Die Länder danken für die Demonstra-", 2)]
        rest = [Type("tionen gegen Gewalt. Sie bitten darum.", 3, page_start=True), Type(BODY[3], 4)]
        data = printed(
            [*head, *body, *rest], Look(running=("40. Beispielministerkonferenz 2026",), foot="Seite # von 2")
        )
        (resolution,) = read_document(data, "any").resolutions
        assert "danken für die Demonstrationen gegen Gewalt." in resolution.text


class TestColumns:
    LEFT = tuple(f"Links steht Zeile {n} mit einigem Text" for n in range(1, 13))
    RIGHT = tuple(f"Rechts steht Zeile {n} mit einigem Text" for n in range(1, 13))

    def test_that_are_drawn_one_after_the_other_are_read_so(self) -> None:
        def draw(canvas: Canvas) -> None:
            canvas.drawString(75, 770, "Eine Überschrift, die über die ganze Breite der Seite mit beiden Spalten läuft")
            column(self.RIGHT, left=320)(canvas)
            column(self.LEFT)(canvas)

        assert texts(drawn(draw))[1:] == [*self.LEFT, *self.RIGHT]

    def test_that_are_drawn_row_by_row_are_read_one_after_the_other(self) -> None:
        def draw(canvas: Canvas) -> None:
            for position, (left, right) in enumerate(zip(self.LEFT, self.RIGHT, strict=True)):
                canvas.drawString(75, 750 - 14 * position, left)
                canvas.drawString(320, 750 - 14 * position, right)

        assert texts(drawn(draw)) == [*self.LEFT, *self.RIGHT]

    def test_the_cells_of_a_table_are_no_columns(self) -> None:
        rows = [("Bayern", "fördert Sprachkurse in allen Kreisen des Landes und berichtet dazu jährlich")] * 8

        def draw(canvas: Canvas) -> None:
            for position, (left, right) in enumerate(rows):
                canvas.drawString(75, 750 - 14 * position, left)
                canvas.drawString(180, 750 - 14 * position, right)

        assert texts(drawn(draw)) == [" ".join(row) for row in rows]


class TestTurned:
    def test_text_aslant_upright_or_behind_is_left_out_with_a_warning(self) -> None:
        def draw(canvas: Canvas) -> None:
            _turned(canvas, 60, (150, 300), 45, "ENTWURF")
            canvas.setFont("Helvetica", 70)
            canvas.drawString(80, 690, "KOPIE")
            _turned(canvas, 8, (30, 400), 90, "Drucksache 17/123")
            canvas.setFont("Helvetica", 9)
            column(BODY)(canvas)

        extracted = extract(drawn(draw))
        assert [line.text for line in extracted.lines] == list(BODY)
        assert extracted.warnings == ("Schräg, hochkant oder hinter den Text Gedrucktes ist übergangen (Seite 1).",)

    @pytest.mark.parametrize("degrees", [90, 180, 270])
    def test_a_page_on_its_side_is_turned(self, degrees: int) -> None:
        def draw(canvas: Canvas) -> None:
            canvas.translate(300, 400)
            canvas.rotate(degrees)
            column(BODY, left=-250, top=200)(canvas)

        extracted = extract(drawn(draw))
        assert [line.text for line in extracted.lines] == list(BODY)
        assert extracted.warnings == ()


def _turned(canvas: Canvas, size: float, place: tuple[float, float], degrees: float, text: str) -> None:
    canvas.saveState()
    canvas.translate(*place)
    canvas.rotate(degrees)
    canvas.setFont("Helvetica", size)
    canvas.drawString(0, 0, text)
    canvas.restoreState()


WHOLE = drawn(column(BODY), column(BODY[3:]), column(BODY[1:]))


class TestUnreadable:
    @pytest.mark.parametrize(
        ("data", "says"),
        [
            (drawn(picture, picture), "nur Bilder, keinen Text"),
            (drawn(lambda _: None), "enthält keinen Text"),
            (drawn(column(BODY), password="geheim"), "mit einem Passwort geschützt"),
            (b"%PDF-1.7\nEs war einmal", "abgeschnitten"),
            (b"%PDF-1.7\nEs war einmal\n%%EOF", "heile PDF-Datei"),
            (b"junk" * 50 + b"%PDF-1.4", "abgeschnitten"),
        ],
        ids=["scan", "empty", "password", "cut off", "false", "false behind junk"],
    )
    def test_files_are_refused_with_a_sentence(self, data: bytes, says: str) -> None:
        with pytest.raises(UnreadableDocument, match=says):
            read_document(data, "any")

    def test_a_file_without_pages(self) -> None:
        objects = b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj "
        with pytest.raises(UnreadableDocument, match="keine Seiten"):
            read_document(b"%PDF-1.4\n" + objects + b"trailer<</Root 1 0 R>>\n%%EOF", "any")

    def test_an_empty_page_among_others_is_fine(self) -> None:
        extracted = extract(drawn(column(BODY), lambda _: None, column(["Ende."])))
        assert [line.text for line in extracted.lines] == [*BODY, "Ende."]
        assert extracted.warnings == ()

    def test_a_scanned_page_among_others_is_told(self) -> None:
        extracted = extract(drawn(column(BODY), picture, picture, column(["Ende."])))
        assert len(extracted.lines) == len(BODY) + 1
        assert extracted.warnings == ("Nur ein Bild, kein Text (Seite 2, 3).",)

    def test_what_is_there_of_a_file_that_is_cut_off_is_read_with_a_warning(self) -> None:
        """pdfium finds the pages without the table at the file's end."""
        extracted = extract(WHOLE[: WHOLE.rindex(b"startxref")])
        assert extracted.warnings == ("Das Ende der PDF-Datei fehlt; gelesen ist nur, was da war.",)
        assert [line.text for line in extracted.lines] == [*BODY, *BODY[3:], *BODY[1:]]

    @pytest.mark.parametrize("make", [lambda: drawn(column(BODY), password=""), lambda: b"\n" * 900 + WHOLE])
    def test_a_file_that_only_looks_odd_is_read(self, make: Callable[[], bytes]) -> None:
        assert lines_of_document(make())[0].text == BODY[0]


def test_a_pdf_is_one_whatever_the_server_says() -> None:
    assert lines_of_document(WHOLE, "text/html")[0] == Line(BODY[0], gap=True, page_start=True, page=1)


def test_the_page_is_as_large_as_the_tests_think() -> None:
    assert [round(side) for side in A4] == [595, 842]
