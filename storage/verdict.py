"""What one reading of a resolution is beside what is stored of it.

The rule, first match counts. "Elsewhere" is another address than that of the newest stored revision:

1. Not stored yet: **new**. Says what the newest revision says: **same**.
2. It only leaves out what the newest one has (`feeds.shortened`), elsewhere: **shortened**. A copy that broke off, an
   excerpt or a provisional version without its notes never takes the place of the whole text.
3. The same, at the same address: **shortened** where it is damaged (it ends in the middle of a sentence, or most of it
   is gone); else **changed**, since there the publisher has struck a Ziffer.
4. An earlier wording told again elsewhere: **same**, since a collection and a page may keep two wordings for ever; but
   **changed** where the newest one is itself such a remainder of it: one that is damaged, or that came from an address
   which never had the whole. So a stored remainder gives way to the whole, whichever address brings that.
5. Anything else is **changed**.

What is shortened is no news: it is counted and reported, the stored text stays, nobody is told. Corrections that strike
something and come at a new address look the same; a person can have them counted (`accept_shorter`), and what a person
has looked at is not replaced by rule 4.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from feeds.record import Resolution
from feeds.shortened import is_damaged, leaves_out

Verdict = Literal["new", "changed", "same", "shortened"]


@dataclass(frozen=True, slots=True)
class Known:
    """What is stored of a resolution: its newest revision, where that came from, and what it says.

    `told`: for every fingerprint that it ever had, the addresses it came from. `reviewed`: the revision that a person
    last looked at, else the first.
    """

    id: int
    reviewed: int
    revision: int
    address: str
    fingerprint: str
    resolution: Resolution
    told: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def looked_at(self) -> bool:
        return self.revision > 1 and self.reviewed == self.revision


def verdict_of(
    resolution: Resolution, fingerprint: str, known: Known | None, address: str, *, accept_shorter: bool = False
) -> Verdict:
    """By the rule above; `fingerprint` as in `storage.identity`."""
    if known is None:
        return "new"
    if fingerprint == known.fingerprint:
        return "same"
    if not accept_shorter and _is_remainder(resolution, known, elsewhere=address != known.address):
        return "shortened"
    earlier = address != known.address and fingerprint in known.told
    return "same" if earlier and not _makes_whole(resolution, fingerprint, known) else "changed"


def _is_remainder(resolution: Resolution, known: Known, *, elsewhere: bool) -> bool:
    damaged = is_damaged(resolution, known.resolution)
    return damaged or (elsewhere and leaves_out(resolution, known.resolution))


def _makes_whole(resolution: Resolution, fingerprint: str, known: Known) -> bool:
    if known.looked_at:
        return False
    shortened_elsewhere = known.address not in known.told[fingerprint] and leaves_out(known.resolution, resolution)
    return shortened_elsewhere or is_damaged(known.resolution, resolution)
