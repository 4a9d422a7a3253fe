"""What a desk officer looks for first: who is asked for what, by when, on which law, with which money."""

from __future__ import annotations

from config.texts import Texts
from feeds.record import Resolution
from handlers.render_demands import commitments_section, demands_section
from handlers.render_facts import dates_section, laws_section, money_section, references_section
from handlers.section import COMPACT, Bounds, Section, joined

_SECTIONS = (
    demands_section,
    commitments_section,
    dates_section,
    laws_section,
    money_section,
    references_section,
)


def overview(resolution: Resolution, texts: Texts, bounds: Bounds = COMPACT) -> Section:
    """Every section that has something to say, in this order; `hidden` counts what all of them left out."""
    return joined(render(resolution, texts, bounds) for render in _SECTIONS)
