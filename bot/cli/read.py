"""`read`: one document, shown as the reader understands it; nothing is stored."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bot.cli.command import Call, Commands, Failure, add_command
from bot.cli.files import must_have_text, read_file
from bot.cli.terminal import counted
from config.topics import load_topics
from feeds.as_json import reading_as_json
from feeds.classify import TopicIndex, with_topics
from feeds.read import UnreadableDocument, read_document
from feeds.record import Lines, Reading, Resolution
from feeds.words import Analyser

_KINDS = {"resolutions": ("Beschluss", "Beschlüsse"), "paper": ("Abschnitt des Papiers", "Abschnitte des Papiers")}


def register(commands: Commands) -> None:
    parser = add_command(commands, "read", run, "Read one document and show the record; stores nothing.")
    parser.add_argument("path", type=Path, metavar="PATH", help="a .pdf, .html or .txt file")
    parser.add_argument("--json", action="store_true", help="print the whole record as JSON")


async def run(call: Call) -> int:
    path: Path = call.args.path
    reading = read_document(read_file(path), str(path))
    try:
        must_have_text(reading)
    except UnreadableDocument as error:
        raise Failure(f"{path}: {error}") from error
    if call.args.json:
        call.terminal.say(json.dumps(reading_as_json(_classified(reading)), ensure_ascii=False, indent=1))
    else:
        call.terminal.say("\n".join(_overview(reading)))
    return 0


def _classified(reading: Reading) -> Reading:
    """With the topics under which its resolutions would be filed."""
    index = TopicIndex.of(load_topics(), Analyser.load())
    return replace(reading, resolutions=tuple(with_topics(one, index) for one in reading.resolutions))


def _overview(reading: Reading) -> Iterator[str]:
    about = reading.publication
    days = " – ".join(dict.fromkeys(day.strftime("%d.%m.%Y") for day in (about.date_start, about.date_end) if day))
    named = (about.title, about.subtitle, about.meeting, days, about.place)
    yield " · ".join(part for part in named if part) or about.source
    yield counted(len(reading.resolutions), *_KINDS[about.kind])
    for resolution in reading.resolutions:
        yield ""
        yield from _one(resolution)
    yield from (f"Hinweis: {warning}" for warning in reading.warnings)


def _one(resolution: Resolution) -> Iterator[str]:
    head = (resolution.section or "TOP", resolution.number, resolution.label, resolution.title, resolution.subtitle)
    yield " ".join(part for part in head if part)
    if resolution.applicants:
        yield f"  {resolution.applicants_label or 'Antragsteller'}: {', '.join(resolution.applicants)}"
    decided = " ".join(part for part in (resolution.vote, resolution.outcome) if part)
    sizes = (
        (len(resolution.items), "Ziffer", "Ziffern"),
        (resolution.bullets, "Spiegelstrich", "Spiegelstriche"),
        (resolution.paragraphs, "Absatz", "Absätze"),
    )
    parts = [counted(count, one, many) for count, one, many in sizes if count]
    yield "  " + ", ".join([decided, *parts] if decided else parts)
    for note in resolution.protocol_notes:
        about = f" zu Ziffer {note.item}" if note.item else ""
        yield f"  Protokollnotiz von {', '.join(note.states)}{about}{_lines(note.lines)}: {note.text}"
    yield from (f"  Hinweis: {warning}" for warning in resolution.warnings)


def _lines(lines: Lines | None) -> str:
    return f" (Zeilen {lines[0]}–{lines[1]})" if lines else ""
