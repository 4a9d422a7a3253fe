"""Who may do what in groups and channels: everybody may look things up; what changes a group's subscriptions or
settings is for its administrators. In a private chat everything is the person's own."""

from __future__ import annotations

from handlers import channel_commands as channelling
from handlers import command_types as types
from handlers import lookup_commands as looking
from handlers import setting_commands as settling
from handlers import subscription_commands as subscribing
from handlers.command_types import Command, Problem
from handlers.reply import Incoming, Reply, plain
from handlers.rights import Rights, RightsUnknownError
from handlers.services import Services
from storage.chats import whole

LOOKS: tuple[type[Command | Problem], ...] = (
    types.Start,
    types.Help,
    looking.FindTopic,
    looking.ExplainFilters,
    looking.ShowState,
    looking.ShowDemands,
    looking.ShowLaw,
    looking.ShowDeadlines,
    looking.ShowTopics,
    looking.PlainText,
    looking.ShowById,
    looking.ShowByNumber,
    looking.ShowNote,
    looking.ShowDetails,
    looking.ShowLatest,
    types.ListSubscriptions,
    settling.ShowDigest,
    settling.ShowLanguages,
    types.ShowPrivacy,
    channelling.ManageChannels,
    channelling.ConnectChannel,
    channelling.DisconnectChannel,
    channelling.ForChannel,
    types.Administer,
    types.Problem,
    subscribing.ShowSubscription,
    subscribing.TestSubscription,
    subscribing.ShareSubscription,
    subscribing.ExportSubscriptions,
    subscribing.CancelQuestion,
)
"""What everybody may do in a group, or what says itself that it belongs in a private chat.

All other commands, also those still to come, are for its administrators.
"""


async def refused(command: Command | Problem, incoming: Incoming, services: Services) -> Reply | None:
    """The answer to who may not do that there; None for who may."""
    if incoming.kind == "private" or isinstance(command, LOOKS):
        return None
    if incoming.kind == "channel":
        return _refusal("rights.channel", services)
    try:
        allowed = await _administers(incoming, services.rights)
    except RightsUnknownError:
        return _refusal("rights.unknown", services)
    return None if allowed else _refusal("rights.group", services)


async def _administers(incoming: Incoming, rights: Rights) -> bool:
    """Who writes in the group's own name is an administrator who stays anonymous."""
    group = whole(incoming.chat)
    if incoming.user is None:
        return False
    return incoming.user == group or await rights.administers(group, incoming.user)


def _refusal(key: str, services: Services) -> Reply:
    """A tap shows it over the chat only: the others need not read who may not."""
    text = services.texts(key)
    return Reply((plain(text),), error=text, toast=text)
