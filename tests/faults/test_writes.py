"""The disk fails at the first write, the second, the third ... until the change succeeds."""

import resource
import signal
import sys
from pathlib import Path

import pytest

from app.model.changes import Change
from app.model.commands import AddAnnotation
from app.model.errors import KnownError
from app.workspace import Workspace
from tests.projects import mark, rows, with_article

STEP = 2060
"""Bytes: half a frame of the write-ahead log, so that writes are cut in the middle as well."""


def test_a_failure_at_any_write_changes_nothing_and_the_next_try_succeeds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ws, story = with_article(tmp_path)
    heard: list[Change] = []
    before_signal = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    failed, room, is_written = 0, 0, False
    ws.close()
    added = mark(story, 0, 9, comment="long enough for many pages " * 3000)
    held = rows(ws.location)
    try:
        while not is_written:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
            with Workspace.open(ws.location, annotator="ann") as again:
                again.subscribe(heard.append)
                resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
                try:
                    again.do(AddAnnotation(annotation=added), title="tag", article=story.id)
                    is_written = True
                except KnownError:
                    failed += 1
                    assert heard == []
                    assert rows(ws.location) == held
                finally:
                    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
            room += STEP
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before_signal)
    with Workspace.open(ws.location, annotator="ann") as again:
        assert again.check().ok
        assert again.contents(story.id).annotation(added.id) is not None
    with capsys.disabled():
        sys.stdout.write(f"\n{failed} failed writes before the one that succeeded, 0 half done\n")
    assert len(heard) == 1
    assert failed > 20
