"""What people can ask for about their subscriptions, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from storage.subscriptions import Rhythm

GuideStep = Literal["kinds", "topics", "states", "words", "filters", "rhythm", "preview"]


@dataclass(frozen=True, slots=True)
class Guide:
    """A step on the way to a subscription. `query` is what stands behind /abo; `first` counts the topics from 1."""

    step: GuideStep = "kinds"
    query: str = ""
    rhythm: Rhythm | None = None
    first: int = 1


@dataclass(frozen=True, slots=True)
class Follow:
    """A resolution or a conference as people cite it; "" asks how, and what is followed already.

    `rhythm` None: what the chat has chosen.
    """

    cited: str
    rhythm: Rhythm | None = None


@dataclass(frozen=True, slots=True)
class ShowSubscription:
    """One subscription with all that can be done about it."""

    id: int


@dataclass(frozen=True, slots=True)
class PauseSubscription:
    """`until` as typed ("14 Tage", "1.5.2026", "immer": until further notice); None lets one choose."""

    id: int
    until: str | None = None


@dataclass(frozen=True, slots=True)
class ResumeSubscription:
    id: int


@dataclass(frozen=True, slots=True)
class NameSubscription:
    """`name` None asks for one; "" takes it away."""

    id: int
    name: str | None = None


@dataclass(frozen=True, slots=True)
class TestSubscription:
    """What it would have brought so far."""

    __test__ = False

    id: int
    first: int = 1


@dataclass(frozen=True, slots=True)
class ShareSubscription:
    id: int


@dataclass(frozen=True, slots=True)
class RestoreSubscription:
    """Takes its end back."""

    id: int


@dataclass(frozen=True, slots=True)
class ExportSubscriptions:
    """All of the chat as a list of typed lines."""


@dataclass(frozen=True, slots=True)
class ImportSubscriptions:
    """A list as `handlers.subscription_list` writes it; () asks for one. `confirmed`: what it adds was seen."""

    lines: tuple[str, ...] = ()
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class CancelQuestion:
    """The bot's open question is not to be answered."""


SubscriptionCommand = (
    Guide
    | Follow
    | ShowSubscription
    | PauseSubscription
    | ResumeSubscription
    | NameSubscription
    | TestSubscription
    | ShareSubscription
    | RestoreSubscription
    | ExportSubscriptions
    | ImportSubscriptions
    | CancelQuestion
)
