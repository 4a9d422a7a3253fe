"""Why somebody is told of a resolution, as the outbox and the digest entries keep it.

A reason is kept as short as it can be: the label alone where the label is also what was asked for, else an object
`{"label": …, "query": …}` (a subscription with a name of its own) or `{"label": …, "followed": id}` (a resolution that
the chat follows, and that this one refers to or is).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from storage.subscriptions import Subscription

Kept = str | dict[str, Any]
"""A reason as JSON."""


@dataclass(frozen=True, slots=True)
class Reason:
    """`label` is shown. `query`: what was asked for, None for a followed resolution. `followed`: its id."""

    label: str
    query: str | None = None
    followed: int | None = None


def reason_of(subscription: Subscription) -> Reason:
    if subscription.kind == "resolution":
        return Reason(subscription.shown, followed=int(subscription.query))
    return Reason(subscription.shown, subscription.label)


def kept(reason: Reason) -> Kept:
    if reason.followed is not None:
        return {"label": reason.label, "followed": reason.followed}
    return reason.label if reason.query in (None, reason.label) else {"label": reason.label, "query": reason.query}


def read(reasons: Iterable[Kept]) -> tuple[Reason, ...]:
    """Each once."""
    return tuple(dict.fromkeys(map(_read, reasons)))


def merged(*lists: Sequence[Kept]) -> list[Kept]:
    """All of them in order, each once."""
    return [kept(reason) for reason in read(one for reasons in lists for one in reasons)]


def _read(one: Kept) -> Reason:
    if isinstance(one, str):
        return Reason(one, one)
    return Reason(str(one["label"]), one.get("query"), one.get("followed"))
