"""A manuscript as the web page of a conference: the same text between the usual navigation."""

from __future__ import annotations

from html import escape

from bot.demo.manuscript import Block, parse_manuscript

_FRAME = """<!doctype html>
<html lang="de">
<head><meta charset="utf-8"><title>{title}</title></head>
<body>
<nav><a href="/">Startseite</a> | <a href="/beschluesse.html">Beschlüsse</a> | <a href="/feed.xml">RSS</a></nav>
<main>
{content}
</main>
<footer><p>Geschäftsstelle der Beispielministerkonferenz, Musterstadt (erfunden)</p></footer>
</body>
</html>
"""


def web_page(text: str) -> bytes:
    """The UTF-8 page of a manuscript; raises `ValueError` as `parse_manuscript` does."""
    manuscript = parse_manuscript(text)
    running = f"<p>{'<br>'.join(map(escape, manuscript.running))}</p>"
    blocks = [_block(block) for item in manuscript.items for block in item]
    return _FRAME.format(title=escape(manuscript.running[0]), content="\n".join([running, *blocks])).encode()


def _block(block: Block) -> str:
    tag = {"top": "h2", "title": "h3"}.get(block.part, "p")
    return f"<{tag}>{'<br>'.join(escape(line.replace('|', '')) for line in block.lines)}</{tag}>"
