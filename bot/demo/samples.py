"""The three sample documents, typeset on the spot: one that is there from the start, two that appear later."""

from __future__ import annotations

from bot.demo.manuscript import packaged
from bot.demo.publisher import Document
from bot.demo.typeset import typeset
from bot.demo.web_page import web_page


def older_document() -> Document:
    """On the link list before anyone looks."""
    return Document(
        path="/dokumente/39-bspmk-top-3-2.pdf",
        title="TOP 3.2 Sprachmittlung in Beratungsstellen",
        content_type="application/pdf",
        data=typeset(packaged("top_3_2_sprachmittlung")),
        shown_in="list",
    )


def new_in_list() -> Document:
    return Document(
        path="/dokumente/40-bspmk-top-4-1.pdf",
        title="TOP 4.1 Sprachkurse mit Kinderbetreuung verbinden",
        content_type="application/pdf",
        data=typeset(packaged("top_4_1_sprachkurse")),
        shown_in="list",
    )


def new_in_feed() -> Document:
    return Document(
        path="/beschluesse/40-bspmk-top-4-2.html",
        title="TOP 4.2 Digitale Termine in Ausländerbehörden",
        content_type="text/html",
        data=web_page(packaged("top_4_2_termine")),
        shown_in="feed",
    )
