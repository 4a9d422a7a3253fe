"""Why a resolution is told: which subscriptions it fits, and which followed resolution it is or refers to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from config.texts import Texts
from handlers.render_resolution import name_of
from storage.reasons import Reason
from storage.resolutions import StoredResolution


def labels_of(reasons: Iterable[Reason]) -> tuple[str, ...]:
    """How the subscriptions are called, without what is followed."""
    return tuple(reason.label for reason in reasons if reason.followed is None)


def queries_of(reasons: Iterable[Reason]) -> tuple[str, ...]:
    """What the subscriptions ask for, to choose sentences by."""
    return tuple(reason.query or reason.label for reason in reasons if reason.followed is None)


def follow_lines(reasons: Sequence[Reason], stored: StoredResolution, texts: Texts) -> tuple[str, ...]:
    """A sentence for each followed resolution: "Weil Sie „20. IntMK, TOP 5.2“ folgen: TOP 6.1 verweist darauf."."""
    name = name_of(stored, texts) or stored.resolution.title
    followed = [reason for reason in reasons if reason.followed is not None]
    return tuple(
        texts(f"follow.{'revised' if one.followed == stored.id else 'refers'}", label=one.label, name=name)
        for one in followed
    )
