"""What Prometheus collects: read with its own parser, as it would."""

from __future__ import annotations

import datetime as dt

import pytest
from prometheus_client.parser import text_string_to_metric_families
from telegram import Update

from bot.delivery_report import DeliveryReport
from bot.metrics import Metrics
from bot.round_report import DocumentReport, RoundReport, SourceReport
from storage.figures import Figures
from storage.outbox import QUIET_HOURS
from storage.outbox_desk import Waiting
from storage.sources import SourceState
from tests.bot.conftest import NOON, HandClock

NOTHING = Figures({}, {}, {}, None)


def values(metrics: Metrics, found: Figures = NOTHING, *sources: SourceState) -> dict[str, float]:
    """`name{label}` to value, of all that is exposed."""
    text = metrics.exposition(found, {source.id: source for source in sources}, NOON).decode()
    return {
        "/".join((sample.name, *(value for _, value in sorted(sample.labels.items())))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_rounds_and_what_they_brought_are_counted(clock: HandClock) -> None:
    metrics = Metrics(clock)
    read = DocumentReport("https://a.example/1.pdf", "new", resolutions=3, enqueued=5)
    failed = DocumentReport("https://a.example/2.pdf", "failed", problem="broken")
    looked = SourceReport("a", "listed", 2, 2, (read, failed))
    metrics.round(RoundReport(NOON, (looked, SourceReport("b", "failed"), SourceReport("c", "not due"))))
    metrics.round(RoundReport(NOON, (SourceReport("a", "not due"),)))
    found = values(metrics)
    assert found["beschlussbote_rounds_total"] == 1, "a round that looks at nothing is none"
    assert found["beschlussbote_source_looks_total/listed/a"] == 1
    assert found["beschlussbote_source_looks_total/failed/b"] == 1
    assert (found["beschlussbote_documents_total/new"], found["beschlussbote_documents_total/failed"]) == (1, 1)
    assert found["beschlussbote_resolutions_stored_total"] == 3
    assert found["beschlussbote_matches_total"] == 5


async def test_deliveries_are_counted_by_outcome(clock: HandClock) -> None:
    metrics = Metrics(clock)

    async def step() -> DeliveryReport:
        return DeliveryReport(sent=2, unknown=1, under_way=7, pauses=(1.0,))

    for _ in range(2):
        assert (await metrics.counting(step)()).sent == 2
    found = values(metrics)
    assert found["beschlussbote_deliveries_total/sent"] == 4
    assert found["beschlussbote_deliveries_total/unknown"] == 2
    assert "beschlussbote_deliveries_total/under_way" not in found


async def test_answers_are_timed_also_those_that_fail(clock: HandClock) -> None:
    metrics = Metrics(clock)

    async def slow(_update: Update) -> None:
        await clock.sleep(0.3)

    async def failing(_update: Update) -> None:
        raise RuntimeError("on purpose")

    await metrics.timing(slow)(Update(1))
    with pytest.raises(RuntimeError):
        await metrics.timing(failing)(Update(2))
    found = values(metrics)
    assert found["beschlussbote_failed_answers_total"] == 1
    assert found["beschlussbote_answer_seconds_count"] == 2
    assert found["beschlussbote_answer_seconds_bucket/0.25"] == 1
    assert found["beschlussbote_answer_seconds_sum"] == pytest.approx(0.3)


def test_gauges_show_the_store(clock: HandClock) -> None:
    hour = dt.timedelta(hours=1)
    well = SourceState("a", None, None, NOON - hour, None, 0, None, True)
    ill = SourceState("b", None, None, None, "weg", 4, None, False)
    found = values(
        Metrics(clock),
        Figures(
            {"chats": 7}, {"pending": 2, "sent": 9}, {"pending": NOON - hour, "sent": NOON - 5 * hour}, NOON - hour
        ),
        well,
        ill,
    )
    assert found["beschlussbote_rows/chats"] == 7
    assert found["beschlussbote_outbox/pending"] == 2
    assert found["beschlussbote_outbox_oldest_seconds/pending"] == 3600
    assert found["beschlussbote_outbox_oldest_seconds/unknown"] == 0
    assert "beschlussbote_outbox_oldest_seconds/sent" not in found, "what has ended does not age"
    assert found["beschlussbote_digest_overdue_seconds"] == 3600
    assert found["beschlussbote_source_failures/b"] == 4
    assert found["beschlussbote_source_success_age_seconds/a"] == 3600
    assert "beschlussbote_source_success_age_seconds/b" not in found, "it never was well"


def test_what_is_put_off_is_measured(clock: HandClock) -> None:
    later = NOON + dt.timedelta(hours=12)
    waiting = (
        Waiting("told to wait", 3, later),
        Waiting("network", 1, NOON),
        Waiting(QUIET_HOURS, 5, later + dt.timedelta(hours=2)),
    )
    found = values(Metrics(clock), Figures({}, {}, {}, None, waiting))
    assert found["beschlussbote_outbox_put_off"] == 4
    assert found["beschlussbote_outbox_put_off_seconds"] == 12 * 3600
