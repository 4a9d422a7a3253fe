"""/datei: one resolution as a PDF or a text file, to file away or to hand on."""

from __future__ import annotations

import asyncio
import re

from config.spelling import fold
from handlers.citation import parse_citation
from handlers.cited import which
from handlers.command_types import Problem
from handlers.file_commands import MakeDocument
from handlers.files.document_file import pdf_file, text_file
from handlers.gone import gone
from handlers.lookup_commands import ShowById
from handlers.phrases import long_date
from handlers.problem import explain
from handlers.render_resolution import heading, parts_of, short_name
from handlers.reply import Attachment, Incoming, Reply, plain
from handlers.section import EVERYTHING
from handlers.services import Services
from handlers.show import find, nearest
from storage.resolutions import StoredResolution

_ENDINGS = {"pdf": "pdf", "text": "txt"}


async def make_document(command: MakeDocument, incoming: Incoming, services: Services) -> Reply:
    meant = parse_citation(command.cited)
    if meant is None:
        return await explain(Problem("reference", "datei", command.cited), incoming, services)
    async with services.database.read() as conn:
        found = await find(conn, meant)
        if not found:
            return gone(services.texts) if isinstance(meant, ShowById) else await nearest(conn, meant, services)
    if len(found) > 1:
        return which(found, "/datei", services.texts, command.form)
    return await _made(found[0], command, incoming, services)


async def _made(stored: StoredResolution, command: MakeDocument, incoming: Incoming, services: Services) -> Reply:
    texts = services.texts
    name = short_name(stored, texts)
    closing = texts("document.closing", date=long_date(incoming.at.date(), texts))
    blocks = [block for part in parts_of(stored, services, EVERYTHING) for block in part]
    if command.form == "pdf":
        data = await asyncio.to_thread(pdf_file, heading(stored, texts), blocks, closing)
    else:
        data = await asyncio.to_thread(text_file, blocks, closing)
    attachment = Attachment("file", f"{_file_name(name)}.{_ENDINGS[command.form]}", data, name)
    return Reply((plain(texts("document.made", name=name)),), total=1, attachments=(attachment,))


def _file_name(name: str) -> str:
    """For instance "20-intmk-top-5-2"."""
    words = (re.sub(r"[^a-z0-9]", "", fold(word)) for word in re.split(r"\W+", name))
    return "-".join(word for word in words if word)[:60] or "beschluss"
