"""Which stretch of a longer list a reply shows, and the buttons to the others.

A button that turns the page always says where the page begins, also the first one ("… ab 1"): so it is told from a
button that opens the list, and the page that it brings takes the place of the one before.
"""

from __future__ import annotations

from dataclasses import dataclass

from config.texts import Texts
from handlers.phrases import grouped
from handlers.reply import Button

ButtonRow = tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Results `first` … `last` of `total`, counted from 1; nothing is shown when `first` > `total`."""

    first: int
    size: int
    total: int

    @property
    def last(self) -> int:
        return min(self.first + self.size - 1, self.total)

    @property
    def beyond(self) -> bool:
        """Somebody asked for more than there is."""
        return self.first > self.total > 0

    def turning(self, command: str, texts: Texts) -> tuple[ButtonRow, ...]:
        """A row with the ways back and on; `command` without its "ab …"."""
        buttons = []
        if self.first > 1:
            before = max(1, min(self.first, self.total + 1) - self.size)
            buttons.append(Button(texts("button.back"), _from(command, before)))
        if self.last < self.total and not self.beyond:
            buttons.append(Button(texts("button.more"), _from(command, self.last + 1)))
        return (tuple(buttons),) if buttons else ()

    def heading(self, texts: Texts) -> str:
        """For instance "4–6 von 7" or "7 von 7"; "" where everything is shown at once."""
        if self.first == 1 and self.last == self.total:
            return ""
        key = "phrase.stretch_of_one" if self.first == self.last else "phrase.stretch"
        return texts(key, first=grouped(self.first, texts), last=grouped(self.last, texts), total=self._total(texts))

    def beyond_text(self, texts: Texts) -> str:
        """What is said where `beyond`."""
        return texts("phrase.beyond", total=self._total(texts))

    def _total(self, texts: Texts) -> str:
        return grouped(self.total, texts)


def _from(command: str, first: int) -> str:
    return f"{command} ab {first}"


def in_rows(buttons: list[Button], width: int) -> tuple[ButtonRow, ...]:
    """Buttons in rows of at most `width`."""
    return tuple(tuple(buttons[at : at + width]) for at in range(0, len(buttons), width))
