"""The outbox: how many are in each state, and what to do about messages whose fate nobody knows."""

from __future__ import annotations

from handlers.admin.commands import number
from handlers.admin.wording import clock_time, said, way_back, wrong
from handlers.phrases import counted, grouped
from handlers.reply import Block, Button, Incoming, Reply, Span, plain
from handlers.services import Services
from storage import outbox, outbox_desk
from storage.outbox import OutboxMessage

_SHOWN = 6
_KINDS = ("resolution", "digest", "answer", "broadcast", "correction", "reminder", "access", "trouble")


async def show_outbox(_argument: str, incoming: Incoming, services: Services) -> Reply:
    texts = services.texts
    async with services.database.read() as conn:
        counts, oldest = await outbox.counts(conn), await outbox_desk.oldest(conn, incoming.at)
    lines = [
        plain(
            texts("admin.outbox.state", state=texts(f"admin.state.{state}"), count=grouped(count, texts))
            + (texts("admin.outbox.since", time=clock_time(oldest[state], services)) if state in oldest else ""),
            "bullet",
        )
        for state, count in counts.items()
    ]
    unclear = (Button(texts("admin.button.unknown", count=grouped(counts["unknown"], texts)), "/admin unklar"),)
    return Reply(
        (plain(texts("admin.outbox.heading"), "heading"), *lines),
        ((unclear,) if counts["unknown"] else ()) + (way_back(texts),),
    )


async def show_unknown(_argument: str, _incoming: Incoming, services: Services) -> Reply:
    """The oldest of them, each with both decisions. Nothing tells whose they are, or what they say."""
    texts = services.texts
    async with services.database.read() as conn:
        total = (await outbox.counts(conn))["unknown"]
        rows = await outbox_desk.listed(conn, ("unknown",), _SHOWN)
    if not rows:
        return said("admin.unknown.none", services)
    heading = texts("admin.unknown.heading", total=counted("count.message", total, texts))
    buttons = tuple(
        (
            Button(texts("admin.button.resend", id=row.id), f"/admin nochmal {row.id}"),
            Button(texts("admin.button.drop", id=row.id), f"/admin verwerfen {row.id}"),
        )
        for row in rows
    )
    lines = (_line(row, services) for row in rows)
    return Reply((plain(heading, "heading"), plain(texts("admin.unknown.why")), *lines), (*buttons, way_back(texts)))


async def resend(argument: str, incoming: Incoming, services: Services) -> Reply:
    if (id := number(argument)) is None:
        return wrong("admin.unknown.no_number", services)
    async with services.database.begin() as conn:
        done = await outbox_desk.resend(conn, [id], incoming.at)
    return _decided("admin.unknown.resent", id, done, services)


async def drop(argument: str, incoming: Incoming, services: Services) -> Reply:
    if (id := number(argument)) is None:
        return wrong("admin.unknown.no_number", services)
    async with services.database.begin() as conn:
        done = await outbox_desk.drop(conn, [id], incoming.at)
    return _decided("admin.unknown.dropped", id, done, services)


def _decided(key: str, id: int, done: tuple[int, ...], services: Services) -> Reply:
    rest = (Button(services.texts("admin.button.more_unknown"), "/admin unklar"),)
    return said(key if done else "admin.unknown.gone", services, rest, id=id)


def _line(row: OutboxMessage, services: Services) -> Block:
    begins = row.event.partition(":")[0]
    kind = services.texts(f"admin.event.{begins if begins in _KINDS else 'other'}")
    told = services.texts("admin.unknown.line", kind=kind, time=clock_time(row.created_at, services))
    return Block((Span(f"{row.id}", "bold"), Span(f": {told}")), "bullet")
