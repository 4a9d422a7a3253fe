"""Whom a noun phrase means: reads "den Bund", "die Bundesagentur für Arbeit und die zugelassenen kommunalen Träger",
"das Vorsitzland der LAG (z. Z. Hessen)" where they stand, and gives the names that records show.

Strategy: at a position stands an article, then adjectives, then a form of `addressees.toml` or a Land, or else any
capitalised noun; only behind an article is an unknown noun taken. A comma joins phrases only where the list is closed
by "und" and the clause ends there, because behind a comma German begins the clause that says what is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from config.addressees import Addressees
from config.states import States

_NOUN = r"[A-ZÄÖÜ][\w*]*(?:[/-][\w*]+)*(?:-\sund\s[A-ZÄÖÜ]\w+)?"
_ADJECTIVE = r"[a-zäöüß][\w*-]*(?:e|en|er|es|em)\s+"
_NO_ADJECTIVE = (
    r"(?!(?:gegen|neben|wegen|zwischen|eine|einen|einer|eines|einem|keine|keinen|ihre|ihren|seine|seinen|diese|diesen|"
    r"über|unter|hinter|aber|oder|weder|ferner|weiter|einer|dieser|wieder|immer|daher|werden|haben)\s)"
)
_ARTICLE = re.compile(r"(?:[Dd](?:en|ie|as|er|em)|[Aa]llen?|[Ss]ämtliche|[Ii]hren?|[Ee]ine[nmr]?|[Ee]in)\s+(?=\S)")
_EXTENDED = re.compile(rf"(?:für|an|mit|im|in|am|zur|zum)\s[^,.;:()]{{2,60}}?\s(?={_ADJECTIVE}{_NOUN})")
_IN_NAMES = (
    r"(?:(?:Deutsche|Ständige|Kommunale|Gemeinsame|Wissenschaftliche|Zentrale|[A-ZÄÖÜ][a-zäöü]+ische)n?\s+){1,2}"
)
"""Adjectives that are capitalised as parts of names."""
_ADJECTIVES = re.compile(
    rf"(?:(?:{_NO_ADJECTIVE}{_ADJECTIVE}){{0,4}}{_IN_NAMES}|(?:{_NO_ADJECTIVE}{_ADJECTIVE}){{1,4}})(?=[A-ZÄÖÜ„])"
)
_NOUNS = re.compile(rf"{_NOUN}(?:\s{_NOUN})*")
_SECOND_NOUN = re.compile(rf"\sund\s(?P<noun>{_NOUN})(?!\s+{_NOUN})")
_GENITIVE = (
    rf"(?:des|der)\s(?:[a-zäöüß]\w*e[nr]\s)?{_NOUN}(?:\s(?:und|sowie)\s(?:des\s|der\s)(?:[a-zäöüß]\w*e[nr]\s)?{_NOUN})?"
)
_TAIL = re.compile(rf"(?:\s(?:für\s{_NOUN}(?:\sund\s{_NOUN})?|{_GENITIVE}|\([^()]*\)|„[^“”]*[“”]))*")
_PUBLIC = re.compile(
    r"(?:Stellen|[Bb]ehörden?|Ressorts|Verwaltungen)$"
    r"|(?:^|\s)[\w-]*(?:[Mm]inisteri(?:ums?|en)|[Mm]inister(?:in|s)?|[Kk]ommission|[Aa]uss(?:chuss|chusses|chüsse|chüssen)"
    r"|[Aa]rbeitskreis|[Aa]rbeitsgruppe|[Aa]rbeitsgemeinschaft|[Gg]eschäftsstelle|[Ss]pitzenverb(?:and|ände|änden)"
    r"|[Ss]tädtetag|[Ll]andkreistag|[Gg]emeindebund|[Kk]onferenz|Bundesamt|Bundesanstalt|Bundesinstitut)(?![\w-])"
)
"""Nouns that can only mean bodies: as good as known."""
_ALL = "alle "
"""Whoever the table means so ("alle Beteiligten") is nobody's in particular ("die Beteiligten der Verwaltung")."""
_QUOTED = re.compile(r"\s(„[^“”]*[“”])")
_JOINT = re.compile(r"(?P<comma>,\s)|\s(?:und|sowie|bzw\.|oder|wie auch)\s(?:an\s|von\s|vom\s|auch\s)?")
_CLAUSE_END = re.compile(r"\s*(?:[,.;:]|$|(?:dazu\s)?(?:auf|an)(?:[,.;:]|$))")
_LAND = re.compile(r"(?:(?:\w+l|L)(?:and|änder)(?:es|s|n)?|Vorsitz|Freistaat(?:es|s)?|Hansestadt)\b")
"""Words that give way to the Land or Länder that the phrase goes on to name."""
_LANDS = re.compile(rf"(?:(?:,|\sund)?\s(?:{_NOUN}|\([^()]*\)|{_GENITIVE}))*")

