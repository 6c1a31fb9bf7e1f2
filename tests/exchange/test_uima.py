"""UIMA CAS: dkpro-cassis reads ours, and we read what INCEpTION and DKPro wrote."""

import warnings
from importlib import import_module
from pathlib import Path

import pytest

from app.exchange import cas_json, cas_xmi
from app.exchange.dataset import Bundle, Header
from app.exchange.registry import format_named
from app.model.errors import InputRefused
from tests.exchange.strategies import HEADER
from tests.projects import article, mark


def written(name: str, path: Path, header: Header, bundle: Bundle) -> None:
    format_ = format_named(name)
    assert format_ is not None
    assert format_.write is not None
    format_.write(path, header, [bundle], lambda _: None)


def test_cassis_reads_the_xmi(tmp_path: Path, header: Header, bundle: Bundle) -> None:
    cassis = import_module("cassis")
    written("cas-xmi", tmp_path / "out", header, bundle)
    with (tmp_path / "out" / "TypeSystem.xml").open("rb") as file:
        types = cassis.load_typesystem(file)
    with (tmp_path / "out" / "000001.xmi").open("rb") as file:
        cas = cassis.load_cas_from_xmi(file, typesystem=types)
    assert_whole(cas, bundle)


def test_cassis_reads_the_json(tmp_path: Path, header: Header, bundle: Bundle) -> None:
    cassis = import_module("cassis")
    written("cas-json", tmp_path / "out", header, bundle)
    with (tmp_path / "out" / "000001.json").open("rb") as file:
        assert_whole(cassis.load_cas_from_json(file), bundle)


def assert_whole(cas: object, bundle: Bundle) -> None:
    select = cas.select  # type: ignore[attr-defined]
    for name in ("actor", "event", "number", "statement"):
        own = [item for item in bundle.annotations if item.type == name]
        found = select(f"webanno.custom.{name}")
        assert {one.pm_id for one in found} == {item.id for item in own}
        words = {item.id: item for item in own}
        for one in found:
            start, end = words[one.pm_id].start, words[one.pm_id].end
            assert one.get_covered_text() == bundle.article.text[start:end]
    links = select("webanno.custom.PressmarkLink")
    assert len(links) == 122 + 71
    assert all(one.Governor.pm_id and one.Dependent.pm_id for one in links)


@pytest.mark.parametrize("name", ["cas-xmi", "cas-json"])
def test_cassis_counts_utf16_units_behind_an_emoji(name: str, tmp_path: Path) -> None:
    cassis = import_module("cassis")
    text = article("😀 Anna\x0c went")
    written(name, tmp_path / "out", HEADER, Bundle(article=text, annotations=(mark(text, 2, 6),)))
    if name == "cas-json":
        data = (tmp_path / "out" / "000001.json").read_bytes()
        assert b'"begin": 3' in data
        cas = cassis.load_cas_from_json(data.decode())
    else:
        data = (tmp_path / "out" / "000001.xmi").read_bytes()
        assert b'begin="3"' in data
        types = cassis.load_typesystem((tmp_path / "out" / "TypeSystem.xml").read_text("utf-8"))
        cas = cassis.load_cas_from_xmi(data.decode(), typesystem=types)
    (one,) = cas.select("webanno.custom.event")
    assert one.get_covered_text() == "Anna"


def test_xmi_of_inception_is_read(shared_data: Path) -> None:
    """Every XMI of its test suite that has a text; offsets fit, since `Draft` checks them."""
    read = refused = marks = 0
    for path in sorted((shared_data / "02_webanno_uima").rglob("*.xmi")):
        try:
            dataset = cas_xmi.read(path)
        except InputRefused as reason:
            assert "text" in str(reason)  # noqa: PT017 - which of them are refused is the point
            refused += 1
            continue
        read += 1
        marks += sum(len(bundle.annotations) for bundle in dataset.articles)
        wrong = [one for one in dataset.lost if one.what == "annotations"]
        assert all("no text" in one.reason for one in wrong), path  # those without a length
    assert (read > 30, refused < 8, marks > 100) == (True, True, True), (read, refused, marks)


def test_json_of_cassis_is_read_as_cassis_reads_it(shared_data: Path) -> None:
    cassis = import_module("cassis")
    read = 0
    for path in sorted((shared_data / "02_webanno_uima" / "cas_json").rglob("*.json")):
        try:
            (bundle,) = cas_json.read(path).articles
        except InputRefused:  # those without a text, and a type system by itself
            continue
        with warnings.catch_warnings(), path.open("rb") as file:
            warnings.simplefilter("ignore")
            cas = cassis.load_cas_from_json(file)
        assert bundle.article.text == cas.sofa_string.replace("\r\n", "\n")
        read += 1
        known = {
            (one.begin, one.end) for one in cas.select_all_annotations() if hasattr(one, "begin")
        }
        assert len(bundle.annotations) <= len(known) + 5
    assert read == 5


def test_slots_become_relations(tmp_path: Path) -> None:
    data = """<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore"
      xmlns:custom="http:///webanno/custom.ecore" xmi:version="2.0">
      <custom:Event xmi:id="5" sofa="1" begin="5" end="9" links="7"/>
      <custom:EventLink xmi:id="7" role="agent" target="6"/>
      <custom:Actor xmi:id="6" sofa="1" begin="0" end="4" kind="a"/>
      <cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" sofaString="Anna went"/></xmi:XMI>"""
    (tmp_path / "a.xmi").write_text(data, "utf-8")
    system = """<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier"><types>
      <typeDescription><name>webanno.custom.Event</name><features><featureDescription>
      <name>links</name><rangeTypeName>uima.cas.FSArray</rangeTypeName>
      </featureDescription></features></typeDescription></types></typeSystemDescription>"""
    (tmp_path / "typesystem.xml").write_text(system, "utf-8")
    (bundle,) = cas_xmi.read(tmp_path / "a.xmi").articles
    assert [(a.type, a.quote, a.attributes) for a in bundle.annotations] == [
        ("Event", "went", {}),
        ("Actor", "Anna", {"kind": "a"}),
    ]
    assert [r.role for r in bundle.relations] == ["agent"]


@pytest.mark.parametrize(
    "data",
    [b"", b"<a/>", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", b"<a>"],
)
def test_other_files_are_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.xmi").write_bytes(data)
    with pytest.raises(InputRefused):
        cas_xmi.read(tmp_path / "a.xmi")
    with pytest.raises(InputRefused):
        cas_json.read(tmp_path / "a.xmi")
    with pytest.raises(InputRefused, match=r"no \.json"):
        cas_json.read(tmp_path)
