"""Words for people by what they are or do, in five languages, and what beside them changes that."""

import re

from app.suggest.months import MONTHS

HEADS: dict[str, frozenset[str]] = {
    language: frozenset(found.split())
    for language, found in {
        "en": (
            "people person persons protesters protestors protester protestor demonstrators demonstrator"
            " police policemen policeman policewoman officers officer officials official authorities"
            " activists activist supporters opponents students student workers worker farmers teachers"
            " doctors nurses miners drivers residents citizens civilians bystanders crowd crowds troops"
            " soldiers soldier militants rebels rioters marchers strikers unions prosecutors lawyers"
            " lawyer journalists journalist reporters reporter women men children migrants refugees"
            " voters lawmakers senators councillors ministers minister spokesman spokeswoman spokesperson"
            " leaders leader organisers organizers members witnesses witness detainees prisoners villagers"
            " locals employees firefighters gunmen attackers government opposition parliament army"
            " military court judge prosecutor mayor governor president parents victims critics"
            " campaigners paramedics medics guards"
        ),
        "de": (
            "Menschen Demonstranten Demonstrierende Polizei Polizisten Beamte Behörden Aktivisten"
            " Anhänger Gegner Studenten Studierende Arbeiter Bauern Lehrer Einwohner Bürger Soldaten"
            " Regierung Opposition Parlament Armee Gericht Journalisten Frauen Männer Kinder"
            " Gewerkschaften Streikende Abgeordnete Minister Präsident Bürgermeister Sprecher"
        ),
        "fr": (
            "manifestants manifestant police policiers gendarmes autorités militants étudiants ouvriers"
            " agriculteurs enseignants habitants citoyens soldats gouvernement opposition parlement armée"
            " tribunal journalistes femmes hommes enfants syndicats grévistes députés ministre président"
            " maire partisans personnes"
        ),
        "es": (
            "manifestantes policía policías agentes autoridades activistas estudiantes trabajadores"
            " agricultores maestros vecinos ciudadanos soldados gobierno oposición parlamento ejército"
            " tribunal periodistas mujeres hombres niños sindicatos huelguistas diputados ministro"
            " presidente alcalde partidarios personas"
        ),
        "ru": (
            "люди людей протестующие протестующих демонстранты демонстрантов полиция полиции полицейские"
            " полицейских власти властей активисты активистов студенты студентов рабочие рабочих жители"
            " жителей граждане граждан солдаты солдат правительство правительства оппозиция оппозиции"
            " парламент парламента армия армии суд суда журналисты журналистов женщины мужчины дети"
            " участники участников задержанные задержанных сторонники сторонников"
        ),
    }.items()
}
AFTER_HEAD = re.compile(
    r" (?:officers?|forces|agents|officials|units|troops|members|leaders?|chiefs?|spokes\w+)\b"
)
MINISTERS = re.compile(
    r"(?:ministers?|officials|members|representatives|leaders) (?:of|for) (?:the )?[a-z]+ affairs(?: from the [A-Z]\w+)?"
)
OFFICE = re.compile(
    r"(?:president|minister|mayor|governor|leader|spokes\w+|judge|senator)\b"
    r"(?:(?: of| for| in)(?: the)? [^,.;]{2,40},)? [A-ZА-ЯЁ]"
)
"""An office beside the name of who holds it."""
ARTICLES = frozenset(
    "der die das den dem des ein eine einen le la les un une el los las una".split()
)
BODIES = frozenset(
    "Bank University Ministry Department Council Union Court House Republic Church Party Institute Association"
    " Federation Bureau Office Board Chamber Kingdom Confederation Society League Movement Front Army Academy College"
    " School Centre Center Committee Commission Organization Organisation Ministers Parliament Congress".split()
)
"""Words behind which a name goes on with “of”."""
SOFT = frozenset(
    "brutality violence custody station stations car cars van vans action actions crackdown raid"
    " raids report reports statement statements building buildings policy house line lines cordon"
    " headquarters vehicles dog dogs source sources data figures response presence chief order"
    " orders records agency agencies bank debt bond bonds spending shutdown troops rights protests"
    " party movement body bodies union unions council".split()
)
"""Nouns that a collective before them merely describes: police brutality."""
PRONOUNS: dict[str, frozenset[str]] = {
    "en": frozenset("he she they him them".split()),
    "de": frozenset("er".split()),
    "fr": frozenset("il elle ils elles".split()),
    "es": frozenset("él ella ellos ellas".split()),
    "ru": frozenset("он она они".split()),
}
NO_ACTOR = re.compile(
    rf"(?:{MONTHS}|monday|tuesday|wednesday|thursday|friday|saturday|sunday|montag|dienstag|mittwoch"
    r"|donnerstag|freitag|samstag|sonntag|christmas|easter|english|russian|german|french|spanish|chinese|covid|coronavirus|internet|i|twitter|facebook|telegram|youtube|instagram)\b",
    re.IGNORECASE,
)
"""Names with a capital that are nobody's."""