# Article and adjective ending → the ending of the nominative without an article ("die zugelassenen Träger" →
# "zugelassene Träger"); -en behind "die" is a plural.
_ENDINGS = {
    ("die", "en"): "e",
    ("den", "en"): "er",
    ("das", "e"): "es",
    ("der", "e"): "er",
    ("der", "en"): "e",
    ("dem", "en"): "er",
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """Coordinated noun phrases: the names in order, and where the last one ends."""

    names: tuple[str, ...]
    end: int
    known: bool
    plural: bool = False


@dataclass(frozen=True, slots=True)
class PhraseReader:
    """Reads whom a phrase means, with the tables of bodies and of Länder."""

    addressees: Addressees
    states: States

    def read(self, text: str, at: int = 0, *, only_known: bool = False, subject: bool = False) -> Phrase | None:
        """The phrases that begin at `at`; None where nobody is named there.

        `only_known`: bodies of the tables alone, no nouns that merely stand behind an article. `subject`: the phrase
        stands where a subject does, so that no clause that says what is asked begins at its first comma.
        """
        found = self._one(text, at, only_known)
        if found is None:
            return None
        best = found
        for joint, grown in self._grown(text, found, only_known):
            if joint == "und":
                best = grown
        return best if subject or best.end == found.end or self._closed(text, found, best) else found

    def search(self, text: str, lead: str) -> Phrase | None:
        """The first known body behind `lead` (a pattern such as `durch\\s`)."""
        for match in re.finditer(lead, text):
            if phrase := self.read(text, match.end(), only_known=True):
                return phrase
        return None

    def _grown(self, text: str, phrase: Phrase, only_known: bool) -> Iterator[tuple[str, Phrase]]:
        """The list as it grows by one member after another, each with how it was joined."""
        while joint := _JOINT.match(text, phrase.end):
            more = self._one(text, joint.end(), only_known)
            if more is None:
                return
            phrase = Phrase(phrase.names + more.names, more.end, phrase.known and more.known, plural=True)
            yield ("," if joint["comma"] else "und"), phrase

    @staticmethod
    def _closed(text: str, first: Phrase, whole: Phrase) -> bool:
        return "," not in text[first.end : whole.end] or bool(_CLAUSE_END.match(text, whole.end))

    def _one(self, text: str, at: int, only_known: bool) -> Phrase | None:
        article = _ARTICLE.match(text, at)
        start = article.end() if article else at
        known = self._known(text, start)
        if known or not article:
            return known
        unknown = self._unknown(text, article[0].strip().lower(), start)
        return unknown if unknown and (not only_known or _PUBLIC.search(unknown.names[0])) else None

    def _known(self, text: str, start: int) -> Phrase | None:
        for position in _positions(text, start):
            if named := self._land(text, position):
                return named
            if found := self.addressees.at(text, position):
                one, end = found
                tail = _TAIL.match(text, end)
                if tail and tail[0] and one.name.startswith(_ALL):
                    return None
                quoted = _QUOTED.match(text, end) if one.kind == "group" else None
                name = f"{one.name} {quoted[1]}" if quoted else one.name
                return Phrase((name,), tail.end() if tail else end, True, one.plural)
        return None

    def _land(self, text: str, at: int) -> Phrase | None:
        """A Land by its name, or the Land or Länder that "Land" or "Vorsitzland" goes on to name."""
        if head := _LAND.match(text, at):
            behind = _LANDS.match(text, head.end())
            end = behind.end() if behind else head.end()
            named = self.states.in_text(text[at:end])
            return Phrase(named, end, True) if named else None
        nouns = _NOUNS.match(text, at)
        state = self.states.find(nouns[0]) if nouns else None
        if nouns is None or state is None or len(nouns[0]) <= len(state.abbreviation):
            return None
        return Phrase((state.name,), nouns.end(), True)

    @staticmethod
    def _unknown(text: str, article: str, start: int) -> Phrase | None:
        extended = _EXTENDED.match(text, start)
        at = extended.end() if extended else start
        adjectives = _ADJECTIVES.match(text, at)
        nouns = _NOUNS.match(text, adjectives.end() if adjectives else at)
        if nouns is None:
            return None
        end, second = nouns.end(), _SECOND_NOUN.match(text, nouns.end())
        if second and (" " in nouns[0] or _is_pair(nouns[0], second["noun"])):
            end = second.end()
        tail = _TAIL.match(text, end)
        end = tail.end() if tail else end
        every = "alle " if article in ("alle", "allen") else ""
        words = f"{every}{extended[0] if extended else ''}{_nominative(article, adjectives[0] if adjectives else '')}"
        return Phrase((f"{words}{text[nouns.start() : end]}",), end, False)


def _positions(text: str, start: int) -> Iterator[int]:
    """Where a form may stand: at the start, and behind each adjective."""
    yield start
    while match := re.compile(_NO_ADJECTIVE + _ADJECTIVE).match(text, start):
        start = match.end()
        yield start


def _is_pair(first: str, second: str) -> bool:
    """ "Präsidentinnen und Präsidenten" are the same people."""
    return first[:5] == second[:5]


def _nominative(article: str, adjectives: str) -> str:
    words = []
    for word in adjectives.split():
        ending = next((one for one in ("en", "e") if word.endswith(one)), "")
        changed = _ENDINGS.get((article, ending))
        words.append(f"{word.removesuffix(ending)}{changed}" if changed else word)
    return "".join(f"{word} " for word in words)
