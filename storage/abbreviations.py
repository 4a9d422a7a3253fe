"""What documents have explained as abbreviations: learnt at intake, used wherever words are understood."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import sqlalchemy as sa

from config.addressees import Addressees
from config.laws import Laws
from feeds.abbreviations import Abbreviations, Explained, official_abbreviations
from feeds.words import Analyser
from storage import tables
from storage.database import Connection
from storage.upsert import insert

_TABLE = tables.abbreviations


async def learn(conn: Connection, explained: Iterable[Explained]) -> None:
    """Keep what a resolution explains; one that was known counts once more."""
    rows = [{"short": one.short, "long": one.long, "resolutions": 1} for one in dict.fromkeys(explained)]
    if rows:
        again = {"resolutions": _TABLE.c.resolutions + 1}
        await conn.execute(
            insert(conn, _TABLE).on_conflict_do_update(index_elements=["short", "long"], set_=again), rows
        )


async def known(conn: Connection, analyser: Analyser) -> Abbreviations:
    """All of them, what most resolutions explain first; and the official ones of bodies and laws."""
    asked = sa.select(_TABLE.c.short, _TABLE.c.long).order_by(
        _TABLE.c.resolutions.desc(), _TABLE.c.short, _TABLE.c.long
    )
    learnt = [Explained(*row) for row in await conn.execute(asked)]
    return Abbreviations.of(learnt, analyser, _official())


@cache
def _official() -> tuple[Explained, ...]:
    """Of the packaged tables, read once."""
    bodies = ((one.name, *one.forms) for one in Addressees.load().all)
    laws = Laws.load()
    return official_abbreviations((*bodies, *((name, *laws.forms_of(name)) for name in laws.names)))
