"""Dates, how exact they are, and what they are for. All sentences are invented."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.date_patterns import written_dates
from feeds.find_dates import find_dates
from feeds.record import Passage
from tests.feeds.tables import body

WRITTEN = [
    ("am 4. März 2026", [("2026-03-04", "day")], "a month by its name"),
    ("am 31.12.2025", [("2025-12-31", "day")], "in digits"),
    ("am 1.2.2025", [("2025-02-01", "day")], "in digits without zeros"),
    ("am 10. 05. 2023", [("2023-05-10", "day")], "with blanks"),
    ("am 10.05.23", [("2023-05-10", "day")], "a short year"),
    ("23. – 24. April 2025", [("2025-04-23", "day"), ("2025-04-24", "day")], "two days of one month"),
    ("am 23./24. April 2025", [("2025-04-23", "day"), ("2025-04-24", "day")], "two days with a stroke"),
    ("am 31.02.2025", [], "no such day"),
    ("im März 2026", [("2026-03-01", "month")], "a month"),
    ("Ende Juni 2025", [("2025-06-30", "month")], "the end of a month is its last day"),
    ("Mitte Juni 2025", [("2025-06-01", "month")], "the middle of a month"),
    ("Herbst 2025", [("2025-09-01", "year")], "a season is as exact as its year"),
    ("für die zweite Jahreshälfte 2025", [("2025-07-01", "year")], "half a year"),
    ("im ersten Halbjahr 2025", [("2025-01-01", "year")], "the first half"),
    ("im 3. Quartal 2025", [("2025-07-01", "year")], "a quarter"),
    ("für die 22. IntMK 2027", [("2027-01-01", "year")], "a date by session"),
    ("zur Herbstsitzung 2032", [("2032-01-01", "year")], "a date by a meeting"),
    ("seit 2011", [("2011-01-01", "year")], "a bare year behind a word of time"),
    ("im Jahr 2014", [("2014-01-01", "year")], "named as a year"),
    ("im Vergleich zum Jahr 2021", [("2021-01-01", "year")], "named as a year"),
    ("für das Gesamtjahr 2025", [("2025-01-01", "year")], "a kind of year"),
    ("Ende 2021", [("2021-12-31", "year")], "the end of a year is its last day"),
    ("zum Jahresende 2038", [("2038-12-31", "year")], "the end of a year in one word"),
    ("bis zum Ablauf des Jahres 2036", [("2036-12-31", "year")], "the end of a year in a phrase"),
    ("bitten den Bund, 2034 eine Erprobung zu fördern", [("2034-01-01", "year")], "a year between comma and article"),
    ("der Bericht wird 2036 vorgelegt.", [("2036-01-01", "year")], "a year between the parts of a verb"),
    ("dass 2036 bundesweit 214 Läden geöffnet waren", [("2036-01-01", "year")], "a year behind dass"),
    ("dass 2036 Läden geöffnet waren", [], "a number behind dass"),
    ("bis Ostern 2038", [("2038-04-01", "year")], "a feast is as exact as its year"),
    ("es wurden 2036 neue Anträge gestellt.", [], "things are counted"),
    ("von 2022 bis 2060", [("2022-01-01", "year"), ("2060-01-01", "year")], "a range of years"),
    ("zwischen 2005 und 2023", [("2005-01-01", "year"), ("2023-01-01", "year")], "a range with und"),
    ("in den Jahren 2020 bis 2022", [("2020-01-01", "year"), ("2022-01-01", "year")], "a range of named years"),
    ("in 2023 waren es", [("2023-01-01", "year")], "a loose word of time"),
    ("in 2000 Fällen", [], "a number of things"),
    ("2024 rund 88.000 Studierende", [], "a year without a word of time"),
    ("das Haushaltsgesetz 2025", [], "a part of a name"),
    ("Kurzbericht 10/2024", [], "the number of an issue"),
    ("für 2025/26", [], "a school year is not cut in half"),
    ("seit 2000,5 Stunden", [], "a decimal number"),
    ("bis 2030 Prozent", [("2030-01-01", "year")], "behind bis a year is meant"),
]


@pytest.mark.parametrize(("text", "expected", "why"), WRITTEN)
def test_how_dates_are_written(text: str, expected: list[tuple[str, str]], why: str) -> None:
    assert [(str(one.date), one.precision) for one in written_dates(text)] == expected, why


ROLES = [
    ("Der Bund soll bis zum 31.12.2025 berichten.", "deadline", "bis zum"),
    ("Der Bund legt bis Ende Juni 2025 einen Entwurf vor.", "deadline", "bis with a month"),
    ("Der Bericht ist spätestens am 1. Mai 2026 vorzulegen.", "deadline", "spätestens"),
    ("bis zum Ablauf der Erlaubnis nach § 24 AufenthG am 4. März 2026", "deadline", "the day on which something ends"),
    ("nach dem 31.12.2025 eine neue Regelung zu schaffen", "deadline", "the day after which something is missing"),
    ("das Programm über den 01.01.2026 hinaus zu fördern", None, "the day on which the support ends"),
    ("auch über das Jahr 2026 hinaus zu fördern", None, "the year in which it ends"),
    ("beauftragt die LAG, für die 22. IntMK 2027 einen Bericht vorzulegen", "deadline", "the session it is due for"),
    ("die Quote bis 2030 zu verdoppeln", "deadline", "a year by which something is to be done"),
    ("wird bis 2060 um 35 Prozent sinken", None, "a forecast"),
    ("bis zum Jahr 2040 sucht jeder dritte Betrieb", None, "a forecast with the word year"),
    ("bis zur Herbstsitzung 2032 darzulegen", "deadline", "the meeting it is due for"),
    ("erstmals zum Jahresende 2038 vorzulegen", "deadline", "the end of a year"),
    ("bis Mitte 2031 bereitzustellen", "deadline", "the middle of a year"),
    ("die Verordnung zum 1. Januar 2030 zu ändern", "in force", "the day of a change"),
    ("bis zu ihrer Sitzung im Mai 2030", "deadline", "a meeting and its month"),
    ("bis zum Fahrplanwechsel im Dezember 2037", "deadline", "an event and its month"),
    ("aus der Sitzung am 1./2. April 2031", "reference", "a session by its day"),
    ("Förderung für 2026 bis 2029", None, "a range"),
    ("das am 01.08.2024 in Kraft getretene Gesetz", "in force", "in Kraft behind"),
    ("die zum 01.01.2025 eingeführte Möglichkeit", "in force", "eingeführt"),
    ("Die Verordnung gilt seit dem 1. Juli 2024.", "in force", "gilt seit"),
    ("der Beschluss vom 10. Mai 2023", "reference", "vom"),
    ("das Rundschreiben vom Juli 2024", "reference", "vom with a month"),
    ("gegenüber der MPK am 10.05.2023", "reference", "the day of another conference"),
    ("des Anwerbeabkommens von 1955", "reference", "an agreement by its year"),
    ("vom 1. Juni 2024 bis 30. Juni 2025", None, "a span begins"),
    ("Kurse, die ab dem 01.01.2025 beginnen", None, "a beginning"),
    ("seit 2008 unverändert", None, "since"),
    ("im März 2026 vorliegend", None, "just a month"),
]


@pytest.mark.parametrize(("text", "role", "why"), ROLES)
def test_what_a_date_is_for(text: str, role: str | None, why: str) -> None:
    assert find_dates(body(text))[0].role == role, why


@pytest.mark.parametrize(
    ("text", "role", "why"),
    [
        ("der 26. IntMK im Frühjahr 2031 einen Vergleich vorzulegen", "deadline", "a session to come, something due"),
        ("in ihrer Sitzung am 10. Juni 2031 erneut", None, "a session to come"),
        ("in seiner 80. Sitzung am 9. Mai 2030 beschlossen", None, "this session"),
        ("in ihrer Sitzung am 8. Mai 2029", "reference", "an earlier session"),
        ("für eine Sitzung im ersten Halbjahr 2037 einzusetzen", None, "a session that is wanted"),
        ("im Jahr 2035 zu berichten", "deadline", "a report is due"),
        ("im Jahr 2029 zu berichten", None, "a report that was due before"),
    ],
)
def test_what_a_date_is_for_beside_the_conference_s_own(text: str, role: str | None, why: str) -> None:
    assert [one.role for one in find_dates(body(text), dt.date(2030, 5, 9))] == [role], why


KEPT = [
    ("Die BspMK bittet den Bund, bis zum 30. Juni 2035 einen Entwurf vorzulegen.", "somebody is asked"),
    ("Der Bund wird gebeten, die Länder bis Ende 2034 zu beteiligen.", "in the passive"),
    ("Bis zum 31. März 2035 soll der Bund die Richtlinie ändern.", "the date comes first"),
    ("Die Geschäftsstelle berichtet bis Ende Mai 2035.", "somebody reports"),
    ("Die Länder werden bis Ende 2036 alle Büchereien anschließen.", "somebody undertakes it"),
    ("Der Bericht ist bis zum 1. Mai 2035 vorzulegen.", "nobody is named, but it is to be done"),
    ("Sie nimmt den Bericht zur Kenntnis und bittet die LAG, ihn bis Ende 2035 fortzuschreiben.", "noted, then asked"),
    ("Sie nimmt den Bericht zur Kenntnis, der bis Ende 2035 fortzuschreiben ist.", "a duty beside a note"),
    ("Sie begrüßt das Programm; der Bund muss es bis Ende 2035 ausschreiben.", "a duty behind a welcome"),
    ("Sie hat den Bund gebeten, bis zum 30. Juni 2035 zu berichten.", "it was asked before"),
    ("Die Länder haben bis zum 30. Juni 2035 zu berichten.", "haben with zu is a duty"),
    ("Die Frist läuft bis zum 30. Juni 2035.", "a Frist that runs"),
    ("Um Rückmeldung wird bis zum 15. Januar 2036 gebeten.", "an impersonal request"),
    ("Den Bericht zur Fortführung der Kurse bis Ende 2035 vorzulegen, ist Sache des Bundes.", "an action behind it"),
    ("Die Finanzierung muss bis Ende 2035 gesichert werden.", "it must be secured by then"),
    ("Die BspMK beauftragt die LAG, für die 12. BspMK 2037 einen Bericht zu erstellen.", "a session it is due for"),
]
NOT_KEPT = [
    ("Das Programm wurde bis Ende 2037 verlängert.", "an extension"),
    ("Der Bund hat die Förderung nochmals bis zum 31.12.2037 verlängert.", "an extension by somebody"),
    ("Die BspMK bittet den Bund, das Programm bis Ende 2037 zu verlängern.", "how long, not by when"),
    ("Die BspMK fordert, die Förderung bis Ende 2037 fortzuführen.", "how long it is to go on"),
    (
        "Die Länder nehmen den Beschluss zur Fortführung der Kurse bis Ende Juni 2035 zur Kenntnis.",
        "what goes on is noted",
    ),
    ("Sie nimmt zur Kenntnis, dass der Bund bis Ende 2035 einen Entwurf vorlegen will.", "a plan is noted"),
    ("Den bis Ende 2034 erstellten Bericht nimmt die BspMK zur Kenntnis.", "the verb of noting stands behind"),
    ("Sie begrüßt die Zusage, bis Ende 2035 Mittel bereitzustellen.", "a promise is welcomed"),
    ("Sie dankt der LAG für die bis Ende 2034 geleistete Arbeit.", "thanks"),
    ("Die Mittel reichen bis Ende Juni 2035.", "how long money lasts"),
    ("Die Verordnung gilt bis zum 31. Dezember 2036.", "how long a rule holds"),
    ("Die bis zum 31. Dezember 2036 geltende Verordnung hat sich bewährt.", "the same in front of its noun"),
    ("Das Programm läuft noch bis Ende 2036.", "how long something runs"),
    ("Die Mittel stehen noch bis Ende 2034 zur Verfügung.", "how long something is there"),
    ("Das Programm ist bis Ende 2036 angelegt.", "for how long it is made"),
    ("Die Stellen sind bis Ende 2036 befristet.", "for how long"),
    ("Die Finanzierung ist bis Ende 2036 gesichert.", "until when it is secured"),
    ("Bis Ende 2034 wurden 300 Haltestellen gebaut.", "what has happened"),
    ("Die Länder haben bis Ende 2034 viele Büchereien angeschlossen.", "what they have done"),
    ("Im Förderzeitraum bis Ende 2036 stehen 20 Mio. Euro bereit.", "a period"),
    ("Dafür sind in den Jahren bis Ende 2036 jährlich 20 Mio. Euro nötig.", "years"),
    ("Die BspMK fordert den Bund auf, die Kurse über den 31. Dezember 2035 hinaus zu fördern.", "beyond it"),
    ("Der Bund wird gebeten, die Busse auch über das Ende des Jahres 2035 hinaus zu bezahlen.", "beyond a year's end"),
]


@pytest.mark.parametrize(("text", "why"), KEPT)
def test_a_limit_that_somebody_has_to_keep(text: str, why: str) -> None:
    assert [one.role for one in find_dates(body(text))] == ["deadline"], why


@pytest.mark.parametrize(("text", "why"), NOT_KEPT)
def test_a_limit_that_nobody_has_to_keep(text: str, why: str) -> None:
    assert "deadline" not in [one.role for one in find_dates(body(text))], why


def test_a_date_is_told_once_with_its_place_and_without_a_role_only_where_it_has_none() -> None:
    passages = (
        Passage("Am 10.05.2023 trafen sie sich.", marks=((0, 1),), item=1),
        Passage("Der Beschluss vom 10.05.2023 gilt, der vom 10. Mai 2023 auch.", marks=((0, 2),), item=2),
    )
    found = find_dates(passages)
    assert [(one.date, one.role, one.text, one.item, one.lines) for one in found] == [
        (dt.date(2023, 5, 10), "reference", "10.05.2023", 2, (2, 2))
    ]


def test_a_date_keeps_several_roles() -> None:
    found = find_dates(body("bis zum 1.1.2025 nach dem Beschluss vom 1.1.2025"))
    assert [one.role for one in found] == ["deadline", "reference"]


PIECES = st.sampled_from(
    """bis vom am zum Ende Juni März 2025 2026 4. 31.12.2025 1. 2. Halbjahr Quartal im Jahr in seit und – 22. IntMK
    hinaus ,""".split()
)


@given(st.lists(PIECES, max_size=12).map(" ".join) | st.text(max_size=80))
def test_every_date_stands_in_the_text(text: str) -> None:
    assert all(one.text in text and one.text for one in find_dates(body(text)))
