"""Documents named on the command line: files, folders and patterns."""

from __future__ import annotations

import glob
from collections.abc import Iterable, Iterator
from pathlib import Path

from feeds.record import Reading
from feeds.unreadable import UnreadableDocument

READABLE = (".pdf", ".html", ".htm", ".txt")
"""What is looked for in a folder; a file that is named itself is tried whatever it is called."""


def documents(paths: Iterable[str]) -> Iterator[Path]:
    """The files meant, in the order named, each once: files as they are, what folders hold, what patterns match.

    A name that leads to nothing is given as it stands, so that reading it fails with its name.
    """
    seen: set[Path] = set()
    for typed in paths:
        for path in _meant(typed):
            if path not in seen:
                seen.add(path)
                yield path


def empty_folders(paths: Iterable[str]) -> list[str]:
    """The folders among the names that hold no document."""
    return [typed for typed in paths if Path(typed).is_dir() and not _meant(typed)]


def must_have_text(reading: Reading) -> None:
    """Raises `UnreadableDocument` for a document without any text, with the reader's own words about it."""
    if not reading.resolutions and not reading.publication.sections:
        raise UnreadableDocument(" ".join(reading.warnings) or "Kein Text gefunden.")


def read_file(path: Path) -> bytes:
    """The bytes of a document; raises `OSError`."""
    return path.read_bytes()


def _meant(typed: str) -> list[Path]:
    path = Path(typed)
    if path.is_dir():
        return sorted(one for one in path.rglob("*") if one.is_file() and one.suffix.lower() in READABLE)
    if path.exists():
        return [path]
    matched = sorted(Path(match) for match in glob.glob(typed, recursive=True) if Path(match).is_file())
    return matched or [path]
