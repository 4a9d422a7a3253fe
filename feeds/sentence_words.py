"""German words that decide whether a full stop ends a sentence."""

from __future__ import annotations

_ABBREVIATIONS = """
abs abschn allg anh anl anm art aufl az bd bearb beil beisp bes bspw bsp buchst bzgl bzw ca dgl dipl dr ebd einschl
entspr evtl exkl fa fn ggf ggfls ggfs gem grds hl hrsg ing inkl insb insbes jh jhd kap lfd lit max mind min mio mrd nr
nrn ord pos prof rd rdnr rn sog sogen st std str tel tsd umg unterabs urt usf verf vgl vs ziff zit zt zzgl zzt
"""
_BEGINNERS = """
Aber Allerdings Als Andererseits Auch Aufgrund Außerdem Bei Da Dabei Dadurch Dafür Daher Damit Danach Daneben Dann
Daraus Darin Darüber Darum Das Dass Davon Dazu Dem Den Denn Dennoch Der Deshalb Die Dies Diese Diesem Diesen Dieser
Dieses Durch Ebenso Ein Eine Einem Einen Einer Er Es Ferner Für Gegen Gerade Gleichwohl Gleichzeitig Hier Hierbei
Hierfür Hierzu Ihr Ihre Im In Insbesondere Insgesamt Ist Jede Jeder Jedoch Kein Keine Mit Nach Neben Nicht Nur Ob Seit
Seitdem Sie Sind So Sofern Somit Sowohl Trotz Um Und Unter Viele Vom Von Vor Wenn Wie Wir Während Zudem Zugleich Zum
Zur Zwar
"""

ABBREVIATIONS = frozenset(_ABBREVIATIONS.split())
"""Lower case, without the stop; those that often end a sentence themselves (usw., etc.) are left out."""

BEGINNERS = frozenset(_BEGINNERS.split())
"""They begin a sentence and never follow an ordinal number."""

OPEN_WORDS = frozenset(
    (
        "dabei dazu insbesondere sowie und oder zu für auf um mit durch bei wie als dass ob wenn indem damit"
        " folgende folgenden"
    ).split()
)
"""Words behind which a sentence must go on; "wird" may be the last of one whose full stop was forgotten."""
