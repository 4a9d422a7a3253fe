"""Which troubles of sources administrators are to hear of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import pytest

from bot.troubles import FAILURES, Remembered, troubles
from config.catalogue import Source
from config.texts import Texts
from storage.sources import SourceState
from storage.troubles import KINDS

NOW = dt.datetime(2026, 11, 6, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
SOURCE = Source("a", "A", "feed", "https://a.example/feed.xml", DAY, 30 * DAY)
WELL = SourceState("a", None, None, NOW, None, 0, NOW + DAY, True, NOW)
MOVED = replace(WELL, moved_to="https://b.example/")


def found(state: SourceState = WELL, news: Mapping[str, dt.datetime] | None = None, headless: str = "") -> list[str]:
    known = Remembered({"a": state}, news or {}, {"a": headless} if headless else {})
    return [f"{one.kind}: {one.detail}" for one in troubles([SOURCE], known, NOW)]


@pytest.mark.parametrize(
    ("expected", "says", "why"),
    [
        (found(), [], "all is well"),
        (found(replace(WELL, failures=FAILURES - 1, last_error="503")), [], "a passing fault"),
        (found(replace(WELL, failures=FAILURES, last_error="503")), ["failing: 503"], "it lasts"),
        (found(news={"a": NOW - 30 * DAY}), [], "just within what is normal"),
        (found(news={"a": NOW - 31 * DAY}), ["silent: 2026-10-06"], "longer than is normal"),
        (found(headless="https://a.example/7.pdf"), ["headless: https://a.example/7.pdf"], "a new layout"),
        (
            found(replace(WELL, moved_from=SOURCE.address, moved_to="https://b.example/")),
            ["moved: https://b.example/"],
            "",
        ),
        (found(replace(WELL, moved_from="https://old.example/", moved_to="https://b.example/")), [], "corrected since"),
    ],
)
def test_what_is_a_trouble(expected: list[str], says: list[str], why: str) -> None:
    assert expected == says, why


def test_a_source_that_is_not_watched_or_unknown_has_none() -> None:
    ill = Remembered({"a": replace(WELL, failures=99)}, {}, {})
    assert troubles([replace(SOURCE, kind="api-later")], ill, NOW) == ()
    assert troubles([replace(SOURCE, id="b")], ill, NOW) == ()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("what", ["begun", "over"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_there_are_words_for_all(kind: str, what: str, language: str) -> None:
    assert "a" in Texts.load(language)(f"trouble.{kind}.{what}", source="a", detail="…")
