"""Those who search: the current index, opened once, looked at again when it has moved on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import tantivy

from storage.changes import Mark
from storage.engine import schema, stamp_of
from storage.index_files import IndexFolder, is_sound

T = TypeVar("T")


class Unusable(Exception):
    """What lies in the folder cannot be searched in or written to."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An index at one moment; later commits do not change it. `folder` None: there is none, and nothing is found."""

    folder: Path | None
    schema: tantivy.Schema
    searcher: tantivy.Searcher
    mark: Mark | None


class IndexReader:
    """For one process; `look` may be called from any thread, one at a time."""

    def __init__(self, folder: IndexFolder, version: str) -> None:
        self._folder = folder
        self._version = version
        self._open: tuple[Path, tantivy.Index] | None = None
        self.distrusted: Path | None = None

    def look(self) -> Snapshot:
        """What is there now. Never raises."""
        current = self._folder.current
        try:
            if current is not None and current != self.distrusted:
                return guarded(lambda: self._snapshot(current))
        except Unusable:
            self._open = None
        return _nothing()

    def distrust(self, folder: Path | None) -> None:
        """That index is damaged, whatever it looks like."""
        self._open, self.distrusted = None, folder

    def _snapshot(self, current: Path) -> Snapshot:
        if self._open is not None and self._open[0] == current:
            self._open[1].reload()
        else:
            self._open = (current, opened(current))
        index = self._open[1]
        mark = mark_in(index, self._version)
        return Snapshot(current, index.schema, index.searcher(), mark) if mark else _nothing()


def opened(folder: Path) -> tantivy.Index:
    """Raises `Unusable`."""
    if not is_sound(folder):
        raise Unusable(f"{folder} is damaged")
    index = guarded(lambda: tantivy.Index.open(str(folder)))
    guarded(lambda: index.config_reader("manual"))
    return index


def mark_in(index: tantivy.Index, version: str) -> Mark | None:
    """How far the index is; None where it was made in another way."""
    stamp = stamp_of(index.searcher(), index.schema)
    if stamp is None or len(stamp) != 3 or stamp[0] != version:
        return None
    return Mark(int(str(stamp[1])), str(stamp[2]))


def guarded(work: Callable[[], T]) -> T:
    """What `work` gives; whatever the engine has to say against its files is `Unusable`.

    The engine is made of Rust: what it did not foresee is a panic, which Python does not count as an `Exception`.
    """
    try:
        return work()
    except (ValueError, OSError, KeyError) as error:
        raise Unusable(str(error)) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise Unusable(str(error)) from error


def _nothing() -> Snapshot:
    index = tantivy.Index(schema())
    return Snapshot(None, index.schema, index.searcher(), None)
