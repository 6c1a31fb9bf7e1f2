"""The codebook that ships: complete, consistent, and what the window's keys rely on."""

import pytest

from app.model.codebook import RESERVED_KEYS, Attribute, Codebook
from app.model.codebook_file import read_codebook
from app.model.resources import resource


@pytest.fixture(scope="module")
def press() -> Codebook:
    return read_codebook(resource("codebooks/press.yaml"))


def every_attribute(press: Codebook) -> list[Attribute]:
    found = [a for span_type in press.types for a in span_type.attributes]
    found += [a for role in press.roles for a in role.attributes]
    found += [a for kind in press.records for a in kind.attributes]
    return found + [a for t in press.types for e in t.evidence for a in e.attributes]


def values(press: Codebook, kind: str, name: str) -> list[str | int]:
    record = press.record_kind(kind)
    assert record is not None
    return [o.value for a in record.attributes if a.name == name for o in a.options]


def test_contradicts_itself_nowhere(press: Codebook) -> None:
    assert list(press.problems()) == []


def test_has_the_four_types_with_their_marks(press: Codebook) -> None:
    shown = [(t.name, t.key, t.letter, t.ink, t.underline, t.record_kind) for t in press.types]
    assert shown == [
        ("actor", "1", "A", "actor", "solid", "actor"),
        ("event", "2", "E", "event", "double", "event"),
        ("number", "3", "N", "number", "dotted", ""),
        ("statement", "4", "S", "statement", "lane", ""),
    ]


@pytest.mark.parametrize(
    ("type_name", "keys"),
    [
        ("statement", {"S": "speaker", "B": "about", "T": "addressee"}),
        ("event", {"G": "agent", "T": "target", "L": "place", "D": "time"}),
        ("number", {"E": "counts", "I": "part_of", "R": "reported_by"}),
    ],
)
def test_has_the_keys_of_the_design(press: Codebook, type_name: str, keys: dict[str, str]) -> None:
    span_type = press.type(type_name)
    assert span_type is not None
    found = {r.key: r.name for r in press.roles_of(type_name) if r.key}
    slots = {e.key: e.name for e in span_type.evidence if e.key}
    assert not found.keys() & slots.keys()
    assert keys.items() <= (found | slots).items()
    assert not RESERVED_KEYS & (found | slots).keys()


def test_requires_what_the_domain_requires(press: Codebook) -> None:
    roles = [(r.source, r.name) for r in press.roles if r.required]
    evidence = [(t.name, e.name) for t in press.types for e in t.evidence if e.required]
    assert roles == [("statement", "speaker"), ("number", "counts")]
    assert evidence == [("statement", "cue"), ("statement", "content")]


def test_every_profile_shows_three_to_five_fields_a_type(press: Codebook) -> None:
    assert [p.label for p in press.profiles] == ["Protest events", "Discourse", "NLP corpus"]
    for profile in press.profiles:
        assert set(profile.fields) == {t.name for t in press.types}
        assert all(3 <= len(names) <= 5 for names in profile.fields.values()), profile.name
    assert press.shown() == press.profiles[0]


def test_everything_has_a_label_and_most_a_definition(press: Codebook) -> None:
    assert all(a.label for a in every_attribute(press))
    assert all(o.label for a in every_attribute(press) for o in a.options)
    assert all(t.definition and t.examples for t in press.types)


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("plover_type", 16),
        ("plover_contexts", 48),
        ("acled_event_type", 6),
        ("acled_sub_event_type", 25),
        ("ace_type", 33),
        ("glocon_category", 6),
        ("demands", 7),
        ("state_response", 7),
    ],
)
def test_has_the_vocabularies_of_events(press: Codebook, name: str, count: int) -> None:
    found = values(press, "event", name)
    assert len(set(found)) == len(found) == count


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("kind", 5),
        ("sector", 25),
        ("other_sectors", 25),
        ("acled_actor_type", 8),
        ("social_category", 11),
        ("organizer_category", 6),
    ],
)
def test_has_the_vocabularies_of_actors(press: Codebook, name: str, count: int) -> None:
    assert len(set(values(press, "actor", name))) == count


def test_modes_and_sub_events_depend_on_their_type(press: Codebook) -> None:
    for attribute in every_attribute(press):
        if not attribute.depends_on:
            continue
        above = {
            o.value
            for a in every_attribute(press)
            if a.name == attribute.depends_on
            for o in a.options
        }
        for option in attribute.options:
            assert option.only_with
            assert set(option.only_with) <= above
