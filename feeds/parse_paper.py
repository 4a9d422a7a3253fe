"""A paper without agenda items (a roadmap, a declaration): one record per section that carries content."""

from __future__ import annotations

import re
from dataclasses import replace

from feeds.facts import ConferenceFacts, days_of
from feeds.line import Line
from feeds.outline import Section, sections_of
from feeds.paragraphs import ends_sentence, flat_text
from feeds.parse_body import passages_of
from feeds.record import Passage, Publication, Reading, Resolution, SectionHeading

FIELD = "Handlungsfeld"
_SECTION = "Abschnitt"
_AGREED = re.compile(rf"Im {FIELD} (?P<number>\d{{1,2}})\b.*\bvereinbar(?:en|t)\b.*:")
_SIGNED = re.compile(r"(?P<place>[A-ZÄÖÜ][\w. -]{2,40}), (?:den )?(?P<day>\d{1,2}\. ?[A-Za-zäöü]+ \d{4})")
_CLOSING_LINES = 3
_TITLE_LINES = 6
_TITLE_LENGTH = 200
_PREFACE = "Vorbemerkung"
_BY_FORM = "Aufbau unbekannt: Abschnitte sind nur an ihrer Form erkannt."
NO_STRUCTURE = "Aufbau nicht erkannt: weder Tagesordnungspunkte noch Abschnitte gefunden."


def parse_paper(lines: tuple[Line, ...], facts: ConferenceFacts, source: str, sha256: str) -> Reading:
    """Sections in order; bullets that one section agrees for a Handlungsfeld are told with that field."""
    body, facts = _signed(lines, facts)
    above, sections = sections_of(body)
    above, sections = _without_titles(above, sections)
    title, subtitle, preface = titles_of(above)
    if not sections:
        return _unknown(title, preface, facts, source, sha256)
    resolutions = _with_agreed(tuple(_resolution(one, _kind(one, sections)) for one in sections))
    first = _preface(title, preface)
    return Reading(
        _publication(facts, source, sha256, title, subtitle, sections),
        tuple(one for one in (*first, *resolutions) if one.passages),
        (_BY_FORM,) if all(one.style == "plain" for one in sections) else (),
    )


def _without_titles(
    above: tuple[Line, ...], sections: tuple[Section, ...]
) -> tuple[tuple[Line, ...], tuple[Section, ...]]:
    """Headings at the top that nothing stands below are the document's titles; so is one that all stands below."""
    count = next((at for at, one in enumerate(sections) if one.lines or one.style != "plain"), len(sections))
    only = sections[count:]
    if not above and len(only) == 1 and only[0].style == "plain":
        count += 1
    titles = sections[:count] if not above else ()
    lines = tuple(line for one in titles for line in (Line(one.title, gap=True), *one.lines))
    return above + lines, sections[len(titles) :]


def _unknown(title: str | None, lines: tuple[Line, ...], facts: ConferenceFacts, source: str, sha256: str) -> Reading:
    """No heads and no headings: the text as it is, and a warning."""
    passages = passages_of(lines, items=False)
    shown = title or (passages[0].text[:_TITLE_LENGTH] if passages else "")
    if not shown:
        return Reading(_publication(facts, source, sha256, None, None, ()), (), ("Kein Text gefunden.",))
    resolution = Resolution(None, shown, passages=passages)
    return Reading(_publication(facts, source, sha256, shown, None, ()), (resolution,), (NO_STRUCTURE,))


def _preface(title: str | None, lines: tuple[Line, ...]) -> tuple[Resolution, ...]:
    """What stands above the first heading and is no title."""
    return (Resolution(None, title or _PREFACE, section=_SECTION, passages=passages_of(lines, items=False)),)


