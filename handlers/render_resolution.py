"""A resolution's head, doubts and body as blocks."""

from __future__ import annotations

from urllib.parse import urlsplit

from config.texts import Texts
from feeds.record import Passage, Resolution
from handlers.citation import is_citation
from handlers.document_name import conference, document_name
from handlers.phrases import counted, place, printed_lines, shortened
from handlers.render_note import note_blocks
from handlers.render_overview import overview
from handlers.render_result import facts_of
from handlers.reply import Block, Button, Hit, Role, Span, plain
from handlers.section import COMPACT, Bounds
from handlers.services import Services
from storage.resolutions import StoredResolution

_LABEL = 40
"""Characters that a button shows on a telephone without being cut by the chat program."""

DOUBTS = 5
"""So many are told; how many more there are is said."""


def parts_of(stored: StoredResolution, services: Services, bounds: Bounds = COMPACT) -> tuple[tuple[Block, ...], ...]:
    """Head, doubts and what matters at a glance; the text item by item with its lines; every protocol note."""
    resolution, texts = stored.resolution, services.texts
    glance = overview(resolution, texts, bounds).blocks
    return (
        (*head(stored, services), *doubt_blocks(stored, texts), *glance),
        (
            *((plain(texts("overview.text"), "heading"),) if glance else ()),
            *(_passage_block(passage, texts) for passage in _passages(resolution)),
        ),
        note_blocks(stored, texts, limit=None),
    )


def head(stored: StoredResolution, services: Services) -> tuple[Block, ...]:
    """Number and title; conference, date, vote, applicants, source."""
    resolution, texts = stored.resolution, services.texts
    subtitle = (Span(resolution.subtitle, "italic"), Span("\n")) if resolution.subtitle else ()
    facts = "\n".join((conference(stored.publication, texts), *facts_of(stored, services)))
    return plain(heading(stored, texts), "heading"), Block((*subtitle, Span(facts), *source_spans(stored, texts, "\n")))


def heading(stored: StoredResolution, texts: Texts) -> str:
    """For instance "TOP 5.2 – Title"; with the label of the agenda ("Leitantrag") in front of the title."""
    resolution = stored.resolution
    title = f"{resolution.label}: {resolution.title}" if resolution.label else resolution.title
    name = name_of(stored, texts)
    return f"{name} – {title}" if name and title else name or title


def name_of(stored: StoredResolution, texts: Texts) -> str:
    """For instance "TOP 5.2", "Handlungsfeld 4", "Abschnitt II"; "" for a section that has no number."""
    resolution = stored.resolution
    if resolution.number is None:
        return ""
    if stored.publication.publication.kind == "resolutions":
        return texts("resolution.top", number=resolution.number)
    return f"{resolution.section or texts('resolution.section')} {resolution.number}"


def doubt_blocks(stored: StoredResolution, texts: Texts) -> tuple[Block, ...]:
    """What the reader was not sure of, here or in the whole document, a line each; most warnings say so themselves."""
    doubts = tuple(dict.fromkeys((*stored.resolution.warnings, *stored.publication.warnings)))
    if not doubts:
        return ()
    known, more = texts("resolution.doubt"), len(doubts) - DOUBTS
    lines = [one if known in one else texts("resolution.unsure", what=one) for one in doubts[:DOUBTS]]
    lines += [counted("count.more", more, texts)] if more > 0 else []
    return (Block((Span("\n".join(lines), "italic"),)),)


def button_to(stored: StoredResolution, label: str) -> Button:
    """Names the revision that it stood beside: a later one is shown as changed since."""
    return Button(shortened(label, _LABEL), f"/beschluss #{stored.id}.{stored.revision}")


def source_button(stored: StoredResolution, texts: Texts) -> tuple[Button, ...]:
    """Opens the document, at its page where that is known; () for what does not stand on the web."""
    address = source_of(stored)
    return (Button(source_label(stored, texts), url=address),) if address else ()


def short_name(stored: StoredResolution, texts: Texts) -> str:
    """For a button: "20. IntMK, TOP 5.2"; where there is no number, the title. A part of a paper is told apart by the
    paper's title: "Handlungsfeld 4, Fahrplan …"."""
    name = name_of(stored, texts) or stored.resolution.title
    document = document_name(stored.publication, texts)
    paper = stored.publication.publication.kind == "paper"
    parts = dict.fromkeys((name, document) if paper else (document, name))
    return ", ".join(part for part in parts if part)


def cited_as(stored: StoredResolution, texts: Texts) -> str:
    """So that this one is found again: "20. IntMK, TOP 5.2"; by its id where no such citation names it."""
    named = short_name(stored, texts)
    return named if stored.resolution.number and is_citation(named) else f"#{stored.id}"


def hit(stored: StoredResolution, role: Role, score: float = 1.0) -> Hit:
    resolution, publication = stored.resolution, stored.publication.publication
    return Hit(
        stored.publication.address,
        resolution.name,
        publication.body,
        publication.session,
        resolution.title,
        role,
        score,
        stored.id,
        stored.revision,
    )


def source_of(stored: StoredResolution) -> str | None:
    """The address of what stands on the web, at the page where that is known; a file on this machine is nobody's
    business.

    `#page=N`: RFC 8118, what PDF viewers open at; where an address names a place already, that stays.
    """
    address, page = stored.publication.address, stored.resolution.page
    if not address.startswith(("http://", "https://")):
        return None
    return f"{address}#page={page}" if page and page > 1 and "#" not in address else address


def source_label(stored: StoredResolution, texts: Texts) -> str:
    pdf = urlsplit(stored.publication.address).path.lower().endswith(".pdf")
    return texts("resolution.source_pdf" if pdf else "resolution.source")


def source_spans(stored: StoredResolution, texts: Texts, before: str) -> tuple[Span, ...]:
    """A link behind what it belongs to."""
    address = source_of(stored)
    return (Span(before), Span(source_label(stored, texts), "link", address)) if address else ()


def _passages(resolution: Resolution) -> tuple[Passage, ...]:
    return tuple(passage for passage in resolution.passages if passage.text.strip())


def _passage_block(passage: Passage, texts: Texts) -> Block:
    """Items and paragraphs with their place above them, bullets with it behind, headings without."""
    if passage.role == "heading":
        return plain(passage.text, "heading")
    lines = passage.lines()
    if passage.role == "bullet":
        behind = (Span(f" ({printed_lines(lines, texts)})", "italic"),) if lines else ()
        return Block((Span(passage.text), *behind), "bullet")
    above = place(passage.item if passage.role == "item" else None, lines, texts)
    marked = Span(f"{above}\n", "bold" if passage.role == "item" else "italic")
    return Block((marked, Span(passage.text)) if above else (Span(passage.text),))
