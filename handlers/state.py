"""/state: what a Land applied for and every protocol note it put on record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers.command_arguments import as_argument
from handlers.command_types import ShowState
from handlers.nearest import is_clear, nearest_words
from handlers.paging import ButtonRow, Stretch, in_rows
from handlers.phrases import counted, either, enumeration, shortened
from handlers.render_list import buttons_to, lines_by_conference
from handlers.render_note import note_blocks, whole_note_buttons
from handlers.render_resolution import conference, heading, hit
from handlers.reply import Block, Button, Incoming, Reply, Role, Span, plain
from handlers.services import Services
from storage import resolutions
from storage.resolutions import StoredResolution

PAGE = 20


@dataclass(frozen=True, slots=True)
class _Entry:
    stored: StoredResolution
    role: Role


async def show_state(command: ShowState, incoming: Incoming, services: Services) -> Reply:
    """The Land's page; for an unknown name the nearest ones, and the page of one that was clearly meant."""
    state = services.states.find(command.name)
    if state:
        return await _page(state.name, command.first, incoming, services)
    near = nearest_words(command.name, services.states.names, limit=3)
    if not is_clear(near):
        return _unknown(command.name, services.states.nearest(command.name), services)
    meant = near[0].word
    hint = plain(services.texts("state.taken_as", name=shortened(command.name, 60), state=meant))
    reply = await _page(meant, command.first, incoming, services)
    return replace(reply, blocks=(hint, *reply.blocks), suggestions=tuple(one.word for one in near))


def unknown_state(name: str, near: Sequence[str], services: Services) -> str:
    """That no Land is called so, with the near names; with all where none is near."""
    texts, shown = services.texts, shortened(name, 60)
    if near:
        return texts("state.nearest", name=shown, states=either(near, texts))
    return texts("state.unknown", name=shown, states=enumeration(services.states.names, texts))


def state_buttons(names: Sequence[str], command: str) -> tuple[ButtonRow, ...]:
    """`command` with each of the names, two in a row."""
    return in_rows([Button(name, f"{command} {name}") for name in names], width=2)


async def _page(state: str, first: int, incoming: Incoming, services: Services) -> Reply:
    async with services.database.read() as conn:
        applied = await resolutions.applied_by(conn, state)
        noted = await resolutions.noted_by(conn, state)
    entries = (*(_Entry(one, "applicant") for one in applied), *(_Entry(one, "protocol_note") for one in noted))
    stretch = Stretch(first, incoming.page or PAGE, len(entries))
    shown = entries[first - 1 : stretch.last]
    named = entries[first - 1 : max(stretch.last, first - 1 + incoming.hits)]
    return Reply(
        blocks=(*_summary(state, applied, noted, stretch, services), *_blocks(state, shown, services)),
        buttons=_buttons(state, shown, stretch, services),
        hits=tuple(hit(entry.stored, entry.role) for entry in named),
        total=len(entries),
    )


def _summary(
    state: str,
    applied: Sequence[StoredResolution],
    noted: Sequence[StoredResolution],
    stretch: Stretch,
    services: Services,
) -> tuple[Block, ...]:
    texts = services.texts
    if not stretch.total:
        return plain(state, "heading"), plain(texts("state.nothing", state=state))
    if stretch.beyond:
        return plain(state, "heading"), plain(texts("phrase.beyond", total=stretch.total))
    notes = sum(state in note.states for one in noted for note in one.resolution.protocol_notes)
    text = texts(
        "state.summary",
        applications=counted("count.application", len(applied), texts),
        notes=counted("count.note", notes, texts),
    )
    part = stretch.heading(texts)
    return plain(state, "heading"), plain(f"{text} ({part})" if part else text)


def _blocks(state: str, shown: Sequence[_Entry], services: Services) -> tuple[Block, ...]:
    texts = services.texts
    applied = [entry.stored for entry in shown if entry.role == "applicant"]
    noted = [entry.stored for entry in shown if entry.role == "protocol_note"]
    applications = (plain(texts("state.applied"), "heading"), *lines_by_conference(applied, texts)) if applied else ()
    notes = tuple(block for stored in noted for block in _noted(state, stored, services))
    return (*applications, *((plain(texts("state.noted"), "heading"), *notes) if notes else ()))


def _noted(state: str, stored: StoredResolution, services: Services) -> tuple[Block, ...]:
    """The resolution, then the Land's notes on it."""
    texts = services.texts
    where = conference(stored.publication.publication, texts)
    head = Block((Span(heading(stored, texts), "bold"), Span(f"\n{where}")))
    return (head, *note_blocks(stored, texts, state=state))


def _buttons(state: str, shown: Sequence[_Entry], stretch: Stretch, services: Services) -> tuple[ButtonRow, ...]:
    texts = services.texts
    noted = (entry.stored for entry in shown if entry.role == "protocol_note")
    whole = (button for stored in noted for button in whole_note_buttons(stored, texts, state=state))
    return (
        *buttons_to([entry.stored for entry in shown], texts),
        *((button,) for button in whole),
        *stretch.turning(f"/state {state}", texts),
        (Button(texts("button.subscribe_to", label=state), f"/abo state {state}"),),
    )


def _unknown(name: str, near: Sequence[str], services: Services) -> Reply:
    texts, text = services.texts, unknown_state(name, near, services)
    names = tuple(near) or services.states.names
    as_topic = Button(texts("button.as_topic", query=shortened(name, 30)), f"/topic {as_argument(name)}")
    return Reply((plain(text),), (*state_buttons(names, "/state"), (as_topic,)), suggestions=names, error=text)
