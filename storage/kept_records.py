"""Records that were read lately, decoded: what is asked for often need not be fetched and taken apart each time.

A record never changes in its revision, and which revision is the newest changes only with a change of the store. So
what is kept holds for one place in the store's history and is dropped as a whole when the store has moved on.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence

from storage.changes import Mark
from storage.database import Connection
from storage.resolutions import StoredResolution, by_ids

MOST = 1_000
"""Records that are kept, real ones with some 20 KB each; those that nobody asked for longest go first."""

_AT_ONCE = 40
"""Who reads more at once makes a file or a picture: none of it is kept, and nothing else is driven out."""

_Records = OrderedDict[int, StoredResolution]


class KeptRecords:
    """For one process and one event loop."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._mark = Mark()
        self._records: _Records = OrderedDict()

    async def by_ids(self, conn: Connection, ids: Sequence[int], mark: Mark) -> tuple[StoredResolution, ...]:
        """As `resolutions.by_ids`. `mark`: where the store is, as `conn` sees it."""
        if len(ids) > _AT_ONCE:
            return await by_ids(conn, ids)
        records = self._of(mark)
        missing = [id for id in ids if id not in records]
        known = {id: records[id] for id in ids if id in records}
        if missing:
            known |= {one.id: one for one in await by_ids(conn, missing)}
        self._keep(records, known)
        return tuple(known[id] for id in ids if id in known)

    def _of(self, mark: Mark) -> _Records:
        """Those of that place. Who still reads at another place goes on with records that nobody else sees."""
        if mark != self._mark:
            self._mark, self._records = mark, OrderedDict()
        return self._records

    def _keep(self, records: _Records, used: Mapping[int, StoredResolution]) -> None:
        for id, one in used.items():
            records[id] = one
            records.move_to_end(id)
        while len(records) > self._most:
            records.popitem(last=False)
