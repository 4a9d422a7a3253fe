"""The files for those who run it: each is judged by its own linter, and names only what exists."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import crossplane
import pytest
from ruamel.yaml import YAML

from bot.delivery_report import DeliveryReport
from bot.metrics import Metrics
from bot.round_report import RoundReport, SourceReport
from config.setting_values import READERS
from storage.figures import Figures
from storage.sources import SourceState
from tests.bot.conftest import NOON, HandClock

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
BIN = Path(sys.executable).parent


def ran(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_container_file_is_clean() -> None:
    found = ran(BIN / "hadolint", "--no-color", DEPLOY / "Containerfile")
    assert (found.returncode, found.stdout) == (0, "")


def test_the_container_file_copies_all_that_is_needed_and_there() -> None:
    copied = re.findall(r"^COPY (?!--)(.+) \S+$", (DEPLOY / "Containerfile").read_text(encoding="utf-8"), re.MULTILINE)
    names = {name for line in copied for name in line.split()}
    assert names >= {"bot", "handlers", "storage", "feeds", "config", "constraints.txt", "pyproject.toml"}
    assert [name for name in names if not (ROOT / name).exists()] == []
    sent = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert names <= {line[1:] for line in sent if line.startswith("!")}


def test_the_compose_file_keeps_its_schema() -> None:
    schema = ("--builtin-schema", "vendor.compose-spec")
    found = ran(BIN / "check-jsonschema", *schema, DEPLOY / "compose.yaml")
    assert found.returncode == 0, found.stdout


def test_every_setting_that_the_files_name_exists() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in DEPLOY.rglob("*") if path.is_file())
    named = set(re.findall(r"BESCHLUSSBOTE_([A-Z_]+)", text))
    assert named >= {"DATABASE_URL", "TELEGRAM_TOKEN"}
    assert named <= set(READERS)
    given = set(re.findall(r"\$\{([A-Z_]+)", (DEPLOY / "compose.yaml").read_text(encoding="utf-8")))
    listed = set(re.findall(r"^([A-Z_]+)=", (DEPLOY / "env.example").read_text(encoding="utf-8"), re.MULTILINE))
    assert given == listed


def _systemd(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """Skips visibly where systemd is missing; with CI=true that is a failure."""
    if shutil.which("systemd-analyze") is None:
        missing = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        missing("systemd-analyze is missing: apt install systemd")
    return ran("systemd-analyze", *words)


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """The unit, with a program that is there on every machine."""
    text = (DEPLOY / "beschlussbote.service").read_text(encoding="utf-8")
    copy = tmp_path / "beschlussbote.service"
    copy.write_text(text.replace("/opt/beschlussbote/.venv/bin/beschlussbote", "/bin/true"), encoding="utf-8")
    return copy


def test_the_unit_is_understood(unit: Path) -> None:
    found = _systemd("verify", "--man=no", unit)
    assert [line for line in found.stderr.splitlines() if unit.name in line] == []


def test_the_unit_is_hardened(unit: Path) -> None:
    """systemd's own measure, from 0 (safe) to 10; above 2.0 something was taken away."""
    found = _systemd("security", "--offline=true", "--threshold=20", unit)
    assert found.returncode == 0, found.stdout.splitlines()[-1]


