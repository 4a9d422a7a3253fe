"""Which sentences of a resolution read differently in a later revision: as they stood, and as they stand now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from feeds.changes import bare
from feeds.record import Resolution
from feeds.sentences import sentences


@dataclass(frozen=True, slots=True)
class Rewording:
    """One sentence of a Ziffer (`item`; None outside all of them): `before` None where it is new, `after` None where it
    is gone."""

    item: int | None
    before: str | None
    after: str | None


def rewordings(old: Resolution, new: Resolution) -> tuple[Rewording, ...]:
    """In the order of the new text, of the Ziffern that stand in both; what differs in typography only is none."""
    before, after = _by_item(old), _by_item(new)
    return tuple(one for item, told in after.items() if item in before for one in _between(item, before[item], told))


def _by_item(resolution: Resolution) -> dict[int | None, list[str]]:
    found: dict[int | None, list[str]] = {}
    for passage in resolution.passages:
        found.setdefault(passage.item, []).extend(one.text for one in sentences(passage))
    return found


def _between(item: int | None, old: list[str], new: list[str]) -> Iterator[Rewording]:
    compared = SequenceMatcher(None, [bare(one) for one in old], [bare(one) for one in new], autojunk=False)
    for kind, first, last, start, end in compared.get_opcodes():
        if kind != "equal":
            yield from (Rewording(item, *pair) for pair in zip_longest(old[first:last], new[start:end]))
