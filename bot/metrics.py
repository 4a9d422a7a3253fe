"""What the service counts, in the form that Prometheus collects.

Counters and histograms grow while the program runs; gauges are read off the store at each collection, so that every
instance on one store shows the same. Labels are bounded: sources of the catalogue, states, outcomes; never chats.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import fields

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from telegram import Update

from bot.clock import Clock
from bot.delivery_report import DeliveryReport
from bot.round_report import OUTCOMES, RoundReport
from bot.transports.raw_update import Handle
from storage.figures import Figures
from storage.outbox import QUIET_HOURS
from storage.sources import SourceState

# Seconds. An answer is to be there within a moment; the long ones are waits for Telegram's own limits.
_ANSWER_BUCKETS = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0, 60.0)
_NOT_COUNTS = ("under_way", "pauses")
_OPEN = ("pending", "sending", "unknown", "held")


class Metrics:
    """One for each running service."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._registry = registry = CollectorRegistry()
        self._sends = Counter(
            "beschlussbote_deliveries", "Messages of the outbox, by what became of them", ["outcome"], registry=registry
        )
        self._answers = Histogram(
            "beschlussbote_answer_seconds",
            "From an update's arrival to the end of its answer",
            buckets=_ANSWER_BUCKETS,
            registry=registry,
        )
        self._rounds = Counter("beschlussbote_rounds", "Polling rounds that looked at a source", registry=registry)
        self._looks = Counter("beschlussbote_source_looks", "Looks at sources", ["source", "look"], registry=registry)
        self._documents = Counter(
            "beschlussbote_documents", "Documents that were fetched", ["outcome"], registry=registry
        )
        self._records = Counter("beschlussbote_resolutions_stored", "New and changed resolutions", registry=registry)
        self._matches = Counter("beschlussbote_matches", "Messages and digest entries enqueued", registry=registry)
        self._digests = Counter("beschlussbote_digests", "Digests enqueued", registry=registry)
        self._failed_answers = Counter("beschlussbote_failed_answers", "Answers that failed", registry=registry)
        self._failed_writes = Counter(
            "beschlussbote_failed_writes", "Transactions that the store did not take", registry=registry
        )
        self._known_failures = 0
        self._gauges = _Gauges(registry)

    def round(self, report: RoundReport) -> None:
        """A polling round has ended."""
        if report.looked_at:
            self._rounds.inc()
        for source in report.sources:
            if source.look in ("listed", "unchanged", "failed"):
                self._looks.labels(source.source, source.look).inc()
            self._records.inc(sum(document.resolutions for document in source.documents))
        for outcome in OUTCOMES:
            self._documents.labels(outcome).inc(report.count(outcome))
        self._matches.inc(report.enqueued)

    def delivered(self, report: DeliveryReport) -> None:
        for field in fields(report):
            if field.name not in _NOT_COUNTS:
                self._sends.labels(field.name).inc(getattr(report, field.name))

    def digests(self, count: int) -> None:
        self._digests.inc(count)

    def answer_failed(self) -> None:
        """Somebody got an apology, or nothing."""
        self._failed_answers.inc()

    def writes_failed(self, total: int) -> None:
        """So many since the start."""
        self._failed_writes.inc(total - self._known_failures)
        self._known_failures = total

    def counting(self, step: Callable[[], Awaitable[DeliveryReport]]) -> Callable[[], Awaitable[DeliveryReport]]:
        """A step of the delivery that is counted."""

        async def counted() -> DeliveryReport:
            report = await step()
            self.delivered(report)
            return report

        return counted

    def timing(self, handle: Handle) -> Handle:
        """Handling an update, with the time it takes until the answer is out."""

        async def timed(update: Update) -> None:
            began = self._clock.seconds()
            try:
                await handle(update)
            except Exception:
                self.answer_failed()
                raise
            finally:
                self._answers.observe(self._clock.seconds() - began)

        return timed

    def exposition(self, found: Figures, sources: Mapping[str, SourceState], now: dt.datetime) -> bytes:
        """All of it in Prometheus' text format. `sources`: the watched ones that are known to the store."""
        self._gauges.set(found, sources, now)
        return generate_latest(self._registry)


class _Gauges:
    """What is read off the store."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._rows = Gauge("beschlussbote_rows", "Rows of a table", ["table"], registry=registry)
        self._outbox = Gauge("beschlussbote_outbox", "Messages by state", ["state"], registry=registry)
        self._oldest = Gauge(
            "beschlussbote_outbox_oldest_seconds", "Age of the oldest message in a state", ["state"], registry=registry
        )
        self._put_off = Gauge(
            "beschlussbote_outbox_put_off",
            "Messages that wait for a later moment, not by a chat's wish",
            registry=registry,
        )
        self._put_off_seconds = Gauge(
            "beschlussbote_outbox_put_off_seconds", "Until the last of them is tried again", registry=registry
        )
        self._overdue = Gauge(
            "beschlussbote_digest_overdue_seconds", "How late the longest overdue digest is", registry=registry
        )
        self._failures = Gauge(
            "beschlussbote_source_failures", "Failed looks at a source in a row", ["source"], registry=registry
        )
        self._age = Gauge(
            "beschlussbote_source_success_age_seconds", "Since the last good look", ["source"], registry=registry
        )

    def set(self, found: Figures, sources: Mapping[str, SourceState], now: dt.datetime) -> None:
        for table, count in found.rows.items():
            self._rows.labels(table).set(count)
        for state, count in found.outbox.items():
            self._outbox.labels(state).set(count)
        for state in _OPEN:
            self._oldest.labels(state).set(_seconds(found.oldest.get(state), now))
        put_off = [one for one in found.waiting if one.reason != QUIET_HOURS]
        self._put_off.set(sum(one.count for one in put_off))
        self._put_off_seconds.set(max([0.0, *((one.until - now).total_seconds() for one in put_off)]))
        self._overdue.set(_seconds(found.overdue, now))
        for id, source in sources.items():
            self._failures.labels(id).set(source.failures)
            if source.last_success is not None:
                self._age.labels(id).set(_seconds(source.last_success, now))


def _seconds(since: dt.datetime | None, now: dt.datetime) -> float:
    return 0.0 if since is None else max(0.0, (now - since).total_seconds())
