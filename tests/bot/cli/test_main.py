from __future__ import annotations

import argparse
import sys
from pathlib import Path

import pytest

from bot.__main__ import COMMANDS, build_parser, run_call
from bot.cli.command import Call, Failure, WrongUse
from bot.cli.terminal import Terminal
from bot.clock import SystemClock
from tests.bot.cli.conftest import Typed

WORDS = (
    "demo run chat ask read ingest watch sources digest deliver outbox resolution doctor review db backup restore"
).split()


@pytest.mark.parametrize("word", WORDS)
def test_every_command_explains_itself(beschlussbote: Typed, word: str) -> None:
    ran = beschlussbote(word, "--help")
    assert ran.code == 0
    explained = ran.out.partition("\n\n")[2].partition("\n\n")[0]
    assert explained.strip().endswith(".") or explained.strip().endswith(").")
    assert "--config FILE" in ran.out
    assert "--debug" in ran.out


def test_the_help_lists_every_command(beschlussbote: Typed) -> None:
    ran = beschlussbote("--help")
    assert ran.code == 0
    listed = [line.split()[0] for line in ran.out.splitlines() if line.startswith("    ") and line[4] != " "]
    assert listed == WORDS
    assert len(COMMANDS) == len(WORDS)


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("frobnicate",),
        ("read",),
        ("watch",),
        ("deliver",),
        ("digest",),
        ("digest", "--now", "morgen"),
        ("db", "downgrade"),
        ("ask", "/neu", "--limit", "many"),
        ("ask", "/neu", "--limit", "0"),
        ("ask", "/neu", "--chat", "telegram:"),
        ("chat", "--chat", "telegram:1"),
        ("sources", "list", "intmk"),
        ("sources", "check", "intmkk"),
        ("watch", "--once", "--source", "intmkk"),
        ("ingest", "x.txt", "--source", "intmkk"),
    ],
    ids=" ".join,
)
def test_wrong_use_is_2_and_says_what(beschlussbote: Typed, words: tuple[str, ...]) -> None:
    ran = beschlussbote(*words)
    assert ran.code == 2
    assert ran.out == ""
    assert len(ran.err.splitlines()) == 1
    assert ran.err.startswith("beschlussbote")


@pytest.mark.parametrize(
    ("words", "complaint", "explained"),
    [
        (("read",), "beschlussbote read: the following arguments are required: PATH", "read --help"),
        (("read", "x.txt", "--jsn"), "beschlussbote read: unrecognized arguments: --jsn", "read --help"),
        (("frobnicate",), "beschlussbote: argument COMMAND: invalid choice: 'frobnicate'", "beschlussbote --help"),
    ],
)
def test_wrong_words_lead_to_the_help_of_the_command(
    beschlussbote: Typed, words: tuple[str, ...], complaint: str, explained: str
) -> None:
    ran = beschlussbote(*words)
    assert ran.code == 2
    assert ran.err.startswith(complaint)
    assert ran.err.endswith(f"{explained}'\n")


@pytest.mark.parametrize("place", ["before", "behind"])
def test_all_bad_settings_are_named_in_one_line(beschlussbote: Typed, home: Path, place: str) -> None:
    (home / "my.toml").write_text('timezone = "Nirgendwo"\nnonsense = 1\n', encoding="utf-8")
    option = ("--config", "my.toml")
    ran = beschlussbote(*option, "ask", "/neu") if place == "before" else beschlussbote("ask", "/neu", *option)
    assert ran.code == 2
    assert len(ran.err.splitlines()) == 1
    assert "BESCHLUSSBOTE_TIMEZONE" in ran.err
    assert "nonsense" in ran.err


def test_a_database_that_cannot_be_opened_is_one_clear_line(
    beschlussbote: Typed, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BESCHLUSSBOTE_DATABASE_URL", f"sqlite:///{home / 'none' / 'b.sqlite'}")
    ran = beschlussbote("ask", "/neu")
    assert ran.code == 1
    assert len(ran.err.splitlines()) == 1
    assert "b.sqlite" in ran.err


@pytest.mark.parametrize(
    ("error", "code", "says"),
    [
        (Failure("Das ging\nnicht."), 1, "Das ging nicht."),
        (WrongUse("So nicht."), 2, "So nicht."),
        (FileNotFoundError(2, "No such file or directory", "x.txt"), 1, "x.txt: No such file or directory"),
        (ZeroDivisionError("division by zero"), 1, "error of the program itself: ZeroDivisionError: division by zero"),
    ],
)
@pytest.mark.parametrize("debug", [False, True])
def test_what_goes_wrong_is_one_line_and_a_traceback_only_with_debug(
    capsys: pytest.CaptureFixture[str], error: Exception, code: int, says: str, debug: bool
) -> None:
    async def fail(_call: Call) -> int:
        raise error

    args = argparse.Namespace(run=fail, debug=debug, config=None)
    terminal = Terminal(sys.stdin, sys.stdout, sys.stderr)
    assert run_call(Call(args, {}, terminal, SystemClock())) == code
    err = capsys.readouterr().err
    assert says in err.splitlines()[-1]
    assert ("Traceback" in err) == debug
    assert debug or len(err.splitlines()) == 1


def test_options_common_to_all_have_defaults() -> None:
    args = build_parser().parse_args(["doctor"])
    assert (args.config, args.debug) == (None, False)
    assert build_parser().parse_args(["--debug", "doctor"]).debug
    assert build_parser().parse_args(["doctor", "--debug"]).debug
