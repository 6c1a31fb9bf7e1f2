"""Every file of others is read with as many articles as it holds, or refused with the reason."""

import os
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

from app.workspace import Workspace
from app.workspace.importing import FileReport, find_files, import_files
from app.workspace.sample import press_codebook

FOLDERS = ("09_sources", "10_robustness")
NO_TEXT = "it holds no text"
NO_JSON = "it is no (JSON document|Pressmark JSON)|it holds no JSON"

NO_ZIP = "damaged, or packed in a way|it has a password|no format reads .js"
ZIPS = (
    # How many files in them are read and refused; of the others nothing can be read.
    ("Invalid_comment_length", (2, 0)),
    ("multi-disk_zip_files", (2, 0)),
    ("absolute_path", (1, 1)),
    ("invalid_relative_path", (1, 1)),
    ("unsupported_compression", (1, 1)),
)
EXPECTED: tuple[tuple[str, str, int | str], ...] = (
    # What comes first counts; a number is of articles, words are part of the refusal.
    ("*/lexisnexis/sample.*", "nexis", 10),
    ("*/lexisnexis_html/*", "nexis", 2),
    ("*/factiva/*.xml", "factiva", 3),
    ("*/complex.mbox", "eml", 3),
    ("*/test-outlook.msg", "eml", "save it as .eml"),
    ("*/Hungarian_Magyar-Unicode.txt", "text", "it is not utf-16-le: byte 9,997"),
    ("*/blk-containing-table.docx", "docx", NO_TEXT),
    ("*/docx_mammoth/e*.docx", "docx", NO_TEXT),
    ("*/doc-no-coreprops.docx", "docx", NO_TEXT),
    ("*/sty-having-no-styles-part.docx", "docx", NO_TEXT),
    ("*/*_protected_passtika.docx", "docx", "it has a password"),
    ("*/testWORD_truncated.docx", "docx", "cut off"),
    ("*/testODTnotaZipFile.odt", "odt", "it is not an OpenDocument text"),
    ("*/testException1.doc", "", "no format reads .doc files"),
    ("*/xml_defusedxml/simple.xml", "factiva", "XML without an article of Factiva"),
    ("*/xml_defusedxml/dtd.xml", "factiva", "no article in it ends with “Document”"),
    ("*/xml_defusedxml/*.xml", "factiva", "it defines a document type"),
    ("*/csvs/*.csv", "table", "no column is named like the text of an article"),
    ("10_robustness/*.json", "json", NO_JSON),
    ("*/expected-metadata.json", "json", NO_JSON),
    ("*.md", "markdown", 1),
    ("*/LICENSE", "text", 1),
    ("*.txt", "text", 1),
    ("*.html", "html", 1),
    ("*.docx", "docx", 1),
    ("*.odt", "odt", 1),
    ("*.rtf", "rtf", 1),
    ("*.pdf", "pdf", 1),
    ("*.eml", "eml", 1),
)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    path = tmp_path_factory.mktemp("shared") / "empty.pressmark"
    with Workspace.create(path, name="p", codebook=press_codebook(), annotator="marta") as made:
        yield made


def files(folder: Path) -> list[Path]:
    found = [path for name in FOLDERS for path in sorted((folder / name).rglob("*"))]
    return [path for path in found if path.is_file()]


def names() -> list[str]:
    """Return the files as they are when the tests are collected, or one that is skipped."""
    named = os.environ.get("PRESSMARK_TEST_DATA")
    checkout = Path(__file__).resolve().parents[2]
    folder = Path(named) if named else checkout.parent / "shared" / "data"
    return [str(path.relative_to(folder)) for path in files(folder)] or ["SOURCES.md"]


@pytest.mark.parametrize("name", names())
def test_a_file_of_others_is_read_or_refused_with_the_reason(
    empty: Workspace, shared_data: Path, name: str
) -> None:
    reports = import_files(empty, find_files([shared_data / name]), dry_run=True)
    if name.endswith(".zip"):
        whole = next((count for sign, count in ZIPS if sign in name), (0, 1))
        results = [report.result for report in reports]
        assert (results.count("imported"), results.count("refused")) == whole
        assert all(re.search(NO_ZIP, one.reason) for one in reports if one.result == "refused")
        return
    check(name, reports)


def check(name: str, reports: list[FileReport]) -> None:
    (report,) = reports
    expected = next(one for one in EXPECTED if fnmatch(name, one[0]))
    assert report.format == expected[1]
    if isinstance(expected[2], int):
        assert (report.result, report.counts.articles) == ("imported", expected[2])
        return
    assert report.result == "refused"
    assert re.search(expected[2], report.reason)
