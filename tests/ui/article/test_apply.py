"""Changes applied one by one draw what a fresh load draws."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from app.model.annotation import Annotation, fragments_of
from app.ui.article.view import ArticleView
from tests.ui.article.stand import Stand, change, contents, link, mark, renamed

TEXT = (
    "😀 Thousands of people gathered all across the country to protest, as a sign of support.\n\n"
    "אמר ראש הממשלה Benjamin Netanyahu בירושלים.\n\n\n"
    "Cafe\u0301 owners shouted “free Navalny”.\u2028The police came 👨‍👩‍👧 later "
    "and arrested 2\u00a0500 of them."
)


@st.composite
def marks(draw: st.DrawFn) -> Annotation:
    ends = sorted(draw(st.sets(st.integers(0, len(TEXT)), min_size=2, max_size=4)))
    pairs = list(zip(ends[::2], ends[1::2], strict=False))
    return Annotation(
        id=f"m{draw(st.integers(0, 7))}",
        article=draw(st.sampled_from(["a", "a", "a", "elsewhere"])),
        layer="Marta",
        type=draw(
            st.sampled_from(["actor", "event", "number", "statement", "statement", "strange"])
        ),
        fragments=fragments_of(TEXT, pairs),
        certainty=draw(st.sampled_from(["sure", "unsure"])),
    )


steps = st.lists(st.one_of(marks(), st.integers(0, 7).map(lambda n: f"m{n}")), max_size=14)


@settings(max_examples=40)
@given(steps=steps)
def test_changes_one_by_one_equal_a_fresh_load(qtbot: QtBot, steps: list[Annotation | str]) -> None:
    stand = Stand(qtbot)
    shown = stand.load(TEXT)
    stand.drawn()
    for step in steps:
        told = change(removed=[step]) if isinstance(step, str) else change([step])
        stand.apply(told)
        stand.view.viewport().repaint()
    fresh = Stand(qtbot)
    fresh.load(TEXT, shown.annotations)
    assert stand.drawn() == fresh.drawn()
    assert stand.view.lines.documentSize() == fresh.view.lines.documentSize()
    assert stand.view.grab().toImage() == fresh.view.grab().toImage()
    for each in (stand, fresh):
        each.view.close()


def test_only_the_paragraphs_of_a_change_are_laid_again(stand: Stand) -> None:
    stand.load(TEXT, [mark(TEXT, "actor", "people"), mark(TEXT, "event", "arrested")])
    stand.drawn()
    kept = [stand.view.lines.row(n).own for n in range(4)]
    stand.apply(change([mark(TEXT, "number", "2\u00a0500")]))
    now = [stand.view.lines.row(n).own for n in range(4)]
    assert [sheet is old for sheet, old in zip(now, kept, strict=True)] == [True] * 3 + [False]


def test_what_is_seen_stays_in_its_place_when_lines_above_grow(stand: Stand) -> None:
    text = "one two three four five six.\n\n" + "A paragraph of words.\n\n" * 100
    stand.load(text)
    stand.view.verticalScrollBar().setValue(600)
    row = stand.view.lines.row_at(stand.view.scroll_y + 100)
    before = stand.view.lines.top(row) - stand.view.scroll_y
    stand.apply(change([mark(text, "statement", text[: 5 * n + 3]) for n in range(1, 6)]))
    assert abs(stand.view.lines.top(row) - stand.view.scroll_y - before) < 1


def test_scrolling_up_into_estimates_moves_nothing_that_is_seen(stand: Stand) -> None:
    words = "Words of many lengths in a paragraph that takes several lines of the column here. "
    stand.load("\n\n".join(words * (n % 5 + 1) for n in range(200)))
    bar = stand.view.verticalScrollBar()
    bar.setValue(bar.maximum())
    for _ in range(30):
        row = stand.view.lines.row_at(stand.view.scroll_y + 300)
        before = stand.view.lines.top(row) - stand.view.scroll_y
        bar.setValue(bar.value() - 120)
        assert abs(stand.view.lines.top(row) - stand.view.scroll_y - before - 120) <= 1


def test_a_new_relation_is_drawn_at_once(stand: Stand) -> None:
    said, actor = mark(TEXT, "statement", "shouted"), mark(TEXT, "actor", "owners")
    stand.load(TEXT, [said, actor])
    stand.view.select(said.id)
    assert stand.view.scene.plan.chips == []
    stand.apply(change(relations=[link("speaker", said, actor)]))
    assert [chip.text for chip in stand.view.scene.plan.chips] == ["speaker"]


def test_changes_of_other_articles_concern_nobody(stand: Stand) -> None:
    stand.load(TEXT)
    stand.apply(change([renamed(mark(TEXT, "actor", "people"), article="elsewhere")]))
    assert len(stand.view.index) == 0


def test_a_change_before_anything_is_open_is_ignored(qtbot: QtBot) -> None:
    view = ArticleView()
    qtbot.addWidget(view)
    view.apply(change([mark(TEXT, "actor", "people")]))
    assert len(view.index) == 0


def test_a_new_title_is_shown(stand: Stand) -> None:
    shown = stand.load(TEXT)
    long = contents(TEXT, title="A very long title that needs two lines. " * 3).article
    stand.apply(replace(change(), articles=(long,)))
    assert shown.article is long
    assert stand.view.lines.header > 104.5
