from __future__ import annotations

from pathlib import Path

import pytest

from config.settings import Listen, Secret, Settings, SettingsError, load_settings

TOKEN = "123456:AbCdEf_ghi-JKL"


def setting(**values: str) -> dict[str, str]:
    return {f"BESCHLUSSBOTE_{name}": value for name, value in values.items()} | {"PATH": "/usr/bin"}


def problems(environ: dict[str, str], file: Path | None = None) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as caught:
        load_settings(environ, file)
    return caught.value.problems


def test_nothing_set_gives_the_defaults() -> None:
    settings = load_settings({"HOME": "/root"})
    assert settings == Settings()
    assert settings.telegram_api_base == "https://api.telegram.org"
    assert settings.embedded_database


def test_every_setting_is_read_from_the_environment(tmp_path: Path) -> None:
    sources = tmp_path / "own.toml"
    sources.touch()
    environ = setting(
        TELEGRAM_TOKEN=TOKEN,
        TELEGRAM_API_BASE="http://127.0.0.1:8081/",
        DATABASE_URL="sqlite:///own.sqlite",
        SOURCES=str(sources),
        ACCESS="allowlist",
        ADMINS="4711, 4712",
        ALLOWED="-100200",
        TIMEZONE="Europe/Vienna",
        HTTP_LISTEN="[::1]:8080",
        WEBHOOK_URL="https://bot.example:8443/hook",
        WEBHOOK_SECRET="a-b_C9",
        LOG_FORMAT="json",
        FETCH_ALLOW="10.1.0.0/16, intern.example",
    )
    assert load_settings(environ) == Settings(
        telegram_token=Secret(TOKEN),
        telegram_api_base="http://127.0.0.1:8081",
        database_url="sqlite+aiosqlite:///own.sqlite",
        sources=sources,
        access="allowlist",
        admins=("4711", "4712"),
        allowed=("-100200",),
        timezone="Europe/Vienna",
        http_listen=Listen("::1", 8080),
        webhook_url="https://bot.example:8443/hook",
        webhook_secret=Secret("a-b_C9"),
        log_format="json",
        fetch_allow=("10.1.0.0/16", "intern.example"),
    )


def test_the_file_takes_names_with_and_without_prefix_and_the_environment_wins(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").touch()
    file = tmp_path / "beschlussbote.toml"
    file.write_text(
        'timezone = "Europe/Vienna"\nBESCHLUSSBOTE_LOG_FORMAT = "json"\nADMINS = [1, 2]\nsources = "sources.toml"\n'
        'fetch_allow = ["10.0.0.0/8"]\ntelegram_token = ""\n',
        encoding="utf-8",
    )
    settings = load_settings(setting(LOG_FORMAT="text", TIMEZONE=""), file)
    assert settings.timezone == "Europe/Vienna"  # an empty variable is not set
    assert settings.log_format == "text"
    assert settings.admins == ("1", "2")
    assert settings.fetch_allow == ("10.0.0.0/8",)
    assert settings.sources == tmp_path / "sources.toml"  # beside the file, wherever one starts the program
    assert settings.telegram_token is None


@pytest.mark.parametrize(
    ("name", "value", "right"),
    [
        ("TELEGRAM_TOKEN", "secretpart", "123456:ABC"),
        ("TELEGRAM_API_BASE", "127.0.0.1:8081", "http://"),
        ("TELEGRAM_API_BASE", "http://127.0.0.1:8081/bot", "without the /bot part"),
        ("TELEGRAM_API_BASE", "http://127.0.0.1:port", "http://"),
        ("DATABASE_URL", "mysql://x", "sqlite+aiosqlite:///FILE"),
        ("DATABASE_URL", "beschluss.sqlite", "sqlite+aiosqlite:///FILE"),
        ("DATABASE_URL", "postgresql+psycopg://me@db/x", "postgresql://USER:PASSWORD@HOST/NAME"),
        ("DATABASE_URL", "postgresql://me@db", "names no database"),
        ("DATABASE_URL", "postgresql://me@db:port/x", "no valid host and port"),
        ("DATABASE_URL", "postgresql://me:a/b@db/x", "%2F"),
        ("SOURCES", "nowhere.toml", "sources.toml"),
        ("ACCESS", "all", "'invite'"),
        ("ADMINS", "@someone", "chat ids"),
        ("TIMEZONE", "Berlin", "Europe/Berlin"),
        ("TIMEZONE", "../etc", "Europe/Berlin"),
        ("HTTP_LISTEN", "8080", "HOST:PORT"),
        ("HTTP_LISTEN", "127.0.0.1:99999", "HOST:PORT"),
        ("WEBHOOK_URL", "http://bot.example", "https://"),
        ("WEBHOOK_URL", "https://bot.example:8080", "8443"),
        ("WEBHOOK_SECRET", "ä", "A-Z"),
        ("LOG_FORMAT", "xml", "'json'"),
        ("FETCH_ALLOW", "http://intern", "hosts or networks"),
        ("TELEGRAM_TOKN", TOKEN, "TELEGRAM_TOKEN"),
        ("ZZZ", "1", "TELEGRAM_TOKEN"),
    ],
)
def test_a_bad_setting_is_named_with_what_would_be_right(name: str, value: str, right: str) -> None:
    found = problems(setting(**{name: value}))
    about = [problem for problem in found if problem.startswith(f"BESCHLUSSBOTE_{name} ")]
    assert len(about) == 1
    assert right in about[0]


def test_all_problems_come_at_once_in_one_line() -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(setting(ACCESS="x", TIMEZONE="y", NONSENSE="z"))
    assert len(caught.value.problems) == 3
    assert "\n" not in str(caught.value)
    assert all(name in str(caught.value) for name in ("ACCESS", "TIMEZONE", "NONSENSE"))


def test_a_wrong_token_is_not_repeated() -> None:
    assert "hunter2" not in " ".join(problems(setting(TELEGRAM_TOKEN="hunter2")))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"timezone = ", "not valid TOML"),
        (b"\xff", "not UTF-8"),
        (b'nonsense = "x"', "nonsense is no setting"),
        (b'TIMEZONE = "Europe/Berlin"\ntimezone = "Europe/Berlin"', "stands twice"),
        (b"timezone = 5", "must be text"),
    ],
)
def test_a_bad_file_is_named(tmp_path: Path, content: bytes, says: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(content)
    assert says in " ".join(problems({}, file))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert "cannot be read" in problems({}, tmp_path / "none.toml")[0]


def test_a_webhook_secret_alone_is_a_problem() -> None:
    assert "WEBHOOK_URL" in problems(setting(WEBHOOK_SECRET="abc"))[0]


HOOK = {"WEBHOOK_URL": "https://bot.example/hook", "WEBHOOK_SECRET": "abc", "HTTP_LISTEN": "127.0.0.1:8080"}


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"WEBHOOK_SECRET": ""}, "WEBHOOK_SECRET"),
        ({"HTTP_LISTEN": ""}, "HTTP_LISTEN"),
        ({"WEBHOOK_URL": "https://bot.example/readyz"}, "path"),
    ],
)
def test_a_webhook_needs_all_that_belongs_to_it(changed: dict[str, str], says: str) -> None:
    load_settings(setting(**HOOK))
    assert says in problems(setting(**{**HOOK, **changed}))[0]


