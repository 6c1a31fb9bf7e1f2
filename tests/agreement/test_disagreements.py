"""Where layers differ: what finds each other, and of which kind the difference is."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.agreement.disagreements import Case, cases, differing, edges, pattern
from app.model.annotation import Annotation, Relation, fragments_of
from tests import projects
from tests.two_annotators import JONAS, MARTA, marks, sample_article

TEXT = "Police arrested Anna Berg and Bo Li in Moscow."
STORY = projects.article(TEXT)


def span(layer: str, words: str, **known: object) -> Annotation:
    start = TEXT.index(words)
    fragments = fragments_of(TEXT, [(start, start + len(words))])
    return projects.mark(STORY, 0, 1, layer=layer, fragments=fragments, **known)


def compared(*annotations: Annotation, relations: tuple[Relation, ...] = ()) -> tuple[Case, ...]:
    return cases("ab", annotations, relations)


def test_the_picture_s_disagreements_by_kind() -> None:
    article = sample_article()
    found = cases((JONAS, MARTA), marks(article), ())
    kinds = [case.kind for case in found]
    assert {kind: kinds.count(kind) for kind in kinds} == {"boundary": 7, "only": 3, "alike": 7}
    assert [case.start for case in found] == sorted(case.start for case in found)


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ({"words": "arrested"}, {"words": "arrested"}, "alike"),
        ({"words": "arrested"}, {"words": "Police arrested"}, "boundary"),
        ({"words": "arrested"}, {"words": "arrested", "type": "actor"}, "type"),
        ({"words": "arrested"}, {"words": "arrested", "record": "x"}, "field"),
        ({"words": "arrested"}, {"words": "arrested", "certainty": "unsure"}, "field"),
        ({"words": "arrested", "attributes": {"note": ""}}, {"words": "arrested"}, "alike"),
    ],
)
def test_kinds(one: dict[str, str], other: dict[str, str], kind: str) -> None:
    (case,) = compared(span("a", **one), span("b", **other))
    assert (case.kind, case.readings[0].layers[0]) == (kind, "a")


def test_what_one_alone_marked_has_a_reading_without_a_mark() -> None:
    (case,) = compared(span("b", "Moscow"))
    assert case.kind == "only"
    assert [reading.layers for reading in case.readings] == [("a",), ("b",)]
    assert case.readings[0].annotation is None
    assert case.type == "event"


def test_links_to_the_same_thing_are_alike_and_others_differ() -> None:
    def work(layer: str, who: str) -> tuple[list[Annotation], Relation]:
        event = span(layer, "arrested")
        actors = [span(layer, words, type="actor") for words in ("Anna Berg", "Bo Li")]
        target = actors[who != "Anna Berg"]
        return [event, *actors], projects.link(event, target, layer=layer)

    (a, one), (b, same), (c, other) = (
        work("a", "Anna Berg"),
        work("b", "Anna Berg"),
        work("b", "Bo"),
    )
    alike = compared(*a, *b, relations=(one, same))
    assert {case.kind for case in alike} == {"alike"}
    kinds = [case.kind for case in compared(*a, *c, relations=(one, other))]
    assert kinds == ["field", "alike", "alike"]


def test_two_of_three_share_a_reading() -> None:
    found = cases("abc", [span("a", "Anna"), span("b", "Anna Berg"), span("c", "Anna")], ())
    assert [reading.layers for reading in found[0].readings] == [("a", "c"), ("b",)]


def test_a_layer_is_in_a_case_once() -> None:
    found = compared(span("a", "Anna Berg"), span("b", "Anna"), span("b", "Berg"))
    assert sorted(len(case.annotations) for case in found) == [1, 2]


def test_words_that_not_every_reading_has() -> None:
    long, short = span("a", "Police arrested"), span("b", "arrested")
    (case,) = compared(long, short)
    assert differing(long, case) == ((0, 6),)
    assert differing(short, case) == ()
    assert edges(case) == "start"
    (only,) = compared(span("a", "Anna Berg"))
    assert len(differing(only.annotations[0], only)) == 2


def test_the_same_pattern_stands_elsewhere() -> None:
    first, second, third = compared(
        span("a", "Police arrested"),
        span("b", "arrested"),
        span("a", "Anna Berg"),
        span("b", "Berg"),
        span("a", "Bo"),
    )
    assert len({pattern(first), pattern(second), pattern(third)}) == 3
    shifted = replace(
        span("a", "Police arrested"),
        id="x",
        fragments=fragments_of("xx" + TEXT, [(2, 17)]),
    )
    (again,) = compared(
        shifted, replace(span("b", "arrested"), fragments=fragments_of("xx" + TEXT, [(9, 17)]))
    )
    assert pattern(again) == pattern(first)


spans = st.lists(
    st.tuples(st.sampled_from("abc"), st.integers(0, 40), st.integers(1, 6)).map(
        lambda at: projects.mark(STORY, at[1], min(len(TEXT), at[1] + at[2]), layer=at[0])
    ),
    max_size=12,
)


@given(spans)
def test_every_mark_is_in_one_case(found: list[Annotation]) -> None:
    made = cases("abc", found, ())
    ids = [one.id for case in made for one in case.annotations]
    assert sorted(ids) == sorted(one.id for one in found)
    for case in made:
        layers = [layer for reading in case.readings for layer in reading.layers]
        assert sorted(layers) == ["a", "b", "c"]
        assert (case.kind == "alike") == (len(case.readings) == 1)


def test_types_and_fields_have_patterns_too() -> None:
    found = compared(
        span("a", "Anna"),
        span("b", "Anna", type="actor"),
        span("a", "Moscow"),
        span("b", "Moscow", type="actor"),
        span("a", "Bo", certainty="unsure"),
        span("b", "Bo"),
        span("a", "Li", certainty="unsure"),
        span("b", "Li"),
    )
    anna, bo, li, moscow = map(pattern, found)
    assert anna == moscow
    assert bo == li
    assert anna != bo


def test_only_the_gap_may_differ() -> None:
    joined, parted = span("a", "Anna Berg"), span("b", "Anna Berg")
    parted = replace(parted, fragments=fragments_of(TEXT, [(16, 20), (21, 25)]))
    (case,) = compared(joined, parted)
    assert (case.kind, edges(case)) == ("boundary", "gaps")
    ends = compared(span("a", "Anna"), span("b", "Anna Berg"))[0]
    assert edges(ends) == "end"
    both = compared(span("a", "Anna Berg and"), span("b", "Berg"))[0]
    assert edges(both) == "both"
