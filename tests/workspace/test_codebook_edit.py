"""Steps of changing a codebook: every one leads to a codebook that holds, or is refused."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.codebook import Attribute, Codebook, Option, Profile, Role, SpanType
from app.model.errors import Refused
from app.workspace.codebook_edit import (
    PREFIX,
    Revision,
    add,
    archive,
    edit,
    field_names,
    move,
    remove,
    rename,
    replaced,
    show_fields,
)
from app.workspace.codebook_fresh import plural_of, slug
from app.workspace.codebook_parts import (
    Address,
    find,
    key_of,
    key_taken,
    label_of,
    siblings,
    type_of,
)
from app.workspace.sample import press_codebook
from tests.projects import CODEBOOK

PRESS = press_codebook()
EVENT: Address = ("types", "event")
REALIS: Address = (*EVENT, "attributes", "realis")
AGENT: Address = ("roles", "event.agent")


def every(codebook: Codebook, address: Address = ()) -> list[Address]:
    """Return the addresses of all entries below one."""
    found: list[Address] = []
    names = ("types", "roles", "records", "profiles", "attributes", "evidence", "options")
    for collection in names:
        for part in getattr(find(codebook, address), collection, ()):
            here = (*address, collection, key_of(part))
            found += [here, *every(codebook, here)]
    return found


STEPS = st.lists(
    st.tuples(st.integers(0, 8), st.integers(0, 400), st.integers(0, 400)), max_size=25
)
NAMES = ("Reality", "", "Actor", "realis", "person", "actual", "sit-in", "day", "5")
TUPLES = ((), ("actor",), ("event", "actor"), ("actual",), ("agent",))
FIELDS: dict[str, tuple[Any, ...]] = {
    "label": NAMES,
    "name": NAMES,
    "definition": NAMES,
    "unit": NAMES,
    "depends_on": NAMES,
    "record_kind": NAMES,
    "key": ("", "W", "N", "A", "5", "1", "ab"),
    "letter": ("W", "AB", "ABC", ""),
    "ink": ("#8C2F39", "#12", "event", "#8C2F39 #FFFFFF"),
    "underline": ("lane", "solid"),
    "type": ("enum", "flags", "text", "records", "record", "number", "boolean"),
    "value_type": ("none", "date"),
    "default": (None, "actual", ("march",), 3, True),
    "examples": TUPLES,
    "targets": TUPLES,
    "only_with": TUPLES,
    "requires": TUPLES,
    "required": (True, False),
    "many": (True, False),
    "inside": (True, False),
    "archived": (True, False),
}


def step(codebook: Codebook, numbers: tuple[int, int, int]) -> Revision:  # noqa: PLR0911 - one a step
    """Return the step that three numbers stand for."""
    number, a, b = numbers
    addresses = every(codebook)
    address = addresses[a % len(addresses)]
    collections = ("types", "roles", "records", "profiles", "attributes", "evidence", "options")
    match number:
        case 0 | 1:
            parent = ((), *addresses)[a % (len(addresses) + 1)]
            return add(codebook, parent, collections[b % len(collections)])  # type: ignore[arg-type]
        case 2 | 3:
            fields = [f for f in FIELDS if hasattr(find(codebook, address), f)]
            field = fields[b % len(fields)]
            value = FIELDS[field][(a + b) % len(FIELDS[field])]
            return edit(codebook, address, field, value, follow=bool(b % 2))
        case 4:
            return move(codebook, address, 1 if b % 2 else -1)
        case 5:
            return archive(codebook, address, archived=bool(b % 3))
        case 6:
            return remove(codebook, address)
        case 7:
            return rename(codebook, address, NAMES[b % len(NAMES)])
        case _:
            profile = addresses[a % len(addresses)]
            kind = codebook.types[b % len(codebook.types)]
            names = tuple(field_names(codebook, kind))
            return show_fields(codebook, profile, kind.name, names[b % 3 :])


@given(STEPS)
def test_any_sequence_of_steps_leads_to_a_codebook_that_holds(
    steps: list[tuple[int, int, int]],
) -> None:
    codebook = replace(CODEBOOK, profiles=(Profile(name="p", label="P", fields={}),))
    for numbers in steps:
        try:
            made = step(codebook, numbers)
        except Refused as refused:
            assert str(refused).endswith(".")  # noqa: PT017 - a sentence for the window
            continue
        assert made.codebook.revision == codebook.revision + 1
        assert not list(made.codebook.problems())
        assert made.title.startswith(PREFIX)
        find(made.codebook, made.address)
        codebook = made.codebook


def test_a_fresh_type_has_what_is_free_and_can_be_told_apart() -> None:
    made = add(PRESS, (), "types")
    fresh = find(made.codebook, made.address)
    assert isinstance(fresh, SpanType)
    assert (fresh.name, fresh.label, fresh.plural) == ("new_type", "New type", "New types")
    assert (fresh.key, fresh.letter) == ("5", "T")
    assert fresh.ink not in {t.ink for t in PRESS.types}
    again = add(made.codebook, (), "types")
    other = find(again.codebook, again.address)
    assert isinstance(other, SpanType)
    assert (other.name, other.label, other.key) == ("new_type_2", "New type 2", "6")
    assert other.ink != fresh.ink


def test_the_name_of_what_is_new_goes_with_its_label() -> None:
    made = add(PRESS, (), "types")
    named = edit(made.codebook, made.address, "label", "City", follow=True)
    assert named.address == ("types", "city")
    city = find(named.codebook, named.address)
    assert isinstance(city, SpanType)
    assert (city.label, city.plural, city.letter) == ("City", "Cities", "C")
    kept = edit(named.codebook, named.address, "label", "Town")
    assert kept.address == ("types", "city")
    own = rename(named.codebook, named.address, "place")
    assert edit(own.codebook, own.address, "label", "Spot", follow=True).address == own.address
    value = add(PRESS, REALIS, "options")
    assert edit(value.codebook, value.address, "label", "Planned for", follow=True).address[-1] == (
        "planned_for"
    )


def test_a_field_that_becomes_a_choice_gets_a_value_and_loses_it_again() -> None:
    made = add(PRESS, EVENT, "attributes")
    choice = edit(made.codebook, made.address, "type", "enum")
    field = find(choice.codebook, choice.address)
    assert isinstance(field, Attribute)
    assert [o.label for o in field.options] == ["New value"]
    with pytest.raises(Refused, match="offers nothing to choose from"):
        remove(choice.codebook, (*choice.address, "options", "value_1"))
    chosen = edit(choice.codebook, choice.address, "default", "value_1")
    text = edit(chosen.codebook, chosen.address, "type", "boolean")
    field = find(text.codebook, text.address)
    assert isinstance(field, Attribute)
    assert (field.options, field.default) == ((), None)
    pointing = edit(text.codebook, text.address, "type", "record")
    field = find(pointing.codebook, pointing.address)
    assert isinstance(field, Attribute)
    assert field.record_kind == "actor"


@pytest.mark.parametrize(
    ("address", "key", "sentence"),
    [
        (EVENT, "1", "1 is “Actor” already."),
        (EVENT, "W", "The key of a type is a digit from 1 to 9."),
        (AGENT, "T", "T is “To whom” already."),
        (AGENT, "D", "D is “Date” already."),
        (AGENT, "C", "C is reserved: it does something else in the text."),
        (AGENT, "7", "The key of a slot is a letter from A to Z."),
        ((*EVENT, "evidence", "facility"), "G", "G is “Who did it” already."),
    ],
)
def test_a_key_that_is_taken_is_refused_where_it_is_given(
    address: Address, key: str, sentence: str
) -> None:
    assert key_taken(PRESS, address, key) == sentence
    with pytest.raises(Refused) as refused:
        edit(PRESS, address, "key", key)
    assert str(refused.value) == sentence


def test_keys_of_other_types_and_of_what_is_archived_are_free() -> None:
    assert key_taken(PRESS, ("roles", "actor.affiliated_with"), "D") is None
    archived = archive(PRESS, ("types", "actor"), archived=True).codebook
    taken = edit(archived, EVENT, "key", "1").codebook
    back = archive(taken, ("types", "actor"), archived=False).codebook
    actor = back.type("actor")
    assert actor is not None
    assert (actor.archived, actor.key) == (False, "")


def test_another_name_is_followed_everywhere() -> None:
    book = rename(PRESS, EVENT, "happening").codebook
    assert book.type("event") is None
    assert {r.source for r in book.roles} == {"actor", "happening", "number", "statement"}
    assert "happening" in book.profiles[0].fields
    book = rename(PRESS, ("roles", "number.counts"), "tallies").codebook
    assert "tallies" in book.profiles[0].fields["number"]
    measures = book.role("number", "measures")
    assert any("tallies" in r.alternatives for r in book.roles) or measures is not None
    sub = ("records", "event", "attributes", "acled_event_type", "options", "Riots")
    book = rename(PRESS, sub, "Unrest").codebook
    finer = find(book, ("records", "event", "attributes", "acled_sub_event_type"))
    assert isinstance(finer, Attribute)
    mob = finer.option("Mob violence")
    assert mob is not None
    assert mob.only_with == ("Unrest",)
    realis = find(rename(PRESS, (*REALIS, "options", "actual"), "real").codebook, REALIS)
    assert isinstance(realis, Attribute)
    assert realis.default == "real"
    kind = rename(PRESS, ("records", "actor"), "agent").codebook
    assert kind.types[0].record_kind == "agent"
    assert not list(kind.problems())


def test_what_goes_takes_every_mention_with_it() -> None:
    book = remove(PRESS, ("types", "number")).codebook
    assert not [r for r in book.roles if "number" in (r.source, *r.targets)]
    assert all("number" not in p.fields for p in book.profiles)
    book = remove(PRESS, AGENT).codebook
    assert all("agent" not in p.fields["event"] for p in book.profiles)
    book = remove(PRESS, ("records", "event", "attributes", "acled_event_type")).codebook
    finer = find(book, ("records", "event", "attributes", "acled_sub_event_type"))
    assert isinstance(finer, Attribute)
    assert (finer.depends_on, finer.options[0].only_with) == ("", ())
    riots = ("records", "event", "attributes", "acled_event_type", "options", "Riots")
    finer = find(remove(PRESS, riots).codebook, (*riots[:3], "acled_sub_event_type"))
    assert isinstance(finer, Attribute)
    mob = finer.option("Mob violence")
    assert mob is not None
    assert mob.archived
    gone = remove(PRESS, ("profiles", "protest"))
    assert gone.codebook.profile == "discourse"
    assert gone.address == ("profiles", "discourse")


def test_what_is_archived_is_no_default_and_can_come_back() -> None:
    made = archive(PRESS, (*REALIS, "options", "actual"), archived=True)
    realis = find(made.codebook, REALIS)
    assert isinstance(realis, Attribute)
    assert realis.default is None
    assert made.title == "codebook: archive value “Actual”"
    back = archive(made.codebook, made.address, archived=False)
    actual = find(back.codebook, made.address)
    assert isinstance(actual, Option)
    assert not actual.archived
    shown = archive(PRESS, AGENT, archived=True).codebook
    assert "agent" in shown.profiles[0].fields["event"]  # where it stands again when it comes back


def test_order_is_changed_among_siblings() -> None:
    down = move(PRESS, ("types", "actor"), +1)
    assert [t.name for t in down.codebook.types][:2] == ["event", "actor"]
    with pytest.raises(Refused, match="the first already"):
        move(PRESS, ("types", "actor"), -1)
    first = siblings(PRESS, AGENT)[0]
    assert isinstance(first, Role)
    last = siblings(PRESS, ("roles", "statement.speaker"))[-1]
    with pytest.raises(Refused, match="the last already"):
        move(PRESS, ("roles", key_of(last)), +1)
    moved = move(PRESS, ("roles", "statement.about"), -1).codebook
    assert [r.name for r in moved.roles_of("statement")][:2] == ["about", "speaker"]


def pointing() -> Codebook:
    """Return a codebook with a field of events that points to an actor."""
    made = add(PRESS, EVENT, "attributes")
    return edit(made.codebook, made.address, "type", "record").codebook


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: find(PRESS, ("types", "nobody")), "no longer in the codebook"),
        (lambda: edit(PRESS, EVENT, "label", " "), "cannot be empty"),
        (lambda: edit(PRESS, EVENT, "label", "Event"), "That is so already"),
        (lambda: edit(PRESS, EVENT, "ink", "#12"), "is no colour"),
        (lambda: rename(PRESS, EVENT, "actor"), "name of another type"),
        (lambda: rename(PRESS, REALIS, "agent"), "name of another field"),
        (lambda: rename(PRESS, EVENT, " "), "cannot be empty"),
        (lambda: add(PRESS, (), "roles"), "starts at a type"),
        (lambda: add(PRESS, EVENT, "options"), "has no values"),
        (lambda: add(PRESS, (*EVENT, "evidence", "time"), "options"), "has no values"),
        (lambda: add(PRESS, ("types", "number", "attributes", "unit"), "options"), "is no choice"),
        (lambda: archive(PRESS, ("profiles", "nlp"), archived=True), "is not archived"),
        (lambda: remove(pointing(), ("records", "actor")), "There is no kind of record"),
        (lambda: remove(PRESS, ()), "needs a codebook"),
        (lambda: show_fields(PRESS, EVENT, "event", ()), "Only a profile"),
        (lambda: replaced(PRESS, PRESS), "the project's codebook already"),
        (lambda: edit(replace(PRESS, records=()), REALIS, "type", "record"), "no kind of entry"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(
    make: Callable[[], object], sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        make()


def test_the_last_type_stays() -> None:
    one = replace(CODEBOOK, types=CODEBOOK.types[:1], roles=())
    with pytest.raises(Refused, match="the last type"):
        remove(one, ("types", "actor"))
    with pytest.raises(Refused, match="the last type"):
        archive(one, ("types", "actor"), archived=True)


def test_a_whole_codebook_is_taken_over_as_the_next_revision() -> None:
    made = replaced(CODEBOOK, PRESS)
    assert made.codebook == replace(PRESS, revision=2)
    assert made.command.codebook is made.codebook
    assert edit(PRESS, (), "label", "Protests").codebook.label == "Protests"
    assert rename(PRESS, (), "protests").codebook.name == "protests"


def test_words() -> None:
    assert [plural_of(w) for w in ("Party", "Day", "Boss", "Place")] == [
        "Parties",
        "Days",
        "Bosses",
        "Places",
    ]
    assert slug("Où? – À la “Place”") == "ou_a_la_place"
    assert slug("Москва") == ""
    assert type_of(PRESS, AGENT) is PRESS.type("event")
    assert type_of(PRESS, ("profiles", "nlp")) is None
    assert label_of(Option(value=3)) == "3"
    assert list(field_names(PRESS, PRESS.types[1]))[:2] == ["record", "agent"]
