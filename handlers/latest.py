"""/neu: the latest resolutions, newest conference first."""

from __future__ import annotations

from handlers.lookup_commands import ShowLatest
from handlers.paging import Stretch
from handlers.phrases import counted
from handlers.render_list import buttons_to, cards_by_conference
from handlers.render_resolution import hit
from handlers.reply import Incoming, Reply, plain
from handlers.services import Services
from storage import resolutions

PAGE = 10


async def show_latest(command: ShowLatest, incoming: Incoming, services: Services) -> Reply:
    texts, size = services.texts, incoming.page or PAGE
    async with services.database.read() as conn:
        page = await resolutions.latest(conn, max(size, incoming.hits), command.first - 1)
    stretch = Stretch(command.first, size, page.total)
    if not page.total:
        return Reply((plain(texts("latest.empty")),))
    if stretch.beyond:
        return Reply((plain(stretch.beyond_text(texts)),), stretch.turning("/neu", texts))
    shown = page.items[:size]
    heading = texts("latest.heading", total=counted("count.entry", page.total, texts))
    part = stretch.heading(texts)
    return Reply(
        blocks=(plain(f"{heading} ({part})" if part else heading), *cards_by_conference(shown, services)),
        buttons=(*buttons_to(shown, texts), *stretch.turning("/neu", texts)),
        hits=tuple(hit(stored, "text") for stored in page.items),
        total=page.total,
    )
