"""The network of actors and the concepts they speak for or against, as GraphML and GEXF.

A tie is a speaker and a concept; `agree` and `disagree` count the statements, since most layouts
ignore the sign of a weight. http://graphml.graphdrawing.org, https://gexf.net/1.2
"""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree as ET

from app.exchange import xml_file
from app.exchange.carry import Room, Tally
from app.exchange.dataset import Bundle, Counts, Header
from app.exchange.product import Product
from app.model.annotation import Annotation
from app.model.errors import Refused
from app.model.registry import Record

ROOM = Room(carries=frozenset())

_CONCEPT, _SPEAKER, _POSITION = "concept", "speaker", "position"
_GRAPHML = "http://graphml.graphdrawing.org/xmlns"
_GEXF = "http://www.gexf.net/1.2draft"

Node = tuple[str, str, str]
"""An id, a label, and `actor` or `concept`."""
Tie = tuple[str, str, int, int, int]
"""The ids of an actor and a concept; statements that agree, disagree, and all of them."""


def build(header: Header, articles: Iterable[Bundle], tally: Tally) -> Product:
    """Return the nodes and ties of all statements with a concept and a speaker."""
    kinds = {t.name for t in header.codebook.types if t.attribute(_CONCEPT)}
    kinds &= {role.source for role in header.codebook.roles if role.name == _SPEAKER}
    if not kinds:
        raise Refused("The codebook has no type with a field “concept” and a link “speaker”.")
    records = {record.id: record for record in header.records}
    nodes: dict[str, Node] = {}
    ties: Counter[tuple[str, str, str]] = Counter()
    count = used = 0
    for bundle in articles:
        count += 1
        by_id = {item.id: item for item in bundle.annotations}
        speakers: dict[str, list[Annotation]] = {}
        for link in bundle.relations:
            if link.role == _SPEAKER:
                speakers.setdefault(link.source, []).append(by_id[link.target])
        for item in bundle.annotations:
            if item.type not in kinds:
                tally.add("annotations of other types", 1, "the network is one of statements")
                continue
            concept = str(item.attributes.get(_CONCEPT) or "").strip()
            who = speakers.get(item.id, [])
            if not concept or not who:
                tally.add("statements", 1, "they have no concept or no speaker")
                continue
            used += 1
            sign = _sign(item)
            target = _node(nodes, f"c {concept}", concept, _CONCEPT)
            for speaker in {_actor(nodes, one, records) for one in who}:
                ties[speaker, target, sign] += 1
    pairs = sorted({(one, other) for one, other, _ in ties})
    found: list[Tie] = []
    for one, other in pairs:
        agree, disagree = ties[one, other, "agree"], ties[one, other, "disagree"]
        found.append((one, other, agree, disagree, agree + disagree + ties[one, other, ""]))
    counts = Counts(articles=count, annotations=used, relations=len(found))
    return Product(counts=counts, parts=(tuple(sorted(nodes.values())), tuple(found)))


def _sign(item: Annotation) -> str:
    position = item.attributes.get(_POSITION, 1)
    if position in (0, "0"):
        return ""
    return "disagree" if position in (-1, "-1", False) else "agree"


def _actor(nodes: dict[str, Node], item: Annotation, records: dict[str, Record]) -> str:
    record = records.get(item.record or "")
    name = record.name if record else item.quote
    return _node(nodes, f"a {record.id if record else name.casefold()}", name, "actor")


def _node(nodes: dict[str, Node], key: str, label: str, kind: str) -> str:
    key = xml_file.clean(" ".join(key.split()))
    nodes.setdefault(key, (key, xml_file.clean(" ".join(label.split())), kind))
    return key


def graphml(path: Path, product: Product, _header: Header) -> None:
    """Write GraphML."""
    root = ET.Element("graphml", xmlns=_GRAPHML)
    keys = (
        *(("label", "node", "string"), ("kind", "node", "string")),
        *(("agree", "edge", "int"), ("disagree", "edge", "int"), ("weight", "edge", "int")),
        *(("articles", "graph", "int"), ("statements", "graph", "int")),
    )
    for name, scope, kind in keys:
        attributes = {"id": name, "for": scope, "attr.name": name, "attr.type": kind}
        ET.SubElement(root, "key", attributes)
    graph = ET.SubElement(root, "graph", id="actors-and-concepts", edgedefault="undirected")
    _data(graph, articles=product.counts.articles, statements=product.counts.annotations)
    nodes, ties = product.parts
    for key, label, kind in nodes:
        _data(ET.SubElement(graph, "node", id=key), label=label, kind=kind)
    for one, other, agree, disagree, weight in ties:
        edge = ET.SubElement(graph, "edge", source=one, target=other)
        _data(edge, agree=agree, disagree=disagree, weight=weight)
    xml_file.write(path, root)


