"""Proposes events: words that say that something happens, with a type of PLOVER if they have one.

The lexicon is our own. Whether it happened, will happen, was called for or denied is read off the
words before it in its clause.
"""

import re
from collections.abc import Callable, Iterator

from app.model.annotation import Evidence
from app.model.day_words import day_words, evidence_of, in_sentence
from app.model.suggestion import Suggestion
from app.suggest.context import Context
from app.suggest.proposal import is_wanted, proposal
from app.suggest.triggers import (
    BEHIND_NONE,
    CALLED_TO,
    FUTURE,
    HIT,
    MARCH,
    NEGATED,
    PLANNED_BEHIND,
    PUBLISHED,
    SUPPOSED,
    TRIGGERS,
)

NAME = "events"
TYPE = "event"

_TRIGGER = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(f"(?P<{name}>{words})" if name else f"(?:{words})" for name, words in TRIGGERS)
    + r")(?![\w-])",
    re.IGNORECASE,
)


def propose(context: Context) -> Iterator[Suggestion]:
    """Yield a suggestion for each event, in reading order, never overlapping."""
    if not is_wanted(context.codebook, TYPE):
        return
    dated = _dated(context)
    for start, end, plover in found(context.text):
        realis = realis_of(context.text, start, end)
        kind = f", {plover}" if plover else ""
        when = dated(start, end)
        day = f"; {when.value} for “{_words(when)}”" if when and when.value else ""
        yield proposal(
            context,
            TYPE,
            [(start, end)],
            said={"realis": realis},
            score=0.6 if plover else 0.5,
            suggester=NAME,
            reason=f"the word for an event{kind}; {realis}{day}",
            evidence=(when,) if when else (),
        )


def _dated(context: Context) -> Callable[[int, int], Evidence | None]:
    """Return what gives the date that stands beside an event in its sentence, as evidence."""
    span_type = context.codebook.type(TYPE)
    fields = [
        one
        for one in (span_type.evidence if span_type else ())
        if one.value_type == "date" and not one.archived
    ]
    if not fields:
        return lambda _start, _end: None
    every = day_words(context.text, context.published)

    def of(start: int, end: int) -> Evidence | None:
        one = in_sentence(every, context.text, start, end)
        return evidence_of(fields[0], context.text, one) if one is not None else None

    return of


def _words(evidence: Evidence) -> str:
    return " ".join(fragment.text for fragment in evidence.fragments)


def found(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield each event: start, end (code points), and its type of PLOVER, empty for none."""
    for match in _TRIGGER.finditer(text):
        if not _is_none(text, *match.span(), match[0]):
            yield *match.span(), match.lastgroup or ""


def _is_none(text: str, start: int, end: int, word: str) -> bool:
    before, behind = text[max(0, start - 40) : start], text[end : end + 30]
    if (
        word[0].isupper()
        and word.lower() in {"march", "may", "met", "war", "force"}
        and MARCH.search(before)
    ):
        return True
    if BEHIND_NONE.match(behind) or (word == "Met" and before.endswith("he ")):
        return True  # the Met: London's police, New York's opera
    if re.match(r"[A-Z]", word) and re.match(r" [A-Z]", behind) and re.search(r"\w $", before):
        return True  # a part of a name: Protest Party
    if word.lower().startswith("releas") and PUBLISHED.match(behind):
        return True
    return word.lower() == "hit" and HIT.match(behind) is not None


def realis_of(text: str, start: int, end: int) -> str:
    """Return whether an event is told as actual, future, hypothetical or negated."""
    first = max(text.rfind("\n", 0, start), start - 160) + 1
    piece = text[first:start]
    clause = re.split(r"[.;!?]\s|,\s(?=(?:but|while|and|however)\b)", piece)[-1]
    if NEGATED.search(clause):
        return "negated"
    if PLANNED_BEHIND.match(text, end) or CALLED_TO.search(clause):
        return "future"
    if SUPPOSED.search(clause) and not re.search(r"\b(?:was|were|been|has|had)\s+$", clause):
        return "hypothetical"
    if FUTURE.search(clause):
        return "future"
    return "actual"
