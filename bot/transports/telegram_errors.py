"""What Telegram's errors say about a message's fate: one table, read from the top.

An exception of the library alone does not decide: `BadRequest` is a `NetworkError` to it, and holds everything from a
group that moved to a text too long. So each row names an exception and words of the description (Bot API, observed
wordings). What no row knows is kept as unknown and reported: a refusal that nobody has seen before is no reason to lose
a message, and none to send it twice.
"""

from __future__ import annotations

import enum
import logging
from dataclasses import dataclass

from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.outcome import Outcome, Rejected, Unknown
from bot.transports.aiohttp_request import FloodControlError, NotSentError

# Seconds until the same message is tried again after a fault that is not the message's.
NETWORK_PAUSE = 30.0
TOKEN_PAUSE = 300.0

_log = logging.getLogger(__name__)


class Verdict(enum.Enum):
    CLOSED = "the chat is closed to the bot"
    TOPIC_CLOSED = "this topic of the forum is closed or gone"
    ENTITIES = "the text is refused for its formatting only"
    ADDRESS = "a button that opens an address or a search is refused"
    SAME = "the message stands there like this already"
    NOT_EDITABLE = "that message cannot be changed (any more)"
    BROKEN = "the message itself is refused, and would be again"
    UNSEEN = "nobody has seen this before"


@dataclass(frozen=True, slots=True)
class Row:
    error: type[TelegramError]
    words: tuple[str, ...]
    verdict: Verdict


TABLE = (
    Row(
        Forbidden,
        (
            "bot was blocked by the user",
            "user is deactivated",
            "bot was kicked",
            "bot is not a member",
            "bot can't initiate conversation",
            "bot can't send messages to bots",
            "bot can't send messages to the user",
            "group chat was deleted",
            "the group chat was deactivated",
            "not enough rights",
        ),
        Verdict.CLOSED,
    ),
    Row(
        BadRequest,
        (
            "chat not found",
            "user not found",
            "group chat was deactivated",
            "group chat was deleted",
            "bot was kicked",
            "bot is not a member",
            "not enough rights to send",
            "have no rights to send",
            "need administrator rights",
            "chat_write_forbidden",
            "chat_restricted",
            "channel_private",
            "peer_id_invalid",
            "user_is_blocked",
            "input_user_deactivated",
        ),
        Verdict.CLOSED,
    ),
    Row(BadRequest, ("message thread not found", "topic_closed", "topic_deleted"), Verdict.TOPIC_CLOSED),
    Row(
        BadRequest,
        ("can't parse entities", "can't parse message entities", "entity_", "entities_too_long"),
        Verdict.ENTITIES,
    ),
    Row(
        BadRequest,
        (
            "button_url_invalid",
            "button_type_invalid",
            "button_invalid",
            "button url",
            "wrong http url",
            "url host is empty",
            "switch_inline",
        ),
        Verdict.ADDRESS,
    ),
    Row(BadRequest, ("message is not modified", "message_not_modified"), Verdict.SAME),
    Row(
        BadRequest,
        (
            "message to edit not found",
            "message can't be edited",
            "no text in the message to edit",
            "message_id_invalid",
            "message_edit_time_expired",
        ),
        Verdict.NOT_EDITABLE,
    ),
    Row(
        BadRequest,
        (
            "text is empty",
            "text must be non-empty",
            "message is too long",
            "message_too_long",
            "chat_id is empty",
            "button_",
            "reply markup is too long",
            "reply_markup_too_long",
            "can't parse reply keyboard markup",
            "can't parse inline keyboard button",
            "inline keyboard must",
            "strings must be encoded in utf-8",
            "image_process_failed",
            "photo_invalid_dimensions",
            "message caption is too long",
            "file must be non-empty",
            "file is too big",
        ),
        Verdict.BROKEN,
    ),
)


def verdict(error: TelegramError) -> Verdict:
    """The first row that knows the error and its description."""
    said = error.message.lower()
    rows = (row for row in TABLE if isinstance(error, row.error) and any(words in said for words in row.words))
    row = next(rows, None)
    return Verdict.UNSEEN if row is None else row.verdict


def classify(error: TelegramError) -> Outcome:
    """The outcome of a send that ended in this error. 5xx, time-outs and cut connections: unknown."""
    match error:
        case FloodControlError():
            return Rejected(str(error), retry_after=error.seconds, flood=True)
        case RetryAfter():
            return Rejected(str(error), retry_after=NETWORK_PAUSE, flood=True)
        case ChatMigrated():
            return Rejected(str(error), moved_to=str(error.new_chat_id))
        case NotSentError():
            return Rejected(str(error), retry_after=NETWORK_PAUSE)
        case InvalidToken():
            return Rejected("Telegram does not accept the bot's token.", retry_after=TOKEN_PAUSE, everywhere=True)
        case BadRequest() | Forbidden():
            return _refused(error)
        case _:
            return Unknown(f"{type(error).__name__}: {error}"[:500])


def _refused(error: TelegramError) -> Outcome:
    match verdict(error):
        case Verdict.CLOSED:
            return Rejected(str(error), gone=True)
        case Verdict.TOPIC_CLOSED:
            return Rejected(str(error), gone=True, topic_only=True)
        case Verdict.ENTITIES | Verdict.ADDRESS | Verdict.SAME | Verdict.NOT_EDITABLE | Verdict.BROKEN:
            return Rejected(str(error))
        case Verdict.UNSEEN:
            fields = {"error": type(error).__name__, "description": error.message}
            _log.error("telegram.error_unseen", extra={"fields": fields})
            return Unknown(f"{type(error).__name__}, never seen before: {error}"[:500])
