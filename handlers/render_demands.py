"""Who is asked for what, and who undertakes what: whole sentences with their place, grouped by whom they name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from config.texts import Texts
from feeds.record import Lines, Resolution
from feeds.sentences import ENTRY
from handlers.phrases import enumeration, place
from handlers.reply import Block, Span, plain
from handlers.section import Bounds, Section, section, within


@dataclass(frozen=True, slots=True)
class _Saying:
    """A sentence with all whom it names; () where it names nobody."""

    names: tuple[str, ...]
    text: str
    item: int | None
    lines: Lines | None


def demands_section(resolution: Resolution, texts: Texts, bounds: Bounds) -> Section:
    """For instance "Gefordert", "Bund:", the sentences, "KMK:", …"""
    sayings = _merged(_Saying(_named(one.addressee), one.text, one.item, one.lines) for one in resolution.demands)
    return _grouped(sayings, texts("overview.demands"), texts("overview.no_addressee"), texts, bounds)


def commitments_section(resolution: Resolution, texts: Texts, bounds: Bounds) -> Section:
    """What the parties of a paper say that they will do."""
    sayings = _merged(_Saying(one.actors, one.text, None, one.lines) for one in resolution.commitments)
    return _grouped(sayings, texts("overview.commitments"), texts("overview.no_actor"), texts, bounds)


def _named(addressee: str | None) -> tuple[str, ...]:
    return () if addressee is None else (addressee,)


def _merged(sayings: Iterable[_Saying]) -> tuple[_Saying, ...]:
    """A sentence with two addressees stands there twice; it is shown once, with both."""
    merged: dict[tuple[str, int | None, Lines | None], _Saying] = {}
    for one in sayings:
        key = (one.text, one.item, one.lines)
        names = dict.fromkeys((*(merged[key].names if key in merged else ()), *one.names))
        merged[key] = _Saying(tuple(names), one.text, one.item, one.lines)
    return tuple(merged.values())


def _grouped(sayings: Sequence[_Saying], title: str, nobody: str, texts: Texts, bounds: Bounds) -> Section:
    shown = within(bounds, sayings, [len(one.text) for one in sayings])
    groups: dict[tuple[str, ...], list[_Saying]] = {}
    for one in shown:
        groups.setdefault(one.names, []).append(one)
    blocks = (
        block
        for names, members in groups.items()
        for block in (_who(names, nobody, texts), *(_said(one, texts) for one in members))
    )
    return section(title, blocks, len(sayings) - len(shown), texts)


def _who(names: Sequence[str], nobody: str, texts: Texts) -> Block:
    who = enumeration(names, texts) or nobody
    return plain(texts("overview.who", names=who[0].upper() + who[1:]), "heading")


def _said(one: _Saying, texts: Texts) -> Block:
    """Bullets that a sentence goes on in stand below it, each on its own line."""
    where = place(one.item, one.lines, texts)
    text = one.text.replace("\n", ENTRY)
    return Block((Span(text), *((Span(f" ({where})", "italic"),) if where else ())), "bullet")
