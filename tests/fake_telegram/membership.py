"""Who is what in a chat, as getChatMember and getChat tell it."""

from __future__ import annotations

from tests.fake_telegram.answers import Json, RefusedError, bad_request
from tests.fake_telegram.world import BOT, FakeChat, World, person_json

RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)
"""Those that every administrator's record names (Bot API, ChatMemberAdministrator)."""


def administrator(user: Json, chat: FakeChat, *, may_post: bool = True) -> Json:
    """In a channel with the right to post, or without it."""
    rights: Json = dict.fromkeys(RIGHTS, False) | {"can_be_edited": False, "is_anonymous": False}
    posting = {"can_post_messages": may_post, "can_edit_messages": may_post} if chat.type == "channel" else {}
    return {"user": user, "status": "administrator", **rights, **posting}


async def get_chat(world: World, given: Json) -> Json:
    chat = world.chat(given["chat_id"])
    _check_inside(chat)
    gifts = dict.fromkeys(
        ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
    )
    return chat.as_json() | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}


async def get_chat_member(world: World, given: Json) -> Json:
    """In channels only an administrator is told of others."""
    chat, user = world.chat(given["chat_id"]), given["user_id"]
    if chat.type == "private":
        raise bad_request("PARTICIPANT_ID_INVALID")
    _check_inside(chat)
    if chat.type == "channel" and user != BOT["id"] and not _administers(chat, BOT["id"]):
        raise bad_request("member list is inaccessible")
    if user in chat.members:
        return chat.members[user]
    outside = {"user": person_json(user), "status": "left"}
    member = {"user": BOT, "status": "member"}
    return member if user == BOT["id"] else outside


def _administers(chat: FakeChat, user: int) -> bool:
    return chat.members.get(user, {}).get("status") in ("creator", "administrator")


def _check_inside(chat: FakeChat) -> None:
    if chat.closed is not None:
        raise RefusedError(403, f"Forbidden: bot is not a member of the {chat.type} chat")
