"""Proposes statements: quotations of all styles, and reported speech with its verb and speaker.

A statement is speaker, verb and content where they are one stretch. Where another statement stands
between speaker and verb it begins with the verb; where a quotation and a clause share a speaker and
a verb, the second is two fragments.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from app.model.annotation import Evidence, Value, fragments_of
from app.model.structure import SMALL_WORDS, without_stop
from app.model.suggestion import SuggestedLink, Suggestion
from app.model.text import quotations, sentences, trim, words
from app.suggest.context import Context
from app.suggest.cues import OF_THINGS, PLOVER, TO_ONE, Cue, cues
from app.suggest.people import DATELINE
from app.suggest.proposal import is_wanted, proposal

NAME = "statements"
TYPE = "statement"

Range = tuple[int, int]

_ONE = r"(?!and\b|but\b|or\b|to\b)[^\s,.;:“\"]+\s+"
"""A word of what may stand between a verb and its content."""
_THAT = re.compile(
    rf"\s+(?:{_ONE}){{0,6}}?(?P<that>that|dass|daß|que|qu['’]|si)\b"
    r"|(?:\s+mit)?\s*,\s+(?P<so>dass|daß|что|чтобы)\b"
)
_TO = re.compile(rf"\s+(?:(?:on|upon|for)\s+)?(?:{_ONE}){{0,6}}?(?P<to>(?:not\s+)?to)\s+[^\W\d_]")
_ONWARD = r"\s+(?:[^\s,.;:“\"«»]+\s+){0,6}?"
_INFINITIVES = re.compile(
    rf"{_ONWARD}(?P<do>(?:не\s+)?[а-яё]{{2,}}(?:ть|ться|ти|тись)\b)"
    rf"|{_ONWARD}(?P<fr>(?:à|de|d['’])\s*(?:ne\s+pas\s+)?[^\W\d_]+(?:er|ir|re)\b)"
    rf"|{_ONWARD}(?P<es>(?:a\s+)?(?:no\s+)?[^\W\d_]{{2,}}(?:ar|er|ir)(?:se|l[oae]s?)?\b)"
    r"|\s[^.;:“\"«»]{1,80}?\s(?:dazu\s)?(?:auf|vor|an),\s+(?P<de>[^.;:]+?\bzu\w*\b)"
)
"""What somebody is called upon to do, or is blamed for: призвал не выходить, rief auf, zu gehen."""
_ASKS_FOR = re.compile(
    r"demanded|forderte|verlangte|exig|réclam|demandé|pidi|потребова|требу", re.IGNORECASE
)
"""Verbs whose object is what is asked for."""
_FOR = re.compile(r"\s+(?P<what>for|on|against|about|over|of|into)\s+\S")
_NOT_CONTENT = re.compile(r"\s*(?:[.;!?)]|$)")
_TAIL = re.compile(
    r"\s+(?:in (?:a|an|the|its|his|her) \w+|on \w+day|late \w+|earlier|yesterday|today|by phone"
    r"|at a)\b[^,;]{0,60}$"
)
_CONTENT = re.compile(r"\s+(?!(?:and|but|or|in|on|at|by|to|with|from|of|as|after|before)\b)\S")
_CLAUSE_BEFORE = re.compile(r"[,”\"»]\s+(?:\S+\s+){0,7}$")
_FINITE = re.compile(
    r"\s+(?:\S+\s+){1,6}?(?:is|are|was|were|will|would|had|has|have|can|could|should|did|do|does"
    r"|must|may|might|\w+ed)\b"
)
_WHO_IS = re.compile(r", (?:who|which|whose)\b[^,]*,\s*$")
_PASSIVE_BY = re.compile(r"\s+by\s+(?:the\s+)?\S")
_WAS = re.compile(
    r"\b(?:is|are|was|were|been|being|be)(?:\s+(?:\w+ly|also|not|never|twice|once|again|often|still|already|later|then|just|even|first|now))*\s*$",
    re.IGNORECASE,
)
_NOT_A_VERB = re.compile(
    r"\b(?:the|a|an|both|much|more|some|great|his|her|their|its|this|that|no|any|of|in|who|despite|amid|with|by|to"
    r"|reject\w*|ignor\w*|heed\w*|new|fresh|repeated|growing|more)\s+$",
    re.IGNORECASE,
)
_AUXILIARY = re.compile(
    r"(?:\b(?:has|have|had|also|then|later|strongly|will|would|could|did|not|itself|himself|herself"
    r"|themselves|and|et|und|y|и|all|both|again|who|which|hat|haben|habe|a|ont|ha|han)|\w+ly)\s*$",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"^(?:and|but|however|while|whereas|although|though|then|so|or|as|when|after|и|но|а|und|aber|et|mais|y|pero)"
    r"\b[,\s]*",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\b(?:for\s+which|who|which|where|because|that|after|when)\s+", re.IGNORECASE
)
_BREAK = re.compile(
    r",?\s+(?:and|but)\s+$|,\s+(?:however|but|while|whereas|although|though|and),?\s+$|[,;]\s+$"
)
_SHARED = re.compile(r"^\s*(?:and|et|und|y|и)\s+(?:\w+ly\s+|also\s+|then\s+)?$")
"""Between what somebody did and what they said: called Putin and asked him."""
_MOST = 100
"""Quotations of a sentence that are looked at."""
_QUOTE_LEAST = 4
"""Words that a quotation without a reporting verb has at least, or it is irony or a title."""
_CALLING = frozenset("appeal demand warn threaten promise".split())
_IS_ENGLISH = re.compile(
    r"(?:call|urg|ask|demand(?!é|e\b)|order|warn(?!t)|promis|threat|vow|pledg|appeal|encourag"
    r"|invit|insist)"
)
_AND_THAT = re.compile(r"\s*,?\s+and\s+(?=that\b)")
_LOOSE = frozenset("claim report warn announce".split())
"""Acts whose verb may do without a conjunction."""
_NEAR = 80
"""Code points between a quotation and its verb."""


class Found(NamedTuple):
    """A statement as the rules see it. All ranges are code points.

    `subject` is where its speaker is named; empty where nobody is named beside the verb.
    """

    ranges: tuple[Range, ...]
    subject: Range
    cue: Cue | None
    content: tuple[Range, ...]
    mode: str
    act: str
    why: str


def propose(context: Context) -> Iterator[Suggestion]:
    """Yield a suggestion for each statement; statements may lie in statements."""
    if is_wanted(context.codebook, TYPE):
        for one in found(context.text):
            yield suggestion(context, one)


def suggestion(context: Context, one: Found) -> Suggestion:
    """Return a statement as a suggestion, with its verb and its content as evidence."""
    said: dict[str, Value] = {"mode": one.mode, "act": one.act, "medium": "speech"}
    if one.act in PLOVER:
        said["plover_type"] = PLOVER[one.act]
    evidence = []
    if one.cue is not None:
        cue = fragments_of(context.text, [(one.cue.start, one.cue.end)])
        evidence.append(Evidence(attribute="cue", fragments=cue))
    if one.content:
        content = fragments_of(context.text, one.content)
        evidence.append(Evidence(attribute="content", fragments=content))
    return proposal(
        context,
        TYPE,
        one.ranges,
        said=said,
        evidence=evidence,
        links=(SuggestedLink("speaker", *one.subject),),
        score=0.85 if one.mode == "direct" and one.cue else 0.7 if one.cue else 0.5,
        suggester=NAME,
        reason=one.why,
    )


def found(text: str) -> list[Found]:
    """Return the statements of a text in reading order."""
    statements: list[Found] = []
    quotes = quotations(text)
    used: set[Range] = set()
    first = 0
    for begun, end in sentences(text):
        place = DATELINE.match(text, begun)
        start = place.end() if place is not None and place.end() < end else begun
        while first < len(quotes) and quotes[first][1] <= start:
            first += 1
        here = [quote for quote in quotes[first : first + _MOST] if quote[0] < end]
        statements += _of_sentence(_Scene(text, (start, end), here, used))
    for quote in quotes:
        length = sum(1 for _ in words(text, *quote))
        if quote not in used and length >= _QUOTE_LEAST:
            statements.append(
                Found(
                    (quote,), (quote[0], quote[0]), None, (quote,), "direct", "claim", "a quotation"
                )
            )
    return sorted(statements, key=lambda one: (one.ranges[0][0], -one.ranges[-1][1]))


_ACCORDING = re.compile(
    r"(?:\baccording to|\blaut\b|\bnach angaben(?: von| des| der)?|\bselon\b|\bd['’]après"
    r"|\bnach(?= \w+angaben\b)|\bsegún\b|\bde acuerdo con"
    r"|(?<!\w)(?:по словам|по данным|по сведениям|согласно))"
    r"\s+(?P<who>[^,;.]+)",
    re.IGNORECASE,
)


_INVERTED = re.compile(
    r"(?i:laut|nach angaben(?: von)?|nach(?=\s\w+angaben\b))\s+"
    r"(?P<who>(?:de[rsmn]\s)?[A-ZÄÖÜ][\w-]*(?:\s[A-ZÄÖÜ][\w-]*)*)"
    r"\s[a-zäöü]"
)
"""In German the verb follows at once, without a comma."""


def _according(text: str, sentence: Range) -> Iterator[Found]:
    """Yield what stands according to somebody, whichever comes first."""
    match = _ACCORDING.search(text, *sentence)
    if match is None:
        return
    end = without_stop(text, *sentence)
    is_first = not text[sentence[0] : match.start()].strip(' “"«(')
    who = match.span("who")
    if is_first and (inverted := _INVERTED.match(text, match.start(), end)) is not None:
        who = inverted.span("who")  # nach Angaben der Polizei kamen …
    start, stop = (who[1], end) if is_first else (sentence[0], match.start())
    content = _bare(text, start, stop)
    if content[0] < content[1]:
        words_ = text[match.start() : match.start("who")].rstrip()
        cue = Cue(match.start(), match.start() + len(words_), "report", words_.lower())
        whole = trim(text, sentence[0], end if is_first else match.end())
        why = f"reported speech with “{words_}”"
        yield Found((whole,), who, cue, (content,), "indirect", "report", why)


_MOOD = re.compile(
    r"\b(?:sei|seien|habe|werde|könne|müsse|solle|wolle|dürfe|wisse|gehe|gebe|komme|stehe|bleibe"
    r"|lege|lasse|brauche|halte|trage|sehe)\b(?! denn\b)"
)
_IS_GERMAN = re.compile(
    r"\b(?:der|die|das|den|dem|des|ein|eine|einen|nicht|und|zu|auf|für|mit|von)\b", re.IGNORECASE
)
_OWN_MOOD = re.compile(r"\b(?:[Ii]ch|[Dd]ass|daß|[Oo]b|[Aa]ls|[Ss]ei es|[Ee]s sei denn)\b|[!?]$")
"""Where the mood of a verb says something else: I have, that he had, as if."""


def _by_mood(text: str, sentence: Range) -> Iterator[Found]:
    """Yield a German sentence whose verb says that somebody else says so: Sie sei bereit."""
    words_ = text[slice(*sentence)]
    if not _MOOD.search(words_) or _OWN_MOOD.search(words_) or not _IS_GERMAN.search(words_):
        return
    whole = trim(text, sentence[0], without_stop(text, *sentence))
    nobody = (sentence[0], sentence[0])
    yield Found(
        (whole,), nobody, None, (whole,), "indirect", "claim", "reported speech by its mood"
    )


def _bare(text: str, start: int, end: int) -> Range:
    """Return a range without blanks and commas at its ends."""
    while start < end and text[start] in ", \t\u00a0":
        start += 1
    while end > start and text[end - 1] in ", \t\u00a0":
        end -= 1
    return start, end


@dataclass(frozen=True, slots=True)
class _Scene:
    """A sentence, the quotations in it, and those of the text that have a verb already."""

    text: str
    sentence: Range
    quotes: list[Range]
    used: set[Range]


def _of_sentence(scene: _Scene) -> Iterator[Found]:
    text, (start, end) = scene.text, scene.sentence
    outside = [
        cue
        for cue in cues(text, start, end)
        if not any(a < cue.start and cue.end < b for a, b in scene.quotes)
        and _is_verb(text, start, cue)
    ]
    kept = [(cue, how) for cue in outside if (how := _complement(scene, cue))]
    for n, (cue, how) in enumerate(kept):
        following = kept[n + 1][0] if n + 1 < len(kept) else None
        before = kept[n - 1][0] if n else None
        yield from _statement(scene, cue, how, before=before, following=following)
    if not kept:
        told = list(_according(text, scene.sentence))
        yield from told or ([] if scene.quotes else _by_mood(text, scene.sentence))


def _is_verb(text: str, start: int, cue: Cue) -> bool:
    """Tell whether a reporting verb is one where it stands: no noun, nothing that was announced."""
    before = text[max(start, cue.start - 30) : cue.start]
    if cue.word.endswith("é"):
        return True  # a déclaré
    return not _NOT_A_VERB.search(before)


def _complement(scene: _Scene, cue: Cue) -> str:  # noqa: PLR0911 - one a construction
    """Return how the verb brings in its content; empty where it reports nothing."""
    text, (start, end) = scene.text, scene.sentence
    rest = text[cue.end : end]
    if _WAS.search(text[start : cue.start]):
        return "passive" if cue.act in OF_THINGS and _PASSIVE_BY.match(rest) else ""
    if quoted := _beside_quotation(text, cue, scene.quotes):
        return quoted
    if _THAT.match(rest):
        return "that"
    if TO_ONE.match(cue.word) and _TO.match(rest):
        return "to"
    if cue.act in _CALLING and not _IS_ENGLISH.match(cue.word) and _INFINITIVES.match(rest):
        return "do"
    if cue.act == "demand" and _ASKS_FOR.match(cue.word) and _CONTENT.match(rest):
        return "object" if not _FOR.match(rest) else "for"
    link = _FOR.match(rest) if cue.act in {"appeal", "demand"} else None
    if link is not None and link["what"] in {"for", "on", "against"}:
        return "for"
    if link is None and (
        cue.act == "concern" or (cue.act in OF_THINGS and _CONTENT.match(rest) is not None)
    ):
        return "object"
    return _loose(text, cue, scene.sentence) if cue.act in _LOOSE else ""


def _beside_quotation(text: str, cue: Cue, quotes: list[Range]) -> str:
    """Return whether a verb leads a quotation, or follows one; empty where it stands by itself."""
    for start, end in quotes:
        if cue.end <= start <= cue.end + _NEAR and _leads(text[cue.end : start]):
            return "quote"
        if end <= cue.start <= end + _NEAR and _leads(text[end : cue.start], back=True):
            return "quoted"
    return ""


def _loose(text: str, cue: Cue, sentence: Range) -> str:
    """Return how a verb brings in content without a conjunction: he said he would; …, he said."""
    rest = text[cue.end : sentence[1]]
    if _NOT_CONTENT.match(rest) or _TAIL.match(rest) or _is_tail(text, cue, sentence):
        return "said" if _CLAUSE_BEFORE.search(text, sentence[0], cue.start) else ""
    is_finite = cue.act == "claim" and not cue.word.endswith("ing")
    return "bare" if is_finite and _CONTENT.match(rest) and _FINITE.match(rest) else ""


def _is_tail(text: str, cue: Cue, sentence: Range) -> bool:
    """Tell whether a verb and whoever follows it end the sentence: …, said Smith on Friday."""
    rest = text[cue.end : sentence[1]]
    if _WHO_IS.search(text, sentence[0], cue.start) and _FINITE.match(rest):
        return False  # the mayor, who was ill, insisted the march would go ahead
    return (
        len(rest) <= _NEAR
        and bool(re.search(r",\s*$", text[sentence[0] : cue.start]))
        and "," not in rest
    )


def _leads(between: str, *, back: bool = False) -> bool:
    """Tell whether words may stand between a verb and its quotation: a colon, who says it."""
    between = re.sub(r", (?:who|which|whose)\b[^,]*,", "", between)
    if re.search(r"[.;!?]\s", between) or re.search(r"\b(?:and|but|which|who|after)\b", between):
        return False
    bare = between.strip(" ,:—–-\n")
    return len(bare.split()) <= (8 if back else 4)


def _statement(
    scene: _Scene, cue: Cue, how: str, *, before: Cue | None, following: Cue | None
) -> Iterator[Found]:
    text, sentence = scene.text, scene.sentence
    subject = _subject(text, sentence, cue, before)
    shares = _SHARED.search(text[subject[1] : cue.start]) is not None
    start = subject[0] if subject[0] < subject[1] and not shares else cue.start
    end = _end(text, sentence, cue, following)
    why = f"reported speech with “{text[cue.start : cue.end]}”"
    mode = "reported" if how in {"object", "passive"} else "indirect"
    if how in {"quote", "quoted"}:
        yield from _quoted(scene, cue, (start, end), subject)
        return
    if how == "said":
        content = trim(text, sentence[0], cue.start)
        head = text[content[0] : content[1]].rfind(",")
        inner = (content[0], content[0] + head) if head > 0 else content
        yield Found(
            (trim(text, inner[0], end),), (inner[1], end), cue, (inner,), "indirect", cue.act, why
        )
        return
    if how == "passive":
        by = _PASSIVE_BY.match(text, cue.end)
        at = by.end() - 1 if by else cue.end
        content = trim(text, _boundary(text, sentence, cue, before), cue.start)
        yield Found((trim(text, content[0], end),), (at, end), cue, (content,), mode, cue.act, why)
        return
    content = _content(text, cue, how, end)
    if content[0] < content[1]:  # people’s fears: a noun, and nothing is said
        yield Found((trim(text, start, end),), subject, cue, (content,), mode, cue.act, why)


def _content(text: str, cue: Cue, how: str, end: int) -> Range:
    pattern = {"that": _THAT, "to": _TO, "for": _FOR, "do": _INFINITIVES}.get(how)
    match = pattern.match(text, cue.end) if pattern is not None else None
    if match is None:
        return trim(text, cue.end, end)
    if how == "do":
        return trim(text, match.start(str(match.lastgroup)), end)
    name = {"that": "that" if match.groupdict().get("that") else "so", "to": "to"}.get(how)
    return trim(text, match.start(name) if name else match.end() - 1, end)


def _quoted(scene: _Scene, cue: Cue, span: Range, subject: Range) -> Iterator[Found]:
    """Yield a quotation with its verb, and the clause that shares them (and that …)."""
    text, sentence = scene.text, scene.sentence
    near = [q for q in scene.quotes if q not in scene.used]
    near = [q for q in near if q[1] <= cue.start or q[0] >= cue.end]
    if not near:
        return
    scene.used.update(near)
    why = f"a quotation with “{text[cue.start : cue.end]}”"
    after = [q for q in near if q[0] >= cue.end]
    earlier = [q for q in near if q[1] <= cue.start]
    start = min([q[0] for q in earlier] + [span[0]])
    act = "claim" if cue.word.startswith("call") else cue.act  # called the strike “reckless”
    end = _who_follows(text, cue, sentence) if earlier and not after else after[-1][1]
    whose = subject if subject[0] < subject[1] else (cue.end, end)
    yield Found((trim(text, start, end),), whose, cue, tuple(near), "direct", act, why)
    more = _AND_THAT.match(text, end) if after else None
    if more is not None:
        rest = trim(text, more.end(), without_stop(text, *sentence))
        head = trim(text, span[0], cue.end)
        yield Found((head, rest), subject, cue, (rest,), "indirect", cue.act, why)


def _who_follows(text: str, cue: Cue, sentence: Range) -> int:
    """Return where the words end that name the speaker behind a verb (said John Smith, who …)."""
    match = re.compile(
        r"[,.;:!?“\"«]|\s(?:on|in|at|during|after|before|as|when|while|who)\s"
    ).search(text, cue.end, sentence[1])
    return match.start() if match else sentence[1]


def _boundary(text: str, sentence: Range, cue: Cue, before: Cue | None) -> int:
    """Return where the clause of a verb begins: behind a quotation, behind the verb before it."""
    start = max(sentence[0], before.end if before is not None else sentence[0])
    closing = max(text.rfind(mark, start, cue.start) for mark in '”»“"')
    start = max(start, closing + 1)
    piece = text[start : cue.start]
    for match in reversed(list(re.finditer(r"[;:—–]\s|\s-\s", piece))):
        return start + match.end()
    return start


def _subject(text: str, sentence: Range, cue: Cue, before: Cue | None) -> Range:
    """Return the words before a verb that name its speaker; an empty range where there are none."""
    start = _boundary(text, sentence, cue, before)
    start += len(text[start : cue.start]) - len(text[start : cue.start].lstrip(" ,—–"))
    piece = _who(text[start : cue.start])
    if not piece:
        return cue.start, cue.start
    parts = piece.split(",")
    if not parts[-1].strip():  # Josep Borrell, the minister, said
        parts = parts[:-1]
        begin = len(",".join(parts[:-2])) + 1 if len(parts) > 2 and before is None else 0
        if before is not None and len(parts) < 2:
            return cue.start, cue.start
    else:
        begin = len(piece) - len(parts[-1])
        if _is_list(parts) and before is None:
            begin = 0
    begin += len(piece[begin:]) - len(piece[begin:].lstrip())
    opening = _OPENS.match(piece[begin:])
    if opening is not None:
        begin += opening.end()
    for relative in _RELATIVE.finditer(piece, begin):
        begin = relative.end()
    subject = trim(text, start + begin, start + len(piece))
    head = text[subject[0] : subject[1]]
    if not head or all(head[a:b].lower() in SMALL_WORDS for a, b in words(head)):
        return cue.start, cue.start
    if before is not None and _SHARED.search(text[subject[1] : cue.start]):
        return cue.start, cue.start
    return subject


def _who(words_: str) -> str:
    """Return words before a verb without its auxiliaries and without what a clause says of them."""
    piece = words_.rstrip()
    while (extra := _AUXILIARY.search(piece)) is not None:
        piece = piece[: extra.start()].rstrip()
    aside = _WHO_IS.search(piece)
    return piece[: aside.start()] if aside is not None else piece


def _is_list(parts: list[str]) -> bool:
    """Tell whether a clause is nothing but names and commas (US, EU, and GB all)."""
    return (
        len(parts) > 1
        and all(len(part.split()) <= 4 for part in parts)
        and re.match(r"\s*(?:and|or)\b", parts[-1]) is not None
    )


def _end(text: str, sentence: Range, cue: Cue, following: Cue | None) -> int:
    """Return where a statement ends: with its sentence, or before the next one beside it."""
    last = without_stop(text, *sentence)
    if following is None:
        return last
    piece = text[cue.end : following.start]
    beside = re.search(
        r",?\s+(?:and|but|et|mais|und|aber|y|pero|и|но)\s+(?:\w+ly\s+|also\s+|then\s+)?$"
        r"|,\s+(?:however|but|while|whereas|although|and)\b,?[^,;]*$|;[^;]*$|,\s*$",
        piece,
    )
    return cue.end + beside.start() if beside is not None else last
