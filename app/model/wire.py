"""JSON of model records, checked by pydantic: what comes from outside.

Importing this module imports pydantic, so it is imported where it is first needed.
"""

from functools import cache
from typing import Annotated, Any

from pydantic import Field, TypeAdapter

from app.model.codebook import Codebook
from app.model.commands import Command


@cache
def _commands() -> TypeAdapter[Command]:
    union = Annotated[Command, Field(discriminator="op")]
    return TypeAdapter(union)


@cache
def _codebooks() -> TypeAdapter[Codebook]:
    return TypeAdapter(Codebook)


def command_to_json(command: Command) -> str:
    """Return a command as one line of JSON."""
    return _commands().dump_json(command).decode()


def command_from_json(text: str | bytes) -> Command:
    """Return the command that a line of JSON holds. Raises ValueError where it is none."""
    return _commands().validate_json(text)


def codebook_to_json(codebook: Codebook) -> str:
    """Return a codebook as JSON."""
    return _codebooks().dump_json(codebook, exclude_defaults=True).decode()


def codebook_from_json(text: str | bytes) -> Codebook:
    """Return the codebook that JSON holds; it was checked when it was written."""
    return _codebooks().validate_json(text)


def codebook_from_data(data: Any) -> Codebook:
    """Return the codebook in parsed YAML or JSON. Raises pydantic's ValidationError with paths."""
    return _codebooks().validate_python(data)
