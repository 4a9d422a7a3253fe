"""/einzelheiten: all that /beschluss shows at a glance, without leaving anything out."""

from __future__ import annotations

from handlers.gone import gone
from handlers.lookup_commands import ShowDetails
from handlers.render_overview import overview
from handlers.render_resolution import button_to, heading, hit, short_name, source_button
from handlers.reply import Button, Incoming, Reply, plain
from handlers.section import EVERYTHING
from handlers.services import Services
from handlers.sheets import sheet_of, turning
from storage import resolutions


async def show_details(command: ShowDetails, incoming: Incoming, services: Services) -> Reply:
    texts = services.texts
    async with services.database.read() as conn:
        stored = await resolutions.by_id(conn, command.resolution)
    if stored is None:
        return gone(texts)
    blocks = overview(stored.resolution, texts, EVERYTHING).blocks or (plain(texts("overview.nothing")),)
    head = plain(heading(stored, texts), "heading")
    sheet = sheet_of(((head, *blocks),), command.sheet, short_name(stored, texts), incoming, texts)
    turned = turning(f"/einzelheiten {stored.id}", sheet.number, sheet.total, texts)
    marking = ((Button(texts("button.mark"), f"/merken #{stored.id}"),),) if stored.resolution.demands else ()
    back = (button_to(stored, texts("button.whole")), *source_button(stored, texts))
    return Reply(sheet.blocks, (*turned, *marking, back), hits=(hit(stored, "text"),), total=1)
