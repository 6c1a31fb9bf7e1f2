"""Random small datasets over awkward text: what every format is tried with."""

from hypothesis import strategies as st

from app.exchange.dataset import Bundle, Header
from app.model.annotation import Annotation, Evidence, Fragment, Relation, Value, fragments_of
from app.model.article import STATES, Article, Status
from app.model.ids import derived_id
from app.model.registry import Annotator, Project, Record
from app.model.text import canonical, sha256_of
from tests.model.strategies import raw_texts
from tests.projects import CODEBOOK

_words = st.one_of(
    st.sampled_from(
        ["null", "\\null", "a|b", "5", "true", "=1+1", "a b", "%20", "é😀", "x\ny", ""]
    ),
    raw_texts.map(canonical),
)
PEOPLE = tuple(
    Record(id=derived_id("person", name), kind="person", name=name, aliases=aliases)
    for name, aliases in (("Anna 😀 Berg", ("A. B.", "Ännchen")), ("محمد", ()), ('O|B, "C"', ()))
)
HEADER = Header(
    project=Project(id=derived_id("project", "random"), name="Random"),
    codebook=CODEBOOK,
    records=PEOPLE,
    annotators=tuple(Annotator(id=derived_id("annotator", n), name=n) for n in ("ann", "بن 2")),
)

_fields: dict[str, st.SearchStrategy[Value]] = {
    "realis": st.sampled_from(["actual", "planned", None]),
    "forms": st.sampled_from([(), ("march",), ("march", "sit-in")]),
    "note": _words,
    "size": st.one_of(st.integers(-5, 5), st.floats(-1e6, 1e6, allow_nan=False)),
    "count": st.integers(-(2**40), 2**40),
    "violent": st.booleans(),
    "day": st.sampled_from(["2021-01-23", "2021-01"]),
}


@st.composite
def bundles(draw: st.DrawFn, number: int = 0) -> Bundle:
    """Draw an article with overlapping marks, gaps, evidence, links and fields of all kinds."""
    text = canonical(draw(raw_texts)) + draw(st.sampled_from(["x", "e\u0301 мир\n\n.", "😀 z"]))
    article = Article(
        id=derived_id("article", str(number), text),
        title=draw(_words),
        text=text,
        sha256=sha256_of(text),
        source=draw(st.sampled_from(["", "Der “Bote”, 2"])),
        published=draw(st.sampled_from(["", "2021-01-23"])),
    )

    def fragments(most: int) -> tuple[Fragment, ...]:
        place = st.integers(0, len(text) - 1)
        found = draw(st.lists(st.tuples(place, st.integers(1, 12)), min_size=1, max_size=most))
        return fragments_of(text, [(s, min(len(text), s + n)) for s, n in found])

    annotations: list[Annotation] = []
    for n in range(draw(st.integers(0, 5))):
        event = draw(st.booleans())
        names = draw(st.lists(st.sampled_from(sorted(_fields)), unique=True)) if event else []
        evidence = [
            Evidence(
                attribute="place",
                fragments=fragments(2) if draw(st.booleans()) else (),
                value=draw(st.sampled_from(["Moscow", "a|b"])),
                attributes={"country": draw(_words)} if draw(st.booleans()) else {},
            )
            for _ in range(draw(st.integers(0, 2)) if event else 0)
        ]
        annotations.append(
            Annotation(
                id=derived_id("mark", article.id, str(n)),
                article=article.id,
                layer=draw(st.sampled_from(["ann", "بن 2"])),
                type="event" if event else "actor",
                fragments=fragments(3),
                attributes={name: draw(_fields[name]) for name in names},
                record=None if event else draw(st.sampled_from([None, *(p.id for p in PEOPLE)])),
                certainty=draw(st.sampled_from(["sure", "unsure"])),
                comment=draw(_words),
                evidence=tuple(evidence),
            )
        )
    events = [a for a in annotations if a.type == "event"]
    actors = [a for a in annotations if a.type == "actor"]
    pairs = [(e, a) for e in events for a in actors]
    chosen = draw(st.lists(st.sampled_from(pairs), unique_by=id, max_size=3)) if pairs else []
    relations = tuple(
        Relation(
            id=derived_id("link", article.id, str(n)),
            article=article.id,
            layer=event.layer,
            role="agent",
            source=event.id,
            target=actor.id,
            attributes=draw(st.sampled_from([{}, {"sure": True}])),
        )
        for n, (event, actor) in enumerate(chosen)
    )
    statuses = (Status(article=article.id, layer="ann", state=draw(st.sampled_from(STATES))),)
    return Bundle(
        article=article,
        annotations=tuple(annotations),
        relations=relations,
        statuses=statuses if draw(st.booleans()) else (),
    )
