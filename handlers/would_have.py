"""What a subscription would have brought so far: its matches, the newest first."""

from __future__ import annotations

import datetime as dt

from handlers.own_subscription import no_such
from handlers.paging import Stretch
from handlers.phrases import counted
from handlers.render_list import buttons_to, lines_by_conference
from handlers.reply import Button, Incoming, Reply, plain
from handlers.services import Services
from handlers.subscription_commands import TestSubscription
from handlers.subscription_phrases import label_of
from storage import abbreviations, references, resolutions, search
from storage import subscriptions as store
from storage.database import Connection
from storage.matching import query_of
from storage.resolutions import StoredResolution
from storage.subscriptions import Subscription, Wanted

PAGE = 8


async def would_have(command: TestSubscription, incoming: Incoming, services: Services) -> Reply:
    texts = services.texts
    async with services.database.read() as conn:
        one = await store.get(conn, incoming.chat, command.id)
        if one is None:
            return no_such(texts)
        total, newest = await _matches(conn, one, incoming.at.date(), command.first + PAGE - 1, services)
    stretch = Stretch(command.first, PAGE, total)
    back = (Button(texts("button.to_subscription"), f"/meinabo {one.id}"),)
    if not stretch.total or stretch.beyond:
        nothing = texts("subscriptions.would_nothing", label=label_of(one, texts))
        return Reply((plain(stretch.beyond_text(texts) if stretch.total else nothing),), (back,))
    shown, part = newest[stretch.first - 1 : stretch.last], stretch.heading(texts)
    told = counted("count.resolution", stretch.total, texts)
    text = texts("subscriptions.would", label=label_of(one, texts), total=f"{told} ({part})" if part else told)
    rows = (*buttons_to(shown, texts), *stretch.turning(f"/meinabo {one.id} test", texts), back)
    return Reply((plain(text), *lines_by_conference(shown, services)), rows, total=stretch.total)


async def _matches(
    conn: Connection, one: Subscription, today: dt.date, last: int, services: Services
) -> tuple[int, tuple[StoredResolution, ...]]:
    """How many there are, and the newest `last` of them; of what follows a resolution, those that refer to it."""
    if one.kind == "resolution":
        followed = await resolutions.by_id(conn, int(one.query))
        found = await references.referring(conn, followed) if followed else ()
        return len(found), found
    known = await abbreviations.known(conn, services.analyser)
    query = query_of(Wanted(one.kind, "", one.query, one.topic), services.analyser, services.topics, known)
    if not query.asks:
        return 0, ()
    seen = await search.outlook(conn, services.index, query, today, last)
    return seen.total, seen.newest
