"""Links that open the bot with something in mind: t.me/<bot>?start=thema_sprachkurse.

What stands behind "start=" reaches us as "/start thema_sprachkurse". It is short for a line that one could type, so a
link does what typing does. Telegram allows at most 64 of A-Z a-z 0-9 _ and - there; umlauts are spelt out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from config.spelling import fold
from config.states import State
from config.topics import Topic
from handlers.services import Services

LONGEST = 64
PREVIEW = "/aboneu sehen sofort"
"""What typing it in front of "state Bayern" or "topic Sprachkurse" shows: the subscription before it is made."""

_OPENED = re.compile(r"/start(?:@\w+)?\s+(?P<payload>[A-Za-z0-9_-]{1,64})", re.IGNORECASE)
_BARE = {"neu": "/neu", "themen": "/themen", "fristen": "/fristen", "hilfe": "/hilfe", "abos": "/abos", "abo": "/abo"}
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_WORDS = re.compile(r"[^\W_]+(?:(?:-| |- )[^\W_]+)*")
"""A link has no signs of its own, so it cannot say -without, a phrase or a filter."""
_OTHER = re.compile(r"[^a-z0-9]+")


def typed_by(line: str, services: Services) -> str | None:
    """The line that a link's "/start …" is short for; None where it is no link, or one that nothing is behind."""
    match = _OPENED.fullmatch(line)
    if match is None:
        return None
    payload = match["payload"].casefold()
    kind, _, what = payload.partition("_")
    reader = _READERS.get(kind)
    return reader(what, services) if reader and what else _BARE.get(payload)


def to_topic(topic: Topic) -> str:
    return f"thema_{topic.id}"


def to_search(text: str) -> str | None:
    """The same words searched for in the bot; None for what a link cannot hold: signs, or too much."""
    payload = f"thema_{slug(text)}"
    return payload if _WORDS.fullmatch(text) and len(payload) <= LONGEST else None


def to_state(state: State) -> str:
    return f"land_{slug(state.name)}"


def to_resolution(id: int) -> str:
    """By the internal number, which outlasts revisions."""
    return f"b_{id}"


def to_subscription(kind: str, label: str) -> str | None:
    """To the preview of a subscription ("topic" or "state"); None for what a link cannot hold: signs, or too much."""
    payload = f"abo_{'land' if kind == 'state' else 'thema'}_{slug(label)}"
    return payload if _WORDS.fullmatch(label) and len(payload) <= LONGEST else None


def shared(link: str, text: str) -> str:
    """An address that lets one choose in Telegram whom to send the link to."""
    return f"https://t.me/share/url?{urlencode({'url': link, 'text': text})}"


def slug(text: str) -> str:
    """Lower case, umlauts spelt out, "-" for everything else: "Künstliche Intelligenz" → "kuenstliche-intelligenz"."""
    plain = unicodedata.normalize("NFC", text).casefold().translate(_UMLAUTS)
    bare = "".join(char for char in unicodedata.normalize("NFD", plain) if not unicodedata.combining(char))
    return _OTHER.sub("-", bare).strip("-")


def _topic(what: str, services: Services) -> str:
    """A topic by its id or any of its words; else the words themselves."""
    return f"/topic {_topic_name(what, services)}"


def _topic_name(what: str, services: Services) -> str:
    wanted = fold(what)
    for topic in services.topics:
        if wanted == fold(topic.id) or wanted in map(fold, topic.terms):
            return topic.name
    return re.sub(r"[-_]+", " ", what).strip()


def _state(what: str, services: Services) -> str | None:
    name = _state_name(what, services)
    return f"/state {name}" if name else None


def _state_name(what: str, services: Services) -> str | None:
    wanted = fold(what)
    known = (one for one in services.states.all if wanted in map(fold, (one.name, one.abbreviation, *one.forms)))
    return next((one.name for one in known), None)


def _resolution(what: str, _services: Services) -> str | None:
    return f"/beschluss #{int(what)}" if re.fullmatch("[0-9]{1,15}", what) else None


def _subscription(what: str, services: Services) -> str | None:
    """ "abo_land_bayern", "abo_thema_sprachkurse", or "abo_bayern": a Land if there is one of that name."""
    kind, _, rest = what.partition("_")
    state = _state_name(rest if kind in ("land", "state") else what, services)
    if state:
        return f"{PREVIEW} state {state}"
    if kind in ("land", "state"):
        return None
    return f"{PREVIEW} topic {_topic_name(rest if kind in ('thema', 'topic') and rest else what, services)}"


_READERS: Mapping[str, Callable[[str, Services], str | None]] = {
    "thema": _topic,
    "topic": _topic,
    "land": _state,
    "state": _state,
    "b": _resolution,
    "beschluss": _resolution,
    "abo": _subscription,
}
