"""Codebooks in files: what is read, and on which line a mistake stands."""

import json
from pathlib import Path

import pytest

from app.model.codebook import Codebook
from app.model.codebook_file import codebook_to_yaml, parse_codebook, read_codebook
from app.model.errors import InputRefused, KnownError
from app.model.resources import resource
from app.model.wire import codebook_to_json

SMALL = """\
name: small
label: Small
types:
  - name: actor
    label: Actor
    plural: Actors
    key: "1"
    letter: A
    ink: actor
    underline: solid
    attributes:
      - name: side
        label: Side
        type: enum
        default: left
        options:
          - {value: left}
          - value: right
roles:
  - name: friend
    source: actor
    targets: [actor]
    label: Friend
    key: R
"""


def parsed(text: str) -> Codebook:
    return parse_codebook(text.encode(), name="small.yaml")


def refused(text: str | bytes) -> list[str]:
    """Return the lines of the refusal after the first."""
    data = text.encode() if isinstance(text, str) else text
    with pytest.raises(InputRefused) as caught:
        parse_codebook(data, name="small.yaml")
    first, *rest = str(caught.value).splitlines()
    assert first.startswith("small.yaml")
    return rest or [first]


def test_reads_a_codebook() -> None:
    codebook = parsed(SMALL)
    (actor,) = codebook.types
    assert actor.attributes[0].option("right")
    assert codebook.role("actor", "friend")


def test_reads_json_and_a_byte_order_mark_too() -> None:
    codebook = parsed(SMALL)
    assert parse_codebook(codebook_to_json(codebook).encode(), name="x.json") == codebook
    assert parse_codebook(SMALL.encode("utf-8-sig"), name="x.yaml") == codebook


def test_writes_yaml_that_is_read_back() -> None:
    for codebook in (parsed(SMALL), read_codebook(resource("codebooks/press.yaml"))):
        text = codebook_to_yaml(codebook)
        assert parse_codebook(text.encode(), name="x.yaml") == codebook
        assert "&id" not in text


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"),
        ("on", "on"),
        ("12:30", "12:30"),
        ("2021-01-23", "2021-01-23"),
        ("0o17", "0o17"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("7", 7),
        ("-1", -1),
        ("'7'", "7"),
        ("CT+", "CT+"),
        ("NULL", "NULL"),
    ],
)
def test_knows_none_of_the_surprises_of_yaml_1_1(written: str, value: str | int) -> None:
    text = SMALL.replace("value: left}", f"value: {written}}}").replace("default: left", "label: S")
    text = text.replace("        label: Side\n", "")
    if written == "NULL":
        assert refused(text)
        return
    options = parsed(text).types[0].attributes[0].options
    assert options[0].value == value
    assert type(options[0].value) is type(value)


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("label: Small", "labl: Small", 2, "there is no such key as “labl”"),
        ("    plural: Actors\n", "", 4, "“plural” is missing"),
        ("underline: solid", "underline: wavy", 10, "“underline” takes 'solid'"),
        ("key: R", "key: A", 24, "key A is reserved"),
        ("targets: [actor]", "targets: [ship]", 22, "there is no type “ship”"),
        ("targets: [actor]", "targets: actor", 22, "“targets” takes a list"),
        ("default: left", "default: up", 15, "“Side” cannot be 'up'"),
        ("value: right", "value: left", 18, "two entries share the option “left”"),
        ("value: right", "value: true", 18, "put “true” in quotes"),
        ("value: right", "value: right\n            value: up", 19, "stands here twice"),
        ("label: Small", "label: 12", 2, "“label”: input should be a valid string, not 12"),
        ("  - name: actor", "  - [actor]\n  - name: actor", 4, "keys and values are expected"),
        ("label: Small", "label: a: b", 2, "mapping values are not allowed here"),
        ("label: Small", "? [a]\n: b", 2, "a key must be a word"),
        ("label: Small", "label: !!binary aGk=", 2, "has no place in a codebook"),
        ("label: Small", "label: !!python/name:os.system x", 2, "has no place in a codebook"),
        ("label: Small", "label: \x07", 2, "a character that YAML does not allow"),
        ("targets: [actor]", "targets: [actor", 23, "expected"),
    ],
)
def test_names_the_line_and_the_reason(old: str, new: str, line: int, reason: str) -> None:
    assert old in SMALL
    messages = refused(SMALL.replace(old, new, 1))
    assert any(m.startswith(f"line {line}: ") and reason in m for m in messages), messages


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is empty"),
        ("# nothing but a comment\n", "is empty"),
        ("- 1", "keys and values"),
        ("[" * 20_000, "nested too deeply"),
        ("a: &a [*a]", "unfolds into more than"),
        ("name: n\nlabel: l", "there is no type"),
        ("x" * 2_000_001, "larger than 2,000,000 bytes"),
    ],
)
def test_refuses_what_is_no_codebook(text: str, reason: str) -> None:
    assert reason in refused(text)[0]


def test_refuses_aliases_that_unfold_without_end() -> None:
    lines = ["a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    assert "unfolds into more than 100,000 entries" in refused("\n".join(lines))[0]


def test_names_the_line_that_is_not_utf8() -> None:
    assert refused(b"name: small\nlabel: \xff")[0] == "line 2: this is not UTF-8"


def test_shows_ten_mistakes_and_counts_the_rest() -> None:
    mistakes = "\n".join(f"x{n}: 1" for n in range(15))
    assert refused(SMALL + mistakes)[-1] == "and 5 more"


def test_says_why_a_file_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="There is no file"):
        read_codebook(tmp_path / "nothing.yaml")
    with pytest.raises(KnownError, match="cannot be read"):
        read_codebook(tmp_path)


def test_knows_numbers_with_a_fraction() -> None:
    text = SMALL.replace("type: enum\n        default: left", "type: number\n        default: .5")
    assert parsed(text).types[0].attributes[0].default == 0.5


def test_json_with_a_mistake_names_the_line_too() -> None:
    data = json.loads(codebook_to_json(parsed(SMALL)))
    data["types"][0]["underline"] = "wavy"
    (message,) = refused(json.dumps(data, indent=1))
    assert "“underline” takes" in message
