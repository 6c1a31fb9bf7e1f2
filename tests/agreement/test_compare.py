"""Two layers and more, compared: what is counted, what is left out, what is not defined."""

import math
from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from seqeval.metrics import f1_score  # type: ignore[import-untyped]

from app.agreement.align import matched
from app.agreement.compare import Comparison
from app.agreement.figures import Agreement, PairFigures
from app.agreement.tally import Tokens, Work
from app.model.annotation import Annotation, Relation, Value, fragments_of
from tests import projects

TEXT = "Police arrested Anna Berg. " * 4 + "Ten came: “No”, said Ömer 😀 to 2,500."
STORY = projects.article(TEXT)


def span(*ranges: tuple[int, int], type_: str = "event", **known: object) -> Annotation:
    return projects.mark(STORY, 0, 1, type=type_, fragments=fragments_of(TEXT, ranges), **known)


def work(annotations: Iterable[Annotation] = (), relations: Iterable[Relation] = ()) -> Work:
    return Work(list(annotations), list(relations))


def compared(*articles: dict[str, Work], layers: str = "ab") -> Agreement:
    comparison = Comparison(tuple(layers), projects.CODEBOOK)
    for article in articles:
        comparison.add(TEXT, article)
    return comparison.figures()


def pair(a: Iterable[Annotation], b: Iterable[Annotation]) -> PairFigures:
    return compared({"a": work(a), "b": work(b)}).pairs[0]


def test_exact_is_the_same_type_and_fragments() -> None:
    a = [span((0, 6)), span((7, 15)), span((16, 25), type_="actor"), span((0, 3), (8, 11))]
    b = [span((0, 6)), span((7, 14)), span((16, 25)), span((0, 3), (8, 12))]
    found = pair(a, b)
    exact = found.types["event"].exact
    assert (exact.tp, exact.fp, exact.fn) == (1, 3, 2)
    assert exact.f1 == pytest.approx(2 / 7)
    overlap = found.types["event"].overlap
    assert (overlap.tp, overlap.fp, overlap.fn) == (3, 1, 0)
    assert (found.types["actor"].exact.fn, found.all.exact.tp, found.all.overlap.tp) == (1, 1, 3)


def test_the_best_overlap_is_taken_first_and_once() -> None:
    long, short = span((0, 20)), span((0, 6))
    pairs = matched([short, long], [span((0, 19)), span((2, 9))])
    assert {(a.id, b.fragments[0].end) for a, b in pairs} == {(long.id, 19), (short.id, 9)}
    assert len(matched([span((0, 6))], [span((0, 6)), span((0, 6))])) == 1
    assert matched([span((0, 6))], [span((6, 9))]) == []


def test_equal_spans_find_each_other_even_where_a_longer_one_covers_both() -> None:
    same = span((7, 15))
    ((a, b), *_) = matched([span((0, 25)), same], [span((7, 15))])
    assert (a.id, b.fragments) == (same.id, same.fragments)


def test_tokens_are_words_and_signs() -> None:
    tokens = Tokens("“No”, said Ömer 😀.")
    assert tokens.count == 8
    assert tokens.inside([(1, 3)]) == {1}
    assert tokens.inside([(2, 5)]) == {1, 2, 3}
    assert tokens.inside([(5, 6)]) == set()
    assert tokens.inside([(12, 13), (16, 17)]) == {5, 6}


def test_token_kappa_is_in_or_out_of_the_type() -> None:
    figures = pair([span((0, 15))], [span((7, 25))]).types["event"]
    assert figures.token_kappa == pytest.approx(kappa_of(both=1, a=2, b=3, of=35))


def kappa_of(*, both: int, a: int, b: int, of: int) -> float:
    agreed = (both + of - a - b + both) / of
    chance = (a * b + (of - a) * (of - b)) / of**2
    return (agreed - chance) / (1 - chance)


def test_same_type_overlaps_of_one_layer_are_named_and_left_out_of_alpha() -> None:
    figures = pair([span((0, 15)), span((7, 20)), span((0, 6))], [span((0, 15))])
    assert figures.types["event"].alpha_u == 1
    (left_out,) = figures.types["event"].excluded
    assert (left_out.layer, left_out.count) == ("a", 2)
    assert figures.types["actor"].excluded == ()


def test_nothing_marked_is_not_agreement() -> None:
    figures = pair([], []).all
    assert (figures.exact.f1, figures.token_kappa, figures.alpha_u) == (None, None, None)
    assert figures.exact.why
    assert "token_kappa" in figures.why
    assert "alpha_u" in figures.why
    other = pair([span((0, 6))], []).types["event"]
    assert (other.exact.f1, other.overlap.f1, other.token_kappa) == (0, 0, 0)
    assert other.why == ""


