"""Sentences that ask something of somebody, each with the verb and with why. All are invented."""

from __future__ import annotations

ASKING: list[tuple[str, list[tuple[str | None, str]], str]] = [
    (
        "Die Gesundheitsministerinnen und Gesundheitsminister, Senatorinnen und Senatoren für "
        "Gesundheit der Länder bitten das Bundesministerium für Gesundheit, einen Gesetzentwurf "
        "vorzulegen.",
        [("BMG", "bitten")],
        "active",
    ),
    ("Die GMK bittet das BMG um Vorlage eines Berichts bis zur 100. GMK.", [("BMG", "bitten")], "active"),
    (
        "Sie bitten die Vorsitzende, diesen Beschluss der Bundesministerin des Innern zu übermitteln.",
        [("Vorsitz", "bitten")],
        "active",
    ),
    (
        "Die Justizministerinnen und Justizminister bitten den Bundesminister der Justiz, einen "
        "Regelungsvorschlag zu unterbreiten.",
        [("BMJV", "bitten")],
        "active",
    ),
    (
        "Die Verkehrsministerkonferenz fordert den Bund erneut und mit Nachdruck auf, die Mittel zu verstetigen.",
        [("Bund", "fordern auf")],
        "active",
    ),
    (
        "fordert den Bund auf, die Regionalisierungsmittel zu erhöhen.",
        [("Bund", "fordern auf")],
        "a list leaves the speaker to its lead-in",
    ),
    (
        "bittet den Arbeitskreis Öffentlicher Personenverkehr, bis zur Herbstsitzung zu berichten.",
        [("Arbeitskreis Öffentlicher Personenverkehr", "bitten")],
        "a list leaves the speaker to its lead-in",
    ),
    (
        "Die Umweltministerinnen, -minister, -senatorin und -senatoren der Länder bitten den "
        "Bund, die LAWA und die LABO, gemeinsam ein Konzept vorzulegen.",
        [("Bund", "bitten"), ("LAWA", "bitten"), ("LABO", "bitten")],
        "several are asked",
    ),
    (
        "Der Bundesrat fordert die Bundesregierung auf, die Verordnung zu ändern.",
        [("Bundesregierung", "fordern auf")],
        "active",
    ),
    (
        "Der Bundesrat bittet, im weiteren Gesetzgebungsverfahren die Fristen zu prüfen.",
        [(None, "bitten")],
        "nobody is named",
    ),
    (
        "Der Bundesrat bittet die Bundesregierung daher, im Rat darauf hinzuwirken, dass die Frist verlängert wird.",
        [("Bundesregierung", "bitten")],
        "active",
    ),
    (
        "Die Regierungschefinnen und Regierungschefs der Länder fordern den Bund auf, seiner "
        "Verantwortung gerecht zu werden.",
        [("Bund", "fordern auf")],
        "active",
    ),
    (
        "Sie beauftragen die Fachministerkonferenzen, Vorschläge zu erarbeiten.",
        [("Fachministerkonferenzen", "beauftragen")],
        "active",
    ),
    (
        "Die Kultusministerkonferenz beauftragt das Sekretariat, eine Übersicht zu erstellen.",
        [("Sekretariat", "beauftragen")],
        "active",
    ),
    (
        "Die Integrationsministerkonferenz beauftragt eine länderoffene Arbeitsgruppe unter "
        "Federführung von Bremen und Hamburg, einen Bericht vorzulegen.",
        [("LAG", "beauftragen")],
        "behind von",
    ),
    ("Bremen wird gebeten, die Ergebnisse vorzustellen.", [("Bremen", "bitten")], "passive"),
    (
        "Die Länder Bremen und Hamburg werden gebeten, die Federführung zu übernehmen.",
        [("Bremen", "bitten"), ("Hamburg", "bitten")],
        "passive",
    ),
    ("Das Vorsitzland wird beauftragt, den Beschluss der KMK zuzuleiten.", [("Vorsitzland", "beauftragen")], "passive"),
    ("Das Bundesministerium des Innern wird gebeten, zeitnah zu berichten.", [("BMI", "bitten")], "passive"),
    (
        "Der Bund und die Länder werden aufgefordert, ihre Programme abzustimmen.",
        [("Bund", "fordern auf"), ("Länder", "fordern auf")],
        "passive",
    ),
    (
        "Der Bund, die Länder und die Kommunen werden aufgefordert, zusammenzuarbeiten.",
        [("Bund", "fordern auf"), ("Länder", "fordern auf"), ("Kommunen", "fordern auf")],
        "passive",
    ),
    ("Es wird gebeten, den Bericht zu veröffentlichen.", [(None, "bitten")], "passive"),
    (
        "Die Bundesregierung ist aufgefordert, unverzüglich zu handeln.",
        [("Bundesregierung", "fordern auf")],
        "passive of state",
    ),
    ("Hier ist der Bund gefordert, für Abhilfe zu sorgen.", [("Bund", "fordern")], "passive of state"),
    (
        "Von der Bundesregierung erwartet die IntMK eine verlässliche Finanzierung.",
        [("Bundesregierung", "erwarten")],
        "behind von",
    ),
    ("Die Länder erwarten vom Bund eine dauerhafte Beteiligung an den Kosten.", [("Bund", "erwarten")], "behind von"),
    (
        "Die IntMK erwartet, dass der Bund die Kosten vollständig trägt.",
        [("Bund", "erwarten")],
        "the subject of what is asked",
    ),
    (
        "Die Ministerinnen und Minister halten es für erforderlich, dass der Bund die Rechtsgrundlage schafft.",
        [("Bund", "halten für erforderlich")],
        "the subject of what is asked",
    ),
    ("Die IntMK empfiehlt den Ländern, die Verfahren zu vereinheitlichen.", [("Länder", "empfehlen")], "active"),
    ("Die Kultusministerkonferenz empfiehlt, die Stundentafel anzupassen.", [(None, "empfehlen")], "nobody is named"),
    ("Dem Bund wird empfohlen, die Frist zu verlängern.", [("Bund", "empfehlen")], "passive"),
    ("Die IntMK ersucht die Bundesregierung, die Richtlinie umzusetzen.", [("Bundesregierung", "ersuchen")], "active"),
    ("Die Bundesregierung wird ersucht, jährlich zu berichten.", [("Bundesregierung", "ersuchen")], "passive"),
    (
        "Die IntMK ruft alle demokratischen Kräfte auf, sich einzumischen.",
        [("alle demokratischen Kräfte", "rufen auf")],
        "active",
    ),
    (
        "Die IntMK appelliert daher an die Arbeitgeberinnen und Arbeitgeber, mehr auszubilden.",
        [("Arbeitgeber", "appellieren")],
        "active",
    ),
    ("Die IntMK regt gegenüber dem Bund an, ein Programm aufzulegen.", [("Bund", "regen an")], "active"),
    ("Die IntMK regt die Einrichtung einer Arbeitsgruppe an.", [(None, "regen an")], "nobody is named"),
    ("Die Konferenz schlägt dem Bund vor, gemeinsam eine Studie zu vergeben.", [("Bund", "schlagen vor")], "active"),
    (
        "Die IntMK nimmt den Bericht zur Kenntnis und bittet das BAMF, ihn jährlich fortzuschreiben.",
        [("BAMF", "bitten")],
        "active",
    ),
    (
        "Die IntMK hat den Bericht beraten und fordert den Bund auf, die Empfehlungen umzusetzen.",
        [("Bund", "fordern auf")],
        "active",
    ),
    (
        "Vor diesem Hintergrund sieht die IntMK Handlungsbedarf und bittet die Bundesregierung um einen Zeitplan.",
        [("Bundesregierung", "bitten")],
        "active",
    ),
    (
        "Um die Kommunen zu entlasten, fordern die Länder den Bund auf, die Pauschale zu erhöhen.",
        [("Bund", "fordern auf")],
        "active",
    ),
    (
        "Gleichzeitig fordern wir den Bund und die Europäische Kommission auf, die Verfahren zu vereinfachen.",
        [("Bund", "fordern auf"), ("EU-Kommission", "fordern auf")],
        "several are asked",
    ),
    (
        "Die IntMK fordert die Bundesregierung sowie den Deutschen Bundestag auf, das Gesetz zu beschließen.",
        [("Bundesregierung", "fordern auf"), ("Bundestag", "fordern auf")],
        "several are asked",
    ),
    (
        "Die IntMK bittet die Kultusministerkonferenz und die Jugend- und "
        "Familienministerkonferenz, das Thema aufzugreifen.",
        [("KMK", "bitten"), ("JFMK", "bitten")],
        "several are asked",
    ),
    (
        "Die IntMK bittet den Deutschen Städtetag, den Deutschen Landkreistag und den Deutschen "
        "Städte- und Gemeindebund, sich zu beteiligen.",
        [
            ("Deutscher Städtetag", "bitten"),
            ("Deutscher Landkreistag", "bitten"),
            ("Deutscher Städte- und Gemeindebund", "bitten"),
        ],
        "several are asked",
    ),
    (
        "Die ASMK bittet das Bundesministerium für Arbeit und Soziales gemeinsam mit den "
        "Ländern zu prüfen, ob die Frist verkürzt werden kann.",
        [("BMAS", "bitten")],
        "active",
    ),
    ("Der Bund sollte die Träger frühzeitig informieren.", [("Bund", "sollen")], "who should act is named"),
    ("Die Kurse sollten durch das BAMF evaluiert werden.", [("BAMF", "sollen")], "who should act is named"),
    (
        "Die Innenminister und -senatoren der Länder beauftragen den AK I, bis zur Frühjahrssitzung zu berichten.",
        [("AK I", "beauftragen")],
        "active",
    ),
    (
        "Die IMK bittet ihren Vorsitzenden, den Beschluss der Bundesregierung zuzuleiten.",
        [("Vorsitz", "bitten")],
        "active",
    ),
    ("Die Länder verlangen vom Bund, seine Zusagen einzuhalten.", [("Bund", "verlangen")], "behind von"),
    ("Die IntMK drängt auf eine zügige Umsetzung.", [(None, "drängen")], "nobody is named"),
    ("Die IntMK mahnt eine bessere Abstimmung an.", [(None, "mahnen an")], "nobody is named"),
    (
        "Die für Integration zuständigen Ministerinnen und Minister, Senatorinnen und Senatoren "
        "der Länder fordern – wie bereits im Vorjahr – die Bundesregierung auf, zu handeln.",
        [("Bundesregierung", "fordern auf")],
        "active",
    ),
    ("Die IntMK fordert eine Verlängerung des Programms.", [(None, "fordern")], "nobody is named"),
    ("Die Länder bekräftigen ihre Forderung nach einer Verlängerung.", [(None, "bekräftigen")], "nobody is named"),
    (
        "Das Land Niedersachsen wird gebeten, den Bericht der IntMK vorzulegen.",
        [("Niedersachsen", "bitten")],
        "passive",
    ),
    (
        "Die Agrarministerinnen, Agrarminister und Agrarsenatorinnen der Länder bitten das "
        "BMLEH, den Ländern bis zur Herbstkonferenz schriftlich zu berichten.",
        [("BMLEH", "bitten")],
        "active",
    ),
    (
        "Die Amtschefinnen und Amtschefs bitten den Bund, sich auf EU-Ebene für eine Vereinfachung einzusetzen.",
        [("Bund", "bitten")],
        "active",
    ),
    (
        "Die Ministerinnen, Minister, der Senator und die Senatorinnen der Agrarressorts der "
        "Länder fordern den Bund auf, die Mittel aufzustocken.",
        [("Bund", "fordern auf")],
        "active",
    ),
    (
        "Die Bauministerkonferenz beauftragt die Fachkommission Bauaufsicht, die Musterbauordnung zu überarbeiten.",
        [("Fachkommission Bauaufsicht", "beauftragen")],
        "active",
    ),
    (
        "Die Sportministerkonferenz appelliert an den Deutschen Olympischen Sportbund, die Reform zügig abzuschließen.",
        [("Deutscher Olympischer Sportbund", "appellieren")],
        "active",
    ),
    (
        "Die Verbraucherschutzministerkonferenz fordert die EU-Kommission auf, einen Vorschlag vorzulegen.",
        [("EU-Kommission", "fordern auf")],
        "active",
    ),
    ("Sie bitten ferner die Innenministerkonferenz um Mitprüfung.", [("IMK", "bitten")], "active"),
    (
        "Die Finanzministerkonferenz bittet das Vorsitzland, den Beschluss dem Bundesminister "
        "der Finanzen zu übersenden.",
        [("Vorsitzland", "bitten")],
        "active",
    ),
    ("Die Länder bitten den Bund um Zustimmung.", [("Bund", "bitten")], "active"),
    (
        "Der Bund wird gebeten, dies bei der Umsetzung zu berücksichtigen, und aufgefordert, "
        "die Länder eng einzubinden.",
        [("Bund", "bitten"), ("Bund", "fordern auf")],
        "passive",
    ),
    (
        "Die IntMK bittet die KMK zu prüfen, ob Daten bereitgestellt werden können, und die "
        "Länder, dies zu unterstützen.",
        [("KMK", "bitten")],
        "active",
    ),
    (
        "Die 35. GFMK fordert die Bundesregierung auf, die Istanbul-Konvention umzusetzen.",
        [("Bundesregierung", "fordern auf")],
        "active",
    ),
    (
        "Die Konferenz der Gleichstellungs- und Frauenministerinnen und -minister, "
        "-senatorinnen und -senatoren der Länder (GFMK) bittet das BMBFSFJ, zu berichten.",
        [("BMBFSFJ", "bitten")],
        "active",
    ),
    (
        "Ebenso werden Bund und Länder gebeten, die Beratungsstellen abzusichern.",
        [("Bund", "bitten"), ("Länder", "bitten")],
        "passive",
    ),
    ("Hierzu wird das BAMF beauftragt, ein Konzept vorzulegen.", [("BAMF", "beauftragen")], "passive"),
    (
        "Die zuständigen Behörden werden angehalten, Ermessensspielräume zu nutzen.",
        [("Behörden", "halten an")],
        "passive",
    ),
    (
        "Die Bundesagentur für Arbeit wird gebeten, gemeinsam mit den Jobcentern ein Angebot zu entwickeln.",
        [("Bundesagentur für Arbeit", "bitten")],
        "passive",
    ),
    (
        "Daher sind Bund, Länder und Kommunen aufgefordert, ihre Anstrengungen zu verstärken.",
        [("Bund", "fordern auf"), ("Länder", "fordern auf"), ("Kommunen", "fordern auf")],
        "passive of state",
    ),
    (
        "Die IntMK begrüßt den Bericht der Arbeitsgruppe und beauftragt diese, ihre Arbeit fortzusetzen.",
        [(None, "beauftragen")],
        "nobody is named",
    ),
    (
        "Die Länderoffene Arbeitsgruppe „Teilhabe“ wird beauftragt, einen Bericht zu erstellen.",
        [("LAG „Teilhabe“", "beauftragen")],
        "passive",
    ),
    ("Die IntMK richtet an den Bund die Erwartung, die Programme zu verstetigen.", [("Bund", "erwarten")], "active"),
    (
        "Die Länder halten an ihrer Forderung nach einem Rechtsanspruch fest.",
        [(None, "halten fest")],
        "nobody is named",
    ),
    (
        "Die Länder fordern daher von der Bundesregierung ein klares Bekenntnis.",
        [("Bundesregierung", "fordern")],
        "behind von",
    ),
    ("Die IntMK fordert vom Bund die Erstattung aller Kosten.", [("Bund", "fordern")], "behind von"),
    (
        "Die Ministerpräsidentenkonferenz bittet die Chefin und die Chefs der Staats- und "
        "Senatskanzleien, einen Vorschlag zu erarbeiten.",
        [("Staats- und Senatskanzleien", "bitten")],
        "a name with und inside",
    ),
    (
        "Die Länder fordern, dass der Bund sich dauerhaft beteiligt.",
        [("Bund", "fordern")],
        "the subject of what is asked",
    ),
    ("Die IntMK fordert ferner, die Verfahren zu beschleunigen.", [(None, "fordern")], "nobody is named"),
    ("Die IntMK bittet die Länder, die Kommunen bei der Umsetzung zu unterstützen.", [("Länder", "bitten")], "active"),
    (
        "Wir bitten den Bund und die Länder darum, die Finanzierung zu klären.",
        [("Bund", "bitten"), ("Länder", "bitten")],
        "several are asked",
    ),
    ("Angesichts der Lage bittet die Konferenz den Bund dringend um ein Gespräch.", [("Bund", "bitten")], "active"),
    (
        "Die Konferenz hält an ihrer Bitte aus dem Vorjahr an den Bund fest, Strecken einzurichten.",
        [("Bund", "halten fest")],
        "an earlier request is upheld, and to whom it went",
    ),
    ("Der Ausschuss empfiehlt, eine Bank aufzustellen.", [(None, "empfehlen")], "a subject is no dative"),
    ("Der Bundesregierung wird empfohlen, zu handeln.", [("Bundesregierung", "empfehlen")], "a feminine dative"),
]

