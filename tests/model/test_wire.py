"""JSON of commands and codebooks: the same through pydantic and through the journal's way."""

import json

import orjson
import pytest
from hypothesis import given

from app.model.codebook import Codebook
from app.model.commands import Command, EditAnnotation
from app.model.plain import build
from app.model.wire import (
    codebook_from_data,
    codebook_from_json,
    codebook_to_json,
    command_from_json,
    command_to_json,
)
from app.storage.rows import dumps
from tests.model.strategies import commands
from tests.projects import CODEBOOK


@given(commands)
def test_commands_come_back_by_either_way(command: Command) -> None:
    assert command_from_json(command_to_json(command)) == command
    assert build(Command, orjson.loads(dumps(command))) == command
    assert command_from_json(dumps(command)) == command
    assert build(Command, json.loads(command_to_json(command))) == command


def test_present_with_null_is_not_absent() -> None:
    command = EditAnnotation(id="x", version=1, attributes={"a": None})
    again = build(Command, orjson.loads(dumps(command)))
    assert again == command
    assert list(again.attributes) == ["a"]


def test_codebooks_come_back_by_either_way() -> None:
    assert codebook_from_json(codebook_to_json(CODEBOOK)) == CODEBOOK
    assert build(Codebook, orjson.loads(dumps(CODEBOOK))) == CODEBOOK
    assert build(Codebook, json.loads(codebook_to_json(CODEBOOK))) == CODEBOOK
    assert codebook_from_data(json.loads(codebook_to_json(CODEBOOK))) == CODEBOOK
    assert "archived" not in codebook_to_json(CODEBOOK)


@pytest.mark.parametrize(
    "data", [{}, {"op": "none"}, [], None, {"op": "edit annotation"}, {"op": "erase", "x": 1}]
)
def test_what_is_no_command_is_a_value_error(data: object) -> None:
    with pytest.raises(ValueError, match="in the data"):
        build(Command, data)
    with pytest.raises(ValueError, match="validation error"):
        command_from_json(json.dumps(data))


def test_a_codebook_with_a_misspelt_key_is_refused() -> None:
    data = json.loads(codebook_to_json(CODEBOOK))
    data["types"][0]["lable"] = "x"
    with pytest.raises(ValueError, match=r"types\.0\.lable"):
        codebook_from_data(data)
