"""A resolution as a whole: what it says sheet by sheet, and the ways on from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.follow_row import follow_row
from handlers.paging import ButtonRow, in_rows
from handlers.phrases import shortened
from handlers.referred import referred_to
from handlers.render_changes import QUOTED, change_sentences, first_sentences, reworded_blocks
from handlers.render_list import buttons_to
from handlers.render_note import notes_button
from handlers.render_overview import overview
from handlers.render_resolution import button_to, cited_as, hit, parts_of, short_name, source_button
from handlers.reply import Block, Button, Incoming, Reply, Span, plain
from handlers.services import Services
from handlers.sheets import sheet_of, turning
from storage import references, resolutions
from storage.database import Connection
from storage.resolutions import StoredResolution

OTHERS = 10
"""So many sessions with the same number get a button; how many more there are is said."""
REFERRING = 4
TOPICS = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """Which sheet, and since which revision somebody may have missed changes."""

    sheet: int = 1
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class _Around:
    """What a resolution refers to, what refers to it, what has the same number elsewhere."""

    referred: Sequence[StoredResolution]
    referring: Sequence[StoredResolution]
    others: Sequence[StoredResolution]


async def whole_reply(
    conn: Connection, found: Sequence[StoredResolution], asked: Asked, incoming: Incoming, services: Services
) -> Reply:
    """The first of those found; the others, which have the same number, as buttons."""
    stored, *others = found
    around = _Around(await referred_to(conn, stored), await references.referring(conn, stored), others)
    since = await changed_since(conn, stored, asked.revision, services)
    first, *rest = parts_of(stored, services)
    parts = ((*first, *_around_blocks(stored, around, services)), *rest)
    command = f"/beschluss #{stored.id}.{stored.revision}"
    sheet = sheet_of(parts, asked.sheet, short_name(stored, services.texts), incoming, services.texts)
    inside = 1 < sheet.number < sheet.total  # who reads on wants to read on
    onwards = (*_ways_on(stored, around, services), await follow_row(conn, incoming.chat, stored, services.texts))
    buttons = (*turning(command, sheet.number, sheet.total, services.texts), *(() if inside else onwards))
    return Reply((*since, *sheet.blocks), buttons, hits=tuple(hit(one, "text") for one in found), total=len(found))


async def changed_since(
    conn: Connection, stored: StoredResolution, revision: int | None, services: Services
) -> tuple[Block, ...]:
    """What is different from that revision; () for the newest, or where none was named."""
    if revision is None or revision >= stored.revision:
        return ()
    before = await resolutions.by_id(conn, stored.id, revision)
    if before is None:
        return ()
    texts, old, new = services.texts, before.resolution, stored.resolution
    told = first_sentences(change_sentences(old, new, services), texts)
    said = Block((Span(texts("show.changed", changes="; ".join(told)), "italic"),))
    return (said, *reworded_blocks(old, new, texts, QUOTED))


def _around_blocks(stored: StoredResolution, around: _Around, services: Services) -> tuple[Block, ...]:
    texts, blocks = services.texts, []
    if around.referring:
        blocks.append(plain(texts("overview.referring"), "heading"))
        blocks += [_named(one, services) for one in around.referring[:REFERRING]]
    if names := _topic_names(stored, services):
        blocks.append(plain(texts("overview.topics", names=", ".join(names))))
    if around.others:
        more = len(around.others) - OTHERS
        text = texts("show.also_in") if more <= 0 else texts("show.also_in_many", more=more)
        blocks.append(Block((Span(text, "italic"),)))
        blocks += [_named(one, services) for one in around.others[:OTHERS]]
    return tuple(blocks)


def _named(stored: StoredResolution, services: Services) -> Block:
    name, title = short_name(stored, services.texts), stored.resolution.title
    return Block((Span(f"{name} – {title}" if stored.resolution.number else name),), "bullet")


def _topic_names(stored: StoredResolution, services: Services) -> tuple[str, ...]:
    """The best proven first."""
    names = {topic.id: topic.name for topic in services.topics}
    proven = sorted(stored.resolution.topics, key=lambda match: -len(match.evidence))
    return tuple(names[match.topic] for match in proven if match.topic in names)[:TOPICS]


def _ways_on(stored: StoredResolution, around: _Around, services: Services) -> tuple[ButtonRow, ...]:
    texts = services.texts
    details = Button(texts("button.details"), f"/einzelheiten {stored.id}")
    hidden = (details,) if overview(stored.resolution, texts).hidden else ()
    share = Button(texts("button.pass_on"), share=cited_as(stored, texts))
    document = Button(texts("button.as_pdf"), f"/datei #{stored.id} pdf")
    topics = [
        Button(texts("button.topic", name=shortened(name, 30)), f"/topic {name}")
        for name in _topic_names(stored, services)
    ]
    return (
        *in_rows([*notes_button(stored, texts), *hidden, *source_button(stored, texts), share], 2),
        *_named_rows("button.reference", around.referred, services),
        *_named_rows("button.referring", around.referring[:REFERRING], services),
        *in_rows(topics, 2),
        *buttons_to(around.others[:OTHERS], texts),
        (document,),
    )


def _named_rows(key: str, found: Sequence[StoredResolution], services: Services) -> tuple[ButtonRow, ...]:
    texts = services.texts
    return in_rows([button_to(one, texts(key, name=short_name(one, texts))) for one in found], 2)
