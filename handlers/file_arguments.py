"""What stands behind the commands for pictures and files; none of these parsers raises."""

from __future__ import annotations

import re

from handlers import lookup_arguments as lookups
from handlers.command_types import Command, Problem
from handlers.file_commands import (
    DocumentForm,
    ExportHits,
    MakeCalendar,
    MakeDocument,
    ShowMap,
    ShowTrend,
    TableForm,
)
from handlers.lookup_commands import ShowDeadlines

MOST = 200
"""Characters of a search."""

_TABLE_FORMS: dict[str, TableForm] = {"csv": "csv", "excel": "csv", "json": "json"}
_DOCUMENT_FORMS: dict[str, DocumentForm] = {"pdf": "pdf", "text": "text", "txt": "text"}
_OTHER_FORMS = frozenset(["xlsx", "xls", "ods", "xml", "doc", "docx", "odt", "html", "htm", "md", "rtf", "pdf", "yaml"])
"""What people may hope for, and what is no word that anybody looks for."""
_NUMBER = re.compile(r"#?(\d{1,9})")


def map_(rest: str, name: str) -> ShowMap | Problem:
    if not rest:
        return Problem("missing", name)
    return ShowMap(rest) if len(rest) <= MOST else Problem("too_long", name, rest)


def trend(rest: str, name: str) -> ShowTrend | Problem:
    return ShowTrend(rest) if len(rest) <= MOST else Problem("too_long", name, rest)


def export(rest: str, name: str) -> ExportHits | Problem:
    """The form may stand at the end: "Sprachkurse json"."""
    before, _, last = rest.rpartition(" ")
    form = _TABLE_FORMS.get(last.casefold())
    if before and last.casefold() in _OTHER_FORMS:
        return Problem("table_form", name, last)
    query = before.strip() if form else rest
    if not query:
        return Problem("missing", name)
    return ExportHits(query, form or "csv") if len(query) <= MOST else Problem("too_long", name, rest)


def calendar(rest: str, name: str) -> MakeCalendar | Command | Problem:
    """What is over belongs into no calendar: it is shown instead."""
    asked = lookups.deadlines(rest, name)
    if isinstance(asked, ShowDeadlines) and asked.past:
        return asked
    if rest.startswith("#") and (number := _NUMBER.fullmatch(rest)):
        return MakeCalendar(resolution=int(number[1]))
    return MakeCalendar(rest) if len(rest) <= MOST else Problem("too_long", name, rest)


def document(rest: str, name: str) -> MakeDocument | Problem:
    """ "5.2 IntMK 20", with "pdf" or "text" at the end; "12 pdf" is what old buttons have: by the internal id."""
    before, _, last = rest.rpartition(" ")
    form = _DOCUMENT_FORMS.get(last.casefold())
    if before and not form and last.casefold() in _OTHER_FORMS:
        return Problem("document_form", name, last)
    cited = before.strip() if form else rest
    if not cited or cited.casefold() in _DOCUMENT_FORMS:
        return Problem("missing", name)
    if len(cited) > MOST:
        return Problem("too_long", name, rest)
    return MakeDocument(f"#{cited}" if form and cited.isdecimal() else cited, form or "pdf")
