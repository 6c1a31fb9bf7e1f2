"""Learning from finished articles: held-out figures first, models kept beside no project."""

import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.model.article import Status
from app.model.commands import AddAnnotation, AddArticle, Batch, Command, SetStatus
from app.model.errors import KnownError
from app.suggest.registry import proposals
from app.workspace import Workspace
from app.workspace.apart import Apart
from app.workspace.evaluating import evaluate
from app.workspace.learning import (
    FEWEST_ARTICLES,
    learn,
    learn_in,
    models_folder,
    read_models,
    read_report,
)
from app.workspace.suggesting import Suggesting
from tests.projects import article, mark, project

FIRST = "Anna Iwan José Max Lu Karla Piet Olga Sven Maria Rosa Hugo".split()
LAST = "Berg Petrow Díaz Neill Wei Müller Jansen Orlowa Holm Rossi Lind Vega".split()
FRAMES = (
    "On Monday {} said that taxes would rise.",
    "Police arrested {} near the station.",
    "The minister met {} in the evening.",
    "“We stay,” said {} afterwards.",
)


def corpus(chance: random.Random) -> tuple[str, list[tuple[int, int]]]:
    text, ranges = "", []
    for _ in range(8):
        name = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
        start = len(text) + (frame := chance.choice(FRAMES)).index("{}")
        ranges.append((start, start + len(name)))
        text += frame.format(name) + " "
    return text.strip(), ranges


def fill(ws: Workspace, count: int, *, done: int | None = None) -> None:
    chance = random.Random(7)
    for number in range(count):
        text, ranges = corpus(chance)
        of = article(text, title=str(number))
        steps: list[Command] = [AddArticle(article=of)]
        steps += [AddAnnotation(annotation=mark(of, *one, type="actor")) for one in ranges]
        if done is None or number < done:
            status = Status(article=of.id, layer="ann", state="done")
            steps.append(SetStatus(status=status))
        ws.do(Batch(steps=tuple(steps)), title="import")


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    with project(tmp_path) as made:
        yield made


def test_nothing_is_learnt_before_enough_is_finished(ws: Workspace) -> None:
    fill(ws, FEWEST_ARTICLES, done=FEWEST_ARTICLES - 1)
    report = learn(ws)
    assert report.types["actor"].why.startswith("too few: 4 articles")
    assert read_models(models_folder(ws.project.id, ws.layer)) == {}
    assert "few" in report.said({"actor": "Actors"})


def test_what_was_good_on_unseen_articles_proposes_in_others(ws: Workspace) -> None:
    fill(ws, 12)
    report = learn(ws)
    actor = report.types["actor"]
    assert (actor.articles, actor.held_out, actor.why) == (12, 3, "")
    assert actor.f1 is not None
    assert actor.f1 > 0.9
    assert report.types["event"].why.startswith("too few")
    assert report.said({"actor": "Actors"}).startswith("Learnt from 12 finished articles: F1 of")

    made = ws.do(AddArticle(article=article("On Monday Rita Vogt said that it rained.")), title="x")
    suggesting = Suggesting(ws)
    found = suggesting.of(ws.contents(made.articles[0].id), suggesters=("learned",))
    assert [(one.type, one.quote, one.suggester) for one in found] == [
        ("actor", "Rita Vogt", "learned")
    ]
    assert found[0].reason == f"learnt from 12 finished articles (F1 {actor.f1:.2f})"
    assert 0 < found[0].score <= 1
    assert suggesting.of(ws.contents(made.articles[0].id), suggesters=("names",)) == ()


def test_the_same_articles_come_to_the_same_models(ws: Workspace, tmp_path: Path) -> None:
    fill(ws, 8)
    one, two = learn(ws, folder=tmp_path / "a"), learn(ws, folder=tmp_path / "b")
    assert one == two
    assert one.types["actor"].sha256


def test_what_is_no_use_on_unseen_articles_keeps_silent(ws: Workspace) -> None:
    chance = random.Random(1)
    for number in range(8):
        words = [chance.choice("abcdefgh") * chance.randint(2, 5) for _ in range(60)]
        of = article(" ".join(words) + ".", title=str(number))
        steps: list[Command] = [AddArticle(article=of)]
        for _ in range(6):  # words that nothing tells from the others
            start = chance.choice([n for n, c in enumerate(of.text) if c == " "]) + 1
            end = of.text.find(" ", start)
            if end > start:
                steps.append(AddAnnotation(annotation=mark(of, start, end, type="actor")))
        steps.append(SetStatus(status=Status(article=of.id, layer="ann", state="done")))
        ws.do(Batch(steps=tuple(steps)), title="x")
    report = learn(ws)
    assert report.types["actor"].why == "not good enough yet"
    assert report.types["actor"].overlap
    assert read_models(models_folder(ws.project.id, ws.layer)) == {}


def test_only_finished_articles_of_the_layer_are_learnt_from(ws: Workspace) -> None:
    fill(ws, 12, done=6)
    assert learn(ws).articles == 6


