"""How updates reach the bot: fetched, or posted to its webhook."""

from __future__ import annotations

import re

from tests.fake_telegram.answers import Json, RefusedError, bad_request
from tests.fake_telegram.world import World

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_WEBHOOK = re.compile(r"https://[^/:]+(:(443|80|88|8443))?(/.*)?")


async def get_updates(world: World, given: Json) -> list[Json]:
    if world.webhook is not None:
        what = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete it first"
        raise RefusedError(409, what)
    if "allowed_updates" in given:
        world.updates.allowed = given["allowed_updates"] or None
    limit = given.get("limit", 100)
    if not 1 <= limit <= 100:
        raise bad_request("limit must be 1 to 100")
    return await world.updates.take(given.get("offset", 0), limit, given.get("timeout", 0))


async def set_webhook(world: World, given: Json) -> bool:
    if not _WEBHOOK.fullmatch(given["url"]):
        raise bad_request("bad webhook: An HTTPS URL on port 443, 80, 88 or 8443 must be provided")
    if "secret_token" in given and not _SECRET.fullmatch(given["secret_token"]):
        raise bad_request("secret token contains unallowed characters")
    if not 1 <= given.get("max_connections", 40) <= 100:
        raise bad_request("max_connections must be 1 to 100")
    await _drop(world, given)
    if "allowed_updates" in given:
        world.updates.allowed = given["allowed_updates"] or None
    world.webhook, world.webhook_error = given, None
    world.updates.wake()
    return True


async def delete_webhook(world: World, given: Json) -> bool:
    world.webhook = None
    await _drop(world, given)
    return True


async def _drop(world: World, given: Json) -> None:
    if given.get("drop_pending_updates"):
        await world.updates.take(2**31, 100, 0)


async def get_webhook_info(world: World, given: Json) -> Json:
    url = world.webhook["url"] if world.webhook else ""
    failed = {"last_error_message": world.webhook_error} if world.webhook_error else {}
    count = len(world.updates.pending)
    return {"url": url, "has_custom_certificate": False, "pending_update_count": count, **failed}
