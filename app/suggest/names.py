"""Proposes words that were marked before in this project, and names of its registry.

The longest known words win; what lies in a longer name that is not known is somebody else's.
"""

import re
from collections import Counter
from collections.abc import Iterator

from app.model.alike import begins_sentence, is_name, is_somebody_else
from app.model.annotation import Fragment
from app.model.codebook import SpanType
from app.model.suggestion import Suggestion, suggestion_id
from app.model.text import words
from app.suggest.context import Context
from app.suggest.forms import KnownForms, Seen

NAME = "names"

_LEAST = 0.5
"""The share of times that words must have meant the type that is proposed."""
_SAME = 0.8
"""The share of times that words must have meant the record that is proposed."""
_OTHERWISE = 0.8
"""How sure it is that a name written otherwise is the same."""
_POSSESSIVE = re.compile(r"['’][sS]$")


def propose(context: Context) -> Iterator[Suggestion]:
    """Yield a suggestion for each stretch of known words, in reading order, never overlapping."""
    by_kind: dict[str, SpanType] = {}
    for span_type in context.codebook.types:
        if span_type.record_kind and not span_type.archived:
            by_kind.setdefault(span_type.record_kind, span_type)
    for start, end, seen in _known(context.text, context.forms):
        found = _suggestion(context, (start, end), seen, by_kind)
        if found is not None:
            yield found


def _known(text: str, forms: KnownForms) -> Iterator[tuple[int, int, Seen]]:
    """Yield the longest known words from left to right: start, end and what is known."""
    parts = list(words(text))
    here = 0
    while here < len(parts):
        start, end = parts[here]
        reach = max(forms.reach(text[start:end]), forms.reach(_bare(text[start:end])))
        for count in range(min(reach, len(parts) - here), 0, -1):
            last = parts[here + count - 1][1]
            found = _find(text, start, last, forms)
            if found is not None:
                yield start, *found
                here += count - 1
                break
        here += 1


def _find(text: str, start: int, last: int, forms: KnownForms) -> tuple[int, Seen] | None:
    """Return the end of known words, without a possessive 's, and what is known of them."""
    piece = text[start:last]
    if "\n" in piece:
        return None
    begins = begins_sentence(text, start)
    for form in dict.fromkeys((piece, _bare(piece))):
        seen = forms.find(" ".join(form.split()), begins=begins)
        end = start + len(form)
        if seen is not None and not is_somebody_else(text, start, end):
            return end, seen
    bare = _bare(piece)
    otherwise = forms.find_otherwise(bare)
    if otherwise is not None and not is_somebody_else(text, start, start + len(bare)):
        return start + len(bare), otherwise
    return None


def _bare(piece: str) -> str:
    return _POSSESSIVE.sub("", piece)


def _suggestion(
    context: Context, span: tuple[int, int], seen: Seen, by_kind: dict[str, SpanType]
) -> Suggestion | None:
    start, end = span
    types: Counter[str] = Counter()
    for (type_name, _), count in seen.uses.items():
        types[type_name] += count
    total = types.total()
    votes = Counter(types)
    for kind, _ in seen.named.values():
        if kind in by_kind:
            votes[by_kind[kind].name] += 1
    # The first of several is the commonest; among equals the alphabet decides, not the order.
    ranked = sorted(votes, key=lambda name: (-votes[name], name))
    span_type = context.codebook.type(ranked[0]) if ranked else None
    if span_type is None or span_type.archived:
        return None
    named = {
        record: name for record, (kind, name) in seen.named.items() if kind == span_type.record_kind
    }
    if total and types[span_type.name] < _LEAST * total:
        return None
    fragments = (Fragment(start, end, context.text[start:end]),)
    extra = 1 if named else 0
    return Suggestion(
        id=suggestion_id(context.article, span_type.name, fragments, NAME),
        article=context.article,
        type=span_type.name,
        fragments=fragments,
        record=_record(span_type, seen, named, context.text[start:end]),
        score=round(_sure(seen) * (types[span_type.name] + extra) / (total + extra + 1), 3),
        suggester=NAME,
        reason=_reason(span_type, types[span_type.name], total, named) + _otherwise(seen),
    )


def _sure(seen: Seen) -> float:
    return _OTHERWISE if seen.otherwise else 1.0


def _otherwise(seen: Seen) -> str:
    return f", as “{seen.otherwise}”" if seen.otherwise else ""


def _record(span_type: SpanType, seen: Seen, named: dict[str, str], form: str) -> str | None:
    """Return the record that words mean nearly always; only a name means one at all."""
    if not is_name(form):
        return None
    meant: Counter[str] = Counter()
    for (type_name, record), count in seen.uses.items():
        if type_name == span_type.name and record is not None:
            meant[record] += count
    if meant:
        record, count = min(meant.items(), key=lambda item: (-item[1], item[0]))
        return record if count >= _SAME * meant.total() else None
    return next(iter(named)) if len(named) == 1 else None


def _reason(span_type: SpanType, seen: int, total: int, named: dict[str, str]) -> str:
    """Return why, in words: how often the words meant this, and whose name they are."""
    said = []
    if len(named) == 1:
        said.append(f"a name of {next(iter(named.values()))}")
    elif named:
        said.append(f"a name of {len(named)} records")
    if seen:
        times = "once" if seen == total == 1 else f"{seen} of {total} times"
        said.append(f"seen as {span_type.label.lower()} {times}")
    return ", ".join(said)
