"""Bringing a dataset without texts into a project, by means of one's own copies of the articles."""

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from app.exchange import no_text
from app.exchange.registry import format_named
from app.model.errors import KnownError, Refused
from app.workspace.importing import FileReport, Found, find_files, import_files, read
from app.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachReport:
    """How many articles of the dataset were found, which were not, and what the import said."""

    matched: int
    missing: tuple[str, ...]
    unread: tuple[str, ...]
    report: FileReport | None


def attach(workspace: Workspace, dataset: Path, paths: Iterable[Path]) -> AttachReport:
    """Find the texts of a dataset among files and in the project, and import what is whole.

    Raises `InputRefused` where the dataset is none, or words of a text are others than were marked.
    """
    unread: list[str] = []
    texts = _Texts(workspace, find_files(paths), unread)
    with tempfile.TemporaryDirectory() as folder:
        made = no_text.attach(dataset, texts, Path(folder) / "attached.jsonl")
        report = None
        if made.matched:
            found = Found(path=made.path, format=format_named("jsonl"))
            (report,) = import_files(workspace, [found])
    return AttachReport(
        matched=made.matched, missing=made.missing, unread=tuple(unread), report=report
    )


@dataclass(frozen=True, slots=True)
class _Texts:
    """The texts of the project and of files, whatever their format."""

    workspace: Workspace
    files: list[Found]
    unread: list[str]

    def __iter__(self) -> Iterator[str]:
        for article, *_ in self.workspace.export_articles():
            yield article.text
        for file in self.files:
            try:
                for bundle in read(file).articles:
                    yield bundle.article.text
            except (Refused, KnownError) as reason:
                self.unread.append(f"{file.path}: {reason}")