def test_an_article_counts_where_both_have_worked_on_it() -> None:
    both = {"a": work([span((0, 6))]), "b": work([span((0, 6))])}
    found = compared(both, {"a": work([span((0, 6))])}, {"b": work()}, {"a": work(), "b": work()})
    (figures,) = found.pairs
    assert figures.articles == 2
    assert figures.all.exact.f1 == 1
    assert {(one.layer, one.count) for one in figures.excluded} == {("a", 1), ("b", 1)}


def test_fields_are_compared_on_spans_that_both_marked() -> None:
    def event(at: int, **values: Value) -> Annotation:
        return span((at, at + 6), attributes=values)

    a = [event(0, realis="actual", size=10, forms=("march", "sit-in")), event(27, realis="actual")]
    b = [event(0, realis="actual", size=12, forms=("sit-in", "march")), event(27, realis="planned")]
    lonely = [event(54, realis="planned")]
    figures = pair(a + lonely, b).attributes
    assert (figures["realis"].n, figures["realis"].agree) == (2, 1)
    assert figures["realis"].kappa == 0
    assert (figures["forms"].n, figures["forms"].agree, figures["forms"].kappa) == (1, 1, None)
    assert figures["forms"].why
    assert figures["size"].agree == 0
    assert figures["size"].alpha == pytest.approx(0)
    assert "note" not in figures


def test_a_field_that_one_left_empty_is_a_difference() -> None:
    figures = pair([span((0, 6), attributes={"note": ""})], [span((0, 6))]).attributes
    assert figures == {}
    found = pair([span((0, 6), attributes={"note": "x"})], [span((0, 6))]).attributes["note"]
    assert (found.n, found.agree) == (1, 0)


def test_records_are_compared_like_a_field() -> None:
    a = span((16, 25), type_="actor", record="x")
    figures = pair([a], [replace(a, id="other", record="y")]).attributes["record"]
    assert (figures.n, figures.agree, figures.kappa) == (1, 0, 0)


def test_relations_match_where_role_and_both_ends_do() -> None:
    def linked(event_end: int, *, role: str = "agent") -> Work:
        event, actor = span((7, event_end)), span((16, 25), type_="actor")
        return work([event, actor], [projects.link(event, actor, role=role)])

    same = compared({"a": linked(15), "b": linked(14)}).pairs[0].relations
    assert (same.all.tp, same.all.f1, same.roles["agent"].f1) == (1, 1, 1)
    assert (same.linked, same.kappa) == (1, None)
    other = compared({"a": linked(15), "b": linked(14, role="target")}).pairs[0].relations
    assert (other.all.tp, other.all.fp, other.all.fn, other.kappa) == (0, 1, 1, 0)
    apart = compared({"a": linked(15), "b": work()}).pairs[0].relations
    assert (apart.all.f1, apart.linked, apart.kappa) == (0, 0, None)
    assert apart.why
    nothing = compared({"a": work(), "b": work()}).pairs[0].relations
    assert (nothing.all.f1, nothing.roles) == (None, {})


def test_all_layers_together_have_an_alpha() -> None:
    article = {"a": work([span((0, 15))]), "b": work([span((0, 15))]), "c": work([span((7, 15))])}
    found = compared(article, {"a": work(), "b": work()}, layers="abc")
    assert [(one.a, one.b) for one in found.pairs] == [("a", "b"), ("a", "c"), ("b", "c")]
    assert (found.alpha.articles, found.alpha.layers) == (1, ("a", "b", "c"))
    event = found.alpha.types["event"]
    assert event.alpha_u is not None
    assert event.token_alpha is not None
    assert 0 < event.token_alpha < 1
    assert (found.alpha.types["actor"].alpha_u, bool(found.alpha.types["actor"].why)) == (
        None,
        True,
    )


def test_intervals_need_two_articles_and_hold_the_figure() -> None:
    good = {"a": work([span((0, 15))]), "b": work([span((0, 15))])}
    bad = {"a": work([span((0, 15))]), "b": work([span((7, 25)), span((40, 44))])}
    assert pair([], []).all.spread.why
    found = compared(*[good, bad, good, bad, good, good]).pairs[0].types["event"]
    spread = found.spread
    assert spread.resamples == 1000
    for value, ends in (
        (found.exact.f1, spread.f1_exact),
        (found.overlap.f1, spread.f1_overlap),
        (found.token_kappa, spread.token_kappa),
        (found.alpha_u, spread.alpha_u),
    ):
        assert ends is not None
        assert value is not None
        assert ends[0] < value < ends[1] or ends[0] < value == ends[1] == 1
    assert compared(*[good, bad, good, bad, good, good]) == compared(
        *[good, bad, good, bad, good, good]
    )


