"""One message in, one reply out: the only entrance to the handlers for every chat system."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

from handlers import command_types as types
from handlers.command import Command, Problem, clean, parse_command
from handlers.command_arguments import turns_page
from handlers.deadlines import show_deadlines
from handlers.demands import show_demands
from handlers.details import show_details
from handlers.digest import set_digest, set_empty_digests, show_digest
from handlers.explain_filters import explain_filters
from handlers.fit_buttons import fits, with_fitting_buttons
from handlers.forget import forget
from handlers.language import set_language, show_languages
from handlers.latest import show_latest
from handlers.laws import show_law
from handlers.problem import explain, old_button
from handlers.reply import Incoming, Reply
from handlers.services import Services
from handlers.show import show_by_id, show_by_number
from handlers.show_notes import show_note, show_notes
from handlers.speaking import speaking_to
from handlers.state import show_state
from handlers.subscribe import subscribe
from handlers.subscriptions import end_subscription, list_subscriptions, set_rhythm
from handlers.topic import find_topic, plain_text
from handlers.topics import show_topics
from handlers.welcome import help_, start
from handlers.wishes import go_on, pause, set_quiet, set_silent, set_zone
from storage import shortcuts

# Each handler takes its own command; the mapping's key says which, which no type can express.
Handler = Callable[[Any, Incoming, Services], Awaitable[Reply]]

HANDLERS: Mapping[type[Command | Problem], Handler] = {
    types.Start: start,
    types.Help: help_,
    types.FindTopic: find_topic,
    types.ExplainFilters: explain_filters,
    types.ShowState: show_state,
    types.ShowDemands: show_demands,
    types.ShowLaw: show_law,
    types.ShowDeadlines: show_deadlines,
    types.ShowTopics: show_topics,
    types.PlainText: plain_text,
    types.ShowById: show_by_id,
    types.ShowByNumber: show_by_number,
    types.ShowNote: show_note,
    types.ShowNotes: show_notes,
    types.ShowDetails: show_details,
    types.ShowLatest: show_latest,
    types.Subscribe: subscribe,
    types.ListSubscriptions: list_subscriptions,
    types.EndSubscription: end_subscription,
    types.SetRhythm: set_rhythm,
    types.ShowDigest: show_digest,
    types.SetDigest: set_digest,
    types.SetEmptyDigests: set_empty_digests,
    types.SetQuiet: set_quiet,
    types.Pause: pause,
    types.GoOn: go_on,
    types.SetZone: set_zone,
    types.SetSilent: set_silent,
    types.ShowLanguages: show_languages,
    types.SetLanguage: set_language,
    types.Forget: forget,
    types.Problem: explain,
}


async def answer(incoming: Incoming, services: Services) -> Reply:
    """The reply to a typed line or a tapped button, in the language of the chat: never empty, and never an exception
    because of what was typed.

    Lines without a slash are taken for topics, so a transport passes them on from private chats only, and commands
    that are addressed to another bot (`/topic@OtherBot`) not at all.
    """
    line: str | None = clean(incoming.text)
    async with services.database.read() as conn:
        services = await speaking_to(conn, incoming.chat, services)
        if line and line.startswith("~"):
            line = await shortcuts.recall(conn, line)
    if line is None:
        return old_button(services)
    command = parse_command(line)
    reply = await HANDLERS[type(command)](command, incoming, services)
    if incoming.pressed and turns_page(line) and reply.error is None:
        reply = replace(reply, replaces=True)
    return await _fitting(reply, services)


async def _fitting(reply: Reply, services: Services) -> Reply:
    """A write transaction only for the rare reply that needs one."""
    if fits(reply):
        return reply
    async with services.database.begin() as conn:
        return await with_fitting_buttons(conn, reply)
