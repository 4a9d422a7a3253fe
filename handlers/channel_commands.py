"""What people can ask for about channels that they manage, as plain data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ManageChannels:
    """The channels that are managed from here; `another`: connect one more."""

    another: bool = False


@dataclass(frozen=True, slots=True)
class ConnectChannel:
    """`id` as the chat system numbers it."""

    id: int


@dataclass(frozen=True, slots=True)
class DisconnectChannel:
    """`id` is our own number of the connection."""

    id: int
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class ForChannel:
    """Another command, to be carried out as if it came from that channel."""

    id: int
    line: str


ChannelCommand = ManageChannels | ConnectChannel | DisconnectChannel | ForChannel
