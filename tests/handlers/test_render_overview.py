"""What matters at a glance, from hand-made records."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from config.texts import Texts
from feeds.record import (
    Commitment,
    DateMention,
    DateRole,
    Demand,
    LawReference,
    Money,
    Passage,
    Precision,
    Reference,
    Resolution,
)
from handlers.render_overview import overview
from handlers.reply import Block
from handlers.section import COMPACT, EVERYTHING, Bounds
from tests.handlers.samples import resolution

TEXTS = Texts.load()


def lines(bounds: Bounds = COMPACT, **fields: Any) -> list[str]:
    """The overview as it reads, a bullet marked with "•"."""
    return [_line(block) for block in overview(resolution("1", "Titel", **fields), TEXTS, bounds).blocks]


def _line(block: Block) -> str:
    return ("• " if block.kind == "bullet" else "") + block.text


def demand(addressee: str | None, text: str, item: int | None = 1) -> Demand:
    return Demand(item, addressee, "bitten", text, (3, 5))


def date(text: str, day: dt.date, role: DateRole | None, precision: Precision = "day") -> DateMention:
    return DateMention(day, precision, text, role, 2, (7, 7))


def test_nothing_found_says_nothing() -> None:
    assert lines() == []


def test_demands_by_addressee_in_the_order_of_the_text() -> None:
    demands = (demand("Bund", "A."), demand("zuständige Stellen", "B."), demand("Bund", "C.", 2), demand(None, "D."))
    assert lines(demands=demands) == [
        "Gefordert",
        "Bund:",
        "• A. (Ziffer 1, Z.\u00a03–5)",
        "• C. (Ziffer 2, Z.\u00a03–5)",
        "Zuständige Stellen:",
        "• B. (Ziffer 1, Z.\u00a03–5)",
        "Ohne Adressaten:",
        "• D. (Ziffer 1, Z.\u00a03–5)",
    ]


def test_a_sentence_to_two_addressees_stands_there_once() -> None:
    assert lines(demands=(demand("Bund", "A."), demand("Länder", "A."))) == [
        "Gefordert",
        "Bund und Länder:",
        "• A. (Ziffer 1, Z.\u00a03–5)",
    ]


def test_bullets_of_a_demand_stand_below_it() -> None:
    assert lines(demands=(demand("Bund", "Wir bitten:\neins,\nzwei."),))[-1] == (
        "• Wir bitten:\n– eins,\n– zwei. (Ziffer 1, Z.\u00a03–5)"
    )


@pytest.mark.parametrize(
    ("texts", "shown", "more"),
    [
        (["x."] * 5, 5, None),
        (["x."] * 6, 5, "… und 1 weitere (Schaltfläche „Alle Forderungen und Angaben“)"),
        (["x."] * 9, 5, "… und 4 weitere (Schaltfläche „Alle Forderungen und Angaben“)"),
        (["x" * 800] * 3, 1, "… und 2 weitere (Schaltfläche „Alle Forderungen und Angaben“)"),
        (["x" * 4000] * 2, 1, "… und 1 weitere (Schaltfläche „Alle Forderungen und Angaben“)"),
    ],
)
def test_many_demands_are_cut_and_counted(texts: list[str], shown: int, more: str | None) -> None:
    demands = tuple(demand("Bund", f"{at}{text}") for at, text in enumerate(texts))
    told = lines(demands=demands)
    assert sum(line.startswith("• ") for line in told) == shown
    assert (told[-1] if told[-1].startswith("…") else None) == more
    assert overview(resolution("1", "T", demands=demands), TEXTS).hidden == len(texts) - shown
    assert sum(line.startswith("• ") for line in lines(EVERYTHING, demands=demands)) == len(texts)


def test_commitments_by_those_who_act() -> None:
    commitments = (
        Commitment(("Bund", "Länder"), "werden", "A."),
        Commitment((), "werden", "B.", (4, 4)),
        Commitment(("Länder", "Bund"), "wollen", "A."),
    )
    assert lines(commitments=commitments) == [
        "Zusagen",
        "Bund und Länder:",
        "• A.",
        "Ohne Nennung, wer handelt:",
        "• B. (Z.\u00a04)",
    ]


def test_deadlines_come_first_with_the_words_around_them() -> None:
    text = "Das Gesetz tritt am 1. Mai 2026 in Kraft, bis Ende 2027 ist zu berichten, bis 3. März 2026 zu prüfen."
    dates = (
        date("1. Mai 2026", dt.date(2026, 5, 1), "in force"),
        date("Ende 2027", dt.date(2027, 12, 31), "deadline", "year"),
        date("3. März 2026", dt.date(2026, 3, 3), "deadline"),
        date("10. Mai 2023", dt.date(2023, 5, 10), "reference"),
        date("Herbst 2025", dt.date(2025, 9, 1), None, "month"),
        date("2060", dt.date(2060, 1, 1), None, "year"),
        date("10. Mai 2023", dt.date(2023, 5, 10), None),
    )
    told = lines(passages=(Passage(text, ((0, 7),), "item", 2),), items=(), dates=dates)
    assert told[0] == "Fristen und Daten"
    assert [line.split(" – ")[0] for line in told[1:]] == [
        "• Frist: 3. März 2026",
        "• Frist: Ende 2027",
        "• In Kraft: 1. Mai 2026",
        "• Genannt: 10. Mai 2023, Herbst 2025",
    ]
    assert told[2].endswith("bis 3. März 2026 zu prüfen.“ (Ziffer 2, Z.\u00a07)")
    assert told[3].startswith("• In Kraft: 1. Mai 2026 – „Das Gesetz tritt am")
    assert lines(EVERYTHING, dates=dates)[-1] == "• Genannt: 10. Mai 2023, Herbst 2025, 2060"


def test_bare_years_alone_are_no_section() -> None:
    assert lines(dates=(date("2060", dt.date(2060, 1, 1), None, "year"),)) == []


def test_a_date_of_the_title_has_no_words_around_it() -> None:
    one = DateMention(dt.date(2026, 3, 3), "day", "3. März 2026", "deadline")
    assert lines(dates=(one,)) == ["Fristen und Daten", "• Frist: 3. März 2026"]


def test_laws_in_one_line() -> None:
    laws = (
        LawReference("AufenthG", "24", "§ 24 AufenthG"),
        LawReference("AufenthG", "25b", "§§ 25a bzw. 25b AufenthG"),
        LawReference("GG", "16a", "Art. 16a GG"),
        LawReference("Haushaltsgesetz 2025", None, "Haushaltsgesetz 2025"),
        LawReference("AufenthG", "24", "§ 24 AufenthG"),
    )
    assert lines(laws=laws) == ["Recht", "§ 24 AufenthG, § 25b AufenthG, Art. 16a GG, Haushaltsgesetz 2025"]


def test_money_with_what_it_is_for() -> None:
    body = Passage("Der Bund gibt 2 bis 3 Mio. Euro für Kurse.", ((0, 4),), "item", 1)
    money = tuple(Money(at, "EUR", "2 bis 3 Mio. Euro", item=1, lines=(4, 4)) for at in (2_000_000, 3_000_000))
    assert lines(passages=(body,), money=money) == [
        "Geld",
        "• 2 bis 3 Mio. Euro – „Der Bund gibt 2 bis 3 Mio. Euro für Kurse.“ (Ziffer 1, Z.\u00a04)",
    ]


def test_references_in_the_words_of_the_text() -> None:
    words = "MPK-Beschluss vom 10. Mai 2023 sowie vom 6. November 2023"
    days = (dt.date(2023, 5, 10), dt.date(2023, 11, 6))
    references = tuple(Reference("MPK", None, None, words, day, 7, (80, 80)) for day in days)
    assert lines(references=references) == ["Bezug", f"• {words} (Ziffer 7, Z.\u00a080)"]


def test_sections_stand_in_the_order_of_importance() -> None:
    one = Resolution(
        "1",
        "T",
        demands=(demand("Bund", "A."),),
        commitments=(Commitment(("Bund",), "wollen", "B."),),
        laws=(LawReference("GG", None, "GG"),),
        money=(Money(5, "EUR", "5 Euro"),),
        dates=(date("3. März 2026", dt.date(2026, 3, 3), "deadline"),),
        references=(Reference("MPK", 3, None, "3. MPK"),),
    )
    headings = [block.text for block in overview(one, TEXTS).blocks if block.kind == "heading"]
    assert headings == ["Gefordert", "Bund:", "Zusagen", "Bund:", "Fristen und Daten", "Recht", "Geld", "Bezug"]
