"""/erfolgskontrolle: the demands that a chat watches, the next due first."""

from __future__ import annotations

from config.texts import Texts
from handlers.paging import Stretch, in_rows
from handlers.phrases import counted, shortened
from handlers.render_resolution import short_name
from handlers.reply import Block, Button, Incoming, Reply, Span, plain
from handlers.services import Services
from handlers.watch_commands import ListWatches
from handlers.watch_page import facts_of
from storage import resolutions, watches
from storage.resolutions import StoredResolution
from storage.watches import Watch

PAGE = 8
_SHOWN = 140


async def list_watches(command: ListWatches, incoming: Incoming, services: Services) -> Reply:
    texts = services.texts
    async with services.database.read() as conn:
        every = await watches.of_chat(conn, incoming.chat)
        stretch = Stretch(command.first, PAGE, len(every))
        shown = every[stretch.first - 1 : stretch.last]
        stored = {one.id: one for one in await resolutions.by_ids(conn, [one.resolution_id for one in shown])}
    if not every:
        return Reply((plain(texts("watch.none")),), ((Button(texts("button.deadlines_all"), "/fristen"),),))
    if stretch.beyond:
        return Reply((plain(stretch.beyond_text(texts)),), stretch.turning("/erfolgskontrolle", texts))
    numbered = list(enumerate(shown, stretch.first))
    buttons = [Button(f"{number}. {_mark(one)}".strip(), f"/erfolgskontrolle {one.id}") for number, one in numbered]
    lines = (_line(at, one, stored[one.resolution_id], texts) for at, one in numbered)
    return Reply(
        blocks=(_heading(every, stretch, texts), *lines),
        buttons=(*in_rows(buttons, 4), *stretch.turning("/erfolgskontrolle", texts)),
        total=len(every),
    )


def _heading(every: tuple[Watch, ...], stretch: Stretch, texts: Texts) -> Block:
    waiting = counted("count.open_demand", sum(one.done_at is None for one in every), texts)
    text, part = texts("watch.heading", open=waiting), stretch.heading(texts)
    return plain(f"{text} ({part})" if part else text, "heading")


def _line(number: int, one: Watch, stored: StoredResolution, texts: Texts) -> Block:
    words = shortened(" ".join(one.text.split()), _SHOWN)
    head = Span(f"{number}. {_mark(one)}{short_name(stored, texts)}", "bold")
    return Block((head, Span(f"\n{words}"), Span(f"\n{' · '.join(facts_of(one, texts))}", "italic")))


def _mark(one: Watch) -> str:
    return "✓ " if one.done_at else ""