@pytest.mark.parametrize("typed", ["postgres", "postgresql", "postgresql+asyncpg"])
def test_a_server_is_reached_with_the_driver_that_is_used_here(typed: str) -> None:
    settings = load_settings(setting(DATABASE_URL=f"{typed}://me:secret@db:5433/x?sslmode=require"))
    assert settings.database_url == "postgresql+asyncpg://me:secret@db:5433/x?sslmode=require"
    assert not settings.embedded_database


@pytest.mark.parametrize("rest", ["me:geheim@db", "me:geheim@db:x/y", "me:geh/eim@db/x"])
def test_a_bad_address_of_a_server_is_not_repeated(rest: str) -> None:
    with pytest.raises(SettingsError) as problem:
        load_settings(setting(DATABASE_URL=f"postgresql://{rest}"))
    assert "geh" not in str(problem.value)


def test_secrets_are_masked_wherever_they_could_be_printed() -> None:
    settings = load_settings(setting(TELEGRAM_TOKEN=TOKEN, DATABASE_URL="postgresql+asyncpg://me:pass@db/x"))
    for shown in (repr(settings), str(settings), f"{settings.telegram_token}", settings.database_shown):
        assert "AbCdEf" not in shown
        assert ":pass@" not in shown
    assert settings.database_shown == "postgresql+asyncpg://me:***@db/x"
    assert settings.secrets == (TOKEN, "pass")
    assert not settings.embedded_database


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("sqlite:///own.sqlite", Path("own.sqlite")),
        ("sqlite+aiosqlite:////var/lib/b.sqlite?mode=rw", Path("/var/lib/b.sqlite")),
        ("postgresql+asyncpg://me@db/x", None),
    ],
)
def test_an_embedded_database_has_a_file(url: str, file: Path | None) -> None:
    assert load_settings(setting(DATABASE_URL=url)).database_file == file


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"ACCESS": "invite"}, "ADMINS"),
        ({"ACCESS": "invite", "ALLOWED": "-5"}, "nobody can invite"),
        ({"ACCESS": "allowlist"}, "ALLOWED"),
    ],
)
def test_a_bot_that_nobody_could_get_into_is_a_problem(given: dict[str, str], says: str) -> None:
    assert says in problems(setting(**given))[0]
    load_settings(setting(**given, ADMINS="4711"))


def test_an_administrator_is_a_person_and_not_a_group() -> None:
    assert "a group" in problems(setting(ADMINS="4711, -100200"))[0]
    assert load_settings(setting(ALLOWED="4711, telegram:-100200")).allowed == ("4711", "telegram:-100200")
