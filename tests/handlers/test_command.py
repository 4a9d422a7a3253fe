"""Lines to commands: tables of what people type, and properties over any text."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from feeds.filter_values import AsWritten
from feeds.query_language import Request, parse
from handlers.command import COMMANDS, clean, parse_command
from handlers.command_arguments import MAX_QUERY, as_argument, minute_of_day
from handlers.command_types import (
    Command,
    EndSubscription,
    Forget,
    Help,
    ListSubscriptions,
    Problem,
    SetRhythm,
    Start,
    Subscribe,
)
from handlers.lookup_commands import (
    ExplainFilters,
    FindTopic,
    PlainText,
    ShowById,
    ShowByNumber,
    ShowDeadlines,
    ShowDemands,
    ShowLatest,
    ShowLaw,
    ShowNote,
    ShowState,
    ShowTopics,
)
from handlers.setting_commands import SetDigest, ShowDigest
from handlers.subscription_commands import (
    CancelQuestion,
    Follow,
    Guide,
    NameSubscription,
    PauseSubscription,
    RestoreSubscription,
    ResumeSubscription,
    ShareSubscription,
    ShowSubscription,
    TestSubscription,
)
from handlers.watch_commands import (
    ChooseDemand,
    EndWatch,
    ListWatches,
    MarkCited,
    MarkDemand,
    NoteOnWatch,
    RemindOfWatch,
    SetLead,
    SetWatchDone,
    ShowWatch,
)

LINES: list[tuple[str, Command | Problem, str]] = [
    ("/start", Start(), "as typed"),
    ("/start abc_123", Start("abc_123"), "a deep link's payload"),
    ("/hilfe", Help(), "as typed"),
    ("/help", Help(), "alias"),
    ("/hilfe suchen", Help("suchen"), "a page"),
    ("/HILFE", Help(), "case does not matter"),
    ("/topic Sprachkurse", FindTopic("Sprachkurse"), "as typed"),
    ("/thema Sprachkurse", FindTopic("Sprachkurse"), "alias"),
    ("/topic@BeschlussBot Sprachkurse", FindTopic("Sprachkurse"), "addressed in a group"),
    ("  /topic   Sprachkurse  für\nFrauen ", FindTopic("Sprachkurse für Frauen"), "blanks and line ends"),
    ("/ topic Sprachkurse", FindTopic("Sprachkurse"), "a blank behind the slash"),
    ("/topic: Sprachkurse", FindTopic("Sprachkurse"), "a colon"),
    ("/topic <Sprachkurse>", FindTopic("Sprachkurse"), "copied from a manual"),
    ("/topic Sprachkurse ab 4", FindTopic("Sprachkurse", 4), "next page"),
    ("/topic Kinder ab „6“", FindTopic("Kinder ab „6“"), "quotes keep a number from being a page"),
    ("/topic Kinder ab 6 Jahren", FindTopic("Kinder ab 6 Jahren"), "no page at the end"),
    ("/topic Sprachkurse ab 0", FindTopic("Sprachkurse", 1), "there is no result 0"),
    ("/topic Sprach\u00adkurse", FindTopic("Sprachkurse"), "a soft hyphen from a document"),
    ("/topic ab 4", Problem("missing", "topic"), "a page of nothing"),
    ("/topic", Problem("missing", "topic"), "nothing to look for"),
    ('/topic ""', Problem("missing", "topic"), "quotes around nothing"),
    ("/state NRW", ShowState("NRW"), "as typed"),
    ("/land Freistaat Sachsen ab 21", ShowState("Freistaat Sachsen", 21), "alias, next page"),
    ("/neu", ShowLatest(), "as typed"),
    ("/neu ab 11", ShowLatest(11), "next page"),
    ("/beschluss 5.2", ShowByNumber("5.2"), "as typed"),
    ("/beschluss #17", ShowById(17), "from a button"),
    ("/beschluss", Problem("missing", "beschluss"), "which one?"),
    ("/beschluss IntMK", Problem("reference", "beschluss", "IntMK"), "a conference is no number"),
    ("/notiz 17 2", ShowNote(17, 2), "from a button"),
    ("/notiz 17", Problem("id", "notiz", "17"), "which note?"),
    ("/abo topic Sprachkurse", Subscribe("Sprachkurse", "topic"), "as typed"),
    ("/abo thema Sprachkurse täglich", Subscribe("Sprachkurse", "topic", "digest"), "alias, with rhythm"),
    ("/subscribe state BW sofort", Subscribe("BW", "state", "immediate"), "alias, with rhythm"),
    ("/abo Land Hessen", Subscribe("Hessen", "state"), "a capital"),
    ("/abo land:Hessen", Subscribe("land:Hessen"), "a filter: in any role"),
    ("/abo Landwirtschaft", Subscribe("Landwirtschaft"), "only begins like Land"),
    ("/abo Bayern daily", Subscribe("Bayern", None, "digest"), "no kind"),
    ("/abo topic Hilfe „sofort“", Subscribe("Hilfe „sofort“", "topic"), "quotes keep a word from being a rhythm"),
    ("/suche Kita land:Bayern seit:2024", FindTopic("Kita land:Bayern seit:2024"), "with filters"),
    ("/suche „künstliche Intelligenz“ -Schule ab 4", FindTopic("„künstliche Intelligenz“ -Schule", 4), "next page"),
    ("/suche", ExplainFilters(), "nothing to look for: what could be"),
    ("/state Bayern dagegen", ShowState("Bayern", 1, "dagegen"), "one role"),
    ("/state Bayern Anträge ab 21", ShowState("Bayern", 21, "antrag"), "one role, next page"),
    ("/state dagegen", ShowState("dagegen"), "a role alone is no Land"),
    ("/an Bund", ShowDemands("Bund"), "as typed"),
    ("/an Bund Sprachkurse ab 6", ShowDemands("Bund Sprachkurse", 6), "with a word, next page"),
    ("/an", ShowDemands(""), "of whom?"),
    ("/gesetz § 25a AufenthG", ShowLaw("§ 25a AufenthG"), "a section"),
    ("/gesetz", Problem("missing", "gesetz"), "which one?"),
    ("/fristen", ShowDeadlines(), "as typed"),
    ("/fristen vorbei ab 9", ShowDeadlines(9, past=True), "what was due, next page"),
    ("/fristen Bayern", ShowDeadlines(query="Bayern"), "of a Land"),
    ("/fristen vorbei an:Bund Kita ab 9", ShowDeadlines(9, True, "an:Bund Kita"), "what was due, of a search"),
    ("/fristen an:Bund vorbei", ShowDeadlines(past=True, query="an:Bund"), "the other way round"),
    ("Fristen", ShowDeadlines(), "a bare word that can only be a command"),
    ("/themen", ShowTopics(), "as typed"),
    ("/themen Integration", ShowTopics("Integration"), "those below"),
    ("/abo konferenz:IntMK an:Bund täglich", Subscribe("konferenz:IntMK an:Bund", None, "digest"), "a search"),
    ("/abo topic", Problem("missing", "abo"), "nothing to subscribe to"),
    ("/abo", Guide(), "step by step"),
    ("/aboneu thema ab 13", Guide("topics", first=13), "a page of topics"),
    ("/aboneu worte", Guide("words"), "a step"),
    ("/aboneu wann topic Kita täglich", Guide("rhythm", "topic Kita täglich"), "what is wanted"),
    ("/aboneu sehen wöchentlich state Bayern", Guide("preview", "state Bayern", "weekly"), "what it would bring"),
    ("/aboneu ja sofort topic Kita", Subscribe("Kita", "topic", "immediate", True), "seen and wanted"),
    ("/aboneu ja", Problem("id", "aboneu", "ja"), "neither rhythm nor words"),
    ("/aboneu ja manchmal topic Kita", Problem("id", "aboneu", "ja manchmal topic Kita"), "no such rhythm"),
    ("/aboneu irgendwas", Problem("id", "aboneu", "irgendwas"), "no such step"),
    ("/abo Kita wöchentlich", Subscribe("Kita", None, "weekly"), "once a week"),
    ("/meinabo 12", ShowSubscription(12), "from a button"),
    ("/meinabo 12 täglich", SetRhythm(12, "digest"), "from a button"),
    ("/meinabo 12 pause", PauseSubscription(12), "asks how long"),
    ("/meinabo 12 pause bis 1.9.", PauseSubscription(12, "bis 1.9."), "until a day"),
    ("/meinabo 12 weiter", ResumeSubscription(12), "from a button"),
    ("/meinabo 12 name", NameSubscription(12), "asks for it"),
    ("/meinabo 12 name Meine Kitas", NameSubscription(12, "Meine Kitas"), "an answer"),
    ("/meinabo 12 name -", NameSubscription(12, ""), "no name of its own"),
    ("/meinabo 12 name " + "x" * 41, Problem("long_name", "abos", "x" * 41), "too long for a button"),
    ("/meinabo 12 test ab 9", TestSubscription(12, 9), "a page"),
    ("/meinabo 12 teilen", ShareSubscription(12), "from a button"),
    ("/meinabo 12 wieder", RestoreSubscription(12), "from a button"),
    ("/meinabo 12 ende", EndSubscription(12), "as typed"),
    ("/meinabo 12 tanzen", Problem("id", "meinabo", "12 tanzen"), "nothing that can be done"),
    ("/meinabo Kita", Problem("id", "meinabo", "Kita"), "no number"),
    ("/folgen 5.2 IntMK 20", Follow("5.2 IntMK 20"), "a resolution"),
    ("/follow „IntMK“", Follow("IntMK"), "with the marks of the help"),
    ("/folgen", Follow(""), "asks how"),
    ("/folgen " + "x" * 201, Problem("too_long", "folgen", "x" * 201), "a pasted paragraph"),
    ("/abbrechen", CancelQuestion(), "as typed"),
    ("/merken", MarkCited(""), "asks how"),
    ("/merken 5.2 IntMK 20", MarkCited("5.2 IntMK 20"), "a resolution"),
    ("/merken #17", ChooseDemand(17), "from a button"),
    ("/merken #17 2", MarkDemand(17, 2), "from a button"),
    ("/merken #17 frist 3", MarkDemand(17, 3, deadline=True), "from a button"),
    ("/merken 17", MarkCited("17"), "a number without the sign is an agenda item's"),
    ("/erfolgskontrolle", ListWatches(), "as typed"),
    ("/kontrolle ab 9", ListWatches(9), "next page"),
    ("/erfolgskontrolle 12", ShowWatch(12), "from a button"),
    ("/erfolgskontrolle 12 erledigt", SetWatchDone(12, True), "from a button"),
    ("/erfolgskontrolle 12 offen", SetWatchDone(12, False), "from a button"),
    ("/erfolgskontrolle 12 erinnern", RemindOfWatch(12), "asks when"),
    ("/erfolgskontrolle 12 erinnern 4 Wochen", RemindOfWatch(12, "4 Wochen"), "from a button"),
    ("/erfolgskontrolle 12 vorlauf", SetLead(12), "asks how long"),
    ("/erfolgskontrolle 12 vorlauf 7", SetLead(12, 7), "from a button"),
    ("/erfolgskontrolle 12 vorlauf lang", Problem("days", "erfolgskontrolle", "lang"), "no number"),
    ("/erfolgskontrolle 12 notiz", NoteOnWatch(12), "asks for it"),
    ("/erfolgskontrolle 12 notiz Referat 3", NoteOnWatch(12, "Referat 3"), "an answer"),
    ("/erfolgskontrolle 12 notiz -", NoteOnWatch(12, ""), "away with it"),
    ("/erfolgskontrolle 12 weg", EndWatch(12), "from a button"),
    ("/erfolgskontrolle 12 tanzen", Problem("id", "erfolgskontrolle", "12 tanzen"), "nothing that can be done"),
    ("/abos", ListSubscriptions(), "as typed"),
    ("/abos ab 21", ListSubscriptions(21), "next page"),
    ("/ende 12", EndSubscription(12), "from a button"),
    ("/ende alles", Problem("id", "ende", "alles"), "no number"),
    ("/rhythmus 12 täglich", SetRhythm(12, "digest"), "from a button"),
    ("/rhythmus 12", Problem("id", "rhythmus", "12"), "which rhythm?"),
    ("/digest", ShowDigest(), "as typed"),
    ("/digest 07:30", SetDigest(450), "as typed"),
    ("/digest aus", SetDigest(None), "as typed"),
    ("/digest 25:00", Problem("time", "digest", "25:00"), "no such hour"),
    ("/digest morgens", Problem("time", "digest", "morgens"), "no time"),
    ("/stopp", Forget(), "asks first"),
    ("/stop", Forget(), "alias"),
    ("/stopp ja", Forget(confirmed=True), "from a button"),
    ("/stopp vielleicht", Forget(), "not confirmed"),
    ("Sprachkurse", PlainText("Sprachkurse"), "no slash: a topic"),
    ("neu zugewanderte Menschen", PlainText("neu zugewanderte Menschen"), "begins like a command only"),
    ("Hilfe", Help(), "a bare word that can only be a command"),
    ("TOP 5.2", ShowByNumber("5.2"), "a citation without a command"),
    ("20. IntMK TOP 5.2", ShowByNumber("5.2", "IntMK", 20), "a citation without a command"),
    ("", Problem("empty"), "nothing"),
    (" \u200b\x00 ", Problem("empty"), "nothing that can be seen"),
    ("/topci Sprachkurse", Problem("unknown", "topci", "Sprachkurse"), "no such command"),
    ("/", Problem("unknown"), "no command at all"),
    ("/topic " + "x" * (MAX_QUERY + 1), Problem("too_long", "topic", "x" * (MAX_QUERY + 1)), "a pasted paragraph"),
]


@pytest.mark.parametrize(("line", "expected", "_why"), LINES, ids=[f"{line[:30]!r}: {why}" for line, _, why in LINES])
def test_a_line_means(line: str, expected: Command | Problem, _why: str) -> None:
    assert parse_command(line) == expected


TIMES = [
    ("07:30", 450),
    ("7:30", 450),
    ("7.30", 450),
    ("7.30 Uhr", 450),
    ("7 Uhr", 420),
    ("7 Uhr 30", 450),
    ("um 7", 420),
    ("0730", 450),
    ("7h30", 450),
    ("00:00", 0),
    ("23:59", 1439),
    ("24:00", None),
    ("12:60", None),
    ("7:3", None),
    ("-1", None),
    ("٧:٣٠", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "minute"), TIMES)
def test_times_of_day(text: str, minute: int | None) -> None:
    assert minute_of_day(text) == minute


_NAMES = st.sampled_from([name for spec in COMMANDS for name in (spec.name, *spec.aliases)])
_ARGUMENTS = st.text(st.sampled_from('#0123456789 .:ab„“"täglichsofotTOPIntMKaus\n@/~'), max_size=40) | st.text()


@given(st.text() | st.builds("/{} {}".format, _NAMES, _ARGUMENTS))
@example("/topic \ud800")
@example("/beschluss #" + "9" * 400)
@example("/abo topic topic täglich täglich")
def test_any_text_gives_a_command_or_a_problem(text: str) -> None:
    command = parse_command(text)
    assert isinstance(command, Command | Problem)
    if isinstance(command, Problem) and command.kind != "unknown":
        assert command.command in {"", *(spec.name for spec in COMMANDS)}


@given(
    st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=60)
    | st.sampled_from(["Kinder ab 6", "x sofort", "sofort", "ab 6", '"x y" ab 6', "land:Bayern ab 6"])
)
def test_a_query_as_argument_reads_back_as_the_same_query(text: str) -> None:
    """What buttons type, whatever somebody has typed before."""
    request = parse(clean(text), AsWritten())
    if isinstance(request, Request) and not request.empty:
        argument = as_argument(str(request))
        for line, first in ((f"/topic {argument}", 1), (f"/topic {argument} ab 7", 7)):
            command = parse_command(line)
            assert isinstance(command, FindTopic)
            assert (parse(command.query, AsWritten()), command.first) == (request, first)
        command = parse_command(f"/abo topic {argument}")
        assert isinstance(command, Subscribe)
        assert (parse(command.query, AsWritten()), command.rhythm) == (request, None)


def test_names_and_aliases_are_unique() -> None:
    names = [name for spec in COMMANDS for name in (spec.name, *spec.aliases)]
    assert len(names) == len(set(names))