def _publication(
    facts: ConferenceFacts,
    source: str,
    sha256: str,
    title: str | None,
    subtitle: str | None,
    sections: tuple[Section, ...],
) -> Publication:
    return Publication(
        source=source,
        kind="paper",
        title=title,
        sha256=sha256,
        subtitle=subtitle,
        body=facts.body,
        session=facts.session,
        date_start=facts.date_start,
        date_end=facts.date_end,
        place=facts.place,
        meeting=facts.meeting,
        sections=tuple(SectionHeading(one.number, one.title) for one in sections if one.style != "numbered"),
    )


def _signed(lines: tuple[Line, ...], facts: ConferenceFacts) -> tuple[tuple[Line, ...], ConferenceFacts]:
    """The lines without a closing "Ort, Datum", and what that line tells."""
    for at in range(len(lines) - 1, max(-1, len(lines) - 1 - _CLOSING_LINES), -1):
        match = _SIGNED.fullmatch(lines[at].text)
        if match and (day := days_of(match["day"])[0]):
            return lines[:at] + lines[at + 1 :], replace(facts, place=match["place"], date_start=day, date_end=day)
    return lines, facts


def titles_of(above: tuple[Line, ...]) -> tuple[str | None, str | None, tuple[Line, ...]]:
    """Title, subtitle and the text below them.

    A line in lower case goes on with the title, one with a capital begins the subtitle; text begins with the first
    group of lines that is one.
    """
    title: list[Line] = []
    subtitle: list[Line] = []
    for at, line in enumerate(above):
        if at >= _TITLE_LINES or (line.gap and _is_running(above, at)):
            return flat_text(title) or None, flat_text(subtitle) or None, above[at:]
        goes_on = not title or (not subtitle and (not line.gap or line.text[:1].islower()))
        (title if goes_on else subtitle).append(line)
    return flat_text(title) or None, flat_text(subtitle) or None, ()


def _is_running(lines: tuple[Line, ...], at: int) -> bool:
    """Whether the group of lines that begins at a line is running text: it ends like a sentence or address."""
    end = next((to for to in range(at + 1, len(lines)) if lines[to].gap), len(lines))
    return ends_sentence(lines[end - 1].text) or lines[end - 1].text.endswith(",")


def _kind(section: Section, sections: tuple[Section, ...]) -> str:
    """Numbered sections are Handlungsfelder where the text above them says so."""
    if section.style != "numbered":
        return _SECTION
    above = sections[: sections.index(section)]
    announced = any(FIELD in one.title or FIELD in "".join(line.text for line in one.lines[-3:]) for one in above)
    return FIELD if announced else _SECTION


def _resolution(section: Section, kind: str) -> Resolution:
    passages = passages_of(section.lines, items=False)
    return Resolution(section.number, section.title, section=kind, passages=passages, page=section.page)


def _with_agreed(resolutions: tuple[Resolution, ...]) -> tuple[Resolution, ...]:
    """What "Im Handlungsfeld 1 vereinbaren sie:" announces moves to that field, announcement and bullets."""
    moved: dict[str, tuple[Passage, ...]] = {}
    fields = {one.number for one in resolutions if one.section == FIELD}
    kept = []
    for one in resolutions:
        staying, agreed = _split_agreed(one.passages)
        if set(agreed) <= fields and one.section != FIELD:
            moved |= agreed
            one = replace(one, passages=staying)
        kept.append(one)
    return tuple(
        replace(one, passages=one.passages + moved.get(one.number or "", ())) if one.section == FIELD else one
        for one in kept
    )


def _split_agreed(passages: tuple[Passage, ...]) -> tuple[tuple[Passage, ...], dict[str, tuple[Passage, ...]]]:
    staying: list[Passage] = []
    agreed: dict[str, tuple[Passage, ...]] = {}
    current: str | None = None
    for passage in passages:
        announced = _AGREED.fullmatch(passage.text)
        if announced:
            current = announced["number"]
        elif passage.role != "bullet":
            current = None
        if current is None:
            staying.append(passage)
        else:
            agreed[current] = (*agreed.get(current, ()), passage)
    return tuple(staying), agreed
