"""A strict Bot API server for tests; what it enforces and how it misbehaves stands in the modules' first lines."""

from tests.fake_telegram.answers import RefusedError, conflict
from tests.fake_telegram.faults import Fault
from tests.fake_telegram.server import FakeTelegram
from tests.fake_telegram.world import FakeChat, SentMessage

__all__ = ["FakeChat", "FakeTelegram", "Fault", "RefusedError", "SentMessage", "conflict"]
