"""What goes in and out of the handlers: a message as typed, a reply as neutral blocks.

Neutral means: no chat system's markup. A transport turns blocks into what its chat can show; the console prints
them. A button holds the command that pressing it types, so a tap and a typed line are the same thing.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

Style = Literal["plain", "bold", "italic", "link"]
BlockKind = Literal["heading", "paragraph", "quote", "bullet"]
ChatKind = Literal["private", "group", "channel"]
Role = Literal["applicant", "protocol_note", "against", "abstained", "topic", "text"]


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message or tap. `chat` is "<transport>:<id>", e.g. "telegram:4711"; `at` is an aware UTC time.

    `user` is who asks, as "<transport>:<id>": the key of the private chat with that person. It is the key of the group
    itself for an administrator who writes in its name, and None where nobody is told (a channel's post, the console).

    `page`: how many results the reply shows (None: what suits the command). `hits`: how many it names at least in
    `Reply.hits`, also beyond those it shows (for `ask --json`). `pressed`: the chat system's id of the message whose
    button was pressed, None for a typed line. `language`: what the person's chat program is set to, an IETF tag such as
    "en-GB"; None where that is not known. `whole`: long texts in one piece, as at a terminal, instead of in sheets.
    `document`: the chat system's id of a small text file that came along, see `handlers.attached`.
    """

    chat: str
    text: str
    at: dt.datetime
    page: int | None = None
    hits: int = 0
    pressed: str | None = None
    user: str | None = None
    kind: ChatKind = "private"
    language: str | None = None
    whole: bool = False
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Span:
    text: str
    style: Style = "plain"
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    spans: tuple[Span, ...]
    kind: BlockKind = "paragraph"

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True)
class Button:
    """One of three: `command` is what pressing types, at most 64 bytes in UTF-8 (Telegram's limit for callback data);
    `url` a page that it opens; `share` a search that it offers to put into another chat (Telegram's inline mode).
    """

    label: str
    command: str = ""
    url: str | None = None
    share: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """One resolution in a reply, as `ask --json` shows it. `id`, `revision`: as buttons name it (/beschluss #7.2)."""

    source: str
    number: str
    body: str | None
    session: int | None
    title: str
    role: Role
    score: float
    id: int
    revision: int


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture (PNG, shown in the chat) or a file to keep. `words` say the same in text, for who cannot see it: at
    most 1,000 characters."""

    kind: Literal["picture", "file"]
    name: str
    data: bytes = field(repr=False)
    words: str


@dataclass(frozen=True, slots=True)
class Reply:
    """`replaces`: takes the place of the message whose button was pressed (a page that is turned, a setting that is
    switched) where the chat can do that; after a typed line it is a new message like any other.

    `chooses_channel`: the label of a button below the chat that lets one choose a channel, for replies without other
    buttons in a private chat; "" takes that button away again. What was chosen comes as `/kanal verbinden <id>`.

    `toast`: a few words (at most 200 characters) that a tap shows over the chat: beside the message that `replaces`,
    else instead of a message. Where none can be shown, the blocks say it, so there always are some.
    """

    blocks: tuple[Block, ...]
    buttons: tuple[tuple[Button, ...], ...] = ()
    hits: tuple[Hit, ...] = ()
    total: int = 0
    suggestions: tuple[str, ...] = ()
    error: str | None = None
    replaces: bool = False
    chooses_channel: str | None = None
    toast: str | None = None
    attachments: tuple[Attachment, ...] = ()

    @property
    def text(self) -> str:
        return "\n\n".join(block.text for block in self.blocks)


def plain(text: str, kind: BlockKind = "paragraph") -> Block:
    """A block of one unstyled span."""
    return Block((Span(text),), kind)
