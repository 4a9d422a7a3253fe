"""The button below a private chat that lets a person choose one of their channels."""

from __future__ import annotations

from telegram import ChatAdministratorRights, KeyboardButton, KeyboardButtonRequestChat, ReplyKeyboardMarkup

# Only one thing is ever asked for.
_REQUEST = 1


def channel_chooser(label: str) -> ReplyKeyboardMarkup:
    """Offered are channels in which the person may post and appoint administrators; the client makes the bot one there,
    with the right to post. Both is checked again when the choice arrives: a client can send anything."""
    request = KeyboardButtonRequestChat(
        request_id=_REQUEST,
        chat_is_channel=True,
        user_administrator_rights=_rights(can_promote_members=True),
        bot_administrator_rights=_rights(),
    )
    button = KeyboardButton(label, request_chat=request)
    return ReplyKeyboardMarkup([[button]], resize_keyboard=True, one_time_keyboard=True)


def _rights(can_promote_members: bool = False) -> ChatAdministratorRights:
    return ChatAdministratorRights(
        is_anonymous=False,
        can_manage_chat=False,
        can_delete_messages=False,
        can_manage_video_chats=False,
        can_restrict_members=False,
        can_promote_members=can_promote_members,
        can_change_info=False,
        can_invite_users=False,
        can_post_stories=False,
        can_edit_stories=False,
        can_delete_stories=False,
        can_post_messages=True,
    )
