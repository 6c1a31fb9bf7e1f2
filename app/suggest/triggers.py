"""Words that say that something happens, by their type in PLOVER, and words that make it planned or denied.

Our own list: English in all forms, the commonest in German, French, Spanish and Russian.
"""

import re

TRIGGERS: tuple[tuple[str, str], ...] = (
    (
        "PROTEST",
        r"protest(?:s|ed|ing)?|demonstrat(?:e|es|ed|ing|ions?)|rall(?:y|ies|ied|ying)|march(?:es|ed|ing)?"
        r"|riot(?:s|ed|ing)?|strikes?|struck work|striking|sit-ins?|walkouts?|pickets?|picketed|picketing"
        r"|hunger strikes?|boycott(?:s|ed|ing)?|blockad(?:e|es|ed|ing)|gathered|gatherings?|took to the streets"
        r"|walk(?:s|ed|ing) out|walked off the job|strike action"
        r"|block(?:s|ed|ing)(?=(?:\s[\w-]+){0,4}?\s(?:roads?|streets?|highways?|motorways?|bridges?|borders?|entrances?)\b)|unrest|uprisings?|vigils?|vandali[sz](?:e|ed|ing|ism)|looted|looting"
        r"|Demonstration(?:en)?|Protest(?:e|en|s)?|protestier(?:en|te?|ten)|demonstrier(?:en|te?|ten)|Streiks?|streik(?:en|te|ten)"
        r"|Kundgebung(?:en)?|Blockaden?|versammelten|marschier(?:en|te?|ten)|Mahnwachen?|Sitzblockaden?|blockiert(?:e|en)?"
        r"|Krawallen?|Ausschreitungen|marche|manifestations?|manifest(?:ent|aient|èrent)|défilé|défil(?:ent|aient|èrent)|blocages?"
        r"|manifesté|grèves?|rassemblements?|émeutes?"
        r"|protestas?|protesta(?:n|ban|ron)|marcha(?:n|ron)|marchó|salieron a las calles|bloqueos?|bloquea(?:n|ron)|plantones?|plantón"
        r"|manifestaci(?:ón|ones)|manifiestan|manifestaron|huelgas?|marchas?|disturbios"
        r"|протест(?:ы|а|ов|ах|е)?|митинг(?:и|а|ов|ах|е)?|демонстраци[яиюей]+|акци[яию] протеста|забастовк[аиу]"
        r"|шестви[еяю]|пикет(?:ы|ов|а|е)?|вышли на (?:улицы|акци[юи](?: протеста)?|митинги?)|протестуют|участвовали в (?:митинге|шествии|акции)|митингуют|перекрыл[аи]?",
    ),
    (
        "COERCE",
        r"arrest(?:s|ed|ing)?|detain(?:s|ed|ing)?|detentions?|jailed|imprison(?:s|ed|ing|ment)|deport(?:s|ed|ing|ations?)"
        r"|seiz(?:ed|ing|ures?)|censored|censorship|curfews?|crackdowns?|raid(?:s|ed|ing)?|evict(?:ed|ions?)"
        r"|dispers(?:e|ed|ing|al)|cyberattacks?|martial law|banned|rounded up|confiscated"
        r"|festgenommen|Razzi(?:a|en)|abgeführt|in Gewahrsam|verhaftet|Festnahmen?|Verhaftung(?:en)?|arrêtée?s?"
        r"|arrestations?|garde à vue|perquisitions?|interpellée?s?|interpellations?"
        r"|détenue?s?|detenid[oa]s?|detuv(?:o|ieron)|redadas?|allanamientos?|detenciones|arrestad[oa]s?|арестован[аы]?"
        r"|арест(?:ы|а|ов)?"
        r"|задержан(?:а|о|ы)?|задержани[еяй]|задержал[аи]?|разогнал[аи]?|обыск(?:и|ов|а)?",
    ),
    (
        "ASSAULT",
        r"kill(?:s|ed|ing|ings)?|murder(?:s|ed|ing)?|assassinat(?:ed|ion|ions)|attack(?:s|ed|ing)?|assault(?:s|ed|ing)?"
        r"|beat(?:en|ing|ings)?|hit|kick(?:s|ed|ing)?|shot|shootings?|stabb(?:ed|ing|ings)|wound(?:ed|ing)|injur(?:ed|ing)"
        r"|poison(?:ed|ing|ings)?|tortur(?:e|ed|ing)|abduct(?:ed|ing|ions?)|kidnap(?:ped|pings?)|rap(?:ed|es)"
        r"|bomb(?:ed|ing|ings)|explosions?|exploded|shell(?:ed|ing)|airstrikes?|air strikes?|gunned down|lynched"
        r"|clash(?:es|ed|ing)?|scuffl(?:e|es|ed|ing)|brawl(?:s|ed)?|trampled|hurt|violence|police brutality"
        r"|use of (?:excessive )?force|fired (?:tear gas|rubber bullets|shots)"
        r"|tear-gassed|opened fire|massacres?|set fire|burn(?:ed|t) down|pushed|dragged"
        r"|getötet|verletzt|angegriffen|Angriffe?|Anschlag|Anschläge|Zusammenstöße?n?|erschossen|vergiftet|Gewalt"
        r"|schlugen|geschlagen|Schlägerei(?:en)?"
        r"|tuée?s?|tabassée?s?|agressée?s?|agressions?|blessée?s?|attaques?|attaquée?s?|attentats?|affrontements?"
        r"|violences|empoisonnement"
        r"|asesinad[oa]s?|agredid[oa]s?|agresi(?:ón|ones)|golpead[oa]s?|golpearon|muert[oa]s|herid[oa]s|ataques?"
        r"|atacad[oa]s?|enfrentamientos?|violencia|envenenamiento"
        r"|убит[аы]?|убил[аи]?|ранен[аы]?|избил[аи]?|напал[аи]?|нападени[еяй]|столкновени[еяй]|отравлени[еяй]"
        r"|взрыв(?:ы|а|ов)?|избит[аы]?|получил[аи]? (?:травмы|ранения)|пострадал[аи]?|драк[аиу]",
    ),
    (
        "SANCTION",
        r"sanctions?|sanctioned|sentenced|convict(?:ed|ions?)|fined|expelled|expulsions?|suspended|sacked|dismissed from"
        r"|verurteilt|Sanktionen|ausgewiesen|condamnée?s?|sanciones|condenad[oa]s?|приговорил[аи]?|приговорен[аы]?"
        r"|санкци[ийяю]",
    ),
    (
        "CONSULT",
        r"met|meetings?|talks|summits?|visit(?:s|ed|ing)?|negotiat(?:e|ed|ing|ions?)|phoned|held talks|conferences?"
        r"|Treffen|getroffen|Gipfel|Verhandlungen|rencontrée?s?|rencontres?|sommet|négociations?|reuni(?:ón|ones)|cumbre"
        r"|встреч[аиу]|переговор(?:ы|ов)",
    ),
    (
        "AGREE",
        r"agreements?|signed|treat(?:y|ies)|truces?|ceasefires?|Abkommen|unterzeichnet|accords?|acuerdos?|соглашени[еяй]",
    ),
    (
        "RETREAT",
        r"releas(?:e|ed|ing)|freed|resign(?:ed|s|ing|ations?)|withdr(?:ew|awn|awals?)|stepped down|Freilassung|freigelassen|zurückgetreten|Rücktritt|libérée?s?|libération|démission(?:né)?|liberad[oa]s?|dimisión|dimitió|освобожден(?:ия|ы|а)?|освобожд[её]н|отставк[аиу]",
    ),
    ("MOBILIZE", r"mobili[sz](?:ed|ing|ation)|deploy(?:ed|ing|ments?)|troop build-?up"),
    ("AID", r"donat(?:ed|ions?)|humanitarian aid"),
    ("THREATEN", r"ultimatums?|bomb threats?"),
    (
        "",
        r"elections?|elected|referendums?|coups?|war|wars|campaign(?:s)?|trials?|died|deaths?|poll(?:s)?|votes?|voted|crash(?:es|ed)?|gave (?:the|an) order|Wahlen?|élections?|elecciones|выборы|выборов|murieron|murió|falleci(?:ó|eron)|gestorben|starb(?:en)?|décédée?s?|погиб(?:ли|ла)?|умер(?:ли|ла)?|скончал(?:ся|ась|ись)",
    ),
)