ASKING += [
    ("Die GMK erinnert den Bund an seine Zusage, die Dose zu erproben.", [("Bund", "erinnern")], "a reminder"),
    ("Der Bund wird ermuntert, Aufkleber herauszugeben.", [("Bund", "ermuntern")], "passive"),
    ("Der Bund-Länder-Ausschuss wird eingeladen, vorzutragen.", [("Bund-Länder-Ausschuss", "laden ein")], "passive"),
    ("Die KMK möge prüfen, ob das anerkannt werden kann.", [("KMK", "mögen")], "a wish"),
    ("Der Bund ist gehalten, die Mittel bereitzustellen.", [("Bund", "sind gehalten")], "a duty"),
    ("Die KMK wird aufgefordert und der Bund gebeten, Daten zu liefern.",
     [("KMK", "fordern auf"), ("Bund", "bitten")], "each participle has a subject of its own"),
    ("Die KMK wird aufgefordert und dringend gebeten, Daten zu liefern.",
     [("KMK", "fordern auf"), ("KMK", "bitten")], "both participles have one subject"),
    ("Der Bund bleibt aufgefordert, zu handeln.", [("Bund", "fordern auf")], "a demand that stands"),
    ("Die IntMK mahnt beim Bund eine Lösung an.", [("Bund", "mahnen an")], "behind bei"),
    ("Sie regt gegenüber dem Bundesministerium für Wohnen an, Pachten zu begrenzen.",
     [("Bundesministerium für Wohnen", "regen an")], "behind gegenüber, a ministry that is not listed"),
    ("Die Länder richten an das Bundesministerium für Umwelt die dringende Bitte, zu handeln.",
     [("Bundesministerium für Umwelt", "bitten")], "a noun for the verb"),
    ("Die WMK spricht die Erwartung aus, dass der Bund nicht kürzt.", [("Bund", "erwarten")], "another noun"),
    ("Sie erwartet einen Bericht bis zum Sommer.", [(None, "erwarten")], "a thing is expected of nobody named"),
    ("Die Länder übertragen der Bund-Länder-Arbeitsgruppe „Akten“ die Aufgabe, Vorschläge zu machen.",
     [("BLAG „Akten“", "übertragen")], "a task"),
    ("Die GMK empfiehlt den Verkehrsbetrieben, Karten zu drucken.", [("Verkehrsbetrieben", "empfehlen")],
     "anybody in the dative before what is asked"),
    ("Die GMK empfiehlt den Ausbau der Netze.", [(None, "empfehlen")], "a thing in the accusative"),
    ("Die WMK verweist den Antrag an den Arbeitskreis Handwerk und bittet ihn um ein Votum.",
     [("Arbeitskreis Handwerk", "bitten")], "a pronoun for who was named in the same sentence"),
    ("Die GMK fordert den Bund auf, ein Konzept vorzulegen; das BMG wird gebeten, dafür Mittel vorzusehen.",
     [("Bund", "fordern auf"), ("BMG", "bitten")], "a second demand behind a semicolon"),
]  # fmt: skip
