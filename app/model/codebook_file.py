"""Codebooks in files: YAML (JSON is read as YAML), with the line of every mistake.

Only what YAML 1.2 calls the core schema has a meaning here: `no` and `12:30` are text, not false
and 750. Importing this module imports PyYAML and pydantic.
"""

from collections.abc import Hashable, Iterator
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError
from typing_extensions import override

from app.model import wire
from app.model.codebook import Codebook
from app.model.errors import InputRefused, KnownError

_MOST_BYTES = 2_000_000
_MOST_ENTRIES = 100_000
_SHOWN = 10

Path_ = tuple[str | int, ...]


class _Loader(yaml.SafeLoader):
    """PyYAML without the surprises of YAML 1.1."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, Any]]] = {}  # noqa: RUF012 - PyYAML's name


def _resolves(tag: str, pattern: str, first: str) -> None:
    import re

    _Loader.add_implicit_resolver(
        f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), list(first)
    )


_resolves("bool", "true|True|TRUE|false|False|FALSE", "tTfF")
_resolves("null", "~|null|Null|NULL|", "~nN\0")
_resolves("int", "[-+]?[0-9]{1,15}", "-+0123456789")
_resolves("float", r"[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?", "-+.0123456789")


def read_codebook(path: Path) -> Codebook:
    """Return the codebook in a file.

    Raises `InputRefused` with one line a mistake (`line 12: …`), `KnownError` where the file cannot
    be read.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise InputRefused(f"There is no file {path}.") from None
    except OSError as error:
        raise KnownError(f"{path} cannot be read: {error.strerror}.") from error
    return parse_codebook(data, name=path.name)


def parse_codebook(data: bytes, *, name: str) -> Codebook:
    """Return the codebook that the bytes of a file hold. `name` is what messages call it."""
    root = _compose(data, name)
    problems: list[tuple[Path_, str]] = []
    try:
        codebook = wire.codebook_from_data(_Values(name).of(root))
    except ValidationError as error:
        problems = [(tuple(e["loc"]), _sentence(e)) for e in error.errors(include_url=False)]
    else:
        problems = list(codebook.problems())
        if not codebook.types:
            problems.append((("types",), "there is no type to annotate with"))
        if not problems:
            return codebook
    raise _refused(name, [f"line {_line(root, path)}: {reason}" for path, reason in problems])


def codebook_to_yaml(codebook: Codebook) -> str:
    """Return a codebook as YAML that `parse_codebook` reads back."""
    import json

    data = json.loads(wire.codebook_to_json(codebook))
    text: str = yaml.dump(
        data,
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=True,
        width=100,
        default_flow_style=False,
    )
    return text


class _Dumper(yaml.SafeDumper):
    """Writes lists that occur twice twice: no anchors for a reader to follow."""

    @override
    def ignore_aliases(self, data: Any) -> bool:
        return True


def _compose(data: bytes, name: str) -> yaml.Node:
    if len(data) > _MOST_BYTES:
        raise InputRefused(f"{name} is larger than {_MOST_BYTES:,} bytes: that is no codebook.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _refused(name, [f"line {line}: this is not UTF-8"]) from None
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, int(error.position)) + 1
        raise _refused(name, [f"line {line}: a character that YAML does not allow"]) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"line {mark.line + 1}: " if mark else ""
        raise _refused(name, [f"{where}{error.problem or error.context}"]) from None
    except RecursionError:
        raise InputRefused(f"{name} is nested too deeply to be a codebook.") from None
    if root is None:
        raise InputRefused(f"{name} is empty.")
    return root


class _Values:
    """Turns nodes into plain values, with a bound on what aliases may unfold into."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.left = _MOST_ENTRIES
        self.above: set[int] = set()

    def of(self, node: yaml.Node) -> Any:
        self.left -= 1
        if self.left < 0 or id(node) in self.above:
            raise InputRefused(f"{self.name} unfolds into more than {_MOST_ENTRIES:,} entries.")
        self.above.add(id(node))
        try:
            return self._inner(node)
        finally:
            self.above.discard(id(node))

    def _inner(self, node: yaml.Node) -> Any:
        match node:
            case yaml.MappingNode():
                return dict(self._pairs(node))
            case yaml.SequenceNode():
                return [self.of(child) for child in node.value]
            case yaml.ScalarNode():
                return _scalar(node, self.name)
        raise AssertionError(node)

    def _pairs(self, node: yaml.MappingNode) -> Iterator[tuple[Hashable, Any]]:
        seen: set[Hashable] = set()
        for key_node, value in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                raise _refused(self.name, [f"line {line}: a key must be a word"])
            if key_node.value in seen:
                raise _refused(
                    self.name, [f"line {line}: the key “{key_node.value}” stands here twice"]
                )
            seen.add(key_node.value)
            item = self.of(value)
            if key_node.value == "value" and isinstance(item, bool):
                raise _refused(self.name, [f"line {line}: put “{value.value}” in quotes"])
            yield key_node.value, item


def _scalar(node: yaml.ScalarNode, name: str) -> Any:
    text: str = node.value
    match node.tag.rpartition(":")[2]:
        case "str":
            return text
        case "null":
            return None
        case "bool":
            return text.lower() == "true"
        case "int":
            return int(text)
        case "float":
            return float(text)
    raise _refused(
        name, [f"line {node.start_mark.line + 1}: {node.tag} has no place in a codebook"]
    )


def _line(root: yaml.Node, path: Path_) -> int:
    """Return the line (from 1) of the deepest node on the path."""
    node: yaml.Node = root
    line: int = node.start_mark.line
    for step in path:
        match node:
            case yaml.MappingNode():
                found = [(k, v) for k, v in node.value if k.value == step]
                if not found:
                    continue  # a part of the path that names a choice of types, not a key
                line, node = found[0][0].start_mark.line, found[0][1]
            case yaml.SequenceNode() if isinstance(step, int) and step < len(node.value):
                node = node.value[step]
                line = node.start_mark.line
            case _:
                break
    return line + 1


def _sentence(error: Any) -> str:
    """Return pydantic's error in the words of this program."""
    last = error["loc"][-1] if error["loc"] else ""
    match error["type"]:
        case "missing" | "missing_argument" | "missing_keyword_only_argument":
            return f"“{last}” is missing"
        case "unexpected_keyword_argument":
            return f"there is no such key as “{last}”"
        case "dataclass_type":
            return "keys and values are expected here"
        case "tuple_type":
            return f"“{last}” takes a list"
        case "literal_error":
            return f"“{last}” takes {error['ctx']['expected']}, not {error['input']!r}"
        case _:
            reason = error["msg"][:1].lower() + error["msg"][1:]
            return f"“{last}”: {reason}, not {error['input']!r:.60}"


def _refused(name: str, lines: list[str]) -> InputRefused:
    unique = list(dict.fromkeys(lines))
    more = [f"and {len(unique) - _SHOWN} more"] if len(unique) > _SHOWN else []
    return InputRefused("\n".join([f"{name} is no valid codebook.", *unique[:_SHOWN], *more]))
