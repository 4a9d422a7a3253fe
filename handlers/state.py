"""/state: what a Land applied for, put on record, voted against or abstained from, and where it is named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from config.near_words import is_clear, nearest_words
from feeds.query import Query
from feeds.sentences_with import sentences_that
from feeds.traits import ALL_STATES, trait
from handlers.command_arguments import as_argument
from handlers.document_name import conference
from handlers.lookup_commands import ShowState, StateRole
from handlers.paging import ButtonRow, Stretch, in_rows
from handlers.phrases import counted, either, enumeration, shortened
from handlers.render_list import buttons_to, lines_by_conference, quotation
from handlers.render_note import LONG, ON_PHONE, note_blocks, whole_note_buttons
from handlers.render_resolution import heading, hit
from handlers.reply import Block, Button, Incoming, Reply, Role, Span, plain
from handlers.services import Services
from storage import resolutions, search
from storage.database import Connection
from storage.resolutions import StoredResolution

PAGE = 20
_QUOTED = 2
"""How many sentences that name a Land are quoted of one resolution."""


ROLES: dict[StateRole, tuple[str, Role]] = {
    "antrag": ("applied", "applicant"),
    "notiz": ("noted", "protocol_note"),
    "dagegen": ("against", "against"),
    "enthalten": ("abstained", "abstained"),
    "genannt": ("named", "text"),
}
"""What a Land can be to a resolution: as it is asked for, its heading among the texts, and how hits call it."""

_LISTED: tuple[StateRole, ...] = ("antrag", "notiz", "dagegen", "enthalten")
"""What is listed at once; where a Land is only named stands behind a button."""


@dataclass(frozen=True, slots=True)
class _Entry:
    stored: StoredResolution
    role: StateRole


async def show_state(command: ShowState, incoming: Incoming, services: Services) -> Reply:
    """The Land's page; for an unknown name the nearest ones, and the page of one that was clearly meant."""
    state = services.values.find("land", command.name)
    if state:
        return await _page(state, command, incoming, services)
    near = nearest_words(command.name, services.states.names, limit=3)
    if not is_clear(near):
        return _unknown(command.name, services.states.nearest(command.name), services)
    meant = near[0].word
    hint = plain(services.texts("state.taken_as", name=shortened(command.name, 60), state=meant))
    reply = await _page(meant, command, incoming, services)
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


async def _page(state: str, command: ShowState, incoming: Incoming, services: Services) -> Reply:
    asked = (command.role,) if command.role else _LISTED
    size, longest = incoming.page or PAGE, LONG if incoming.whole else ON_PHONE
    async with services.database.read() as conn:
        found = await search.counts(conn, services.index, [_in_role(state, role) for role in ROLES])
        counts = dict(zip(ROLES, found, strict=True))
        all_notes = state == ALL_STATES
        notes = counts["notiz"] if all_notes else await resolutions.count_notes(conn, state)
        wanted = {role: counts[role] for role in asked}
        entries = await _entries(conn, services, state, wanted, command.first - 1, max(size, incoming.hits))
    stretch = Stretch(command.first, size, sum(wanted.values()))
    shown = entries[:size]
    return Reply(
        blocks=(
            *_summary(state, {**counts, "notiz": notes}, stretch, command.role, services),
            *_blocks(state, shown, longest, services),
        ),
        buttons=(*_buttons(state, shown, longest, services), *_ways_on(state, counts, stretch, command.role, services)),
        hits=tuple(hit(entry.stored, ROLES[entry.role][1]) for entry in entries),
        total=stretch.total,
    )


async def _entries(
    conn: Connection, services: Services, state: str, counts: Mapping[StateRole, int], offset: int, limit: int
) -> tuple[_Entry, ...]:
    """A stretch of all that the Land has to do with: one role after the other, in each the newest first."""
    found: list[_Entry] = []
    for role, count in counts.items():
        left = limit - len(found)
        if left and offset < count:
            page = await search.find(conn, services.index, _in_role(state, role), limit=left, offset=offset)
            found += (_Entry(one.stored, role) for one in page.items)
        offset = max(offset - count, 0)
    return tuple(found)


def _in_role(state: str, role: StateRole) -> Query:
    """The resolutions in which the Land has that role."""
    return Query((), None, state, filters=(frozenset({trait(ROLES[role][0], state)}),))