def test_commands_typed_by_hand_have_the_services_settings(tmp_path: Path) -> None:
    """The script, with other places and without changing the user; the secrets are no shell."""
    script, unit = (
        (DEPLOY / "beschlussbote").read_text(encoding="utf-8"),
        (DEPLOY / "beschlussbote.service").read_text(),
    )
    for line in re.findall(r"^BESCHLUSSBOTE_\w+=.*", script, re.MULTILINE):
        assert f"Environment={line}" in unit.splitlines()
    assert "runuser -u beschlussbote -- " in script
    places = {"/etc/beschlussbote": "etc", "/var/lib/beschlussbote": "var", "/opt/beschlussbote/.venv/bin": "bin"}
    for place, name in places.items():
        (tmp_path / name).mkdir()
        script = script.replace(place, str(tmp_path / name))
    secrets = f"# a comment\nBESCHLUSSBOTE_DIP_KEY=$(touch {tmp_path}/run) ; '\nPATH=/nowhere\nBESCHLUSSBOTE_X=1"
    (tmp_path / "etc" / "secrets").write_text(secrets, encoding="utf-8")
    program = tmp_path / "bin" / "beschlussbote"
    program.write_text('#!/bin/sh\npwd; echo "$@"; env | grep ^BESCHLUSSBOTE_ | sort\n', encoding="utf-8")
    program.chmod(0o755)
    said = ran("sh", "-c", script.replace("runuser -u beschlussbote -- ", ""), "beschlussbote", "ask", "ein Wort")
    assert said.stdout.splitlines() == [
        str(tmp_path / "var"),
        f"--config {tmp_path}/etc/beschlussbote.toml ask ein Wort",
        f"BESCHLUSSBOTE_DATABASE_URL=sqlite:///{tmp_path}/var/beschlussbote.sqlite",
        f"BESCHLUSSBOTE_DIP_KEY=$(touch {tmp_path}/run) ; '",
        f"BESCHLUSSBOTE_INDEX_DIR={tmp_path}/var/index",
        "BESCHLUSSBOTE_X=1",
    ]
    assert not (tmp_path / "run").exists()


def test_the_proxys_settings_are_understood_and_pass_on_one_path_only(tmp_path: Path) -> None:
    whole = tmp_path / "nginx.conf"
    whole.write_text(f"events {{}}\nhttp {{ include {DEPLOY / 'nginx.conf'}; }}\n", encoding="utf-8")
    parsed = crossplane.parse(str(whole))
    assert parsed["errors"] == []
    locations = [one for one in _directives(parsed["config"][1]["parsed"]) if one["directive"] == "location"]
    passed_on = [one["args"] for one in locations if any(inner["directive"] == "proxy_pass" for inner in one["block"])]
    assert [args[0] for args in passed_on] == ["="], "one exact path"


def _directives(block: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for one in block:
        yield one
        yield from _directives(one.get("block") or [])


def exposed() -> set[str]:
    """The names of everything that /metrics can show, once all has happened."""
    metrics = Metrics(HandClock())
    metrics.round(RoundReport(NOON, (SourceReport("a", "failed"),)))
    metrics.delivered(DeliveryReport(sent=1))
    states = dict.fromkeys(("pending", "sending", "unknown", "held"), NOON)
    found = Figures({"subscriptions": 1, "received": 1}, dict.fromkeys(states, 1), states, NOON)
    source = SourceState("a", None, None, NOON, None, 0, None, True)
    text = metrics.exposition(found, {"a": source}, NOON).decode()
    return {re.split(r"[{ ]", line)[0] for line in text.splitlines() if not line.startswith("#")}


def expressions() -> Iterator[tuple[str, str]]:
    rules = YAML(typ="safe").load(DEPLOY / "prometheus" / "alerts.yml")
    yield from ((rule["alert"], rule["expr"]) for group in rules["groups"] for rule in group["rules"])
    board = json.loads((DEPLOY / "grafana" / "beschlussbote.json").read_text(encoding="utf-8"))
    yield from ((panel["title"], target["expr"]) for panel in board["panels"] for target in panel["targets"])


def test_alerts_and_board_ask_only_for_what_is_counted() -> None:
    known = exposed()
    asked = {(where, name) for where, text in expressions() for name in re.findall(r"beschlussbote_\w+", text)}
    assert len(asked) > 20
    assert {(where, name) for where, name in asked if name not in known} == set()
    assert {name for name in known if name.endswith("_total")} <= {name for _, name in asked}, (
        "nothing is counted in vain"
    )


def test_every_alert_says_what_to_do() -> None:
    rules = YAML(typ="safe").load(DEPLOY / "prometheus" / "alerts.yml")["groups"][0]["rules"]
    for rule in rules:
        assert rule["labels"]["severity"] in ("warning", "critical")
        assert set(rule["annotations"]) == {"summary", "action"}, rule["alert"]
