"""What was asked for by a button is no longer there."""

from __future__ import annotations

from config.texts import Texts
from handlers.reply import Button, Reply, plain


def gone(texts: Texts) -> Reply:
    text = texts("show.gone")
    return Reply((plain(text),), ((Button(texts("button.latest"), "/neu"),),), error=text)
