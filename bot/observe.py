"""What the service tells those who watch it: whether it is fit to serve, and its figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

from bot.app import App
from bot.http import Health, Route
from bot.metrics import Metrics
from bot.source_health import source_trouble
from storage import outbox_desk
from storage import sources as source_states
from storage.figures import Figures, figures
from storage.instance import sessions
from storage.probe import probe
from storage.sources import FailingDocuments, SourceState


async def health(app: App) -> Health:
    """Fit is a service whose store answers, and takes what is written; what ails sources and messages is a fact to look
    at, and no reason to take this instance out of service."""
    now = app.clock.now()
    try:
        if app.database.ill:
            await probe(app.database)
        async with app.database.read() as conn:
            found = await figures(conn, now)
            states = {state.id: state for state in await source_states.states(conn)}
            failing = await source_states.failing_documents(conn)
            delivered = await outbox_desk.last_sent(conn)
            instances = await sessions(conn)
    except Exception as error:
        return Health(False, {"database": type(error).__name__})
    facts = {
        "outbox": dict(found.outbox),
        "put_off": [{"reason": one.reason, "count": one.count, "until": _iso(one.until)} for one in found.waiting],
        "waiting_updates": found.rows["received"],
        "leader": next((name for name, leads in instances if leads), None),
        "instances": len(instances),
        "last_round": _latest(states),
        "last_delivery": _iso(delivered),
        "source_troubles": _troubles(app, states, failing, now),
    }
    return Health(True, facts)


def metrics_route(app: App, metrics: Metrics) -> Route:
    """GET /metrics."""

    async def answer(_request: web.Request) -> web.Response:
        found, states = await _read(app)
        metrics.writes_failed(app.database.failed_writes)
        body = metrics.exposition(found, states, app.clock.now())
        return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE_LATEST, "Cache-Control": "no-store"})

    return Route("GET", "/metrics", answer)


async def _read(app: App) -> tuple[Figures, Mapping[str, SourceState]]:
    watched = {source.id for source in app.sources if source.watched}
    async with app.database.read() as conn:
        found = await figures(conn, app.clock.now())
        return found, {state.id: state for state in await source_states.states(conn) if state.id in watched}


def _troubles(
    app: App, states: Mapping[str, SourceState], failing: Mapping[str, FailingDocuments], now: dt.datetime
) -> Mapping[str, str]:
    found = {
        source.id: source_trouble(source, states.get(source.id), failing.get(source.id), now)
        for source in app.sources
        if source.watched
    }
    return {id: trouble for id, trouble in found.items() if trouble}


def _latest(states: Mapping[str, SourceState]) -> str | None:
    return _iso(max((state.last_try for state in states.values() if state.last_try), default=None))


def _iso(moment: dt.datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None
