"""What suggestions are linked to: who says a statement, who did an event, what a number counts.

The rules are those of `likely_links`, asked over marks and suggestions alike; a statement's speaker
is whoever is named beside its verb.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.model.annotation import Annotation
from app.model.codebook import Codebook
from app.model.contents import ArticleContents
from app.model.links import likely_links
from app.model.suggestion import SuggestedLink, Suggestion

SPEAKER = "speaker"

Range = tuple[int, int]

_LISTED = re.compile(
    r"\s*(?:,|,?\s*(?:and|or|und|et|y|и)|&|,?\s*as well as)\s*(?:the\s)?\s*", re.IGNORECASE
)
_AND = re.compile(r"\band|\bor\b|&|\bund\b|\bet\b|\by\b|\bи\b|as well as", re.IGNORECASE)
_ONE_WORD = re.compile(r" (?:[^\W\d_]+ )?")
_SAME_SPEECH = 400
"""Code points from the end of one statement within which a quotation goes on with its speaker."""


def linked(
    contents: ArticleContents, codebook: Codebook, suggestions: Sequence[Suggestion]
) -> tuple[Suggestion, ...]:
    """Return the suggestions of an article with their links, which lead to places.

    `contents` are the marks there are; a link may lead to one of them or to another suggestion.
    """
    marks = [as_mark(one, contents.layer) for one in suggestions]
    scene = ArticleContents(
        contents.article,
        layer=contents.layer,
        annotations=[*contents.annotations, *marks],
        relations=contents.relations,
    )
    done: list[Suggestion] = []
    said: list[Suggestion] = []
    for one in suggestions:
        links = list(_links(scene, codebook, one, said))
        told = replace(one, links=tuple(links), reason=_reason(scene, one, links))
        if any(link.role == SPEAKER for link in links):
            said.append(told)
        done.append(told)
    return tuple(done)


def as_mark(one: Suggestion, layer: str) -> Annotation:
    """Return the mark that a suggestion would be, with its id."""
    return Annotation(
        id=one.id,
        article=one.article,
        layer=layer,
        type=one.type,
        fragments=one.fragments,
        attributes=one.attributes,
        record=one.record,
    )


def _links(
    scene: ArticleContents, codebook: Codebook, one: Suggestion, said: list[Suggestion]
) -> Iterator[SuggestedLink]:
    role = codebook.role(one.type, SPEAKER)
    speakers: list[SuggestedLink] = []
    if role is not None:
        speakers = _speakers(scene, one, role.targets) or _same_as_before(scene, one, said)
    found = likely_links(scene, codebook, one.id)
    if speakers:
        found = {name: targets for name, targets in found.items() if name != SPEAKER}
    yield from speakers
    for name, targets in found.items():
        for target in targets:
            mark = scene.annotation(target)
            if mark is not None:
                yield SuggestedLink(name, mark.start, mark.end)


def _speakers(scene: ArticleContents, one: Suggestion, types: Sequence[str]) -> list[SuggestedLink]:
    """Return who is named in the words that a suggester says name the speaker."""
    area = next(((a, b) for name, a, b in one.links if name == SPEAKER), None)
    if area is None or area[0] >= area[1]:
        return []
    inside = [
        mark
        for mark in scene.starting_within(*area)
        if mark.type in types and mark.end <= area[1] and mark.id != one.id
    ]
    outer = [
        m
        for m in inside
        if not any(o.start <= m.start and m.end <= o.end and o.id != m.id for o in inside)
    ]
    places = sorted({(mark.start, mark.end) for mark in outer})
    if not places:
        return []
    chosen, text = [places[-1]], scene.article.text
    between = ""
    for place in reversed(places[:-1]):
        gap = text[place[1] : chosen[0][0]]
        if not _LISTED.fullmatch(gap):
            break
        between += gap
        chosen.insert(0, place)
    if not _AND.search(between):
        # Said Smith, leader of the party; Smith rang the police and asked: the first one speaks.
        is_first = area[0] >= _cue_start(one) or area[1] <= one.start
        if is_first or _is_told_more(text, area, places[0]):
            chosen = [_whole_name(text, places)]
        else:
            chosen = [places[-1]]
    return [SuggestedLink(SPEAKER, *place) for place in chosen]


def _is_told_more(text: str, area: Range, place: Range) -> bool:
    """Tell whether commas set off what is said of the first one: Anna Nowak, of Lublin, said."""
    is_closed = "," in text[area[1] - 1 : area[1] + 1]
    return area[0] == place[0] and place[1] < area[1] and text[place[1]] == "," and is_closed


def _whole_name(text: str, places: Sequence[Range]) -> Range:
    """Return the first place, or the name behind it where it is but an office (activist Smith)."""
    if len(places) > 1 and text[places[0][0]].islower() and text[places[1][0]].isupper():
        gap = text[places[0][1] : places[1][0]]
        if _ONE_WORD.fullmatch(gap):
            return places[1]
    return places[0]


def _cue_start(one: Suggestion) -> int:
    cue = next((e for e in one.evidence if e.attribute == "cue" and e.fragments), None)
    return cue.fragments[0].start if cue is not None else one.end


def _same_as_before(
    scene: ArticleContents, one: Suggestion, said: list[Suggestion]
) -> list[SuggestedLink]:
    """Return who spoke last, for a statement that names nobody and goes on in the same breath."""
    if not said or any(name == SPEAKER and a < b for name, a, b in one.links):
        return []
    last = said[-1]
    between = scene.article.text[last.end : one.start]
    starts_anew = "\n" in between.strip(" ")
    is_clause = _cue_start(one) < one.end
    if len(between) > _SAME_SPEECH or (starts_anew and is_clause):
        return []
    return [link for link in last.links if link.role == SPEAKER]


def _reason(scene: ArticleContents, one: Suggestion, links: list[SuggestedLink]) -> str:
    text = scene.article.text
    names = " and ".join(text[a:b] for role, a, b in links if role == SPEAKER)
    return f"{one.reason}; speaker: {names}" if names else one.reason
