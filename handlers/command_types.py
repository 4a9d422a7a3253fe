"""What people can ask for, as plain data, and what can be wrong with a line they typed.

What one can look up, settle, subscribe to, watch or get as a file stands in the modules named `…_commands`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from handlers.channel_commands import ChannelCommand
from handlers.file_commands import FileCommand
from handlers.lookup_commands import LookupCommand
from handlers.setting_commands import SettingCommand
from handlers.subscription_commands import SubscriptionCommand
from handlers.watch_commands import WatchCommand
from storage.subscriptions import Rhythm as Rhythm

SubscriptionKind = Literal["topic", "state"]
ProblemKind = Literal[
    "empty",
    "unknown",
    "missing",
    "too_long",
    "time",
    "reference",
    "id",
    "days",
    "table_form",
    "document_form",
    "span",
    "zone",
    "long_name",
    "long_note",
]


@dataclass(frozen=True, slots=True)
class Start:
    """`payload`: what a link that opened the bot has brought."""

    payload: str = ""


@dataclass(frozen=True, slots=True)
class Help:
    """`page`: a situation or a command, as typed; "": the first page."""

    page: str = ""


@dataclass(frozen=True, slots=True)
class Subscribe:
    """`kind` None: a state if the query names one, else a topic. `rhythm` None: what the chat has chosen.

    `confirmed`: who asks has seen how much it will be.
    """

    query: str
    kind: SubscriptionKind | None = None
    rhythm: Rhythm | None = None
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class ListSubscriptions:
    first: int = 1


@dataclass(frozen=True, slots=True)
class EndSubscription:
    id: int


@dataclass(frozen=True, slots=True)
class SetRhythm:
    id: int
    rhythm: Rhythm


@dataclass(frozen=True, slots=True)
class Forget:
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class ShowPrivacy:
    pass


@dataclass(frozen=True, slots=True)
class SendMyData:
    pass


@dataclass(frozen=True, slots=True)
class Administer:
    """An administrator's command: `action` as in `handlers.admin.desk`, "" for the menu."""

    action: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """A line that cannot be carried out. `command` is the canonical name without slash, "" where there is none."""

    kind: ProblemKind
    command: str = ""
    given: str = ""


Command = (
    LookupCommand
    | SettingCommand
    | ChannelCommand
    | Start
    | Help
    | Subscribe
    | ListSubscriptions
    | EndSubscription
    | SetRhythm
    | Forget
    | ShowPrivacy
    | SendMyData
    | Administer
    | SubscriptionCommand
    | FileCommand
    | WatchCommand
)
