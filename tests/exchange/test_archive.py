"""Zip files of articles: each file in them is read by itself, and none of them leads anywhere."""

import io
import os
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from app.exchange import archive, sniff, unpacked
from app.exchange.child import Children
from app.exchange.foreign_article import Ahead
from app.exchange.registry import format_named
from app.exchange.zip_file import is_modest
from app.model.errors import InputRefused
from app.workspace.importing import Found, ahead_of, find_files, read
from tests.exchange.test_articles import OLD


def packed(files: Mapping[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return file.getvalue()


def found(tmp_path: Path, files: Mapping[str, str | bytes]) -> list[Found]:
    path = tmp_path / "news.zip"
    path.write_bytes(packed(files))
    return find_files([path])


def test_each_file_is_read_by_its_reader(tmp_path: Path) -> None:
    files = found(
        tmp_path,
        {
            "a/one.txt": "Первая статья.".encode("cp1251") * 9,
            "b.md": "# Head\n\nWords.\n",
            "nexis.txt": OLD,
            ".hidden": "no",
            "__MACOSX/a.txt": "no",
        },
    )
    assert [str(one.path.relative_to(tmp_path)) for one in files] == [
        "news.zip/a/one.txt",
        "news.zip/b.md",
        "news.zip/nexis.txt",
    ]
    read_ = [[bundle.article for bundle in read(one).articles] for one in files]
    assert [len(articles) for articles in read_] == [1, 1, 2]
    (first,) = read_[0]
    assert first.text.startswith("Первая")
    assert first.metadata == {"encoding": "cp1251"}
    assert first.origin.file == "one.txt"
    assert first.origin.sha256 == sha256("Первая статья.".encode("cp1251") * 9).hexdigest()
    assert read_[1][0].title == "Head"


def test_names_lead_nowhere(tmp_path: Path) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    names = ["../out.txt", "/abs.txt", "C:\\win\\x.txt", "a/\u202etxt.txt", "deep/../../up.txt"]
    files = found(inside, {name: f"Words {n}." for n, name in enumerate(names)})
    root = inside / "news.zip"
    assert all(one.path.is_relative_to(root) and ".." not in one.path.parts for one in files)
    assert [one.path.name for one in files] == [
        "out.txt",
        "abs.txt",
        "x.txt",
        "\ufffdtxt.txt",
        "up.txt",
    ]
    texts = [bundle.article.text for one in files for bundle in read(one).articles]
    assert texts == [f"Words {n}." for n in range(5)]
    assert [one.name for one in tmp_path.rglob("*") if one.is_file()] == ["news.zip"]


def test_what_an_archive_cannot_give_is_refused_by_itself(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(link, "/etc/passwd")
        made.writestr("empty.txt", "")
        made.writestr("more.zip", packed({"a.txt": "x"}))
        made.writestr("large.txt", os.urandom(1 << 20) + b"\0" * (50 << 20))
        made.writestr("good.txt", "Words.")
    path = tmp_path / "mixed.zip"
    path.write_bytes(file.getvalue())
    reasons = {}
    for one in find_files([path]):
        try:
            read(one)
        except InputRefused as refusal:
            reasons[one.path.name] = str(refusal)
    assert reasons.pop("more.zip").startswith("no format reads .zip")
    assert reasons == {
        "link.txt": "it is a link and no file",
        "empty.txt": "it is empty",
        "large.txt": "it is larger than 50 MB",
    }


def test_an_archive_that_changed_is_refused(tmp_path: Path) -> None:
    (one,) = found(tmp_path, {"a.txt": "Words."})
    found(tmp_path, {"b.txt": "Other words."})
    with pytest.raises(InputRefused, match="has changed"):
        read(one)
    (tmp_path / "news.zip").unlink()
    with pytest.raises(InputRefused, match="cannot be read"):
        read(one)


def test_a_named_format_reads_every_file(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(packed({"a.txt": OLD, "b.text": OLD.replace("wrapped", "short")}))
    files = find_files([path], format_named("text"))
    assert [len(list(read(one).articles)) for one in files] == [1, 1]


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({f"{n}.txt": b"" for n in range(50_001)}, "more than 50,000 files"),
        ({f"{n}.txt": b"\0" * (40 << 20) for n in range(2)}, "unpacks to too much"),
        ({}, "without a file in it"),
    ],
)
def test_an_archive_has_bounds(tmp_path: Path, files: Mapping[str, bytes], reason: str) -> None:
    (one,) = found(tmp_path, files)
    assert one.format is None
    assert reason in one.reason


def test_a_long_list_of_contents_is_left_to_the_child(tmp_path: Path) -> None:
    path = tmp_path / "many.docx"
    few = packed({"word/document.xml": "<p>Body</p>End of Document<"})
    path.write_bytes(few)
    assert is_modest(path)
    assert is_modest(io.BytesIO(few))
    assert sniff.of_word(path) == "nexis"
    path.write_bytes(packed({f"{n:05}{'x' * 400}": "" for n in range(10_000)}))
    assert not is_modest(path)
    assert sniff.of_word(path) == ""
    for data in (b"", b"PK\x05\x06", b"words" * 30_000):
        path.write_bytes(data)
        assert not is_modest(path)
    large = bytearray(few)
    large[-22:-22] = b"PK\x06\x07" + bytes(16)
    path.write_bytes(large)
    assert not is_modest(path)


def test_files_that_overlap_are_refused() -> None:
    one = zipfile.ZipInfo("a")
    one.header_offset = 0
    with pytest.raises(InputRefused, match="overlap"):
        archive._check([one, one])


def test_small_files_are_read_together_and_say_what_they_say_alone(tmp_path: Path) -> None:
    words = {f"{n}.txt": f"Words {n}." for n in range(9)}
    files = found(
        tmp_path,
        {
            **words,
            "cyrillic.txt": "Первая статья.".encode("cp1251") * 9,
            "empty.txt": "",
            "late.md": "# Head\n\nWords.\n",
            "two.txt": OLD,
            "large.txt": "Many words. " * 20_000,
        },
    )
    ahead = ahead_of(files)
    for one in files:
        together, alone = (what_is_said(one, ahead), what_is_said(one, None))
        assert together == alone
    assert "it is empty" in what_is_said(files[10], ahead)


def what_is_said(file: Found, ahead: Ahead | None) -> list[object]:
    try:
        dataset = read(file, ahead=ahead)
    except InputRefused as refusal:
        return [str(refusal)]
    articles = (bundle.article for bundle in dataset.articles)
    return [(one.title, one.text, one.origin.sha256, one.metadata) for one in articles]


def test_few_questions_are_asked_for_many_small_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = found(tmp_path, {f"{n}.txt": f"Words {n}." for n in range(50)})
    asked = []
    stream = Children.stream

    def count(self: Children, module: str, data: bytes, **options: Any) -> Any:
        asked.append(module)
        return stream(self, module, data, **options)

    monkeypatch.setattr(Children, "stream", count)
    ahead = ahead_of(files)
    assert all(read(one, ahead=ahead) for one in files)
    assert len(asked) == 1
    read(files[3], ahead=ahead)
    assert len(asked) == 2, "a second time it is asked for alone"


def test_a_file_that_breaks_the_reader_spoils_no_other(tmp_path: Path) -> None:
    files = found(tmp_path, {"a.txt": "One.", "b.txt": "Two.", "c.txt": "Three."})
    assert files[1].format is not None
    bad = replace(files[1], format=replace(files[1].format, in_child="no_such_reader"))
    files[1] = bad
    ahead = ahead_of(files)
    assert [what_is_said(one, ahead)[0] for one in (files[0], files[2])] == [
        what_is_said(one, None)[0] for one in (files[0], files[2])
    ]
    assert "broken" in str(what_is_said(bad, ahead)[0])


def test_annotated_files_in_an_archive_are_read_as_from_a_folder(tmp_path: Path) -> None:
    path = tmp_path / "brat.zip"
    link = zipfile.ZipInfo("in/link.ann")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("in/../in/a.txt", "Police came.")
        made.writestr("in/a.ann", "T1\tACTOR 0 6\tPolice\n")
        made.writestr("b.txt", "Nobody came.")
        made.writestr("/etc/CON.txt", "Words.")
        made.writestr(link, "/etc/passwd")
        made.writestr("in\\c.txt", "More words.")
    files = find_files([path])
    places = {one.where for one in files if one.place is not None}
    shown = [one.path.relative_to(path).as_posix() for one in files]
    assert sorted(shown) == [
        "b.txt",
        "etc/_CON.txt",
        "in/a.ann",
        "in/a.txt",
        "in/c.txt",
        "in/link.ann",
    ]
    ann = next(one for one in files if one.path.name == "a.ann")
    (bundle,) = read(ann).articles
    assert [one.quote for one in bundle.annotations] == ["Police"]
    why = {one.path.name: one.reason for one in files if one.reason}
    assert why == {"link.ann": "it is a link and no file"}
    assert all(place.exists() for place in places)
    folder = ann.where.parents[1]
    assert folder.stat().st_mode & 0o077 == 0
    del files, ann, bundle
    assert not any(place.exists() for place in places)


def test_an_archive_of_annotations_that_unpacks_to_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpacked, "MOST_TOTAL", 20)
    path = tmp_path / "brat.zip"
    path.write_bytes(packed({"a.txt": "Police came.", "a.ann": "T1\tACTOR 0 6\tPolice\n"}))
    (one,) = find_files([path])
    assert one.reason.startswith("it unpacks to more than 1 GB")
