"""/export: what a search finds, as a table to go on working with."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from config.texts import Texts
from handlers.file_commands import ExportHits
from handlers.files.table_file import Cell, Row, csv_file, json_file
from handlers.hits import hits_of
from handlers.phrases import counted, grouped
from handlers.reply import Attachment, Incoming, Reply, plain
from handlers.services import Services
from storage.resolutions import StoredResolution

COLUMNS = (
    *("body", "session", "date", "number", "title", "applicants", "vote", "outcome"),
    *("protocol_notes", "demands_of", "deadlines", "laws", "topics", "source"),
)
"""The names are those of `read --json` where that has them; a table for people has words of their language above."""


async def export_hits(command: ExportHits, incoming: Incoming, services: Services) -> Reply:
    hits = await hits_of(command.query, "/export", incoming, services)
    if isinstance(hits, Reply):
        return hits
    texts, rows = services.texts, [_row(one) for one in hits.found]
    if command.form == "csv":
        data = await asyncio.to_thread(csv_file, _titles(texts), [_readable(row, services) for row in rows])
    else:
        data = await asyncio.to_thread(json_file, COLUMNS, rows)
    total = counted("count.resolution", len(rows), texts)
    most = {"most": grouped(len(rows), texts), "total": grouped(hits.total, texts)}
    left_out = texts("export.most", **most) if hits.total > len(rows) else ""
    said = texts("export.made", label=hits.label, total=total)
    attachment = Attachment("file", f"beschluesse.{command.form}", data, said)
    return Reply((plain(f"{said} {left_out}".strip()),), total=hits.total, attachments=(attachment,))


def _titles(texts: Texts) -> Mapping[str, str]:
    return {column: texts(f"export.column.{column}") for column in COLUMNS}


def _readable(row: Row, services: Services) -> Row:
    """For people: topics by their names."""
    names = {topic.id: topic.name for topic in services.topics}
    return {**row, "topics": tuple(names.get(id, id) for id in _list(row["topics"]))}


def _list(cell: Cell) -> Sequence[str]:
    return cell if isinstance(cell, tuple) else ()


def _row(stored: StoredResolution) -> Row:
    resolution, publication = stored.resolution, stored.publication.publication
    deadlines = [one for one in resolution.dates if one.role == "deadline"]
    laws = (f"§ {one.section} {one.law}" if one.section else one.law for one in resolution.laws)
    address = stored.publication.address
    return {
        "body": publication.body,
        "session": publication.session,
        "date": publication.date_start.isoformat() if publication.date_start else None,
        "number": resolution.number,
        "title": resolution.title,
        "applicants": resolution.applicants,
        "vote": resolution.vote,
        "outcome": resolution.outcome,
        "protocol_notes": tuple(dict.fromkeys(name for note in resolution.protocol_notes for name in note.states)),
        "demands_of": tuple(dict.fromkeys(one.addressee for one in resolution.demands if one.addressee)),
        "deadlines": tuple(one.date.isoformat() for one in deadlines),
        "laws": tuple(dict.fromkeys(laws)),
        "topics": tuple(one.topic for one in resolution.topics),
        # A file on the machine of the service is nobody's business.
        "source": address if address.startswith(("http://", "https://")) else None,
    }
