"""A reply in the public shape of `ask --json` (keys and meaning are fixed by the contract)."""

from __future__ import annotations

import base64
from typing import Any

from handlers.reply import Attachment, Block, Button, Hit, Reply


def reply_as_json(reply: Reply, limit: int | None = None) -> dict[str, Any]:
    """JSON-ready; with `limit` no more than that many hits, while `total` still counts all."""
    return {
        "text": reply.text,
        "blocks": [_block(block) for block in reply.blocks],
        "buttons": [[_button(one) for one in row] for row in reply.buttons],
        "hits": [_hit(hit) for hit in reply.hits[:limit]],
        "total": reply.total,
        "suggestions": list(reply.suggestions),
        "error": reply.error,
        "attachments": [_attachment(one) for one in reply.attachments],
    }


def _block(block: Block) -> dict[str, Any]:
    spans = [{"text": span.text, "style": span.style, "url": span.url} for span in block.spans]
    return {"kind": block.kind, "text": block.text, "spans": spans}


def _button(button: Button) -> dict[str, Any]:
    """`command` is "" for a button that opens an address or starts a search elsewhere, which is named then."""
    others = {"url": button.url, "share": button.share}
    return {
        "label": button.label,
        "command": button.command,
        **{name: value for name, value in others.items() if value is not None},
    }


def _attachment(one: Attachment) -> dict[str, Any]:
    """`data` is base64."""
    data = base64.b64encode(one.data).decode("ascii")
    return {"kind": one.kind, "name": one.name, "words": one.words, "data": data}


def _hit(hit: Hit) -> dict[str, Any]:
    return {
        "source": hit.source,
        "number": hit.number,
        "body": hit.body,
        "session": hit.session,
        "title": hit.title,
        "role": hit.role,
        "score": hit.score,
        "id": hit.id,
        "revision": hit.revision,
    }
