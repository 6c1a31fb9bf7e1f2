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
            " team teams crew crews staff girls girl boys boy teenagers teenager youths youth"
            " pupils pupil graduates seekers fishermen fisherman sailors sailor pilgrims pilgrim"
            " worshippers believers monks priests priest bishops bishop imams rabbis clergy"
            " candidates candidate politicians politician lawmaker deputies deputy mps"
            " councilors councilor councillor senator congressman congresswoman diplomats diplomat"
            " ambassador ambassadors envoy envoys negotiators delegates delegation delegations"
            " chairman chairwoman chancellor premier king queen prince princess emperor monarch"
            " voter citizen resident villager neighbours neighbors neighbour neighbor inhabitants"
            " natives immigrants immigrant migrant refugee asylum-seekers exiles deportees"
            " hostages hostage captives inmates inmate prisoner detainee convicts suspects"
            " suspect defendants defendant plaintiffs plaintiff jurors jury judges"
            " magistrates attorney attorneys solicitors investigators investigator detectives"
            " detective inspectors inspector experts expert analysts analyst scientists scientist"
            " researchers researcher scholars scholar historians historian economists economist"
            " professors professor academics engineers engineer technicians physicians physician"
            " doctor nurse surgeons surgeon patients volunteers volunteer donors donor"
            " managers manager executives directors director chiefs chief bosses boss"
            " owners owner founders founder investors investor shareholders bankers traders trader"
            " employers employer employee contractors consumers customers customer clients"
            " passengers passenger tourists tourist visitors visitor travellers travelers"
            " commuters motorists cyclists pedestrians pilots pilot crewmembers stewards driver"
            " builders labourers laborers farmer peasants landlords tenants teacher"
            " lecturers coach coaches players player athletes athlete swimmers runners"
            " fans referees singers singer artists artist actors actress actor writers writer"
            " authors author poets bloggers editors editor correspondents correspondent"
            " commentators columnists photographers photographer publishers fighters"
            " fighter insurgents insurgent guerrillas rebel militiamen militia extremists"
            " extremist terrorists terrorist separatists loyalists nationalists communists"
            " socialists liberals conservatives democrats republicans independents centrists"
            " hardliners dissidents dissident reformers reformists veterans veteran generals"
            " colonels colonel captains captain sergeants commanders commander recruits"
            " conscripts reservists paratroopers marines sniper snipers gunman attacker"
            " bombers bomber killers killer robbers robber thieves thief smugglers traffickers"
            " gangs gang mob looters vandals hackers hacker rescuers rescuer firefighter paramedic"
            " medic survivors survivor victim casualties relatives relative families family mother"
            " mothers father fathers mum mums mom moms dad dads sons son daughters daughter"
            " brothers brother sisters sister wife wives husband husbands widow widows orphans"
            " cousins uncle aunt grandmother grandfather friends friend colleagues colleague"
            " classmates allies ally rivals enemies enemy partners spouses couple couples"
            " twins babies toddlers adults elders pensioners retirees seniors woman man"
            " child parent marcher striker picketers counter-protesters onlookers spectators"
            " audience viewers listeners readers users subscribers followers follower disciples"
            "   church churches congregation university council councils committee"
            " committees commission cabinet administration ministry ministries senate assembly"
            " legislature judiciary bureaucracy regime junta coalition alliance faction factions"
            " party parties union association federation organisation organization organisations"
            " organizations group groups company companies corporation firms firm bank banks"
            " agency agencies regulator regulators watchdog charity charities ngos newspaper"
            " newspapers broadcaster navy airforce police-force battalion brigade regiment squad"
            " squads patrol patrols embassy consulate monarchy parliamentarians peers "
            " counsel spokespeople aides aide advisers adviser advisors advisor secretary"
            " secretaries treasurer clerk clerks registrar governors mayors presidents"
        ),
        "de": (
            "Menschen Demonstranten Demonstrierende Polizei Polizisten Beamte Behörden Aktivisten"
            " Anhänger Gegner Studenten Studierende Arbeiter Bauern Lehrer Einwohner Bürger Soldaten"
            " Regierung Opposition Parlament Armee Gericht Journalisten Frauen Männer Kinder"
            " Gewerkschaften Streikende Abgeordnete Minister Präsident Bürgermeister Sprecher"
            " Leute Person Personen Demonstrant Demonstrantin Polizist Polizistin Beamter Beamtin"
            " Beamten Aktivist Aktivistin Student Studentin Arbeiterin Arbeiterinnen Beschäftigte"
            " Beschäftigten Angestellte Angestellten Mitarbeiter Mitarbeiterin Mitarbeiterinnen"
            " Lehrerin Lehrerinnen Schüler Schülerinnen Schülerin Bürgerinnen Einwohnerinnen"
            " Anwohner Anwohnerinnen Bauer Landwirte Landwirt Soldat Offizier Offiziere General"
            " Truppen Miliz Rebellen Kämpfer Terroristen Attentäter Täter Verdächtige Verdächtigen"
            " Richter Richterin Staatsanwalt Staatsanwaltschaft Staatsanwälte Anwalt Anwälte"
            " Anwältin Verteidiger Zeuge Zeugen Opfer Angeklagte Angeklagten Häftlinge Gefangene"
            " Gefangenen Ärzte Arzt Ärztin Pfleger Sanitäter Feuerwehr Retter Patienten"
            " Wissenschaftler Wissenschaftlerin Forscher Experten Experte Professor Historiker"
            " Journalist Journalistin Journalistinnen Reporter Reporterin Redakteur Fotograf Autor"
            " Autorin Künstler Sänger Schauspieler Frau Mann Kind Mutter Vater Eltern Sohn Tochter"
            " Bruder Schwester Familie Familien Angehörige Angehörigen Freunde Freund Nachbarn"
            " Kanzler Kanzlerin Ministerin Ministerinnen Präsidentin Premier Abgeordneter Senator"
            " Senatoren Kandidaten Kandidat Kandidatin Politiker Politikerin Politikerinnen Wähler"
            " Wählerinnen Partei Parteien Koalition Fraktion Ministerium Behörde Gemeinde Stadtrat"
            " Gemeinderat Senat Kommission Ausschuss Verband Verbände Verein Vereine Gewerkschaft"
            " Kirche Kirchen Unternehmen Firma Firmen Konzern Bank Banken Veranstalter"
            " Organisatoren Teilnehmer Teilnehmern Demonstranten Polizistinnen Teilnehmerinnen Teilnehmenden Flüchtlinge Flüchtling"
            " Geflüchtete Geflüchteten Migranten Touristen Besucher Gäste Sprecherin Vorsitzende"
            " Vorsitzender Vorsitzenden Chef Chefin Direktor Direktorin Leiter Leiterin Führer"
            " Botschafter Botschafterin Gesandte König Königin Fürst Herzog Kaiser"
        ),
        "fr": (
            "manifestants manifestant police policiers gendarmes autorités militants étudiants ouvriers"
            " agriculteurs enseignants habitants citoyens soldats gouvernement opposition parlement armée"
            " tribunal journalistes femmes hommes enfants syndicats grévistes députés ministre président"
            " maire partisans personnes"
            " gens personne policier gendarme étudiant étudiante étudiantes élèves élève ouvrier"
            " ouvrière salariés salarié employés employé cheminots fonctionnaires fonctionnaire"
            " agriculteur enseignant enseignante professeur professeurs habitant citoyen citoyenne"
            " citoyennes soldat militaires troupes rebelles combattants terroristes"
            " assaillants assaillant suspects suspect juge juges procureur procureurs avocat"
            " avocate avocats témoins témoin victimes victime accusés accusé prévenu détenus"
            " détenu prisonniers otages médecins médecin infirmières infirmiers infirmière"
            " pompiers secouristes patients scientifiques chercheurs chercheur experts expert"
            " historiens journaliste reporters reporter photographes écrivain artistes artiste"
            " chanteur acteur acteurs femme homme enfant mère père parents fils fille filles"
            " garçons frère sœur famille familles proches amis voisins jeunes riverains chancelier"
            " premier sénateur sénateurs député députée élus élu candidat candidate candidats"
            " électeurs électrices dirigeants dirigeant porte-parole parti partis"
            " coalition ministère mairie préfecture préfet commission comité association"
            " associations syndicat église entreprise entreprises société banque organisateurs"
            " participants réfugiés migrants touristes directeur directrice patron patronat"
            " ambassadeur roi reine"
        ),
        "es": (
            "manifestantes policía policías agentes autoridades activistas estudiantes trabajadores"
            " agricultores maestros vecinos ciudadanos soldados gobierno oposición parlamento ejército"
            " tribunal periodistas mujeres hombres niños sindicatos huelguistas diputados ministro"
            " presidente alcalde partidarios personas"
            " gente persona agente funcionarios funcionario estudiante alumnos alumno"
            " trabajador trabajadora trabajadoras obreros obrero empleados empleado campesinos"
            " campesino agricultor profesores profesor profesora docentes maestro vecino"
            " habitantes ciudadano ciudadana ciudadanas soldado militares tropas rebeldes"
            " guerrilleros combatientes terroristas atacantes sospechoso sospechosos juez jueza"
            " jueces fiscal fiscales fiscalía abogado abogada abogados testigos testigo víctimas"
            " víctima acusados acusado detenidos detenido presos preso rehenes médicos médico"
            " enfermeras enfermeros bomberos rescatistas pacientes científicos científico"
            " investigadores investigador expertos experto historiadores periodista reporteros"
            " reportero fotógrafo escritor artistas artista cantante actor mujer hombre niño niña"
            " niñas madre padre padres hijo hija hijos hermano hermana familia familias familiares"
            " amigos jóvenes presidenta ministra ministros canciller senador senadores"
            " diputado diputada candidato candidata candidatos   votantes"
            " electores líderes líder dirigentes dirigente portavoz vocero partido partidos"
            " coalición ministerio ayuntamiento alcaldía alcaldesa comisión comité asociación"
            " asociaciones sindicato iglesia empresa empresas banco organizadores participantes"
            " refugiados migrantes turistas director directora jefe jefa embajador rey reina"
            " manifestante"
        ),
        "ru": (
            "люди людей протестующие протестующих демонстранты демонстрантов полиция полиции полицейские"
            " полицейских власти властей активисты активистов студенты студентов рабочие рабочих жители"
            " жителей граждане граждан солдаты солдат правительство правительства оппозиция оппозиции"
            " парламент парламента армия армии суд суда журналисты журналистов женщины мужчины дети"
            " участники участников задержанные задержанных сторонники сторонников"
            " человек протестующий демонстрант полицейский полицейского сотрудники сотрудников"
            " сотрудник активист активиста студент учащиеся работники работников работник фермеры"
            " учителя учитель учительница жителя житель гражданин гражданина "
            " военнослужащие военнослужащих солдата боевики боевиков террористы террористов"
            " нападавшие подозреваемый подозреваемого судья судьи судей прокурор прокурора"
            " прокуратура прокуратуры адвокат адвоката адвокаты свидетели свидетель жертвы"
            " обвиняемый обвиняемого заключённые заключенные заключённых заключенных заложники"
            " врачи врачей врач пожарные спасатели спасателей пациенты учёные ученые учёный"
            " эксперты экспертов эксперт историк журналист журналиста журналистка корреспондент"
            " корреспонденты фотограф писатель художник певец актёр актер женщина женщин мужчина"
            " мужчин ребёнок ребенок детей мать отец родители родителей сын дочь брат сестра семья"
            " семьи родственники родственников друзья президент президента министр министра"
            " премьер губернатор губернатора мэр мэра депутат депутата депутаты депутатов сенатор"
            " сенаторы кандидат кандидата кандидаты политик политики избиратели лидер лидера глава"
            " главы спикер партия партии коалиция министерство министерства комиссия комиссии"
            " комитет комитета администрация администрации профсоюз профсоюзы церковь церкви"
            " компания компании банк организаторы организаторов беженцы беженцев мигранты туристы"
            " директор директора начальник начальника посол посла король королева делегация"
            " делегации общественность"
        ),
    }.items()
}
AFTER_HEAD = re.compile(
    r" (?:officers?|forces|agents|officials|units|troops|members|leaders?|chiefs?|spokes\w+)\b"
)
PARTICIPLES = frozenset(
    "accusé accusés prévenu détenu détenus élu élus blessé blessés employé employés acusado acusados"
    " detenido detenidos empleado empleados preso presos обвиняемый".split()
)
"""Words for people that are verbs too, where no article stands before them."""
DETERMINER = re.compile(
    r"(?<!\w)(?:les?|la|l['’]|des?|du|un|une|ces?|cet|ses?|leurs?|aux?|el|los|las|una|unos|del|al|sus?"
    r"|\d[\d .]*)\s*$",
    re.IGNORECASE,
)
FIELD_OF_OFFICE = re.compile(
    r"\b(?:[Mm]inist\w+|[Ss]ecrétaire d['’][ÉE]tat|[Ss]ecretari[oa]|[Cc]onsejer\w+|[Cc]onseller\w*)\s+"
    r"(?:(?:de la|de los|de las|del|de|des|du|à la|aux?)\s+|(?:de l|à l|d)['’])$"
)
"""Stands before what an office is for, which is nobody: ministre des Transports."""
GERMAN_OFFICE = re.compile(
    r"(?:\w*(?:[kK]anzler|[mM]inister|[pP]räsident|[bB]ürgermeister|[sS]precher|[sS]ekretär|[sS]enator"
    r"|[bB]otschafter|[rR]ichter|[lL]eiter|[aA]nwalt|[dD]irektor)(?:in)?"
    r"|\w*(?:[cC]hef(?:in)?|[vV]orsitzenden?|[vV]orsitzender|[aA]bgeordneter?)|Herrn?|Frau)"
)
"""What stands before a German name without being part of it."""
GERMAN_OPENERS = frozenset(
    "ab als am an auch auf aus außerdem bei beim bis da dabei dafür dagegen damit danach daraufhin"
    " darüber dennoch deshalb doch dort durch entlang erst für gegen heute hinter im immer in indes"
    " inzwischen ins ist jetzt laut mit mitte nach nachdem neben nun nur ob obwohl ohne schon seit seitdem so"
    " sobald solange statt trotz über um und unter unterdessen vom von vor während wann warum was weder wegen"
    " weil wenn wer wie wo zu zudem zuletzt zum zunächst zur zuvor zwischen".split()
)
"""Words that begin a German sentence with a capital."""
SURNAME = re.compile(
    r"[А-ЯЁ][а-яё-]+(?:ов|ев|ёв|ин|ын|ский|цкий|ой|ый|ко|ова|ева|ёва|ина|ына|ская|цкая|ая|дзе|швили|ян|ич|ук|юк)"
)
"""A Russian surname, as far as its ending tells."""
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
QUANTIFIERS = frozenset(
    "several many most some few dozens scores hundreds thousands dutzende hunderte tausende zehntausende"
    " mehrere einige viele zahlreiche plusieurs quelques varios varias несколько многие".split()
)
"""Words for how many, which begin a sentence with a capital."""
APPROXIMATELY = frozenset("roughly about around nearly almost approximately some over".split())
"""Words before a figure, which have a capital behind a dateline."""
GERMAN_COMPOUND = re.compile(
    r"[A-ZÄÖÜ][\wäöüß]{2,}(?:regierung|polizei|ministerium|gericht|verband(?:e?s)?|verbände|verbänden"
    r"|gewerkschaft(?:en)?|behörden?|verwaltung|präsidium|fraktion|partei|anwaltschaft|sprecher(?:in)?"
    r"|minister(?:in)?|präsident(?:in)?|beamten?|beamter|kräfte|gegnern?|aktivist(?:en|in)?"
    r"|teilnehmern?|bewohnern?|arbeitern?|arbeiterinnen|führer|vorsitzender?|vorsitzenden)"
)
"""German words for people that end in one."""
_PLACE = r"[A-ZÀ-ÞА-ЯЁ][\w'’.-]*(?: [A-ZÀ-ÞА-ЯЁ][\w'’.-]*){0,3}"
_DAY = (
    r"(?:\d{1,2}\.?\s(?:de\s)?[^\W\d_]+\.?|[^\W\d_]+\.?\s\d{1,2},?)"
    r"(?:\s(?:de\s)?\d{4})?(?:\s(?:года?|г\.))?"
)
DATELINE = re.compile(
    rf"^(?:[A-ZÀ-ÞА-ЯЁ][A-ZÀ-ÞА-ЯЁ .'’-]{{2,30}}(?:, {_DAY})?\s[—–-]\s"
    rf"|{_PLACE}(?:, {_DAY})?\s\((?:AP|AFP|dpa|Reuters|EFE|TASS|ТАСС)\)(?:\s[—–-])?\s"
    rf"|{_PLACE}, {_DAY}(?:[.:]|\s[—–-])?\s)",
    re.MULTILINE,
)
"""Place and day before an article: CHICAGO, Oct. 3 —."""
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
    "en": frozenset("he she they him them we us i me".split()),
    "de": frozenset("er sie ihn ihm wir uns ich mich mir".split()),
    "fr": frozenset("il elle ils elles nous je lui eux".split()),
    "es": frozenset("él ella ellos ellas nosotros nosotras yo".split()),
    "ru": frozenset("он она они ему ней ним мы нас нам я меня мне".split()),
}
NO_ACTOR = re.compile(
    rf"(?:{MONTHS}|monday|tuesday|wednesday|thursday|friday|saturday|sunday|montag|dienstag|mittwoch"
    r"|donnerstag|freitag|samstag|sonntag|christmas|easter|english|russian|german|french|spanish|chinese|covid|coronavirus|internet|i|twitter|facebook|telegram|youtube|instagram)\b",
    re.IGNORECASE,
)
"""Names with a capital that are nobody's."""
