"""What the stories share with the tests of the running program."""

from __future__ import annotations

from tests.bot.conftest import analyser as analyser
from tests.bot.conftest import bot as bot
from tests.bot.conftest import clock as clock
from tests.bot.conftest import empty_store as empty_store
from tests.bot.conftest import services as services
from tests.story.meeting import running as running