def test_models_that_were_changed_or_lost_are_left_out(ws: Workspace) -> None:
    fill(ws, 8)
    learn(ws)
    folder = models_folder(ws.project.id, ws.layer)
    file = folder / read_report(folder).types["actor"].file
    assert set(read_models(folder)) == {"actor"}
    good = file.read_bytes()
    file.write_bytes(good[:-1] + bytes([good[-1] ^ 1]))
    assert read_models(folder) == {}
    file.unlink()
    assert read_models(folder) == {}
    for broken in ("", "[]", '{"version": 1}', '{"version": 1, "types": {"a": 1}, "articles": 1}'):
        (folder / "learnt.json").write_text(broken)
        assert read_report(folder).types == {}


def test_a_report_leads_out_of_no_folder(ws: Workspace) -> None:
    fill(ws, 8)
    learn(ws)
    folder = models_folder(ws.project.id, ws.layer)
    held = json.loads((folder / "learnt.json").read_text())
    held["types"]["actor"]["file"] = "../../../" + held["types"]["actor"]["file"]
    (folder / "learnt.json").write_text(json.dumps(held))
    assert set(read_models(folder)) == {"actor"}  # the name alone counts


def test_what_cannot_be_kept_is_said(ws: Workspace, tmp_path: Path) -> None:
    fill(ws, 6)
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(KnownError, match="cannot be kept"):
        learn(ws, folder=tmp_path / "taken" / "models")


def test_it_is_learnt_in_a_process_of_its_own(ws: Workspace) -> None:
    fill(ws, 8)
    before = ws.last_seq
    report = Apart(learn_in, ws.location, ws.annotator).run()
    assert report.types["actor"].why == ""
    assert set(read_models(models_folder(ws.project.id, ws.layer))) == {"actor"}
    ws.poll()
    assert ws.last_seq == before
    assert ws.check().ok


def test_a_process_that_is_ended_or_refused_says_so(tmp_path: Path) -> None:
    apart = Apart(learn_in, str(tmp_path / "none.pressmark"), "ann")
    with pytest.raises(KnownError):
        apart.run()
    ended = Apart(learn_in, str(tmp_path / "none.pressmark"), "ann")
    ended.end()
    with pytest.raises(KnownError, match="ended"):
        ended.run()


def test_evaluate_measures_what_would_have_been_learnt(ws: Workspace) -> None:
    fill(ws, 12)
    found = evaluate(ws, "ann", suggesters=("learned",))
    curve = {first: score.overlap.f1 for first, _, score in found.curve}
    assert curve[0] == 0  # nothing was learnt yet
    assert (curve[5] or 0) > 0.5
    assert (curve[10] or 0) > 0.9


def test_without_models_nothing_is_proposed(ws: Workspace) -> None:
    from app.suggest.context import Context
    from app.suggest.forms import KnownForms

    context = Context(article="a", text="Anna.", codebook=ws.codebook, forms=KnownForms())
    assert proposals(context, ("learned",)) == {"learned": ()}


def europeana(shared_data: Path, count: int) -> list[tuple[str, list[tuple[int, int, str]]]]:
    """Return German newspapers of the 18th and 19th century, cut into articles of one length."""
    file = shared_data / "03_conll" / "europeana" / "enp_DE.onb.bio"
    rows = [line.split() for line in file.read_text("utf-8").splitlines() if line.strip()]
    size, found = len(rows) // count, []
    for number in range(count):
        text, spans = "", list[tuple[int, int, str]]()
        for word, label in rows[number * size : (number + 1) * size]:
            start = len(text) + bool(text)
            text += (" " if text else "") + word
            if label.startswith("I-") and spans and spans[-1][1] == start - 1:
                spans[-1] = spans[-1][0], len(text), spans[-1][2]
            elif label != "O":
                spans.append((start, len(text), label[2:]))
        found.append((text, spans))
    return found


def test_after_20_articles_it_beats_the_dictionary_by_ten_points(
    ws: Workspace, shared_data: Path
) -> None:
    """On the 20 articles that follow, of a corpus nobody looked at while the features were made."""
    types = {"PER": "actor", "LOC": "event"}  # the small codebook has no places
    for number, (text, spans) in enumerate(europeana(shared_data, 40)):
        of = article(text, title=str(number), language="de")
        steps: list[Command] = [AddArticle(article=of)]
        steps += [
            AddAnnotation(annotation=mark(of, start, end, type=types[label]))
            for start, end, label in spans
            if label in types
        ]
        ws.do(Batch(steps=tuple(steps)), title="import")
    scores = {}
    for name in ("names", "learned"):
        (score,) = [
            score
            for first, last, score in evaluate(ws, "ann", suggesters=(name,)).curve
            if (first, last) == (20, 40)
        ]
        scores[name] = score.exact.f1 or 0
    assert scores["learned"] >= scores["names"] + 0.10
