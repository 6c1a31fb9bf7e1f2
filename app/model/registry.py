"""The registry: actors and events of the project that annotations of many articles mention."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.model.annotation import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A registry record. `kind` is a record kind of the codebook: `actor` or `event`.

    `attributes` are the codebook's for this kind; `external` maps an authority to an identifier
    there (`{"wikidata": "Q7747"}`).
    """

    id: str
    kind: str
    name: str
    aliases: tuple[str, ...] = ()
    attributes: Mapping[str, Value] = field(default_factory=dict)
    external: Mapping[str, str] = field(default_factory=dict)
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotator:
    """A person, or the gold standard, whose annotations form a layer of that name."""

    id: str
    name: str
    role: str = "annotator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """What the project says of itself.

    `working_layer` is the layer it opens with; where it is empty that is the annotator's own.
    """

    id: str
    name: str
    description: str = ""
    working_layer: str = ""
