"""The one who writes the search index: from getting the lock to letting go of it.

Works in threads and never waits for another process. What was added is committed in pieces, each with a stamp that says
how far the index then is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from importlib.metadata import version
from pathlib import Path
from threading import Lock

import tantivy

from feeds.as_json import resolution_from_json
from feeds.days import days_of
from feeds.describe import Describer
from storage.changes import Change, Mark
from storage.documents import publication_from_json
from storage.engine import FORMAT, document, replace, replace_stamp, schema
from storage.index_files import IndexFolder
from storage.index_reader import Unusable, guarded, mark_in, opened

_COMMIT_EVERY = 4000
"""Resolutions between two commits of a long catch-up: what a killed process loses."""

_HEAP = 96_000_000
"""Bytes of memory that the engine gathers postings in before it writes them out."""


class IndexWriter:
    """`begin`, then `add` and `commit`, then `end`. `version`: an index of another one is not continued."""

    def __init__(self, folder: IndexFolder, version: str, describer: Callable[[], Describer]) -> None:
        self._folder = folder
        self._version = version
        self._make_describer = describer
        self._describer: Describer | None = None
        self._busy = Lock()
        self._held = ExitStack()
        self._writer: tantivy.IndexWriter | None = None
        self._added: set[int] = set()
        self._uncommitted = 0
        self._fresh = False
        self.mark = Mark()

    def begin(self, distrusted: Path | None = None) -> bool:
        """Whether this process may write now, on top of what is there or in a new index where that is no good.

        `distrusted`: an index that turned out to be damaged. Raises `OSError` where nothing can be written.
        """
        with self._busy, ExitStack() as held:
            if not held.enter_context(self._folder.locked()):
                return False
            current = self._folder.current
            if current is None or current == distrusted or not self._continue(current):
                self._start_anew(distrusted)
            self._held = held.pop_all()
            return True

    def start_anew(self) -> None:
        """Leave the index as it is and begin an empty one."""
        with self._busy:
            self._close_engine()
            self._start_anew()

    def add(self, changes: Sequence[Change]) -> None:
        """Put these in the place of what stood there for the same resolutions; the last one is how far it then is."""
        with self._busy:
            guarded(lambda: self._add(changes))

    def commit(self) -> None:
        with self._busy:
            guarded(self._commit)

    def end(self) -> None:
        """Let go of everything; what was not committed is lost."""
        with self._busy:
            try:
                self._close_engine()
            finally:
                self._held.close()

    def _continue(self, current: Path) -> bool:
        """Open what is there, with fresh eyes: another process may have written since."""
        try:
            index = opened(current)
            mark = guarded(lambda: mark_in(index, self._version))
            if mark is None:
                return False
            self._open_engine(index, mark)
        except Unusable:
            return False
        return True

    def _start_anew(self, distrusted: Path | None = None) -> None:
        path = self._folder.begin(distrusted)
        index = guarded(lambda: tantivy.Index(schema(), str(path)))
        self._open_engine(index, Mark())
        self._fresh = True
        guarded(self._commit)
        self._folder.show(path)

    def _open_engine(self, index: tantivy.Index, mark: Mark) -> None:
        self._writer = guarded(lambda: index.writer(_HEAP, 1))
        self.mark, self._added, self._uncommitted, self._fresh = mark, set(), 0, False

    def _close_engine(self) -> None:
        writer, self._writer = self._writer, None
        if writer is not None:
            guarded(writer.wait_merging_threads)

    def _add(self, changes: Sequence[Change]) -> None:
        writer, describer = self._writing(), self._describing()
        for change in changes:
            publication = publication_from_json(change.publication)
            described = describer.describe(resolution_from_json(change.resolution), publication)
            made = document(change.id, described, days_of(publication), change.newest_on, change.position)
            replace(writer, change.id, made, known=not self._fresh or change.id in self._added)
            self._added.add(change.id)
            self.mark = change.mark
        self._uncommitted += len(changes)
        if self._uncommitted >= _COMMIT_EVERY:
            self._commit()

    def _commit(self) -> None:
        writer = self._writing()
        replace_stamp(writer, (self._version, self.mark.change, self.mark.trail))
        writer.commit()
        self._uncommitted = 0

    def _writing(self) -> tantivy.IndexWriter:
        if self._writer is None:
            raise RuntimeError("the index is not open for writing: begin() comes first")
        return self._writer

    def _describing(self) -> Describer:
        """Made when it is needed first: it analyses the words of all topics."""
        self._describer = self._describer or self._make_describer()
        return self._describer


def version_of(*parts: object) -> str:
    """What an index depends on apart from the store: the format, the engine, the topics."""
    told = repr((FORMAT, version("tantivy"), *parts))
    return hashlib.sha256(told.encode()).hexdigest()[:16]
