from __future__ import annotations

import datetime as dt

import pytest

from bot.source_health import source_trouble
from config.catalogue import Source
from storage.sources import FailingDocuments, SourceState

NOW = dt.datetime(2026, 3, 4, 8, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
WELL = SourceState("bspmk", None, None, NOW, None, 0, NOW + HOUR, True, NOW)
DOWN = SourceState("bspmk", None, None, None, "HTTP 500", 3, NOW + HOUR, False, NOW)
LATE = SourceState("bspmk", None, None, NOW, None, 0, NOW - 5 * HOUR, True, NOW - 6 * HOUR)
NEVER = SourceState("bspmk", None, None, None, None, 0, None, False)


@pytest.fixture
def source() -> Source:
    return Source(
        id="bspmk",
        name="Beispielministerkonferenz",
        body=None,
        kind="feed",
        address="https://bspmk.example/feed",
        interval=HOUR,
        expected_every=400 * dt.timedelta(days=1),
        verified=True,
    )


@pytest.mark.parametrize(
    ("state", "failing", "trouble"),
    [
        (None, None, None),
        (NEVER, None, None),
        (WELL, None, None),
        (DOWN, None, "failed (3 in a row): HTTP 500"),
        (LATE, None, "should have been looked at by 2026-03-04 03:00 UTC; is the service running?"),
        (WELL, FailingDocuments(1, "no PDF"), "1 document failing: no PDF"),
        (WELL, FailingDocuments(2, "no\n PDF"), "2 documents failing: no PDF"),
        (DOWN, FailingDocuments(2, "no PDF"), "failed (3 in a row): HTTP 500; 2 documents failing: no PDF"),
    ],
)
def test_what_is_remembered_is_judged(
    source: Source, state: SourceState | None, failing: FailingDocuments | None, trouble: str | None
) -> None:
    assert source_trouble(source, state, failing, NOW) == trouble
