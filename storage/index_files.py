"""The folder of the search index: which files belong to it, who may write, and whether they are sound.

    lock        held (flock) by the one process that writes; the system lets go of it when a process dies
    current     the name of the folder that is searched in
    index-1/    an index of the engine; those that are not current were left behind by a rebuild

A rebuild begins a new folder and points to it, so it never disturbs those who read the old one.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_MAGIC = 1337
"""Ends every file of the engine, behind the length of a footer (JSON) that holds a checksum of what stands before."""

_TAIL = struct.Struct("<II")
_NAME = re.compile(r"index-(\d+)")


class IndexFolder:
    """A folder that may not exist yet, or hold anything at all."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def current(self) -> Path | None:
        """The index to search in; None where there is none."""
        name = self._pointed()
        return self.path / name if _NAME.fullmatch(name) and (self.path / name).is_dir() else None

    @contextmanager
    def locked(self) -> Iterator[bool]:
        """Whether this is now the one to write. Never waits. Raises `OSError` where nothing can be written."""
        self.path.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.path / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            yield _try_lock(handle)
        finally:
            os.close(handle)

    def begin(self, *others: Path | None) -> Path:
        """An empty folder for a new index, to be shown with `show`. For the one who holds the lock.

        Its name is none that is there, is pointed to, or is one of the `others`.
        """
        names = [path.name for path in (*self.path.iterdir(), *others) if path]
        numbers = [int(name[1]) for name in map(_NAME.fullmatch, (*names, self._pointed())) if name]
        fresh = self.path / f"index-{max(numbers, default=0) + 1}"
        fresh.mkdir()
        return fresh

    def show(self, index: Path) -> None:
        """Make an index the current one, and delete all others. For the one who holds the lock."""
        pointer = self.path / "current.new"
        pointer.write_text(index.name, encoding="utf-8")
        _replace(pointer, self.path / "current")
        for entry in self.path.iterdir():
            if _NAME.fullmatch(entry.name) and entry != index:
                _remove(entry)

    def _pointed(self) -> str:
        try:
            return (self.path / "current").read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return ""


def is_sound(index: Path) -> bool:
    """Whether every file that the index consists of is there, with the contents that were written into it."""
    try:
        segments = json.loads((index / "meta.json").read_text(encoding="utf-8"))["segments"]
        files = {entry.name for entry in index.iterdir()}
        ids = {segment["segment_id"].replace("-", "") for segment in segments}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False
    own = [name for name in files if name.split(".")[0] in ids]
    complete = all(f"{id}.{ending}" in files for id in ids for ending in ("idx", "term", "fast", "store"))
    return complete and all(_is_whole(index / name) for name in own)


def _is_whole(file: Path) -> bool:
    try:
        data = file.read_bytes()
        length, magic = _TAIL.unpack(data[-_TAIL.size :])
        end = len(data) - _TAIL.size - length
        footer = dict(json.loads(data[end : -_TAIL.size]))
    except (OSError, struct.error, ValueError, TypeError):
        return False
    return magic == _MAGIC and end >= 0 and bool(footer.get("crc") == zlib.crc32(data[:end]))


def _try_lock(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _replace(file: Path, target: Path) -> None:
    if target.is_dir():
        shutil.rmtree(target)
    file.replace(target)


def _remove(entry: Path) -> None:
    """What cannot be deleted now is tried again with the next rebuild."""
    if entry.is_dir():
        shutil.rmtree(entry, ignore_errors=True)
    else:
        entry.unlink(missing_ok=True)
