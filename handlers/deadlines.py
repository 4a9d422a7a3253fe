"""/fristen: what falls due, the next first; what has been due behind a button."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from config.texts import Texts
from feeds.sentences_with import sentence_of
from handlers.command_types import ShowDeadlines
from handlers.marking import marked_literally
from handlers.paging import ButtonRow, Stretch, in_rows
from handlers.phrases import counted, place, shortened
from handlers.render_list import buttons_to, quotation
from handlers.render_resolution import heading, hit, session_of
from handlers.reply import Block, Button, Incoming, Reply, Span, plain
from handlers.services import Services
from storage import deadlines
from storage.deadlines import Deadline

PAGE = 8


async def show_deadlines(command: ShowDeadlines, incoming: Incoming, services: Services) -> Reply:
    texts, size, today = services.texts, incoming.page or PAGE, _today(incoming, services)
    async with services.database.read() as conn:
        limit = max(size, incoming.hits)
        page = await deadlines.due(conn, today, command.past, limit, command.first - 1)
        others = await deadlines.count(conn, today, not command.past)
    stretch = Stretch(command.first, size, page.total)
    shown = page.items[:size]
    blocks = (block for one in shown for block in _blocks(one, texts))
    return Reply(
        blocks=(_heading(command.past, stretch, texts), *blocks),
        buttons=(
            *buttons_to([one.stored for one in shown], texts),
            *_marking(shown, texts),
            *stretch.turning("/fristen vorbei" if command.past else "/fristen", texts),
            *_other_way(command.past, others, texts),
        ),
        hits=tuple(hit(one.stored, "text") for one in page.items),
        total=page.total,
    )


def _today(incoming: Incoming, services: Services) -> dt.date:
    return incoming.at.astimezone(ZoneInfo(services.default_timezone)).date()


def _marking(shown: Sequence[Deadline], texts: Texts) -> tuple[ButtonRow, ...]:
    """To watch what falls due, a button each."""
    buttons = [
        Button(
            shortened(texts("button.mark_date", date=one.mention.text), 40),
            f"/merken #{one.stored.id} frist {one.stored.resolution.dates.index(one.mention) + 1}",
        )
        for one in shown
    ]
    return in_rows(buttons, 2)


def _heading(past: bool, stretch: Stretch, texts: Texts) -> Block:
    if stretch.beyond:
        return plain(texts("phrase.beyond", total=stretch.total))
    if not stretch.total:
        return plain(texts("deadlines.none_past" if past else "deadlines.none"))
    total = counted("count.deadline", stretch.total, texts)
    text = texts("deadlines.past" if past else "deadlines.heading", total=total)
    part = stretch.heading(texts)
    return plain(f"{text} ({part})" if part else text, "heading")


def _blocks(one: Deadline, texts: Texts) -> tuple[Block, ...]:
    """The date as it is printed, the resolution, and the sentence that sets it."""
    session = session_of(one.stored.publication.publication, texts)
    where = ", ".join(filter(None, (session, heading(one.stored, texts))))
    head = Block((Span(one.mention.text, "bold"), Span(f" – {where}")))
    sentence = sentence_of(one.stored.resolution, one.mention)
    if sentence:
        return head, quotation(sentence, marked_literally(sentence.text, (one.mention.text,)), texts)
    there = place(one.mention.item, one.mention.lines, texts)
    return (head, Block((Span(there, "italic"),), "bullet")) if there else (head,)


def _other_way(past: bool, others: int, texts: Texts) -> Sequence[ButtonRow]:
    if not others:
        return ()
    label = "button.deadlines" if past else "button.past_deadlines"
    return ((Button(texts(label, count=others), "/fristen" if past else "/fristen vorbei"),),)
