"""A process that indexes resolution by resolution and says when it is about to commit, to be killed there."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from config.states import States
from feeds.classify import TopicIndex
from feeds.describe import Describer
from storage import changes
from storage.database import Database
from storage.index_files import IndexFolder
from storage.index_writer import IndexWriter, version_of
from tests.storage.taking import TOPICS, analyser


async def main(url: str, folder: Path) -> None:
    database = Database.open(url)
    describer = Describer(TopicIndex.of(TOPICS, analyser()), States.load())
    writer = IndexWriter(IndexFolder(folder), version_of([(one.id, one.terms) for one in TOPICS]), lambda: describer)
    assert writer.begin()
    while True:
        async with database.read() as conn:
            batch = await changes.after(conn, writer.mark.change, 5)
        writer.add(batch)
        sys.stdout.write("committing\n")
        sys.stdout.flush()
        writer.commit()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2])))
