"""Blocks of a reply as a document to file away: PDF or plain text."""

from __future__ import annotations

import io
from collections.abc import Sequence
from html import escape

from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate

from handlers.reply import Block, BlockKind, Span

_PADDING = 6
"""Points by which the library sets text in from the margin."""

_FONTS = ("Vera", "VeraBd", "VeraIt", "VeraBI")


def text_file(blocks: Sequence[Block], closing: str) -> bytes:
    """UTF-8 with a byte order mark, so that every editor shows umlauts; `closing` stands at the end."""
    lines = [f"• {block.text}" if block.kind == "bullet" else block.text for block in blocks]
    return "\n\n".join((*lines, closing)).encode("utf-8-sig")


def pdf_file(title: str, blocks: Sequence[Block], closing: str) -> bytes:
    """A4; `closing` and the number stand at the foot of each page."""
    _register_fonts()
    buffer = io.BytesIO()
    side, top, bottom = 22 * mm, 20 * mm, 24 * mm
    document = SimpleDocTemplate(
        buffer,
        pagesize=A4,
        leftMargin=side,
        rightMargin=side,
        topMargin=top,
        bottomMargin=bottom,
        title=title,
        author="Beschlussbote",
    )
    foot = _Foot(closing)
    story: list[Flowable] = [_paragraph(block, first=at == 0) for at, block in enumerate(blocks)]
    document.build(story, onFirstPage=foot, onLaterPages=foot)
    return buffer.getvalue()


class _Foot:
    def __init__(self, closing: str) -> None:
        self._closing = closing

    def __call__(self, canvas: Canvas, _document: SimpleDocTemplate) -> None:
        canvas.setFont("Vera", 7)
        canvas.drawString(22 * mm + _PADDING, 14 * mm, self._closing)
        canvas.drawRightString(A4[0] - 22 * mm - _PADDING, 14 * mm, f"{canvas.getPageNumber()}")


def _paragraph(block: Block, first: bool) -> Paragraph:
    markup = "".join(map(_markup, block.spans))
    style = _style(block.kind)
    if first and block.kind == "heading":
        style = ParagraphStyle("title", style, fontSize=14, leading=18)
    return Paragraph(markup, style, bulletText="•" if block.kind == "bullet" else None)


def _markup(span: Span) -> str:
    text = escape(span.text, quote=False).replace("\n", "<br/>")
    if span.style == "link" and span.url:
        return f'<a href="{escape(span.url)}" color="#0072B2">{text}</a>'
    return {"bold": f"<b>{text}</b>", "italic": f"<i>{text}</i>"}.get(span.style, text)


def _style(kind: BlockKind) -> ParagraphStyle:
    plain = ParagraphStyle("body", fontName="Vera", fontSize=9.5, leading=13.5, spaceAfter=6, alignment=TA_LEFT)
    match kind:
        case "heading":
            return ParagraphStyle(
                "heading", plain, fontName="VeraBd", fontSize=11, leading=15, spaceBefore=8, keepWithNext=1
            )
        case "bullet":
            return ParagraphStyle("bullet", plain, leftIndent=12, bulletIndent=2)
        case "quote":
            return ParagraphStyle("quote", plain, leftIndent=12)
        case _:
            return plain


def _register_fonts() -> None:
    """The library keeps fonts by name for the whole process; again is no harm."""
    for name in _FONTS:
        pdfmetrics.registerFont(TTFont(name, f"{name}.ttf"))
    pdfmetrics.registerFontFamily("Vera", normal="Vera", bold="VeraBd", italic="VeraIt", boldItalic="VeraBI")
