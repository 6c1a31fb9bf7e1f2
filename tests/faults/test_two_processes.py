"""Two processes write at random into one project: both, the rows and the journal end up equal."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from app.model.annotation import fragments_of
from app.model.article import Status
from app.model.bookmark import Bookmark
from app.model.commands import (
    AddAnnotation,
    AddRecord,
    AddRelation,
    Batch,
    Command,
    DeleteAnnotation,
    DeleteRelation,
    EditAnnotation,
    LinkRecord,
    SetBookmark,
    SetStatus,
)
from app.model.errors import KnownError, Refused
from app.workspace import Workspace
from tests.projects import TEXT, link, mark, person, rows, with_article

ROOT = Path(__file__).resolve().parents[2]
SEEDS, STEPS = (8, 400) if os.environ.get("PRESSMARK_LONG") else (2, 120)


def step(ws: Workspace, dice: random.Random) -> Command:  # noqa: PLR0911 - one a command
    """Return a random command, made from what this process sees: it may be stale by now."""
    story = ws.contents(ws.article_ids()[0])
    marks, links = list(story.annotations), list(story.relations)
    start = dice.randrange(len(TEXT) - 6)
    added = mark(
        story.article, start, start + 5, type=dice.choice(["actor", "event"]), layer=ws.layer
    )
    actors = [one for one in marks if one.type == "actor"]
    events = [one for one in marks if one.type == "event"]
    seen = dice.choice(marks) if marks else added
    match dice.randrange(9 if marks else 1):
        case 1:
            return EditAnnotation(id=seen.id, version=seen.version, comment=f"{dice.random()}")
        case 2:
            moved = fragments_of(story.article.text, [(start, start + 3)])
            return EditAnnotation(id=seen.id, version=seen.version, fragments=moved)
        case 3:
            return DeleteAnnotation(id=seen.id, version=seen.version)
        case 4 if actors and events:
            made = link(dice.choice(events), dice.choice(actors), layer=ws.layer)
            return AddRelation(relation=made)
        case 5 if links:
            gone = dice.choice(links)
            return DeleteRelation(id=gone.id, version=gone.version)
        case 6 if actors:
            made_record, actor = person(f"Name {dice.random()}"), dice.choice(actors)
            return Batch(
                steps=(
                    AddRecord(record=made_record),
                    LinkRecord(id=actor.id, version=actor.version, record=made_record.id),
                )
            )
        case 7:
            state = dice.choice(("done", "doubt", "in progress"))
            return SetStatus(
                status=Status(article=story.article.id, layer=ws.layer, state=state)  # type: ignore[arg-type]
            )
        case 8:
            held = {one.offset: one.version for one in ws.bookmarks()}
            place = dice.randrange(4)
            return SetBookmark(
                bookmark=Bookmark(
                    article=story.article.id,
                    layer=ws.layer,
                    offset=place,
                    note=f"{dice.random()}",
                    version=held.get(place, 0),
                )
            )
    return AddAnnotation(annotation=added)


def view(ws: Workspace) -> str:
    """Return everything a window would show of the project."""
    story = ws.contents(ws.article_ids()[0])
    parts = (
        story.annotations,
        story.relations,
        story.status,
        ws.bookmarks(),
        sorted(map(repr, ws.all_records())),
        ws.queue(),
        ws.state_counts(),
        ws.last_seq,
    )
    return repr(parts)


class Follower:
    """What a window knows that only ever hears of changes: ids and versions of marks and links."""

    def __init__(self, ws: Workspace) -> None:
        self.known = versions(ws)
        self._layer = ws.layer
        ws.subscribe(self.hear)

    def hear(self, change: Any) -> None:
        for one in (*change.annotations, *change.relations):
            if one.layer == self._layer:
                self.known[one.id] = one.version
        for gone in (*change.removed_annotations, *change.removed_relations):
            self.known.pop(gone if isinstance(gone, str) else gone.id, None)


def meet(word: str) -> None:
    """Say how far this process is, and wait until the other is there as well."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()
    sys.stdin.readline()


def versions(ws: Workspace) -> dict[str, int]:
    """Return the versions of the marks and links that a window would show."""
    story = ws.contents(ws.article_ids()[0])
    marks = {one.id: one.version for one in story.annotations}
    return marks | {one.id: one.version for one in story.relations}


def write(project: str, annotator: str, seed: int) -> dict[str, Any]:
    """Work at random, following what the other does; return what came of it."""
    dice = random.Random(seed)
    done = refused = 0
    with Workspace.open(project, annotator=annotator) as ws:
        follower, article = Follower(ws), ws.article_ids()[0]
        meet("ready")
        for _ in range(STEPS):
            if dice.random() < 0.7:
                ws.poll()
            try:
                chance = dice.random()
                if chance < 0.12:
                    done += ws.undo(article) is not None
                elif chance < 0.2:
                    done += ws.redo(article) is not None
                else:
                    ws.do(step(ws, dice), title="step", article=article)
                    done += 1
            except (Refused, KnownError):
                refused += 1
        meet("done")
        ws.poll()
        return {
            "done": done,
            "refused": refused,
            "view": view(ws),
            "follows": follower.known == versions(ws),
        }


def start(project: str, annotator: str, seed: int) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, __file__, project, annotator, str(seed)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )


def both(project: str, annotators: tuple[str, str], seed: int) -> list[dict[str, Any]]:
    """Let two processes write at once; return what each says in the end."""
    pair = [start(project, name, seed * 2 + n) for n, name in enumerate(annotators)]
    for said in ("ready\n", "done\n"):
        for one in pair:
            assert one.stdout
            assert one.stdout.readline() == said
        for one in pair:
            assert one.stdin
            one.stdin.write("\n")
            one.stdin.flush()
    found = [json.loads(one.communicate()[0]) for one in pair]
    assert [one.returncode for one in pair] == [0, 0]
    return found


@pytest.mark.parametrize("annotators", [("ann", "ann"), ("ann", "ben")], ids=["one", "two"])
def test_two_processes_end_up_with_the_same(
    annotators: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    total = refused = 0
    for seed in range(SEEDS):
        folder = tmp_path / str(seed)
        folder.mkdir()
        ws, _ = with_article(folder)
        ws.close()
        found = both(ws.location, annotators, seed)
        assert all(one["follows"] for one in found)
        if annotators[0] == annotators[1]:
            assert found[0]["view"] == found[1]["view"]
        held = rows(ws.location)
        with Workspace.open(ws.location, annotator=annotators[0]) as again:
            assert view(again) == found[0]["view"]
            assert again.check().ok  # the journal, played again, makes the very rows
        assert rows(ws.location) == held
        total += sum(one["done"] for one in found)
        refused += sum(one["refused"] for one in found)
    with capsys.disabled():
        sys.stdout.write(
            f"\n{SEEDS} times two processes: {total} changes, {refused} refused as stale,"
            " 0 differences\n"
        )
    assert total > STEPS
    assert refused > 0


if __name__ == "__main__":
    sys.stdout.write(json.dumps(write(sys.argv[1], sys.argv[2], int(sys.argv[3]))))