def _summary(
    state: str,
    counts: Mapping[StateRole, int],
    stretch: Stretch,
    role: StateRole | None,
    services: Services,
) -> tuple[Block, ...]:
    """How often the Land has which role; then which part of it follows."""
    texts = services.texts
    if not any(counts.values()):
        return plain(_called(state, services), "heading"), plain(texts("state.nothing", state=state))
    always = ("antrag", "notiz")
    told = [counted(f"count.{name}", count, texts) for name, count in counts.items() if count or name in always]
    lines = [", ".join(told)]
    if stretch.beyond:
        lines.append(stretch.beyond_text(texts))
    elif role and not stretch.total:
        lines.append(texts(f"state.no_{role}"))
    elif part := stretch.heading(texts):
        lines[0] += f" ({part})"
    return plain(_called(state, services), "heading"), plain("\n".join(lines))


def _blocks(state: str, shown: Sequence[_Entry], longest: int, services: Services) -> tuple[Block, ...]:
    return tuple(block for role in ROLES for block in _of_role(state, role, shown, longest, services))


def _of_role(
    state: str, role: StateRole, shown: Sequence[_Entry], longest: int, services: Services
) -> tuple[Block, ...]:
    """The heading of the role and what the Land has done in it; nothing where there is none."""
    found = [entry.stored for entry in shown if entry.role == role]
    if not found:
        return ()
    heading_of_role = plain(services.texts(f"state.{role}"), "heading")
    if role == "notiz":
        return (heading_of_role, *(block for stored in found for block in _noted(state, stored, longest, services)))
    if role == "genannt":
        return (heading_of_role, *(block for stored in found for block in _named(state, stored, services)))
    return (heading_of_role, *lines_by_conference(found, services))


def _named(state: str, stored: StoredResolution, services: Services) -> tuple[Block, ...]:
    """The resolution, then the sentences that name the Land."""
    texts = services.texts
    where = conference(stored.publication, texts)
    head = Block((Span(heading(stored, texts), "bold"), Span(f"\n{where}")))
    quoted = sentences_that(stored.resolution, lambda text: state in services.states.in_text(text), _QUOTED)
    return (head, *(quotation(one, (Span(one.text),), texts) for one in quoted))


def _noted(state: str, stored: StoredResolution, longest: int, services: Services) -> tuple[Block, ...]:
    """The resolution, then the Land's notes on it, each up to so many characters."""
    texts = services.texts
    where = conference(stored.publication, texts)
    head = Block((Span(heading(stored, texts), "bold"), Span(f"\n{where}")))
    return (head, *note_blocks(stored, texts, longest, state=_only(state)))


def _buttons(state: str, shown: Sequence[_Entry], longest: int, services: Services) -> tuple[ButtonRow, ...]:
    """To each resolution, and to notes that are too long to be shown here."""
    texts = services.texts
    noted = (entry.stored for entry in shown if entry.role == "notiz")
    whole = (button for stored in noted for button in whole_note_buttons(stored, texts, longest, _only(state)))
    return (*buttons_to([entry.stored for entry in shown], texts), *((button,) for button in whole))


def _ways_on(
    state: str, counts: Mapping[StateRole, int], stretch: Stretch, role: StateRole | None, services: Services
) -> tuple[ButtonRow, ...]:
    """Pages, the roles that there is something in, a subscription."""
    texts = services.texts
    roles = [one for one, count in counts.items() if count and one != role]
    if not role and set(roles) <= set(_LISTED) and len(roles) == 1:
        roles = []
    to_roles = [Button(texts(f"button.{one}", count=counts[one]), f"/state {state} {one}") for one in roles]
    everything = [Button(texts("button.all_roles"), f"/state {state}")] if role else []
    typed = f"/state {state} {role}" if role else f"/state {state}"
    wanted = f"state {state}" if state != ALL_STATES else f"topic {'notiz' if role == 'notiz' else 'antrag'}:{state}"
    subscribe = Button(texts("button.subscribe_to", label=_called(state, services)), f"/abo {wanted}")
    return (*stretch.turning(typed, texts), *in_rows([*to_roles, *everything], 2), (subscribe,))


def _called(state: str, services: Services) -> str:
    """A Land by its name; all of them as it is said."""
    if state != ALL_STATES:
        return state
    return services.texts("resolution.all_states", number=len(services.states.names))


def _only(state: str) -> str | None:
    """Whose notes are shown: of all sixteen together, every note of the resolution."""
    return None if state == ALL_STATES else state


def _unknown(name: str, near: Sequence[str], services: Services) -> Reply:
    texts, text = services.texts, unknown_state(name, near, services)
    names = tuple(near) or services.states.names
    as_topic = Button(texts("button.as_topic", query=shortened(name, 30)), f"/topic {as_argument(name)}")
    return Reply((plain(text),), (*state_buttons(names, "/state"), (as_topic,)), suggestions=names, error=text)
