"""The tables of a project's dataset, made from what one layer marked in all articles."""

from collections.abc import Callable
from typing import NamedTuple

from app.model.article import State
from app.model.joining import Joining, Table
from app.workspace.workspace import Workspace

_STEP = 100

Tell = Callable[[tuple[int, int]], object]
"""Told how many articles of how many were gone through; may raise to end the work."""


class Joined(NamedTuple):
    """The tables, and from how many articles with marks they are: finished ones, others."""

    tables: tuple[Table, ...]
    done: int
    open: int


def join_all(
    workspace: Workspace, layer: str, *, profile: str = "", tell: Tell = lambda _: None
) -> Joined:
    """Return the tables of the dataset as a layer has it."""
    joining = Joining(workspace.codebook, workspace.all_records(), profile or None)
    total, finished, others = workspace.queue_count(), 0, 0
    for number, found in enumerate(workspace.export_articles([layer])):
        if number % _STEP == 0:
            tell((number, total))
        if not found.annotations:
            continue
        given = [status.state for status in found.statuses if status.layer == layer]
        state: State = given[0] if given else "in progress"
        finished += state == "done"
        others += state != "done"
        joining.add(found.article, found.annotations, found.relations, state)
    return Joined(joining.tables(), finished, others)