BEHIND_NONE = re.compile(
    r"\s(?:leaders?|movements?|groups?|organi[sz]ers?|police|squads?|camps?|parties|party|committees?|headquarters"
    r"|trail|rhetoric|force|forces|rate|rates|crimes?|veterans?|zone|team|manager|funds?|results?|tolls?)\b"
)
MARCH = re.compile(r"(?:\bin|\bon|\bof|\bsince|\d)\s+$")
PUBLISHED = re.compile(
    r"\s(?:an?|the|its|his|her|their)?\s*(?:\w+\s)?(?:statements?|announcement|reports?|video|figures|data|findings|results|album|film|letter)\b"
)
HIT = re.compile(r"\s(?:the streets|a record|songs?|single|album|by|hard)\b")
NEGATED = re.compile(
    r"\b(?:not|never|no|without|n['’]t|nicht|kein\w*|pas|aucun\w*|не|ни)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
FUTURE = re.compile(
    r"\b(?:will|shall|would be|plans? to|planned|planning|scheduled|upcoming|tomorrow|next (?:week|month|year)|due to"
    r"|expected to|set to|intends? to|preparing|going to|wird|werden|geplante?\w*|prévue?s?|vont|va|planead[oa]s?|будет|будут|запланирован\w*)\b[^.;]*$",
    re.IGNORECASE,
)
SUPPOSED = re.compile(
    r"\b(?:could|might|may|if|should|would|whether|call(?:s|ed|ing)? (?:for|on)|demand\w*|urg\w+|ask\w* (?:\w+ ){1,3}to|warn\w*"
    r"|threat\w*|order(?:ed)? (?:to|a|the|him|her|them)|appeal\w*|könnte\w*|falls|fordert\w*|pourrai\w+|exig\w+|podría\w*|если|может)\b[^.;]*$",
    re.IGNORECASE,
)
PLANNED_BEHIND = re.compile(r"\s(?:is|are|was|were)\s(?:scheduled|planned|expected|due)\b")
CALLED_TO = re.compile(r"\bcall\w* (?:\w+ ){1,4}to\b[^.;]*$", re.IGNORECASE)
