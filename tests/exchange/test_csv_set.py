"""The CSV tables as pandas and spreadsheets read them."""

import json
import zipfile
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest

from app.exchange import csv_set
from app.exchange.dataset import Bundle, Header
from app.exchange.registry import format_named
from app.model.errors import InputRefused
from tests.exchange.strategies import HEADER
from tests.projects import article, mark


def write(path: Path, header: Header, bundle: Bundle) -> None:
    format_ = format_named("csv")
    assert format_ is not None
    assert format_.write is not None
    format_.write(path, header, [bundle], lambda _: None)


def test_pandas_reads_the_sample(tmp_path: Path, header: Header, bundle: Bundle) -> None:
    pandas = import_module("pandas")
    write(tmp_path / "out", header, bundle)
    spans = pandas.read_csv(tmp_path / "out" / "spans.csv")
    assert spans["type"].value_counts().to_dict() == {
        "actor": 59,
        "event": 34,
        "statement": 19,
        "number": 5,
    }
    text = bundle.article.text
    for row in spans.itertuples():
        if ";" not in row.fragments:
            assert text[row.start : row.end] == row.text
            assert row.start1 == row.start + 1
    events = pandas.read_csv(tmp_path / "out" / "events.csv")
    assert set(events["field realis"]) == {"actual", "future", "hypothetical"}
    assert len(pandas.read_csv(tmp_path / "out" / "relations.csv")) == 122
    assert len(pandas.read_csv(tmp_path / "out" / "evidence.csv")) == 71
    assert len(pandas.read_csv(tmp_path / "out" / "registry.csv")) == 37
    package = json.loads((tmp_path / "out" / "datapackage.json").read_bytes())
    for resource in package["resources"]:
        data = (tmp_path / "out" / resource["path"]).read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        columns = pandas.read_csv(tmp_path / "out" / resource["path"]).columns
        assert list(columns) == [field["name"] for field in resource["schema"]["fields"]]


def test_a_zip_holds_the_same_tables_and_is_the_same_each_time(
    tmp_path: Path, header: Header, bundle: Bundle
) -> None:
    write(tmp_path / "out", header, bundle)
    write(tmp_path / "out.zip", header, bundle)
    write(tmp_path / "again.zip", header, bundle)
    assert (tmp_path / "out.zip").read_bytes() == (tmp_path / "again.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        for name in archive.namelist():
            assert archive.read(name) == (tmp_path / "out" / name).read_bytes()


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    nasty = article("=1+1 is a text", title="@cmd", source="-3")
    marks = (mark(nasty, 0, 4, comment="+49 30", attributes={"note": "'quoted", "size": -3}),)
    given = Bundle(article=nasty, annotations=marks)
    write(tmp_path / "plain", HEADER, given)
    write(tmp_path / "safe", replace(HEADER, spreadsheet_safe=True), given)
    assert ",=1+1" in (tmp_path / "plain" / "spans.csv").read_text("utf-8-sig")
    for file in (tmp_path / "safe").glob("*.csv"):
        for row in file.read_text("utf-8-sig").splitlines():
            cells = row.split(",")
            assert not any(c[:1] in {"=", "+", "@"} for c in cells), row
    assert ",-3" in (tmp_path / "safe" / "events.csv").read_text("utf-8-sig")


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({}, "no datapackage.json"),
        ({"datapackage.json": b"[]"}, "does not describe"),
        ({"datapackage.json": b'{"resources": []}'}, "no tables"),
        (
            {
                "datapackage.json": b'{"resources": []}',
                "articles.csv": b"id,text\n1,a\n",
                "spans.csv": b"id,article,type,start,end\n1,2,x,0,1\n",
            },
            "not as it should be",
        ),
    ],
)
def test_other_files_are_refused(tmp_path: Path, files: dict[str, bytes], reason: str) -> None:
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    with pytest.raises(InputRefused, match=reason):
        csv_set.read(tmp_path)


def test_what_is_no_zip_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK no")
    with pytest.raises(InputRefused, match="no zip file"):
        csv_set.read(tmp_path / "a.zip")