def _data(parent: ET.Element, **values: str | int) -> None:
    for name, value in values.items():
        ET.SubElement(parent, "data", key=name).text = str(value)


def from_graphml(path: Path) -> Product:
    """Return what a GraphML file of ours holds."""
    graph = xml_file.read(path).find(f"{{{_GRAPHML}}}graph")
    if graph is None:
        raise ValueError("there is no graph in it")

    def data(element: ET.Element) -> dict[str, str]:
        return {d.get("key", ""): d.text or "" for d in element.findall(f"{{{_GRAPHML}}}data")}

    nodes = tuple(
        (one.get("id", ""), held["label"], held["kind"])
        for one in graph.findall(f"{{{_GRAPHML}}}node")
        if (held := data(one))
    )
    ties = tuple(
        (
            one.get("source", ""),
            one.get("target", ""),
            *(int(held[name]) for name in ("agree", "disagree", "weight")),
        )
        for one in graph.findall(f"{{{_GRAPHML}}}edge")
        if (held := data(one))
    )
    about = data(graph)
    counts = Counts(
        articles=int(about["articles"]),
        annotations=int(about["statements"]),
        relations=len(ties),
    )
    return Product(counts=counts, parts=(nodes, ties))


def gexf(path: Path, product: Product, _header: Header) -> None:
    """Write GEXF 1.2, which Gephi reads."""
    root = ET.Element("gexf", xmlns=_GEXF, version="1.2")
    meta = ET.SubElement(root, "meta")
    ET.SubElement(meta, "creator").text = "Pressmark"
    counts = product.counts
    ET.SubElement(meta, "description").text = f"{counts.articles} {counts.annotations}"
    graph = ET.SubElement(root, "graph", defaultedgetype="undirected", mode="static")
    for scope, names in (("node", ("kind",)), ("edge", ("agree", "disagree"))):
        held = ET.SubElement(graph, "attributes", {"class": scope})
        for name in names:
            kind = "string" if scope == "node" else "integer"
            ET.SubElement(held, "attribute", id=name, title=name, type=kind)
    nodes, ties = product.parts
    listed = ET.SubElement(graph, "nodes")
    for key, label, kind in nodes:
        _values(ET.SubElement(listed, "node", id=key, label=label), kind=kind)
    listed = ET.SubElement(graph, "edges")
    for number, (one, other, agree, disagree, weight) in enumerate(ties):
        ends = {"source": one, "target": other, "weight": str(weight)}
        _values(
            ET.SubElement(listed, "edge", id=str(number), **ends), agree=agree, disagree=disagree
        )
    xml_file.write(path, root)


def _values(parent: ET.Element, **values: str | int) -> None:
    held = ET.SubElement(parent, "attvalues")
    for name, value in values.items():
        ET.SubElement(held, "attvalue", {"for": name, "value": str(value)})


def from_gexf(path: Path) -> Product:
    """Return what a GEXF file of ours holds."""
    root = xml_file.read(path)

    def values(element: ET.Element) -> dict[str, str]:
        found = element.iter(f"{{{_GEXF}}}attvalue")
        return {one.get("for", ""): one.get("value", "") for one in found}

    nodes = tuple(
        (one.get("id", ""), one.get("label", ""), values(one)["kind"])
        for one in root.iter(f"{{{_GEXF}}}node")
    )
    ties = tuple(
        (
            one.get("source", ""),
            one.get("target", ""),
            int(values(one)["agree"]),
            int(values(one)["disagree"]),
            int(one.get("weight", "0")),
        )
        for one in root.iter(f"{{{_GEXF}}}edge")
    )
    words = root.findtext(f"{{{_GEXF}}}meta/{{{_GEXF}}}description", "").split()
    counts = Counts(articles=int(words[0]), annotations=int(words[1]), relations=len(ties))
    return Product(counts=counts, parts=(nodes, ties))
