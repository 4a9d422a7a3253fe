"""/karte: the sixteen Länder as tiles, with who applied and who put a note on record."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping

from config.texts import Texts
from feeds.record import Resolution
from handlers.file_commands import ShowMap
from handlers.files.tile_map import Part, Words, tile_map
from handlers.hits import Hits, hits_of
from handlers.phrases import counted, long_date, shortened
from handlers.reply import Attachment, Button, Incoming, Reply, plain
from handlers.services import Services

_BUTTON = 40


async def show_map(command: ShowMap, incoming: Incoming, services: Services) -> Reply:
    hits = await hits_of(command.query, "/karte", incoming, services)
    if isinstance(hits, Reply):
        return hits
    texts, parts = services.texts, _parts(hits, services)
    words = _words(hits, incoming, texts)
    picture = await asyncio.to_thread(tile_map, parts, words)
    told = _told(parts, services)
    attachment = Attachment("picture", "karte.png", picture, told)
    lead = plain(texts("map.heading", label=hits.label, total=counted("count.resolution", len(hits.found), texts)))
    button = Button(shortened(texts("button.resolutions_on", label=hits.label), _BUTTON), f"/topic {command.query}")
    return Reply((lead,), ((button,),), total=hits.total, attachments=(attachment,))


def _parts(hits: Hits, services: Services) -> Mapping[str, Part]:
    applied = Counter(state for one in hits.found for state in set(one.resolution.applicants))
    noted = Counter(state for one in hits.found for state in _with_notes(one.resolution))
    return {
        state.abbreviation: Part(applied[state.name], noted[state.name])
        for state in services.states.all
        if applied[state.name] or noted[state.name]
    }


def _with_notes(resolution: Resolution) -> set[str]:
    return {state for note in resolution.protocol_notes for state in note.states}


def _words(hits: Hits, incoming: Incoming, texts: Texts) -> Words:
    total = counted("count.resolution", len(hits.found), texts)
    return Words(
        title=hits.label,
        subtitle=texts("map.subtitle", total=total, date=long_date(incoming.at.date(), texts)),
        applied=texts("map.applied"),
        noted=texts("map.noted"),
        neither=texts("map.neither"),
    )


def _told(parts: Mapping[str, Part], services: Services) -> str:
    """The picture in words."""
    texts = services.texts
    applied = [f"{short} {part.applied}" for short, part in parts.items() if part.applied]
    noted = [f"{short} {part.noted}" for short, part in parts.items() if part.noted]
    nobody = texts("map.nobody")
    told = ((texts("map.applied"), applied), (texts("map.noted"), noted))
    return "\n".join(f"{what}: {', '.join(named) or nobody}" for what, named in told)
