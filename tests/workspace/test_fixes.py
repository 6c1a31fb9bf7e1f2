"""Quick fixes: each sets its finding right in one step of undo."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.model.annotation import Annotation, Evidence, Value, fragments_of
from app.model.article import Article
from app.model.checks import Finding, Findings
from app.model.codebook import Attribute, Codebook, SpanType
from app.model.codebook_file import read_codebook
from app.model.commands import AddArticle, EditAnnotation
from app.model.contents import ArticleContents
from app.model.ids import new_id
from app.model.resources import resource
from app.model.text import sha256_of
from app.workspace import Workspace, gestures
from app.workspace.fixes import Fix, fixes

TEXT = "Navalny claims that Putin gave the order. 2500 people were arrested, 945 in Moscow."


@pytest.fixture(scope="module")
def codebook() -> Codebook:
    return read_codebook(resource("codebooks/press.yaml"))


@pytest.fixture
def workspace(tmp_path: Path, codebook: Codebook) -> Iterator[Workspace]:
    path = tmp_path / "fixes.pressmark"
    with Workspace.create(path, name="Fixes", codebook=codebook, annotator="Ann") as made:
        article = Article(id=new_id(), title="T", text=TEXT, sha256=sha256_of(TEXT))
        made.do(AddArticle(article=article), title="add")
        yield made


def contents(workspace: Workspace) -> ArticleContents:
    return workspace.contents(workspace.article_ids()[0])


def tagged(workspace: Workspace, kind: str, words: str, **attributes: Value) -> str:
    start = TEXT.index(words)
    held = contents(workspace)
    gesture = gestures.tag(held, workspace.codebook, kind, [(start, start + len(words))])
    workspace.do(gesture.command, title=gesture.title)
    if attributes:
        edit(workspace, gesture.annotation, **attributes)
    return gesture.annotation


def edit(workspace: Workspace, mark: str, **attributes: Value) -> None:
    found = annotation(workspace, mark)
    command = EditAnnotation(id=mark, version=found.version, attributes=attributes)
    workspace.do(command, title="edit")


def relate(workspace: Workspace, source: str, role: str, target: str) -> None:
    gesture = gestures.relate(contents(workspace), workspace.codebook, source, role, target)
    workspace.do(gesture.command, title=gesture.title)


def annotation(workspace: Workspace, mark: str) -> Annotation:
    found = contents(workspace).annotation(mark)
    assert found is not None
    return found


def offered(workspace: Workspace, mark: str, kind: str) -> dict[str, Fix]:
    held = contents(workspace)
    found = [f for f in Findings(held, workspace.codebook).of(mark) if f.kind == kind]
    return {fix.label: fix for finding in found for fix in fixes(held, workspace.codebook, finding)}


def take(workspace: Workspace, fix: Fix) -> None:
    assert fix.gesture is not None
    workspace.do(fix.gesture.command, title=fix.gesture.title, article=workspace.article_ids()[0])


def test_a_guess_fills_what_is_missing(workspace: Workspace) -> None:
    navalny = tagged(workspace, "actor", "Navalny")
    statement = tagged(workspace, "statement", "Navalny claims that Putin gave the order")
    fix = offered(workspace, statement, "missing relation")["Take “Navalny” as speaker"]
    take(workspace, fix)
    assert [r.target for r in contents(workspace).outgoing(statement)] == [navalny]
    workspace.undo(workspace.article_ids()[0])
    assert contents(workspace).outgoing(statement) == ()


def test_nothing_is_offered_where_nothing_can_be_guessed(workspace: Workspace) -> None:
    statement = tagged(workspace, "statement", "Putin gave the order")
    assert offered(workspace, statement, "missing relation") == {}


def test_cue_and_content_are_taken_from_the_words(workspace: Workspace) -> None:
    navalny = tagged(workspace, "actor", "Navalny")
    statement = tagged(workspace, "statement", "Navalny claims that Putin gave the order")
    relate(workspace, statement, "speaker", navalny)
    take(workspace, offered(workspace, statement, "missing evidence")["Take “claims” as cue"])
    (content,) = offered(workspace, statement, "missing evidence").values()
    assert content.label == "Take “that Putin gave the order” as content"
    take(workspace, content)
    assert annotation(workspace, statement).evidence == (
        Evidence(attribute="cue", fragments=fragments_of(TEXT, [(8, 14)])),
        Evidence(attribute="content", fragments=fragments_of(TEXT, [(15, 40)])),
    )
    assert offered(workspace, statement, "missing evidence") == {}


def test_figures_are_set_right(workspace: Workspace) -> None:
    number = tagged(workspace, "number", "2500", value=2500, low=2600, high=2550)
    found = offered(workspace, number, "low above high")
    assert list(found) == ["Swap low and high", "Set low to 2500"]
    take(workspace, found["Swap low and high"])
    given = annotation(workspace, number).attributes
    assert (given["low"], given["high"]) == (2550, 2600)
    edit(workspace, number, low=2450, high=2400)
    found = offered(workspace, number, "low above high")
    take(workspace, found["Set high to 2500"])
    assert annotation(workspace, number).attributes["high"] == 2500
    assert offered(workspace, number, "low above high") == {}


def test_a_part_that_is_the_whole_is_turned_round_or_let_go(workspace: Workspace) -> None:
    whole = tagged(workspace, "number", "2500", value=2500)
    part = tagged(workspace, "number", "945", value=945)
    relate(workspace, whole, "part_of", part)
    found = offered(workspace, whole, "part larger than whole")
    assert list(found) == ["Turn the link round", "Remove the link"]
    take(workspace, found["Turn the link round"])
    (relation,) = contents(workspace).relations
    assert (relation.source, relation.target) == (part, whole)
    workspace.undo(workspace.article_ids()[0])
    take(workspace, found["Remove the link"])
    assert contents(workspace).relations == ()


def test_a_part_has_one_whole(workspace: Workspace) -> None:
    whole = tagged(workspace, "number", "2500", value=2500)
    part = tagged(workspace, "number", "945", value=945)
    relate(workspace, whole, "part_of", part)
    relate(workspace, part, "part_of", whole)
    assert list(offered(workspace, whole, "part larger than whole")) == ["Remove the link"]


def test_figures_that_contradict_each_other_are_looked_at(workspace: Workspace) -> None:
    arrested = tagged(workspace, "event", "arrested")
    first = tagged(workspace, "number", "2500", value=2500, modifier="exact")
    second = tagged(workspace, "number", "945", value=945, modifier="exact")
    for number in (first, second):
        relate(workspace, number, "counts", arrested)
    found = offered(workspace, second, "conflicting values")
    assert found["Show the other number"].annotation == first
    assert found["Say who reports it"].field == "reported_by"
    assert all(fix.gesture is None for fix in found.values())


def test_a_position_without_concept_is_cleared(workspace: Workspace) -> None:
    statement = tagged(workspace, "statement", "Putin gave the order", position=1)
    take(workspace, offered(workspace, statement, "position without concept")["Clear the position"])
    assert "position" not in annotation(workspace, statement).attributes


def test_a_default_is_offered_and_an_unknown_type_removed(
    workspace: Workspace, codebook: Codebook
) -> None:
    number = tagged(workspace, "number", "945")
    held = contents(workspace)
    finding = Finding(kind="missing attribute", annotation=number, field="unit", message="")
    (fix,) = fixes(held, codebook, finding)
    assert fix.label == "Take “person”"
    for field in ("value", "gone"):  # without a default, and not in the codebook
        none = Finding(kind="missing attribute", annotation=number, field=field, message="")
        assert fixes(held, codebook, none) == ()
    unknown = Finding(kind="unknown type", annotation=number, field="", message="")
    take(workspace, fixes(held, codebook, unknown)[0])
    assert contents(workspace).annotation(number) is None


def test_what_is_gone_or_not_in_the_codebook_has_no_fix(
    workspace: Workspace, codebook: Codebook
) -> None:
    number = tagged(workspace, "number", "945")
    held = contents(workspace)
    for kind in ("missing relation", "missing evidence", "part larger than whole", "other"):
        finding = Finding(kind=kind, annotation=number, field="gone", message="")
        assert fixes(held, codebook, finding) == ()
        assert fixes(held, Codebook(name="e", label="E"), finding) == ()
    finding = Finding(kind="missing relation", annotation="gone", field="speaker", message="")
    assert fixes(held, codebook, finding) == ()


def test_a_default_that_does_not_fit_is_not_offered(workspace: Workspace) -> None:
    number = tagged(workspace, "number", "945")
    wrong = Attribute(name="size", label="Size", type="number", default="many", required=True)
    book = Codebook(
        name="e",
        label="E",
        types=(
            SpanType(
                name="number",
                label="Number",
                plural="Numbers",
                key="",
                letter="N",
                ink="number",
                underline="dotted",
                attributes=(wrong,),
            ),
        ),
    )
    finding = Finding(kind="missing attribute", annotation=number, field="size", message="")
    assert fixes(contents(workspace), book, finding) == ()
