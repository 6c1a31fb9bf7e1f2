"""What a number counts, by the words around it: arrested, injured, killed, people of which side."""

import re

from app.suggest.figures import Figures

_BEHIND, _BEFORE = 90, 60
"""Code points that are looked at."""

_WHAT: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        (
            "arrested",
            r"\b(?:arrest\w*|detain\w*|detention\w*|held|in custody|rounded up|festgenommen\w*"
            r"|verhaftet\w*|festnahmen|arrêt(?:é|ée|és|ées|ations)|interpell\w*|deten(?:ido|ida|idos|idas"
            r"|ciones)|арест\w*|задерж\w*)\b",
        ),
        (
            "injured",
            r"\b(?:injur\w*|wound\w*|hurt|hospitali[sz]ed|verletzt\w*|bless(?:é|ée|és|ées)|herid[oa]s?"
            r"|ранен\w*|пострада\w*)\b",
        ),
        (
            "killed",
            r"\b(?:kill\w*|dead|died|deaths?|shot dead|fatalit\w*|getötet\w*|tote[nr]?|starben|tué\w*|mort\w*"
            r"|muert[oa]s?|погиб\w*|убит\w*)\b",
        ),
        (
            "missing",
            r"\b(?:missing|unaccounted for|vermisst\w*|disparus?|desaparecid\w*|пропа\w+ без вести)\b",
        ),
        (
            "displaced",
            r"\b(?:displaced|fled|evacuated|evakuiert\w*|déplacé\w*|evacué\w*|desplazad\w*|эвакуир\w*)\b",
        ),
        (
            "sentence",
            r"\b(?:sentenced|in prison|in jail|prison term|jail term|haft|de prison|de cárcel)\b",
        ),
        (
            "participants",
            r"\b(?:marched|protested|demonstrated|gathered|rallied|t(?:ook|aken) part|turned out|attended"
            r"|protestiert\w*|demonstriert\w*|versammelt\w*|manifesté|manifestèrent|défilé"
            r"|protestaron|manifestaron|marcharon|вышли на|приняли участие|участвова\w*|beteiligten sich)\b",
        ),
        ("fine", r"\b(?:fined?|fines|geldstrafe|amende|multa|штраф\w*)\b"),
        ("damage", r"\b(?:damaged?|damages|destroyed|schäden|dégâts|daños|ущерб\w*)\b"),
    )
)
_SIDES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        (
            "police",
            r"\s+(?:\w+\s+)?(?:police(?:m[ae]n|\s+officers)?|officers|constables|gendarmes|polizist\w*"
            r"|beamte\w*|policiers|policías|полицейск\w*)\b",
        ),
        (
            "protesters",
            r"\s+(?:of\s+)?(?:\w+\s+)?(?:protest[eo]rs?|demonstrat\w+|activists?|strikers?|marchers|rioters"
            r"|supporters|opponents|demonstrant\w*|manifestant\w*|grévistes|huelguistas|протестующ\w*"
            r"|демонстрант\w*|участник\w*)\b",
        ),
        (
            "civilians",
            r"\s+(?:\w+\s+)?(?:civilians?|bystanders?|residents|zivilist\w*|civils|civiles)\b",
        ),
    )
)
_PEOPLE = re.compile(
    r"\s+(?:of\s+)?(?:\w+\s+){0,2}(?:people|persons?|men|women|children|workers|students|menschen|personen"
    r"|leute|personnes|personas|человек\w*|люд\w*)\b",
    re.IGNORECASE,
)
_STOP = re.compile(r"[.!?;\n](?:\s|$)|,?\s(?:and that|und dass|et qu[e’']|y que|и что)\b")
"""Where a sentence ends, or the next thing that somebody says begins."""


def counted(text: str, start: int, end: int, said: Figures) -> Figures:
    """Return what the words around a number add to what it says itself.

    `quantity_of` where a verb or a noun of the same sentence tells, `side` where the noun does, and
    `unit` for people. Offsets are code points.
    """
    if said.get("kind") == "percent":
        return {}
    behind = _STOP.split(text[end : end + _BEHIND], maxsplit=1)[0]
    before = _STOP.split(text[max(0, start - _BEFORE) : start])[-1]
    found: Figures = {}
    side = next((name for name, pattern in _SIDES if pattern.match(behind)), "")
    if side:
        found["side"] = side
    if "kind" not in said:
        found["kind"] = "count"
        if side or _PEOPLE.match(behind):
            found["unit"] = "person"
    what = _nearest(before, behind)
    if said.get("kind") == "duration":
        return {"quantity_of": "sentence"} if what == "sentence" else {}
    if what:
        found["quantity_of"] = what
        if said.get("kind") is None:
            found["unit"] = "person"
    return found


def _nearest(before: str, behind: str) -> str:
    """Return what the nearest word says that is counted; a word behind the number comes first."""
    later = [(match.start(), name) for name, one in _WHAT if (match := one.search(behind))]
    if later:
        return min(later)[1]
    earlier = [
        (len(before) - match.end(), name) for name, one in _WHAT for match in one.finditer(before)
    ]
    return min(earlier)[1] if earlier else ""
