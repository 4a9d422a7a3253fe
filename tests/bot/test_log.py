from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest

from bot.log import SILENCED, EventFormatter, set_up_logging
from bot.pseudonyms import Pseudonyms
from config.settings import Secret

TOKEN = "123456:Geheim"


@pytest.fixture(autouse=True)
def _logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    before = (root.handlers[:], root.level, {name: logging.getLogger(name).level for name in SILENCED})
    yield
    root.handlers[:], root.level = before[0], before[1]
    for name, level in before[2].items():
        logging.getLogger(name).setLevel(level)


def record(event: str, fields: dict[str, object] | None = None) -> logging.LogRecord:
    made = logging.LogRecord("bot", logging.INFO, "file", 1, event, None, None)
    made.created = 0.0
    if fields:
        made.fields = fields
    return made


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        (None, "1970-01-01T00:00:00.000+00:00 INFO source.failed"),
        (
            {"source": "intmk", "failures": 3},
            "1970-01-01T00:00:00.000+00:00 INFO source.failed source=intmk failures=3",
        ),
        ({"error": "kein\nZugriff"}, '1970-01-01T00:00:00.000+00:00 INFO source.failed error="kein\\nZugriff"'),
        ({"token": f"x{TOKEN}y"}, "1970-01-01T00:00:00.000+00:00 INFO source.failed token=x***y"),
    ],
)
def test_text_is_one_line_per_event(fields: dict[str, object] | None, line: str) -> None:
    assert EventFormatter("text", (TOKEN,)).format(record("source.failed", fields)) == line


def test_json_is_one_object_per_event() -> None:
    line = EventFormatter("json", (TOKEN, 'pass"word')).format(
        record("deliver.sent", {"chat": "telegram:1", "url": f"/bot{TOKEN}/x", "db": 'pass"word'})
    )
    assert "\n" not in line
    assert json.loads(line) == {
        "at": "1970-01-01T00:00:00.000+00:00",
        "level": "INFO",
        "event": "deliver.sent",
        "chat": Pseudonyms.of_token(None)("telegram:1"),
        "url": "/bot***/x",
        "db": "***",
    }


def test_no_field_takes_the_place_of_the_events_own() -> None:
    line = json.loads(EventFormatter("json", ()).format(record("http.listening", {"at": "127.0.0.1:80", "level": 7})))
    assert line == {"at": "1970-01-01T00:00:00.000+00:00", "level": "INFO", "event": "http.listening"}


@pytest.mark.parametrize(
    ("said", "hidden"),
    [
        ("telegram:4711 is closed", "4711"),
        ("no chat 'telegram:-1001234/7' there", "-1001234/7"),
        ("Group migrated to supergroup. New chat id: -1001234", "-1001234"),
        ("{'chat_id': '4711', 'text': 'x'}", "4711"),
        ("parameters: ('telegram:4711', 5)", "4711"),
    ],
)
@pytest.mark.parametrize("style", ["text", "json"])
def test_chats_have_pseudonyms_wherever_they_are_named(said: str, hidden: str, style: str) -> None:
    line = EventFormatter(style, (), Pseudonyms(b"key")).format(record("x", {"reason": said}))
    assert hidden not in line
    assert "chat~" in line


@pytest.mark.parametrize("said", ["update_id=1001", "example.org:8080", "message 4711", "TOP 5.2", "telegram.error"])
def test_other_numbers_stay(said: str) -> None:
    assert said in EventFormatter("json", (), Pseudonyms(b"key")).format(record("x", {"reason": said}))


def test_a_pseudonym_is_the_same_in_every_process_of_one_bot_and_another_elsewhere() -> None:
    ours, again, theirs = (Pseudonyms.of_token(Secret(token)) for token in ("1:a", "1:a", "1:b"))
    assert ours("telegram:1") == again("telegram:1") != theirs("telegram:1")
    assert ours("telegram:1") != ours("telegram:2")


def test_a_traceback_stays_in_its_line() -> None:
    stream = io.StringIO()
    set_up_logging(stream, "text", (TOKEN,))
    try:
        raise RuntimeError(f"no {TOKEN}")
    except RuntimeError:
        logging.getLogger("bot").exception("handler.failed")
    line = stream.getvalue()
    assert line.count("\n") == 1
    assert "RuntimeError: no ***" in line


def test_libraries_that_log_addresses_or_requests_are_silent_and_levels_hold() -> None:
    stream = io.StringIO()
    set_up_logging(stream, "text", ())
    for name in SILENCED:
        logging.getLogger(name).info("POST /bot%s/sendMessage", TOKEN)
    logging.getLogger("bot").debug("detail")
    assert stream.getvalue() == ""
    set_up_logging(stream, "text", (), logging.DEBUG)
    logging.getLogger("bot").debug("detail")
    assert "DEBUG detail" in stream.getvalue()
