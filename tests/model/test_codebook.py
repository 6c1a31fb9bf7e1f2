"""The codebook: look-ups, mistakes in it, and what a field takes."""

from dataclasses import replace

import pytest

from app.model.codebook import (
    Attribute,
    AttributeType,
    Codebook,
    EvidenceField,
    Option,
    Profile,
    RecordKind,
    Role,
    SpanType,
    is_date,
    refusal,
)
from tests.projects import CODEBOOK

ACTOR, EVENT = CODEBOOK.types
AGENT = CODEBOOK.roles[0]
ENUM = Attribute(name="e", label="E", type="enum", options=(Option(value="a"), Option(value=1)))


def test_look_ups() -> None:
    assert CODEBOOK.type("event") is EVENT
    assert CODEBOOK.type("none") is None
    assert CODEBOOK.role("event", "agent") is AGENT
    assert CODEBOOK.role("actor", "agent") is None
    assert CODEBOOK.roles_of("event") == (AGENT,)
    assert replace(CODEBOOK, roles=(replace(AGENT, archived=True),)).roles_of("event") == ()
    assert CODEBOOK.record_kind("person") is CODEBOOK.records[0]
    assert CODEBOOK.record_kind("none") is None
    realis = EVENT.attribute("realis")
    assert realis
    assert realis.option("planned") is realis.options[1]
    assert realis.option("x") is None
    assert EVENT.attribute("x") is None
    assert EVENT.evidence_field("place") is EVENT.evidence[0]
    assert EVENT.evidence_field("x") is None


def test_profiles() -> None:
    one, two = Profile(name="one", label="One"), Profile(name="two", label="Two")
    book = replace(CODEBOOK, profiles=(one, two), profile="two")
    assert book.shown() is two
    assert book.shown("one") is one
    assert book.shown("none") is None
    assert CODEBOOK.shown() is None


def test_a_good_codebook_has_no_problems() -> None:
    assert list(CODEBOOK.problems()) == []


def with_event(**known: object) -> Codebook:
    event: SpanType = replace(EVENT, **known)  # type: ignore[arg-type]
    return replace(CODEBOOK, types=(ACTOR, event))


def with_role(**known: object) -> Codebook:
    role: Role = replace(AGENT, **known)  # type: ignore[arg-type]
    return replace(CODEBOOK, roles=(role,))


def with_field(**known: object) -> Codebook:
    fields: dict[str, object] = {"name": "f", "label": "F", "type": "text"} | known
    return with_event(attributes=(Attribute(**fields),))  # type: ignore[arg-type]


def with_profile(**fields: tuple[str, ...]) -> Codebook:
    return replace(CODEBOOK, profiles=(Profile(name="p", label="P", fields=fields),))


PLACE = EVENT.evidence[0]
WRONG = [
    (replace(CODEBOOK, types=(ACTOR, ACTOR)), "types.1.name", "share the name “actor”"),
    (with_event(key="1"), "types.1.key", "two entries share the key “1”"),
    (with_event(key="12"), "types.1.key", "a digit from 1 to 9 as its key, not “12”"),
    (with_event(letter="EVE"), "types.1.letter", "“EVE” is too long"),
    (with_event(label=" "), "types.1.label", "the label is empty"),
    (with_event(attributes=(ENUM, ENUM)), "types.1.attributes.1.name", "share the field “e”"),
    (
        with_event(attributes=(replace(ENUM, name=PLACE.name),)),
        "types.1.evidence.0.name",
        f"share the field “{PLACE.name}”",
    ),
    (
        with_event(
            attributes=(
                ENUM,
                replace(
                    ENUM, name="f", depends_on="e", options=(Option(value="x", only_with=("no",)),)
                ),
            )
        ),
        "types.1.attributes.1.options.0.only_with",
        "“e” offers no “no”",
    ),
    (with_role(targets=()), "roles.0.targets", "leads nowhere"),
    (with_role(key="gg"), "roles.0.key", "a letter from A to Z as its key, not “gg”"),
    (with_event(record_kind="none"), "types.1.record_kind", "no kind of record “none”"),
    (with_field(type="enum"), "types.1.attributes.0.options", "nothing to choose from"),
    (with_field(type="record", record_kind="x"), "types.1.attributes.0.record_kind", "“x”"),
    (with_field(depends_on="x"), "types.1.attributes.0.depends_on", "no attribute “x” beside"),
    (with_field(default=1), "types.1.attributes.0.default", "it takes text"),
    (
        with_event(attributes=(replace(ENUM, options=(Option(value=1), Option(value="1"))),)),
        "types.1.attributes.0.options.1",
        "share the option “1”",
    ),
    (
        with_event(evidence=(replace(PLACE, attributes=(replace(ENUM, options=()),)),)),
        "types.1.evidence.0.attributes.0.options",
        "nothing to choose",
    ),
    (with_event(evidence=(replace(PLACE, key="A"),)), "types.1.evidence.0.key", "reserved"),
    (
        replace(
            with_role(key="G"), types=(ACTOR, replace(EVENT, evidence=(replace(PLACE, key="G"),)))
        ),
        "types.1.evidence.0.key",
        "two slots",
    ),
    (with_role(source="x"), "roles.0.source", "no type “x”"),
    (with_role(targets=("x",)), "roles.0.targets", "no type “x”"),
    (with_role(key="A"), "roles.0.key", "reserved"),
    (with_role(attributes=(replace(ENUM, options=()),)), "roles.0.attributes.0.options", "choose"),
    (replace(CODEBOOK, roles=(AGENT, replace(AGENT))), "roles.0.name", "two roles “agent”"),
    (
        replace(CODEBOOK, roles=(replace(AGENT, key="G"), replace(AGENT, name="b", key="G"))),
        "roles.0.key",
        "key G stands for two roles",
    ),
    (
        replace(
            CODEBOOK,
            records=(
                RecordKind(name="person", label="P", attributes=(replace(ENUM, options=()),)),
            ),
        ),
        "records.0.attributes.0.options",
        "nothing to choose",
    ),
    (replace(CODEBOOK, profile="x"), "profile", "no profile “x”"),
    (with_profile(none=("x",)), "profiles.0.fields", "no type “none”"),
    (
        with_profile(event=("realis", "agent", "place", "x")),
        "profiles.0.fields.event",
        "no field “x”",
    ),
    (with_profile(event=("record",)), "profiles.0.fields.event", "no field “record”"),
]


