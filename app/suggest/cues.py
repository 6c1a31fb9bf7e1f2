"""Words that report what somebody says, and what kind of speech act they make of it.

Our own list, English in all forms, the commonest verbs in German, French, Spanish and Russian.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

_ACTS: dict[str, str] = {
    "claim": (
        r"sa(?:y|ys|id|ying)|told|tell(?:s|ing)?|claim(?:s|ed|ing)?|add(?:s|ed|ing)"
        r"|stat(?:es|ed|ing)|argu(?:e|es|ed|ing)|insist(?:s|ed|ing)?|maintain(?:s|ed|ing)"
        r"|assert(?:s|ed|ing)?|believ(?:e|es|ed|ing)|think(?:s|ing)?|thought|suggest(?:s|ed|ing)?"
        r"|explain(?:s|ed|ing)?|not(?:es|ed|ing)|stress(?:es|ed|ing)?|emphasi[sz](?:es|ed|ing)"
        r"|remark(?:s|ed|ing)|comment(?:s|ed|ing)|recall(?:s|ed|ing)|repl(?:ies|ied|ying)"
        r"|answer(?:s|ed|ing)|respond(?:s|ed|ing)|continu(?:es|ed)|conclud(?:es|ed|ing)"
        r"|tweet(?:s|ed|ing)|wr(?:ites|ote|iting)|posted|posting|shout(?:s|ed|ing)"
        r"|chant(?:s|ed|ing)|shouts|yelled|cried|quipped|alleg(?:es|ed|ing)"
        r"|sagt[e]?|sagten|erklärte[n]?|meinte[n]?|behauptete[n]?|betonte[n]?|schrieb(?:en)?"
        r"|dit|disait|disent|déclaré|déclare|affirme|affirmé|affirment|ajouté|ajoute|estime|estimé"
        r"|soutient|souligné|souligne|expliqué|explique|écrit|dijo|dijeron|dice|afirmó|afirma"
        r"|aseguró|asegura|declaró|señaló|sostuvo|explicó|agregó|añadió|escribió"
        r"|indiqué|indique|précisé|précise|assuré|assure(?= qu)|martelé|rappelé|rappelle|insisté|insiste|lancé"
        r"|indicó|indica|manifestó|subrayó|detalló|precisó|reiteró|insistió|recordó|apuntó|comentó"
        r"|erläuterte[n]?|erzählte[n]?|ergänzte[n]?|unterstrich(?:en)?|versicherte[n]?|entgegnete[n]?|erwiderte[n]?"
        r"|рассказал[аио]?|уточнил[аио]?|напомнил[аио]?|указал[аио]?|констатировал[аио]?"
        r"|сказал[аио]?|говорит|говорят|заявил[аио]?|заявляет|утверждает|утверждал[аио]?"
        r"|отметил[аио]?|подчеркнул[аио]?|считает|добавил[аио]?|пояснил[аио]?|написал[аио]?|ответил[аио]?"
    ),
    "report": (
        r"report(?:s|ed|ing)|berichtete[n]?|meldete[n]?|mitteilte[n]?|teilte[n]?(?=[^.;:]{0,60}\smit\b)|rapporté|rapporte|informó|reportó"
        r"|сообщил[аио]?|сообщает|сообщают|передает|передаёт"
    ),
    "announce": (
        r"announc(?:e|es|ed|ing)|declar(?:e|es|ed|ing)|confirm(?:s|ed|ing)|reveal(?:s|ed|ing)"
        r"|kündigte[n]?|annoncé|annonce|confirmé|anunció|confirmó|объявил[аио]?|подтвердил[аио]?"
    ),
    "accuse": (
        r"accus(?:e|es|ed|ing)|blam(?:e|es|ed|ing)|beschuldigte[n]?|warf|warfen|accusé|accuse"
        r"|accusent|acusó|acusa|acusaron|обвинил[аио]?|обвиняет"
    ),
    "deny": (
        r"den(?:y|ies|ied|ying)|dismiss(?:es|ed|ing)|refut(?:es|ed|ing)|bestritt(?:en)?|leugnete[n]?"
        r"|nié|nie|démenti|dément|negó|niega|desmintió|отрицает|отрицал[аио]?|опроверг(?:ла|ли)?"
    ),
    "condemn": (
        r"condemn(?:s|ed|ing)?|denounc(?:e|es|ed|ing)|critici[sz](?:e|es|ed|ing)|deplor(?:es|ed|ing)"
        r"|slamm(?:ed|ing)|verurteilte[n]?|kritisierte[n]?|condamné|condamne|dénoncé|dénonce|critiqué"
        r"|condenó|denunció|criticó|осудил[аио]?|раскритиковал[аио]?"
    ),
    "demand": (
        r"demand(?:s|ed|ing|(?=\s+that\b))|ask(?:s|ed|ing)|order(?:s|ed|ing)|requir(?:es|ed|ing)|insists on"
        r"|forderte[n]?|verlangte[n]?|exigé|exige|réclamé|réclament|demandé|demande|exigió|exige"
        r"|pidió|pidieron|потребовал[аио]?|требует|требуют"
    ),
    "appeal": (
        r"call(?:s|ed|ing)|urg(?:e|es|ed|ing)|appeal(?:s|ed|ing)|encourag(?:es|ed|ing)"
        r"|invit(?:es|ed|ing)|rief|riefen|appelé|appelle|llamó|instó|призвал[аио]?|призывает"
    ),
    "warn": (
        r"warn(?:s|ed|ing)?|caution(?:s|ed|ing)|warnte[n]?|averti|avertit|prévenu|advirtió"
        r"|предупредил[аио]?|предупреждает"
    ),
    "threaten": r"threaten(?:s|ed|ing)|drohte[n]?|menacé|menace|amenazó|amenaza|пригрозил[аио]?",
    "promise": (
        r"promis(?:e|es|ed|ing)|vow(?:s|ed|ing)?|pledg(?:e|es|ed|ing)|versprach(?:en)?|promis|prometió|пообещал[аио]?"
    ),
    "support": (
        r"prais(?:e|es|ed|ing)|welcom(?:es|ed|ing)|endors(?:es|ed|ing)|support(?:s|ed) the"
        r"|begrüßte[n]?|lobte[n]?|salué|salue|elogió|одобрил[аио]?|приветствовал[аио]?"
    ),
    "concede": r"admit(?:s|ted|ting)|conced(?:es|ed|ing)|acknowledg(?:es|ed|ing)|räumte[n]?|признал[аио]?",
    "reject": r"reject(?:s|ed|ing)|refus(?:es|ed|ing)|lehnte[n]?|rejeté|rejette|rechazó|отверг(?:ла|ли)?",
    "concern": (
        r"express(?:es|ed|ing)(?:\s+\w+){0,3}?\s+(?:concerns?|worr(?:y|ies)|alarm|dismay|regrets?"
        r"|doubts?|outrage|anger)|voic(?:es|ed|ing)(?:\s+\w+){0,2}?\s+(?:concerns?|alarm|anger)"
        r"|fear(?:s|ed)|worr(?:ies|ied)"
    ),
    "ask": r"wonder(?:s|ed|ing)|enquir(?:es|ed|ing)|fragte[n]?|спросил[аио]?",
}
_CUE = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(f"(?P<{act}>{verbs})" for act, verbs in _ACTS.items())
    + r")(?![\w-])"
)

_SAYS = re.compile(
    r"[ \u00a0](?:(?:a|ont|ha|han|has|have|had|also|y|lui|leur|le|les|se)[ \u00a0]){0,2}"
    + _CUE.pattern
)

TO_ONE = re.compile(
    r"(?:warn|call|urg|ask|told|tell|order|invit|encourag|promis|vow|pledg|threaten|appeal|requir|demand"
    r"|accus|blam)"
)
"""Verbs whose object is who is spoken to, or blamed."""
OF_THINGS = frozenset(
    "accuse deny condemn support reject concern concede threaten promise announce".split()
)
"""Acts whose verb takes what is spoken of as its object: denied the accusations."""

PLOVER: dict[str, str] = {
    "accuse": "ACCUSE", "condemn": "ACCUSE", "concern": "ACCUSE", "demand": "REQUEST",
    "appeal": "REQUEST", "deny": "REJECT", "reject": "REJECT", "warn": "THREATEN",
    "threaten": "THREATEN", "promise": "AGREE", "support": "SUPPORT", "concede": "CONCEDE",
}  # fmt: skip
"""The type of event that a speech act is in PLOVER; the rest is none."""


class Cue(NamedTuple):
    """A reporting verb: its range in code points, its act, and itself in small letters."""

    start: int
    end: int
    act: str
    word: str


def says_at(text: str, at: int) -> bool:
    """Tell whether a reporting verb follows at a place, behind an auxiliary at most."""
    return _SAYS.match(text, at) is not None


def cues(text: str, start: int, end: int) -> Iterator[Cue]:
    """Yield the reporting verbs in a range of a text. A State Department is none."""
    for match in _CUE.finditer(text, start, end):
        yield Cue(*match.span(), str(match.lastgroup), match[0].lower())
