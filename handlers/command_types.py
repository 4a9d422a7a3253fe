"""What people can ask for, as plain data, and what can be wrong with a line they typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from handlers.file_commands import FileCommand
from handlers.subscription_commands import SubscriptionCommand
from handlers.watch_commands import WatchCommand
from storage.subscriptions import Rhythm as Rhythm

SubscriptionKind = Literal["topic", "state"]
StateRole = Literal["antrag", "notiz", "dagegen", "enthalten", "genannt"]
ProblemKind = Literal[
    "empty",
    "unknown",
    "missing",
    "too_long",
    "time",
    "reference",
    "id",
    "days",
    "span",
    "zone",
    "long_name",
    "long_note",
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
class FindTopic:
    """`query` in the language of `feeds.query_language`. `first` counts from 1: the first result of the page."""

    query: str
    first: int = 1


@dataclass(frozen=True, slots=True)
class ExplainFilters:
    pass


@dataclass(frozen=True, slots=True)
class ShowState:
    """`name` as typed; `first` counts from 1 over all that is listed. `role`: only where the Land has that one."""

    name: str
    first: int = 1
    role: StateRole | None = None


@dataclass(frozen=True, slots=True)
class ShowDemands:
    """Of whom what is demanded: `query` begins with the addressee as typed; "" asks who there is."""

    query: str
    first: int = 1


@dataclass(frozen=True, slots=True)
class ShowLaw:
    """Where a law is cited: `query` begins with the law as typed."""

    query: str
    first: int = 1


@dataclass(frozen=True, slots=True)
class ShowDeadlines:
    """What falls due, or with `past` what has been due; `query`: only of what that search finds."""

    first: int = 1
    past: bool = False
    query: str = ""


@dataclass(frozen=True, slots=True)
class ShowTopics:
    """The topics there are; `name`: only those below this one."""

    name: str = ""


@dataclass(frozen=True, slots=True)
class PlainText:
    """A line without a slash."""

    text: str


@dataclass(frozen=True, slots=True)
class ShowById:
    """A stored resolution by its internal id (buttons use it). `sheet` counts from 1.

    `revision`: the one that the button stood beside, so that it can be said what changed since.
    """

    id: int
    revision: int | None = None
    sheet: int = 1


@dataclass(frozen=True, slots=True)
class ShowByNumber:
    """A resolution as people cite it; `section` is the kind of heading, e.g. "Handlungsfeld"."""

    number: str
    body: str | None = None
    session: int | None = None
    section: str | None = None
    sheet: int = 1


@dataclass(frozen=True, slots=True)
class ShowNote:
    """One protocol note in full; `position` counts from 1 inside the resolution."""

    resolution: int
    position: int


@dataclass(frozen=True, slots=True)
class ShowNotes:
    """All protocol notes of a resolution."""

    of: ShowById | ShowByNumber


@dataclass(frozen=True, slots=True)
class ShowDetails:
    """All demands, dates and other facts of a stored resolution, by its internal id."""

    resolution: int
    sheet: int = 1


@dataclass(frozen=True, slots=True)
class ShowLatest:
    first: int = 1


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
class ShowDigest:
    pass


@dataclass(frozen=True, slots=True)
class SetDigest:
    """`minute` counts from local midnight (0 … 1439); None ends the digest. `days`: bit 0 is Monday."""

    minute: int | None
    days: int = 0b1111111


@dataclass(frozen=True, slots=True)
class SetEmptyDigests:
    """Whether a day without anything new is told too."""

    wanted: bool


@dataclass(frozen=True, slots=True)
class SetQuiet:
    """Minutes from local midnight between which nothing is to come; both None: no quiet hours."""

    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class Pause:
    """Nothing for so many days."""

    days: int


@dataclass(frozen=True, slots=True)
class GoOn:
    """Ends the pause."""


@dataclass(frozen=True, slots=True)
class SetZone:
    """The time zone as typed."""

    name: str


@dataclass(frozen=True, slots=True)
class SetSilent:
    silent: bool


@dataclass(frozen=True, slots=True)
class ShowLanguages:
    pass


@dataclass(frozen=True, slots=True)
class SetLanguage:
    """The language as typed: its code or its name."""

    name: str


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
class ManageChannels:
    """The channels that are managed from here; `another`: connect one more."""

    another: bool = False


@dataclass(frozen=True, slots=True)
class ConnectChannel:
    """`id` as the chat system numbers it."""

    id: int


@dataclass(frozen=True, slots=True)
class DisconnectChannel:
    """`id` is our own number of the connection."""

    id: int
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class ForChannel:
    """Another command, to be carried out as if it came from that channel."""

    id: int
    line: str


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
    Start
    | Help
    | FindTopic
    | ExplainFilters
    | ShowState
    | ShowDemands
    | ShowLaw
    | ShowDeadlines
    | ShowTopics
    | PlainText
    | ShowById
    | ShowByNumber
    | ShowNote
    | ShowNotes
    | ShowDetails
    | ShowLatest
    | Subscribe
    | ListSubscriptions
    | EndSubscription
    | SetRhythm
    | ShowDigest
    | SetDigest
    | SetEmptyDigests
    | SetQuiet
    | Pause
    | GoOn
    | SetZone
    | SetSilent
    | ShowLanguages
    | SetLanguage
    | Forget
    | ShowPrivacy
    | SendMyData
    | ManageChannels
    | ConnectChannel
    | DisconnectChannel
    | ForChannel
    | Administer
    | SubscriptionCommand
    | FileCommand
    | WatchCommand
)
