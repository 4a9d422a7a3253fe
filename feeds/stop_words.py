"""German words too common to search for: the closed classes, and what stands in every resolution."""

from __future__ import annotations

# Articles and pronouns; prepositions; conjunctions and particles; auxiliaries; English small words that people type.
_WORDS = """
der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner keines ich du er sie es
wir ihr mich mir dich dir ihn ihm ihnen uns euch sich man mein meine meinen meiner dein deine sein seine seinen
seinem seiner seines ihre ihren ihrem ihrer ihres unser unsere unseren unserem unserer dieser diese dieses diesen
diesem jener jene jenes jeder jede jedes jeden jedem alle allen aller alles welche welcher welches welchen welchem
deren dessen denen derer selbst solche solcher solchen was wer wen wem wo wie wann warum weshalb wieso woher wohin

ab an am ans auf aufs aus bei beim bis durch für fuer gegen gegenüber hinter im in ins mit nach neben ohne per pro
seit über ueber um ums unter vom von vor während waehrend wegen zu zum zur zwischen

und oder aber auch als also bzw da dabei dafür dafuer daher damit dann daran darauf darin darüber darum dass daß
davon dazu denn doch dort hier hierbei hierzu ob obwohl nicht nichts noch nur schon so sobald sodass sofern sondern
soweit sowie sowohl weder weil wenn weiterhin zudem jedoch etwa ggf insbesondere

bin bist ist sind seid war waren wäre wären sei seien gewesen habe hast hat haben habt hatte hatten hätte hätten
werde wird werden wurde wurden würde würden worden geworden kann können koennen konnte könnte könnten muss müssen
muessen musste müsste soll sollen sollte sollten will wollen wollte darf dürfen durfte mag möge mögen lassen

the of and or in for to on with
"""

STOP_WORDS = frozenset(_WORDS.split())
