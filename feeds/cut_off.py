"""Whether a document's text breaks off in the middle of a sentence, as a download does that was cut short.

Told by its last words alone: a word that cannot end a sentence, or no full stop where the document's other paragraphs
of that kind have one. What ends with a whole sentence looks complete, whatever is missing behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from feeds.paragraphs import UNFINISHED
from feeds.record import Resolution

CUT_OFF = "Der Text bricht am Ende mitten im Satz ab; wahrscheinlich fehlt der Rest des Dokuments."

_ENDED = re.compile(r"[.:;!?…][“”\"’)»\]]*$")
_CLOSING = re.compile(
    r"(?:Mit (?:freundlichen|besten|herzlichen) Grüßen|Hochachtungsvoll|Im Auftrag|[A-ZÄÖÜ][\w-]+, (?:den|im) )"
    r"|.*\bgez\. [^.]{2,80}$"
)
"""How the words below a letter or a declaration begin, which end without a full stop."""
_MOSTLY = 0.6
"""The share of the document's other paragraphs of that kind that end with a full stop, for its lack to be a sign."""
_SHORTEST = 5
"""Words; what is shorter may be a signature or an entry of a list."""


@dataclass(frozen=True, slots=True)
class _Text:
    """A paragraph, entry or note; `kind` tells which of them mostly end alike."""

    text: str
    kind: str

    @property
    def ended(self) -> bool:
        return bool(_ENDED.search(self.text))


def breaks_off(resolution: Resolution) -> bool:
    """Whether the reader has said so of it."""
    return CUT_OFF in resolution.warnings


def with_cut_off(resolutions: tuple[Resolution, ...]) -> tuple[Resolution, ...]:
    """The resolutions of a document, the last with a warning if the document ends inside a sentence."""
    if not resolutions or not any(_texts(resolutions[-1])):
        return resolutions
    *before, last = (text for one in resolutions for text in _texts(one))
    if not _is_cut(last, [one for one in before if one.kind == last.kind]):
        return resolutions
    cut = resolutions[-1]
    return (*resolutions[:-1], replace(cut, warnings=(*cut.warnings, CUT_OFF)))


def _is_cut(last: _Text, alike: list[_Text]) -> bool:
    if UNFINISHED.search(last.text):
        return True
    if last.ended or _CLOSING.match(last.text) or len(last.text.split()) < _SHORTEST:
        return False
    return sum(one.ended for one in alike) >= _MOSTLY * len(alike)


def _texts(resolution: Resolution) -> Iterator[_Text]:
    """Of the body, then of the notes."""
    for one in resolution.passages:
        if one.role != "heading":
            yield _Text(one.text, "bullet" if one.role == "bullet" else "paragraph")
    for note in resolution.protocol_notes:
        yield from (_Text(text, "paragraph") for text in note.text.split("\n"))
