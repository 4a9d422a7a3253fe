"""Deadlines and dates, laws, money and references of a resolution, each in the words of the text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from config.texts import Texts
from feeds.record import DateMention, LawReference, Resolution
from handlers.excerpt import Fact, excerpt
from handlers.phrases import place
from handlers.reply import Block, Span, plain
from handlers.section import Bounds, Section, section

_TELLING = {"deadline": "overview.deadline", "in force": "overview.in_force"}
"""Roles that make a date an entry of its own, in the order of the list; other dates share a line."""


def dates_section(resolution: Resolution, texts: Texts, bounds: Bounds) -> Section:
    """Deadlines, then what comes into force, each by date; then what else is named, bare years only with `minor`."""
    telling = [(key, one) for role, key in _TELLING.items() for one in _by_date(resolution.dates) if one.role == role]
    shown = telling[: bounds.entries]
    entries = [_entry(texts(key, words=one.text), one, resolution, texts) for key, one in shown]
    others = [one for one in resolution.dates if one.role not in _TELLING and (bounds.minor or _is_exact(one))]
    also = [_list(texts("overview.other_dates", words=_words(others)))] if others and _words(others) else []
    return section(texts("overview.dates"), [*entries, *also], len(telling) - len(shown), texts)


def laws_section(resolution: Resolution, texts: Texts, bounds: Bounds) -> Section:
    """One list: "§ 24 AufenthG, § 26 BeschV, Grundgesetz"."""
    names = tuple(dict.fromkeys(map(_law, resolution.laws)))
    most = bounds.entries * 2  # names are short
    shown = names[:most]
    return section(texts("overview.laws"), [plain(", ".join(shown))] if shown else [], len(names) - len(shown), texts)


def money_section(resolution: Resolution, texts: Texts, bounds: Bounds) -> Section:
    """Both ends of a range share their words and so an entry."""
    unique = tuple({(one.text, one.item, one.lines): one for one in resolution.money}.values())
    shown = unique[: bounds.entries]
    blocks = (_entry(one.text, one, resolution, texts) for one in shown)
    return section(texts("overview.money"), blocks, len(unique) - len(shown), texts)


def references_section(resolution: Resolution, texts: Texts, bounds: Bounds) -> Section:
    """Other resolutions and sessions, as the text names them."""
    unique = tuple({one.text: one for one in resolution.references}.values())
    shown = unique[: bounds.entries]
    blocks = (_list(one.text, place(one.item, one.lines, texts)) for one in shown)
    return section(texts("overview.references"), blocks, len(unique) - len(shown), texts)


def _by_date(dates: Iterable[DateMention]) -> list[DateMention]:
    return sorted(dates, key=lambda one: one.date)


def _is_exact(one: DateMention) -> bool:
    """More than a bare year, of which a text about figures is full."""
    return one.precision != "year" or one.role is not None


def _words(dates: Sequence[DateMention]) -> str:
    return ", ".join(dict.fromkeys(one.text for one in dates))


def _law(one: LawReference) -> str:
    if one.section is None:
        return one.law
    sign = "Art." if one.text.startswith("Art") else "§"
    return f"{sign} {one.section} {one.law}"


def _entry(label: str, fact: Fact, resolution: Resolution, texts: Texts) -> Block:
    """A bullet: what it is, the words around it, its place."""
    words = excerpt(fact, resolution.passages)
    quoted = (Span(texts("overview.words", words=words)),) if words and words != fact.text else ()
    where = place(fact.item, fact.lines, texts)
    return Block((Span(label, "bold"), *quoted, *((Span(f" ({where})", "italic"),) if where else ())), "bullet")


def _list(text: str, where: str = "") -> Block:
    return Block((Span(text), *((Span(f" ({where})", "italic"),) if where else ())), "bullet")
