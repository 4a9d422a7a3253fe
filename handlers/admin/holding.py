"""Holding a resolution back from everybody, and letting it go."""

from __future__ import annotations

from handlers.admin.wording import said, way_back, wrong
from handlers.cited import cited
from handlers.examples import example
from handlers.paging import ButtonRow
from handlers.phrases import shortened
from handlers.render_resolution import short_name
from handlers.reply import Button, Incoming, Reply, plain
from handlers.services import Services
from storage import holds, resolutions
from storage.resolutions import StoredResolution

_LATEST = 5


async def show_held(_argument: str, _incoming: Incoming, services: Services) -> Reply:
    """What is held, with a way to let it go; the latest resolutions, with a way to hold them."""
    texts = services.texts
    async with services.database.read() as conn:
        ids = await holds.held(conn)
        held = await resolutions.by_ids(conn, sorted(ids))
        latest = [one for one in (await resolutions.latest(conn, _LATEST)).items if one.id not in ids]
    free = [_button("admin.button.release", "freigeben", one, services) for one in held]
    stop = [_button("admin.button.hold", "halten", one, services) for one in latest]
    heading = texts("admin.held.some" if held else "admin.held.none", number=len(held))
    lines = (plain(one.resolution.title, "bullet") for one in held)
    how = texts("admin.held.how", cited=(await example(services)).cited)
    return Reply((plain(heading), *lines, plain(how)), (*free, *stop, way_back(texts)))


async def hold(argument: str, incoming: Incoming, services: Services) -> Reply:
    async with services.database.begin() as conn:
        found = await cited(conn, argument) or ()
        if len(found) != 1:
            return await _not_one(argument, found, "halten", services)
        stopped = await holds.hold(conn, found[0].id, incoming.at)
    undo = _button("admin.button.release", "freigeben", found[0], services)
    return said("admin.held.done", services, undo, title=found[0].resolution.title, stopped=stopped)


async def release(argument: str, incoming: Incoming, services: Services) -> Reply:
    async with services.database.begin() as conn:
        found = await cited(conn, argument) or ()
        if len(found) != 1:
            return await _not_one(argument, found, "freigeben", services)
        freed = await holds.release(conn, found[0].id, incoming.at)
    return said("admin.held.released", services, title=found[0].resolution.title, freed=freed)


async def _not_one(argument: str, found: tuple[StoredResolution, ...], action: str, services: Services) -> Reply:
    given = shortened(argument, 60)
    if not found:
        right = (await example(services)).cited
        return wrong("admin.held.unknown", services, given=given, action=action, cited=right)
    rows = [(Button(short_name(one, services.texts), f"/admin {action} #{one.id}"),) for one in found[:_LATEST]]
    return said("admin.held.several", services, *rows, given=given)


def _button(key: str, action: str, stored: StoredResolution, services: Services) -> ButtonRow:
    name = short_name(stored, services.texts)
    return (Button(services.texts(key, name=name), f"/admin {action} #{stored.id}"),)