def test_of_very_many_articles_neighbours_are_drawn_together() -> None:
    good = {"a": work([span((0, 15))]), "b": work([span((0, 15))])}
    (found,) = compared(*[good] * 1003).pairs
    assert found.all.exact.tp == 1003
    assert found.all.spread.f1_exact == (1, 1)


spans = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 12), st.sampled_from(["event", "actor"])).map(
        lambda at: span((at[0], at[0] + at[1]), type_=at[2])
    ),
    max_size=7,
)


@given(spans, spans)
def test_figures_are_symmetric_and_bounded(a: list[Annotation], b: list[Annotation]) -> None:
    one, other = pair(a, b), pair(b, a)
    for mine, yours in [
        (one.all, other.all),
        *zip(one.types.values(), other.types.values(), strict=True),
    ]:
        assert (mine.exact.tp, mine.exact.fp) == (yours.exact.tp, yours.exact.fn)
        assert (mine.overlap.tp, mine.overlap.f1) == (yours.overlap.tp, yours.overlap.f1)
        assert mine.token_kappa == yours.token_kappa
        assert mine.exact.tp <= mine.overlap.tp
        if mine.alpha_u is not None:
            assert mine.alpha_u == pytest.approx(yours.alpha_u)
            assert mine.alpha_u <= 1
        if mine.exact.f1 is not None and mine.overlap.f1 is not None:
            assert 0 <= mine.exact.f1 <= mine.overlap.f1 <= 1


@given(spans)
def test_identical_layers_are_one(a: list[Annotation]) -> None:
    found = pair(a, [replace(one, id=one.id + "'") for one in a])
    for figures in (found.all, *found.types.values()):
        assert figures.exact.f1 in {None, 1}
        assert figures.overlap.f1 in {None, 1}
        assert figures.token_kappa in {None, 1}
        assert figures.alpha_u is None or math.isclose(figures.alpha_u, 1)


@given(spans, spans)
def test_exact_f1_of_flat_layers_is_that_of_seqeval(
    a: list[Annotation], b: list[Annotation]
) -> None:
    first, second = flat(a), flat(b)
    found = pair(first, second).all.exact.f1
    tags = [[bio(first)], [bio(second)]]
    if found is not None and (first or second):
        theirs = f1_score(*tags, zero_division=0) if first and second else 0
        assert found == pytest.approx(theirs)


def flat(annotations: list[Annotation]) -> list[Annotation]:
    """Return whole tokens without overlaps: what a BIO file can hold."""
    kept: list[Annotation] = []
    taken: set[int] = set()
    for one in annotations:
        places = set(range(one.start, one.end))
        if not places & taken:
            taken |= places
            kept.append(one)
    return kept


def bio(annotations: list[Annotation]) -> list[str]:
    """Return a tag for each code point."""
    tags = ["O"] * len(TEXT)
    for one in annotations:
        tags[one.start : one.end] = [f"B-{one.type}"] + [f"I-{one.type}"] * (one.length - 1)
    return tags


def test_figures_without_a_kappa_say_why() -> None:
    found = pair([span((0, 6), attributes={"size": 4})], [span((0, 6), attributes={"size": 4})])
    assert (found.attributes["size"].kappa, found.attributes["size"].alpha) == (None, None)
    assert found.attributes["size"].why
    a = [span((0, 6), attributes={"size": 4}), span((7, 15), attributes={"size": 9})]
    b = [span((0, 6), attributes={"size": 4}), span((7, 15), attributes={"size": 8})]
    figures = pair(a, b).attributes["size"]
    assert (figures.agree, figures.why) == (1, "")
    assert figures.alpha is not None
    assert 0.9 < figures.alpha < 1


def test_links_of_two_roles_have_a_kappa() -> None:
    def linked(roles: str) -> Work:
        events = [span((7, 15)), span((34, 42)), span((61, 69))]
        actor = span((16, 25), type_="actor")
        named = {"a": "agent", "t": "target"}
        links = [
            projects.link(event, actor, role=named[role])
            for event, role in zip(events, roles, strict=True)
        ]
        return work([*events, actor], links)

    figures = compared({"a": linked("aat"), "b": linked("att")}).pairs[0].relations
    assert (figures.all.tp, figures.all.fp, figures.all.fn, figures.linked) == (2, 1, 1, 3)
    assert figures.kappa == pytest.approx(0.4)
    assert figures.why == ""


def test_what_the_codebook_does_not_know_is_not_compared() -> None:
    a = span((0, 6), attributes={"unheard": "x", "note": "y"})
    figures = pair([a], [span((0, 6), attributes={"note": "y"})]).attributes
    assert set(figures) == {"note"}
