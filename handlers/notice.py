"""Messages that nobody asked for at that moment: a new resolution for a subscription, and the daily digest."""

from __future__ import annotations

from collections.abc import Sequence

from config.texts import Texts
from handlers.channels import for_readers
from handlers.choose_sentences import query_of
from handlers.fit_buttons import fits, with_fitting_buttons
from handlers.paging import ButtonRow
from handlers.phrases import quoted
from handlers.reasons import follow_lines, labels_of, queries_of
from handlers.reminder import reminder, unclear
from handlers.render_changes import change_blocks
from handlers.render_digest import DigestEntry, digest_blocks, digest_buttons
from handlers.render_list import card, card_buttons
from handlers.render_resolution import hit
from handlers.reply import Block, Button, Reply, Span, plain
from handlers.services import Services
from handlers.speaking import speaking_to
from storage import abbreviations, channels, resolutions
from storage.database import Connection
from storage.outbox import OutboxMessage, Payload
from storage.reasons import Reason, read
from storage.resolutions import StoredResolution


async def compose(conn: Connection, message: OutboxMessage, services: Services) -> Reply:
    """The reply for an outbox row, in the language that its chat has by now; long button commands are stored through
    `conn`. Kinds: "notice", "digest", "reminder" (of a watched demand), "unclear" (a subscription that means nothing
    any more), "word" (a text by its key).

    Raises `ValueError` for kind "text", which is ready to be sent as it is.
    """
    services = await speaking_to(conn, message.chat, services)
    if message.kind == "notice":
        reply = await _notice(conn, message.payload, services)
    elif message.kind == "digest":
        reply = await _digest(conn, message.payload, services)
    elif message.kind == "reminder":
        reply = await reminder(conn, message, services)
    elif message.kind == "unclear":
        reply = await unclear(conn, message, services)
    elif message.kind == "word":
        reply = Reply((plain(services.texts(message.payload["say"], **message.payload.get("fields", {}))),))
    else:
        raise ValueError(f"message {message.id} is of kind {message.kind}, which is not composed")
    if await channels.is_one(conn, message.chat):
        reply = for_readers(reply, services)
    return reply if fits(reply) else await with_fitting_buttons(conn, reply)


async def _notice(conn: Connection, payload: Payload, services: Services) -> Reply:
    texts = services.texts
    reasons = read(payload.get("subscriptions", ()))
    labels = tuple(reason.label for reason in reasons)
    stored = await resolutions.by_id(conn, payload["resolution"], payload.get("revision"))
    if stored is None:
        return Reply((plain(texts("notice.gone", labels=quoted(labels, texts))),), ((_subscriptions(texts),),))
    query = query_of(queries_of(reasons), services, await abbreviations.known(conn, services.analyser))
    before = await _before(conn, stored, payload)
    told = change_blocks(before.resolution, stored.resolution, services) if before else ()
    blocks = (*_opening(payload, reasons, stored, texts), *told, *card(stored, query, services))
    buttons: tuple[ButtonRow, ...] = (*card_buttons(stored, texts), (_subscriptions(texts),))
    return Reply(blocks, buttons, hits=(hit(stored, "text"),), total=1)


async def _digest(conn: Connection, payload: Payload, services: Services) -> Reply:
    entries = await _entries(conn, payload, services)
    known = await abbreviations.known(conn, services.analyser)
    texts = services.texts
    return Reply(
        blocks=digest_blocks(entries, payload.get("date"), services, known),
        buttons=(*digest_buttons(entries, texts), (_subscriptions(texts),)),
        hits=tuple(hit(entry.stored, "text") for entry in entries),
        total=len(entries),
    )


async def _entries(conn: Connection, payload: Payload, services: Services) -> tuple[DigestEntry, ...]:
    """In the payload's order; two entries on one resolution become one that names both subscriptions."""
    merged: dict[int, DigestEntry] = {}
    for raw in payload.get("entries", ()):
        stored = await resolutions.by_id(conn, raw["resolution"], raw.get("revision"))
        if stored is None:
            continue
        known = merged.get(stored.id)
        reasons = dict.fromkeys((*(known.reasons if known else ()), *read(raw.get("subscriptions", ()))))
        before = await _before(conn, stored, raw)
        merged[stored.id] = DigestEntry(stored, tuple(reasons), raw.get("change") == "changed", before)
    return tuple(merged.values())


async def _before(conn: Connection, stored: StoredResolution, payload: Payload) -> StoredResolution | None:
    """The revision that was told before; None where it is new, or that one is not stored."""
    if payload.get("change") != "changed":
        return None
    return await resolutions.by_id(conn, stored.id, payload.get("since") or stored.revision - 1)


def _opening(payload: Payload, reasons: Sequence[Reason], stored: StoredResolution, texts: Texts) -> tuple[Block, ...]:
    if payload.get("change") != "corrected":
        because = follow_lines(reasons, stored, texts)
        return (_heading(payload, reasons, texts), *([Block((Span("\n".join(because), "italic"),))] if because else ()))
    words = str(payload.get("words") or "")
    return (plain(texts("notice.corrected"), "heading"), *([plain(words)] if words else []))


def _heading(payload: Payload, reasons: Sequence[Reason], texts: Texts) -> Block:
    """For instance "Neuer Beschluss zu Ihrem Abo „Sprachkurse“" or "Geändert: Beschluss zu Ihren Abos …"."""
    change, labels = "changed" if payload.get("change") == "changed" else "new", labels_of(reasons)
    if not labels and reasons:
        revised = any(reason.followed == payload["resolution"] for reason in reasons)
        return plain(texts("notice.revised" if revised else f"notice.{change}.followed"), "heading")
    number = "one" if len(labels) == 1 else "many"
    return plain(texts(f"notice.{change}.{number}", labels=quoted(labels, texts)), "heading")


def _subscriptions(texts: Texts) -> Button:
    return Button(texts("button.subscriptions"), "/abos")
