"""What the tree of the codebook shows: every entry, and headings for those of one kind."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from app.model.codebook import Attribute, Codebook, Option, SpanType
from app.workspace.codebook_parts import Address, Collection, Part, find, key_of, label_of

_TOP: tuple[tuple[Collection, str], ...] = (
    ("types", "Types"),
    ("records", "Registry"),
    ("profiles", "Profiles"),
)
_OF_TYPE: tuple[tuple[Collection, str], ...] = (
    ("roles", "Links"),
    ("attributes", "Fields"),
    ("evidence", "Fields of words"),
)


@dataclass(slots=True, eq=False)
class Node:
    """One row. A heading stands for a collection: its address is the one of what holds it."""

    label: str
    address: Address
    collection: Collection
    """What this is one of; of a heading, what it stands for."""
    entry: Part | None = None
    parent: "Node | None" = None
    children: list["Node"] = field(default_factory=list)

    @property
    def is_heading(self) -> bool:
        """Whether the row stands for several entries."""
        return self.entry is None

    @property
    def place(self) -> tuple[Address, str]:
        """What tells the row from all others, in later revisions too."""
        return self.address, self.collection if self.is_heading else ""

    @property
    def is_archived(self) -> bool:
        """Whether the entry is offered no longer."""
        return bool(getattr(self.entry, "archived", False))

    @property
    def key(self) -> str:
        """The key that the entry has in the text."""
        return str(getattr(self.entry, "key", ""))

    @property
    def holder(self) -> Address:
        """What an entry of the same kind would be added to."""
        if self.is_heading or self.parent is None:
            return self.address
        return self.parent.address if self.parent.is_heading else self.address[:-2]


def tree_of(codebook: Codebook) -> list[Node]:
    """Return the top rows of the tree."""
    return [_heading(codebook, (), name, title) for name, title in _TOP]


def every(nodes: list[Node]) -> Iterator[Node]:
    """Yield rows with all below them."""
    for node in nodes:
        yield node
        yield from every(node.children)


def addable(codebook: Codebook, node: Node) -> list[tuple[Address, Collection]]:
    """Return what can be added at a row: more of its own kind first, then what goes into it."""
    found: list[tuple[Address, Collection]] = [(node.holder, node.collection)]
    entry = node.entry
    if isinstance(entry, Attribute) and entry.type in ("enum", "flags"):
        found.append((node.address, "options"))
    elif isinstance(entry, SpanType):
        found += [(node.address, name) for name, _ in _OF_TYPE]
    elif entry is not None and hasattr(entry, "attributes"):
        found.append((node.address, "attributes"))
    return [pair for pair in dict.fromkeys(found) if _exists(codebook, pair[0])]


def _exists(codebook: Codebook, address: Address) -> bool:
    return find(codebook, address) is not None


def _heading(codebook: Codebook, address: Address, collection: Collection, title: str) -> Node:
    node = Node(label=title, address=address, collection=collection)
    holder = find(codebook, address)
    if collection == "roles" and isinstance(holder, SpanType):
        parts: tuple[Part, ...] = tuple(r for r in codebook.roles if r.source == holder.name)
        start: Address = ()
    else:
        parts, start = getattr(holder, collection), address
    for part in parts:
        _hang(codebook, node, part, (*start, collection, key_of(part)))
    return node


def _hang(codebook: Codebook, parent: Node, part: Part, address: Address) -> None:
    node = Node(
        label=label_of(part),
        address=address,
        collection=parent.collection if parent.is_heading else _kind(part),
        entry=part,
        parent=parent,
    )
    parent.children.append(node)
    if isinstance(part, SpanType):
        for collection, title in _OF_TYPE:
            heading = _heading(codebook, address, collection, title)
            heading.parent = node
            node.children.append(heading)
        return
    below: tuple[Part, ...] = getattr(part, "attributes", ())
    if isinstance(part, Attribute):
        below = part.options
    for child in below:
        kind = _kind(child)
        _hang(codebook, node, child, (*address, kind, key_of(child)))


def _kind(part: Part) -> Collection:
    return "options" if isinstance(part, Option) else "attributes"
