"""What a subscription would have brought so far: its matches, the newest first."""

from __future__ import annotations

from handlers.own_subscription import no_such
from handlers.paging import Stretch
from handlers.phrases import counted
from handlers.render_list import buttons_to, lines_by_conference
from handlers.reply import Button, Incoming, Reply, plain
from handlers.services import Services
from handlers.subscription_commands import TestSubscription
from handlers.subscription_phrases import label_of
from storage import abbreviations, search
from storage import subscriptions as store
from storage.matching import query_of
from storage.subscriptions import Wanted

PAGE = 8


async def would_have(command: TestSubscription, incoming: Incoming, services: Services) -> Reply:
    texts = services.texts
    async with services.database.read() as conn:
        one = await store.get(conn, incoming.chat, command.id)
        if one is None:
            return no_such(texts)
        known = await abbreviations.known(conn, services.analyser)
        query = query_of(Wanted(one.kind, "", one.query, one.topic), services.analyser, services.topics, known)
        last = command.first + PAGE - 1
        seen = await search.outlook(conn, services.index, query, incoming.at.date(), last) if query.asks else None
    stretch = Stretch(command.first, PAGE, seen.total if seen else 0)
    back = (Button(texts("button.to_subscription"), f"/meinabo {one.id}"),)
    if seen is None or not stretch.total or stretch.beyond:
        key = "subscriptions.would_nothing" if not stretch.total else "phrase.beyond"
        return Reply((plain(texts(key, label=label_of(one, texts), total=stretch.total)),), (back,))
    shown, part = seen.newest[stretch.first - 1 :], stretch.heading(texts)
    total = counted("count.resolution", stretch.total, texts)
    text = texts("subscriptions.would", label=label_of(one, texts), total=f"{total} ({part})" if part else total)
    rows = (*buttons_to(shown, texts), *stretch.turning(f"/meinabo {one.id} test", texts), back)
    return Reply((plain(text), *lines_by_conference(shown, services)), rows, total=stretch.total)