@pytest.mark.parametrize(("book", "where", "reason"), WRONG, ids=[w[1] + " " + w[2] for w in WRONG])
def test_every_mistake_is_named_with_its_place(book: Codebook, where: str, reason: str) -> None:
    found = [(".".join(map(str, path)), said) for path, said in book.problems()]
    assert any(path == where and reason in said for path, said in found), found


def test_an_archived_slot_keeps_no_key() -> None:
    book = replace(
        CODEBOOK,
        roles=(replace(AGENT, key="G"), replace(AGENT, name="b", key="G", archived=True)),
        types=(ACTOR, replace(EVENT, evidence=(replace(PLACE, key="A", archived=True),))),
    )
    assert not [reason for _, reason in book.problems() if "stands for two" in reason]


def test_a_profile_may_show_the_record_of_a_type_that_has_one() -> None:
    assert list(with_profile(actor=("record", "office")).problems()) == []


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("enum", ("a", 1, None), ("b", 2, ("a",), True, 1.5)),
        ("flags", ((), ("a",), None), ("a", ("b",), 1)),
        ("text", ("", "x", None), (1, True, ("x",))),
        ("long_text", ("x",), (1,)),
        ("record", ("id",), (1, ("id",))),
        ("records", ((), ("id",)), ("id", 1)),
        ("annotation", ("id",), (1, ("id",))),
        ("number", (0, -1, 2.5, 10**400), ("1", True, float("inf"), float("nan"), ())),
        ("integer", (0, -3), (2.5, "1", False)),
        ("boolean", (True, False), (1, "yes", ())),
        ("date", ("2021", "2021-01", "2021-01-31"), ("2021-02-30", "21", "2021-1", 2021, "")),
    ],
)
def test_what_a_field_takes(
    kind: AttributeType, good: tuple[object, ...], bad: tuple[object, ...]
) -> None:
    attribute = replace(ENUM, type=kind)
    for value in good:
        assert refusal(attribute, value) is None  # type: ignore[arg-type]
    for value in bad:
        assert (refusal(attribute, value) or "").startswith("“E” cannot be")  # type: ignore[arg-type]


def test_an_archived_option_stays_valid() -> None:
    old = replace(ENUM, options=(Option(value="a", archived=True),))
    assert refusal(old, "a") is None


def test_many_choices_are_not_all_told() -> None:
    many = replace(ENUM, options=tuple(Option(value=f"o{n}") for n in range(30)))
    said = refusal(many, "x") or ""
    assert said.endswith("o19 and 10 more")


@pytest.mark.parametrize(
    ("text", "fine"),
    [
        *((text, True) for text in ("2021", "2021-12", "2024-02-29")),
        *((text, False) for text in ("2023-02-29", "2021-13", "0000", "2021-1-1", "٢٠٢١", "abcd")),
        ("2021-01-01-01", False),
    ],
)
def test_dates(text: str, fine: bool) -> None:  # noqa: FBT001
    assert is_date(text) is fine


def test_evidence_takes_text_unless_it_says_otherwise() -> None:
    assert EvidenceField(name="x", label="X").value_type == "text"
