"""Names for chats where their ids must not stand: in the log, and in what is kept about strangers.

A keyed hash: the same chat has the same name everywhere, and without the key nobody gets from one to the other, not
even by trying all ids there are.
"""

from __future__ import annotations

import hashlib
import hmac
import re

from config.settings import Secret

_KEY = re.compile(r"\btelegram:-?\d+(?:/\d+)?")
_BARE = re.compile(r"(?P<before>\b(?:chat|user)[ _]?id\W{1,8}?)(?P<id>-?\d+)", re.IGNORECASE)
# Hexadecimal digits: enough that two chats of one installation do not share a name by chance.
_LENGTH = 12


class Pseudonyms:
    """`pseudonyms("telegram:4711")` is for instance "chat~3f9a0c51d2e8"."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    @classmethod
    def of_token(cls, token: Secret | None) -> Pseudonyms:
        """With a key made of the bot's token: it is secret already, and the same in every process. Without a token
        there are no chats but the local one."""
        secret = token.reveal() if token else "no token"
        return cls(hashlib.sha256(f"beschlussbote pseudonyms {secret}".encode()).digest())

    def masked(self, text: str) -> str:
        """The text with every chat's id replaced, as our own keys name them and as Telegram's errors do."""
        text = _KEY.sub(lambda found: self(found[0]), text)
        return _BARE.sub(lambda found: found["before"] + self(f"telegram:{found['id']}"), text)

    def __call__(self, chat: str) -> str:
        return f"chat~{hmac.new(self._key, chat.encode(), hashlib.sha256).hexdigest()[:_LENGTH]}"
