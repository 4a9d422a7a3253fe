"""Sentences that hold a citation or a date."""

from __future__ import annotations

import datetime as dt

from feeds.record import DateMention, Passage, Resolution
from feeds.sentences_with import sentence_of, sentences_that, sentences_with

FIRST = "Der Bund prüft § 25a AufenthG bis Mai. Die Länder prüfen es bis Mai auch."
SECOND = "Bis Mai soll § 25a AufenthG geändert sein."
RESOLUTION = Resolution(
    "1",
    "Titel",
    passages=(
        Passage("Was § 25a AufenthG sagt", role="heading"),
        Passage(FIRST, ((0, 1), (38, 2)), "item", 1),
        Passage(SECOND, ((0, 3),), "item", 2),
    ),
)


def mention(item: int | None, lines: tuple[int, int] | None) -> DateMention:
    return DateMention(dt.date(2026, 5, 1), "month", "Mai", "deadline", item, lines)


def test_sentences_word_for_word_with_their_places() -> None:
    found = sentences_with(RESOLUTION, ["§ 25a AufenthG"], 5)
    assert [(one.text, one.item, one.lines) for one in found] == [
        ("Der Bund prüft § 25a AufenthG bis Mai.", 1, (1, 1)),
        (SECOND, 2, (3, 3)),
    ]
    assert sentences_with(RESOLUTION, ["§ 25a AufenthG"], 1) == found[:1]
    assert sentences_with(RESOLUTION, [], 5) == ()
    assert len(sentences_that(RESOLUTION, lambda text: "prüf" in text, 5)) == 2


def test_the_sentence_of_a_date_is_the_one_on_its_line() -> None:
    found = [sentence_of(RESOLUTION, mention(1, (line, line))) for line in (1, 2)]
    assert [one.text for one in found if one] == [
        "Der Bund prüft § 25a AufenthG bis Mai.",
        "Die Länder prüfen es bis Mai auch.",
    ]
    second = sentence_of(RESOLUTION, mention(2, None))
    assert second is not None
    assert second.text == SECOND
    assert sentence_of(RESOLUTION, mention(3, None)) is None
    assert sentence_of(RESOLUTION, mention(None, (9, 9))) is None
