"""One message in, one reply out: the only entrance to the handlers for every chat system."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any, get_args

from config.texts import DEFAULT_LANGUAGE
from handlers import channel_commands as channelling
from handlers import command_types as types
from handlers import file_commands as files
from handlers import lookup_commands as looking
from handlers import setting_commands as settling
from handlers import subscription_commands as subscribing
from handlers import watch_commands as watching
from handlers.admin.commands import ADMIN_COMMANDS
from handlers.admin.desk import administer
from handlers.attached import with_list
from handlers.channels import connect_channel, disconnect_channel, in_its_name, manage_channels, managed
from handlers.command import Command, Problem, clean, parse_command
from handlers.command_arguments import turns_page
from handlers.courtesy import answer_plain
from handlers.deadline_calendar import make_calendar
from handlers.deadlines import show_deadlines
from handlers.deep_link import typed_by
from handlers.demands import show_demands
from handlers.details import show_details
from handlers.digest import set_digest, set_empty_digests, show_digest
from handlers.explain_filters import explain_filters
from handlers.export import export_hits
from handlers.export_subscriptions import export_subscriptions
from handlers.fit_buttons import fits, with_fitting_buttons
from handlers.follow import follow
from handlers.forget import forget
from handlers.guide import guide
from handlers.help_pages import help_
from handlers.import_subscriptions import import_subscriptions
from handlers.land_map import show_map
from handlers.language import show_languages
from handlers.latest import show_latest
from handlers.laws import show_law
from handlers.mark import choose_demand, mark_cited, mark_demand
from handlers.own_subscription import (
    name_subscription,
    pause_subscription,
    resume_subscription,
    set_rhythm,
    share_subscription,
    show_subscription,
)
from handlers.permission import refused
from handlers.phrases import counted
from handlers.privacy import send_my_data, show_privacy
from handlers.problem import explain, old_button
from handlers.questions import cancel_question, completed, end_question, outlasts, situation
from handlers.reply import Incoming, Reply, plain
from handlers.resolution_document import make_document
from handlers.services import Services
from handlers.show import show_by_id, show_by_number
from handlers.show_notes import show_note, show_notes
from handlers.speaking import language_for, remember, speaking
from handlers.state import show_state
from handlers.subscribe import subscribe
from handlers.subscription_list import as_one_line
from handlers.subscriptions import end_subscription, list_subscriptions, restore_subscription
from handlers.topic import find_topic
from handlers.topics import show_topics
from handlers.trend import show_trend
from handlers.watch_page import end_watch, note_on_watch, remind_of_watch, set_done, set_lead, show_watch
from handlers.watches import list_watches
from handlers.welcome import choose_language, start, with_introduction
from handlers.wishes import go_on, pause, set_quiet, set_silent, set_zone
from handlers.would_have import would_have
from storage import shortcuts
from storage.situation import Situation

# Each handler takes its own command; the mapping's key says which, which no type can express.
Handler = Callable[[Any, Incoming, Services], Awaitable[Reply]]


async def _for_channel(command: channelling.ForChannel, incoming: Incoming, services: Services) -> Reply:
    """As if it came from the channel."""
    channel = await managed(command, incoming, services)
    if isinstance(channel, Reply):
        return channel
    reply = await _carried_out(command.line, replace(incoming, chat=channel.chat), services)
    return await in_its_name(reply, channel, incoming, services)


HANDLERS: Mapping[type[Command | Problem], Handler] = {
    types.Start: start,
    types.Help: help_,
    looking.FindTopic: find_topic,
    looking.ExplainFilters: explain_filters,
    looking.ShowState: show_state,
    looking.ShowDemands: show_demands,
    looking.ShowLaw: show_law,
    looking.ShowDeadlines: show_deadlines,
    looking.ShowTopics: show_topics,
    looking.PlainText: answer_plain,
    looking.ShowById: show_by_id,
    looking.ShowByNumber: show_by_number,
    looking.ShowNote: show_note,
    looking.ShowNotes: show_notes,
    looking.ShowDetails: show_details,
    looking.ShowLatest: show_latest,
    files.ShowMap: show_map,
    files.ShowTrend: show_trend,
    files.ExportHits: export_hits,
    files.MakeCalendar: make_calendar,
    files.MakeDocument: make_document,
    types.Subscribe: subscribe,
    types.ListSubscriptions: list_subscriptions,
    types.EndSubscription: end_subscription,
    types.SetRhythm: set_rhythm,
    subscribing.Guide: guide,
    subscribing.Follow: follow,
    subscribing.ShowSubscription: show_subscription,
    subscribing.PauseSubscription: pause_subscription,
    subscribing.ResumeSubscription: resume_subscription,
    subscribing.NameSubscription: name_subscription,
    subscribing.TestSubscription: would_have,
    subscribing.ShareSubscription: share_subscription,
    subscribing.RestoreSubscription: restore_subscription,
    subscribing.ExportSubscriptions: export_subscriptions,
    subscribing.ImportSubscriptions: import_subscriptions,
    subscribing.CancelQuestion: cancel_question,
    watching.ChooseDemand: choose_demand,
    watching.MarkDemand: mark_demand,
    watching.MarkCited: mark_cited,
    watching.ListWatches: list_watches,
    watching.ShowWatch: show_watch,
    watching.SetWatchDone: set_done,
    watching.RemindOfWatch: remind_of_watch,
    watching.SetLead: set_lead,
    watching.NoteOnWatch: note_on_watch,
    watching.EndWatch: end_watch,
    settling.ShowDigest: show_digest,
    settling.SetDigest: set_digest,
    settling.SetEmptyDigests: set_empty_digests,
    settling.SetQuiet: set_quiet,
    settling.Pause: pause,
    settling.GoOn: go_on,
    settling.SetZone: set_zone,
    settling.SetSilent: set_silent,
    settling.ShowLanguages: show_languages,
    settling.SetLanguage: choose_language,
    types.Forget: forget,
    types.ShowPrivacy: show_privacy,
    types.SendMyData: send_my_data,
    channelling.ManageChannels: manage_channels,
    channelling.ConnectChannel: connect_channel,
    channelling.DisconnectChannel: disconnect_channel,
    channelling.ForChannel: _for_channel,
    types.Administer: administer,
    types.Problem: explain,
}


IN_PLACE = (
    *get_args(subscribing.SubscriptionCommand),
    *get_args(watching.WatchCommand),
    types.SetRhythm,
    types.EndSubscription,
)
"""Commands whose buttons lead from page to page of one thing."""


SEARCHING = (
    looking.FindTopic,
    looking.PlainText,
    looking.ShowState,
    looking.ShowDemands,
    looking.ShowLaw,
    looking.ShowDeadlines,
    looking.ShowTopics,
)
"""Commands that answer from the search index, and say so while it is being made."""


async def answer(incoming: Incoming, services: Services, known: Situation | None = None) -> Reply:
    """The reply to a typed line or a tapped button, in the language of the chat: never empty, and never an exception
    because of what was typed. `known`: how things stand with the chat, where that was looked up already.

    Lines without a slash are taken for topics, so a transport passes them on from private chats only, and commands
    that are addressed to another bot (`/topic@OtherBot`) not at all.
    """
    incoming = await with_list(incoming, services)
    stands = known or await _situation(incoming, services)
    language = language_for(stands.language, incoming, services)
    services = speaking(language, services) if language else services
    line, question = await _line(incoming, services), stands.question
    if line is None:
        return old_button(services)
    answered = completed(question, line, incoming.text)
    if question is not None and answered is None and not outlasts(question, line):
        await end_question(question, incoming, services)
    reply = await _carried_out(answered or line, incoming, services)
    if question is not None and answered and reply.error is None:
        await end_question(question, incoming, services)
    if incoming.kind == "group":
        reply = await _with_way_to_answer(reply, incoming, services)
    if language != stands.language and services.language != DEFAULT_LANGUAGE:
        await remember(incoming, services)
    return await _fitting(reply, services)


async def _with_way_to_answer(reply: Reply, incoming: Incoming, services: Services) -> Reply:
    """In a group only what answers the bot reaches it, so a question says so."""
    asked = (await _situation(incoming, services)).question
    if asked is None or reply.error is not None or outlasts(asked, ""):
        return reply
    return replace(reply, blocks=(*reply.blocks, plain(services.texts("question.in_group"))))


async def _situation(incoming: Incoming, services: Services) -> Situation:
    async with services.database.glance() as conn:
        return await situation(conn, incoming)


async def _line(incoming: Incoming, services: Services) -> str | None:
    """What was typed, or is behind the button; None where that is not kept any more."""
    line = clean(as_one_line(incoming.text))
    if not line.startswith("~"):
        return line
    async with services.database.glance() as conn:
        return await shortcuts.recall(conn, line)


async def _carried_out(line: str, incoming: Incoming, services: Services) -> Reply:
    """What is typed, or what a link that opened the bot is short for."""
    typed = typed_by(line, services)
    if typed is None:
        return await _typed(line, incoming, services)
    return with_introduction(await _typed(typed, incoming, services), services)


async def _typed(line: str, incoming: Incoming, services: Services) -> Reply:
    """A page that is turned, or a setting that is switched, takes the place of the message whose button was pressed."""
    command = parse_command(line, ADMIN_COMMANDS if services.access.administers(incoming) else ())
    if (refusal := await refused(command, incoming, services)) is not None:
        return refusal
    reply = await HANDLERS[type(command)](command, incoming, services)
    if isinstance(command, SEARCHING) and services.index.behind:
        missing = counted("count.resolution", services.index.behind, services.texts)
        late = services.texts("phrase.index_behind", missing=missing)
        reply = replace(reply, blocks=(*reply.blocks, plain(late)))
    in_place = turns_page(line) or isinstance(command, IN_PLACE)
    return replace(reply, replaces=True) if incoming.pressed and in_place and reply.error is None else reply


async def _fitting(reply: Reply, services: Services) -> Reply:
    """A write transaction only for the rare reply that needs one."""
    if fits(reply):
        return reply
    async with services.database.begin() as conn:
        return await with_fitting_buttons(conn, reply)
