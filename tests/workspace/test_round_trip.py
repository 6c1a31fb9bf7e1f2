"""Articles with emoji, Arabic and CRLF go out and come back, in every format of both ways."""

from pathlib import Path

import pytest

from app.exchange.features import Feature
from app.exchange.registry import FORMATS, Format
from app.model.annotation import fragments_of
from app.model.commands import AddAnnotation
from app.workspace import Workspace
from app.workspace.exporting import export
from app.workspace.importing import find_files, import_files
from tests import projects
from tests.projects import mark

TWO_WAY = [one for one in FORMATS if one.read and one.write and not one.is_product]
TEXTS = {
    "emoji": "👩‍👩‍👧 and 2\u00a0500 people 😀 marched. 🇷🇺 Navalny spoke.",
    "arabic": "قال المتظاهرون إن الشرطة اعتقلت ٢٥ شخصا في الخرطوم.",
    "crlf": "Police came.\r\n\r\nNavalny spoke.\r\nThey left.\r\n",
}
WORDS = {"emoji": ("people", "Navalny"), "arabic": ("الشرطة",), "crlf": ("Police", "Navalny")}
Told = dict[str, list[tuple[str, tuple[tuple[int, int, str], ...]]]]


def marked(folder: Path) -> Workspace:
    """Return a project of files as they lie on a disk, with words of each marked."""
    folder.mkdir()
    ws = projects.project(folder)
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_bytes(text.encode())
    import_files(ws, find_files(sorted(folder.glob("*.txt"))))
    for article, *_ in list(ws.export_articles()):
        for word in WORDS[article.origin.file.removesuffix(".txt")]:
            start = article.text.index(word)
            (part,) = fragments_of(article.text, [(start, start + len(word))])
            made = mark(article, part.start, part.end, type="actor")
            ws.do(AddAnnotation(annotation=made), title="tag", article=article.id)
    return ws


def told(ws: Workspace) -> Told:
    """Return the hash of each text, with its marks and the words at them."""
    return {
        article.sha256: [
            (
                one.type,
                tuple((f.start, f.end, article.text[f.start : f.end]) for f in one.fragments),
            )
            for one in annotations
        ]
        for article, annotations, *_ in ws.export_articles()
    }


@pytest.mark.parametrize("format_", TWO_WAY, ids=lambda one: one.name)
def test_out_and_in_and_out_again(tmp_path: Path, format_: Format) -> None:
    if format_.needs:
        pytest.importorskip("spacy" if format_.name == "spacy" else "pyarrow")
    assert Feature.TEXT in format_.carries
    ends = format_.ending if not format_.folder else ""
    first, second = tmp_path / f"first{ends}", tmp_path / f"second{ends}"
    with marked(tmp_path / "one") as ws:
        before = told(ws)
        assert sum(map(len, before.values())) == 5
        sent = export(ws, first, format_)
    (tmp_path / "two").mkdir()
    with projects.project(tmp_path / "two") as ws:
        (report,) = import_files(ws, find_files([first], format_), extend=True)
        assert (report.result, report.lost) == ("imported", ())
        assert told(ws) == before
        again = export(ws, second, format_)
    assert again.written == sent.written
    assert again.read_back.types == sent.read_back.types == {"actor": 5}
