"""What the empty roles of an annotation are likely filled with, by rules over the sentence. Pure.

Nothing here writes: a guess is shown, and a key takes it. The rules know the roles of the press
codebook by their names and look only at the sentence, the marks in it and the statement before.
They are meant to be right when they speak; where a sentence is not of their kind, they are silent.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app.model.annotation import Annotation
from app.model.codebook import Codebook
from app.model.contents import ArticleContents
from app.model.text import sentences

Links = dict[str, tuple[str, ...]]
"""Ids of the likely targets by role."""

_REACH = 2_000
"""How far (code points) before and behind an annotation its sentence is looked for."""

_CUES = re.compile(
    r"\b(?:sa(?:y|ys|id|ying)|t(?:ell|ells|old|elling)|claim(?:s|ed|ing)?|den(?:y|ies|ied|ying)"
    r"|accus(?:e|es|ed|ing)|announc(?:e|es|ed|ing)|add(?:s|ed|ing)|warn(?:s|ed|ing)?"
    r"|call(?:s|ed|ing)?|urg(?:e|es|ed|ing)|ask(?:s|ed|ing)?|demand(?:s|ed|ing)?"
    r"|stat(?:es|ed|ing)|express(?:es|ed|ing)?|stress(?:es|ed|ing)?|report(?:s|ed|ing)?|believ(?:e|es|ed|ing)|think(?:s|ing)?|thought"
    r"|argu(?:e|es|ed|ing)|insist(?:s|ed|ing)?|admit(?:s|ted|ting)?|confirm(?:s|ed|ing)?"
    r"|explain(?:s|ed|ing)?|describ(?:e|es|ed|ing)|condemn(?:s|ed|ing)?|critici[sz](?:e|es|ed|ing)"
    r"|blam(?:e|es|ed|ing)|prais(?:e|es|ed|ing)|shout(?:s|ed|ing)?|chant(?:s|ed|ing)?"
    r"|wr(?:ite|ites|ote|iting)|promis(?:e|es|ed|ing)|threaten(?:s|ed|ing)?|reject(?:s|ed|ing)?"
    r"|suggest(?:s|ed|ing)?|declar(?:e|es|ed|ing)|order(?:s|ed|ing)?|agre(?:e|es|ed|eing))\b",
)
"""Reporting verbs, in small letters: a State Department is none."""
_TO_SOMEBODY = re.compile(r"(?:warn|call|urg|ask|tell|told|order|promis|threaten)", re.IGNORECASE)
_AT_SOMEBODY = re.compile(r"(?:accus|blam|condemn|critici|prais|threaten)", re.IGNORECASE)
_BACK = re.compile(
    r"\b(?:such|th(?:is|at|ese|ose|e)|his|her|their|its) "
    r"(?:accusation|allegation|charge|claim|warning|statement|report|demand|call|criticism)s?\b",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|been|being|be|gets?|got)"
    r"(?: (?:\w+ly|also|not|later|then|both|all|already|since|again|still)){0,2}\s*$",
    re.IGNORECASE,
)
_SUFFERED = re.compile(
    r"(?:été|est|sont|fut|furent|sera|seront)(?: \w+ment)?\s+\w+ée?s?"
    r"|(?:fue|fueron|sido|resultó|resultaron)(?: \w+mente)?\s+\w+[dt][oa]s?"
    r"|(?:ранен|убит|избит|задержан|арестован|пострадал|погиб)\w*",
    re.IGNORECASE,
)
"""Who is named beside these did nothing: it was done to them."""
_PARTICIPLE = re.compile(r"\w+(?:ées?|és)|\w+[ai]d[oa]s|herid[oa]s|muert[oa]s")
_HAVE = re.compile(r"(?:ont|a|avai(?:t|ent)|ha|han|había|habían)", re.IGNORECASE)
_WAS_GERMAN = re.compile(r"\b(?:wurden?|worden|werden|wird)\b")
_INFINITIVE = re.compile(r"\bto(?: \w+ (?:and|or))?(?: \w+ \w+ (?:and|or))?\s*$", re.IGNORECASE)
_NOMINAL = re.compile(
    r"\b(?:a|an|the|this|that|these|those|his|her|its|their|for|of|in|unlawful|planned|mass"
    r"|des|les|une|un|la|le|los|las|una|el|die|der|das|eine[nr]?|weitere[nr]?)\s*$",
    re.IGNORECASE,
)
_GERUND = re.compile(r"\b(?:upon|after|before|while|when|by)\s*$", re.IGNORECASE)
_SUPPORT = re.compile(r"\b(?:support (?:for|of)|on behalf of|in favour of)\s*$", re.IGNORECASE)
_BY = re.compile(r"^(?:\s\w+)?\sby(?: the)?\s*$", re.IGNORECASE)
_AGAINST = re.compile(r"\bto \w+(?: the)?\s*$", re.IGNORECASE)
_AND = re.compile(r"\band(?: \w+ly| then| also)?\s*$", re.IGNORECASE)
_LISTED = re.compile(r"^\s*(?:,|and|&|or|,? and)\s*(?:the )?$", re.IGNORECASE)
_NEAR = 16
"""Code points between “the people” and what they are called to do."""
_PHRASE = 40
_CLAUSE = 60
_DURATION = re.compile(r"\b(?:year|month|week|day|hour|minute)s?\b", re.IGNORECASE)
_COUNTED = re.compile(r"^\s(?:of |other |more |\w+ )?(?:the )?$", re.IGNORECASE)
_PRONOUN = re.compile(r"^(?:he|she|they|it|him|her|them|we|us|i|me|you|who)$", re.IGNORECASE)


def likely_links(contents: ArticleContents, codebook: Codebook, source_id: str) -> Links:
    """Return the likely targets of each role of an annotation that is still empty."""
    source = contents.annotation(source_id)
    rules = _RULES.get(source.type) if source is not None else None
    if source is None or rules is None:
        return {}
    scene = _Scene.of(contents, source)
    filled = {relation.role for relation in contents.outgoing(source_id)}
    found: Links = {}
    for role in codebook.roles_of(source.type):
        rule = rules.get(role.name)
        if rule is None or role.name in filled:
            continue
        fitting = [m for m in rule(scene) if m.type in role.targets and m.id != source_id]
        if fitting:
            ids = dict.fromkeys(mark.id for mark in fitting)
            found[role.name] = tuple(ids) if role.many else (next(iter(ids)),)
    return found


@dataclass(frozen=True, slots=True)
class _Scene:
    """An annotation in its sentence, with the marks of that sentence in reading order."""

    text: str
    contents: ArticleContents
    source: Annotation
    start: int
    end: int
    marks: tuple[Annotation, ...]

    @classmethod
    def of(cls, contents: ArticleContents, source: Annotation) -> "_Scene":
        text = contents.article.text
        first = max(text.rfind("\n", 0, source.start) + 1, source.start - _REACH)
        newline = text.find("\n", source.end)
        last = min(len(text) if newline < 0 else newline, source.end + _REACH)
        here = [
            (first + a, first + b)
            for a, b in sentences(text[first:last])
            if first + a < source.end and first + b > source.start
        ]
        start, end = (here[0][0], here[-1][1]) if here else (source.start, source.end)
        marks = tuple(mark for mark in contents.starting_within(start, end) if mark.id != source.id)
        return cls(text, contents, source, start, end, marks)

    def of_type(self, name: str, start: int, end: int) -> list[Annotation]:
        """Return the marks of a type that lie in a range."""
        return [m for m in self.marks if m.type == name and m.start >= start and m.end <= end]

    def last_before(self, name: str, offset: int) -> Annotation | None:
        """Return the nearest mark of a type that ends at or before an offset."""
        before = self.of_type(name, self.start, offset)
        return max(before, key=lambda mark: mark.end) if before else None

    def listed(self, actor: Annotation) -> list[Annotation]:
        """Return an actor with those before it in the same list: the US, the EU and Britain."""
        found, signs = [actor], ""
        for other in reversed(self.of_type("actor", self.start, actor.start)):
            between = self.between(other.end, found[0].start)
            if not _LISTED.search(between):
                break
            found.insert(0, other)
            signs += between
        return found if re.search(r"and|&|or", signs) else [actor]  # else one explains the other

    def between(self, start: int, end: int) -> str:
        """Return the words of a range."""
        return self.text[start:end]


# -- events ---------------------------------------------------------------------------------------


def _event_before(scene: _Scene) -> Annotation | None:
    return scene.last_before("event", scene.source.start)


def _is_passive(scene: _Scene) -> bool:
    source = scene.source
    before = scene.between(scene.start, source.start)
    last = before.rstrip().rpartition(" ")[2]
    if _SUFFERED.fullmatch(source.quote) or _SUFFERED.fullmatch(f"{last} {source.quote}"):
        return True
    first = source.quote.split()[0].lower()
    if _PARTICIPLE.fullmatch(first) and not _HAVE.fullmatch(last):
        return True
    if first.endswith(("t", "en")) and _WAS_GERMAN.search(before):
        return True
    is_participle = first.endswith(("ed", "en", "shot", "held", "hit"))
    return is_participle and bool(_PASSIVE.search(before))


def _is_nominal(scene: _Scene) -> bool:
    first = scene.source.quote.split()[0].lower()
    verbal = first.endswith(("ed", "ing")) and not first.endswith("thing")
    before = scene.between(scene.start, scene.source.start)
    return bool(_NOMINAL.search(before)) and not (verbal and _GERUND.search(before))


def _subject(scene: _Scene) -> Annotation | None:
    """Return the actor before an event with no other event and no stop in between."""
    actor = scene.last_before("actor", scene.source.start)
    if actor is None:
        return None
    words = scene.between(actor.end, scene.source.start)
    other = _event_before(scene)
    if (other is not None and other.start >= actor.end) or re.search(r"[.;:]", words):
        return None
    return actor


def _behind(scene: _Scene, pattern: re.Pattern[str], limit: int) -> Annotation | None:
    """Return the first actor behind the source when the words up to it end as they should."""
    for actor in scene.of_type("actor", scene.source.end, scene.end):
        words = scene.between(scene.source.end, actor.start)
        if len(words) > limit:
            return None
        if pattern.search(words):
            return actor
    return None


def _agent(scene: _Scene) -> Iterable[Annotation]:
    by = _behind(scene, _BY, _PHRASE)
    if by is not None:
        return [by]
    return [] if _is_passive(scene) or _is_nominal(scene) else _doer(scene)


def _doer(scene: _Scene) -> list[Annotation]:
    """Return who does what an active verb says."""
    before = scene.between(scene.start, scene.source.start)
    event, actor = _event_before(scene), _subject(scene)
    if _INFINITIVE.search(before):  # called the people to go: whoever stands right before
        near = actor is not None and scene.source.start - actor.end <= _NEAR
        return [actor] if actor is not None and near else []
    if event is not None and _AND.search(before):  # arrested people and pushed them
        return _ends_of(scene, event, "agent")
    if event is not None and _GERUND.search(before) and event.end + _NEAR > scene.source.start:
        return _ends_of(scene, event, "target") or _ends_of(scene, event, "agent")
    return scene.listed(actor) if actor is not None else []


def _event_target(scene: _Scene) -> Iterable[Annotation]:
    source = scene.source
    before = scene.between(scene.start, source.start)
    if _is_passive(scene):
        actor = scene.last_before("actor", source.start)
        if actor is None and re.search(r"\bbeing\s*$", before):
            following = scene.of_type("actor", source.end, scene.end)
            return following[:1]
        return [actor] if actor is not None else []
    if _is_nominal(scene):
        actor = _behind(scene, _AGAINST, _CLAUSE)
        return [actor] if actor is not None else []
    following = scene.of_type("actor", source.end, scene.end)
    if following and not scene.between(source.end, following[0].start).strip(" \t"):
        return following[:1]
    if following and scene.between(source.end, following[0].start).strip() == "the":
        return following[:1]
    return []


def _purpose(scene: _Scene) -> Iterable[Annotation]:
    event = _event_before(scene)
    if event is None:
        return []
    return [event] if scene.between(event.end, scene.source.start).strip() == "to" else []


def _support(scene: _Scene) -> Iterable[Annotation]:
    if _event_before(scene) is not None:
        return []
    return [
        actor
        for actor in scene.of_type("actor", scene.source.end, scene.end)
        if _SUPPORT.search(scene.between(scene.source.end, actor.start))
    ]


def _ends_of(scene: _Scene, mark: Annotation, role: str) -> list[Annotation]:
    """Return what a role of another mark is filled with already."""
    found = (
        scene.contents.annotation(relation.target)
        for relation in scene.contents.outgoing(mark.id)
        if relation.role == role
    )
    return [one for one in found if one is not None]


# -- numbers --------------------------------------------------------------------------------------


def _counts(scene: _Scene) -> Iterable[Annotation]:
    source = scene.source
    if _DURATION.search(source.quote) or source.attributes.get("kind") in {"percent", "money"}:
        return []
    following = scene.of_type("actor", source.end, scene.end)
    if not following or not _COUNTED.search(scene.between(source.end, following[0].start)):
        return []
    actor = following[0]
    roles = {"agent", "target", "participant"}
    events = [
        event
        for relation in scene.contents.incoming(actor.id)
        if relation.role in roles and (event := scene.contents.annotation(relation.source))
    ]
    return [actor, *events[:1]]


def _measures(scene: _Scene) -> Iterable[Annotation]:
    source = scene.source
    if not _DURATION.search(source.quote):
        return []
    following = scene.of_type("event", source.end, scene.end)
    before = scene.last_before("event", source.start)
    return following[:1] or ([before] if before is not None else [])


# -- statements -----------------------------------------------------------------------------------


def _cue(scene: _Scene) -> tuple[int, int] | None:
    """Return the first reporting verb of a statement, or the last one before it."""
    for fragment in scene.source.fragments:
        inside = _CUES.search(scene.text, fragment.start, fragment.end)
        if inside is not None:
            return inside.span()
    before = list(_CUES.finditer(scene.text, scene.start, scene.source.start))
    return before[-1].span() if before else None


def likely_cue(contents: ArticleContents, source: Annotation) -> tuple[int, int] | None:
    """Return the reporting verb inside a statement (code points), or None."""
    for start, end, _ in source.fragments:
        if (found := _CUES.search(contents.article.text, start, end)) is not None:
            return found.span()
    return None


def _speaker(scene: _Scene) -> Iterable[Annotation]:
    cue = _cue(scene)
    if cue is None:
        return []
    event = scene.last_before("event", cue[0])
    if event is not None and _AND.search(scene.between(event.end, cue[0])):
        return _ends_of(scene, event, "agent")
    actor = scene.last_before("actor", cue[0])
    return scene.listed(actor) if actor is not None else []


def _object_of_cue(scene: _Scene, verbs: re.Pattern[str]) -> list[Annotation]:
    """Return the actor that follows the reporting verb at once, where the verb takes one."""
    cue = _cue(scene)
    if cue is None or not verbs.match(scene.text, cue[0]):
        return []
    following = scene.of_type("actor", cue[1], scene.end)
    if not following:
        return []
    words = scene.between(cue[1], following[0].start).strip()
    return following[:1] if words in {"", "the", "on", "on the", "for", "all"} else []


def _addressee(scene: _Scene) -> Iterable[Annotation]:
    return _object_of_cue(scene, _TO_SOMEBODY)


def _statement_target(scene: _Scene) -> Iterable[Annotation]:
    blamed = _object_of_cue(scene, _AT_SOMEBODY)
    cue = _cue(scene)
    if blamed or cue is None:
        return blamed
    that = re.compile(r"\s+that\b").match(scene.text, cue[1])
    if that is None:
        return []
    inside = scene.of_type("actor", that.end(), scene.source.end)
    return [one for one in inside if not _PRONOUN.match(one.quote)][:1]


def _about(scene: _Scene) -> Iterable[Annotation]:
    source = scene.source
    inside = [
        event
        for fragment in source.fragments
        for event in scene.of_type("event", fragment.start, fragment.end)
    ]
    if inside:
        return inside[:1]
    earlier = _statement_meant(scene)
    return _ends_of(scene, earlier, "about") if earlier is not None else []


def _responds(scene: _Scene) -> Iterable[Annotation]:
    earlier = _statement_meant(scene)
    return [earlier] if earlier is not None else []


def _statement_meant(scene: _Scene) -> Annotation | None:
    """Return the statement before, where the words point back: such accusations."""
    source = scene.source
    if not any(_BACK.search(scene.text, f.start, f.end) for f in source.fragments):
        return None
    before = [
        mark
        for mark in scene.contents.starting_within(max(0, scene.start - _REACH), source.start)
        if mark.type == "statement"
    ]
    return before[-1] if before else None


_Rule = Callable[[_Scene], Iterable[Annotation]]

_RULES: dict[str, dict[str, _Rule]] = {
    "event": {
        "agent": _agent,
        "target": _event_target,
        "purpose_of": _purpose,
        "on_behalf_of": _support,
    },
    "number": {"counts": _counts, "measures": _measures},
    "statement": {
        "speaker": _speaker,
        "addressee": _addressee,
        "target": _statement_target,
        "about": _about,
        "responds_to": _responds,
    },
}
