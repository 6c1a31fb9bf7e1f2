"""What is said about a case: its kind, the question it asks, its readings. Pure."""

from collections.abc import Callable

from app.agreement.disagreements import Case, Kind, Reading, edges, fields_of
from app.model.annotation import Annotation, Value
from app.model.codebook import Codebook
from app.model.wording import on_one_line

KINDS: dict[Kind, str] = {
    "boundary": "Boundary",
    "only": "Only one",
    "type": "Type",
    "field": "Field",
}
"""The kinds of differences, as the list calls them."""

NOT_MARKED = "not marked"

NameRecord = Callable[[str], str]
"""Returns the name of a registry record."""

NameLinks = Callable[[Annotation], dict[str, str]]
"""Returns the links of a mark: the label of each role and the words it leads to."""


def label_of(codebook: Codebook, type_name: str) -> str:
    """Return what a type is called."""
    span_type = codebook.type(type_name)
    return span_type.label if span_type else type_name


def question(case: Case, codebook: Codebook) -> str:
    """Return what the curator is asked."""
    thing = label_of(codebook, case.type).lower()
    if case.kind == "only":
        return f"Is this {_a(thing)}?"
    if case.kind == "type":
        return "Which type is it?"
    if case.kind == "field":
        return f"What is right about the {thing}?"
    match edges(case):
        case "start" | "end" as edge:
            return f"Where does the {thing} {edge}?"
        case _:
            return f"Which words are the {thing}?"


def explained(case: Case, codebook: Codebook) -> str:
    """Return what the readings have in common, and what not."""
    thing = label_of(codebook, case.type).lower()
    if case.kind == "only":
        marking = [name for one in case.readings if one.annotation for name in one.layers]
        others = [name for one in case.readings if not one.annotation for name in one.layers]
        return f"{_list(marking)} marked {_a(thing)} here, {_list(others)} nothing."
    if case.kind == "type":
        return "The words are the same, the types differ."
    who = "Both" if len(case.annotations) == 2 else "All"  # noqa: PLR2004
    if case.kind == "field":
        names = ", ".join(_differing_fields(case, codebook)) or "links"
        return f"{who} marked the same words. What differs: {names}."
    where = {"start": "Only the first words differ.", "end": "Only the last words differ."}
    return f"{who} marked {_a(thing)}. {where.get(edges(case), 'The words differ.')}"


def reading_words(reading: Reading) -> str:
    """Return the words of a reading on one line."""
    return on_one_line(reading.annotation.quote) if reading.annotation else NOT_MARKED


def details(
    reading: Reading,
    case: Case,
    codebook: Codebook,
    *,
    name_record: NameRecord,
    name_links: NameLinks,
) -> list[tuple[str, str]]:
    """Return what a reading says where the readings differ beside the words: (field, value)."""
    annotation = reading.annotation
    if annotation is None:
        return []
    if case.kind == "type":
        return [("Type", label_of(codebook, annotation.type))]
    if case.kind != "field":
        return []
    said = dict(fields_of(annotation))
    fields = [
        (label, _value(annotation, name, said.get(name), codebook, name_record))
        for label, name in _differing_fields(case, codebook).items()
    ]
    links = [name_links(one) for one in case.annotations]
    own = name_links(annotation)
    roles = sorted({role for one in links for role in one})
    differing = [role for role in roles if len({one.get(role) for one in links}) > 1]
    return fields + [(role, own.get(role, "empty")) for role in differing]


def _differing_fields(case: Case, codebook: Codebook) -> dict[str, str]:
    """Return the fields in which the readings differ: label and name."""
    said = [dict(fields_of(one)) for one in case.annotations]
    names = sorted({name for one in said for name in one})
    span_type = codebook.type(case.type)
    found = {}
    for name in names:
        if len({one.get(name) for one in said}) > 1:
            attribute = span_type.attribute(name) if span_type else None
            found[attribute.label if attribute else name.capitalize()] = name
    return found


def _value(
    annotation: Annotation, name: str, value: Value, codebook: Codebook, name_record: NameRecord
) -> str:
    if value is None:
        return "sure" if name == "certainty" else "empty"
    if name == "record":
        return name_record(str(value))
    span_type = codebook.type(annotation.type)
    attribute = span_type.attribute(name) if span_type else None
    shown = []
    for one in value if isinstance(value, tuple) else (value,):
        option = attribute.option(one) if attribute else None
        shown.append(option.label or str(one) if option else str(one))
    return ", ".join(shown)


def _a(thing: str) -> str:
    return f"{'an' if thing[:1] in 'aeiou' else 'a'} {thing}"


def _list(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
