"""Networks, event records and reports: what others read in them is what the project says."""

import tempfile
from collections.abc import Iterable
from dataclasses import replace
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typing_extensions import override

from app.exchange import plover
from app.exchange.carry import Tally
from app.exchange.dataset import Bundle, Header, Receipt
from app.exchange.registry import format_named
from app.model.errors import Refused
from app.model.registry import Record
from tests.exchange.strategies import HEADER, bundles
from tests.projects import article, mark


def written(name: str, path: Path, header: Header, given: Iterable[Bundle]) -> Receipt:
    format_ = format_named(name)
    assert format_ is not None
    assert format_.write is not None
    return format_.write(path, header, given, lambda _: None)


@pytest.mark.parametrize(("name", "reader"), [("graphml", "read_graphml"), ("gexf", "read_gexf")])
def test_networkx_reads_the_network(
    name: str, reader: str, tmp_path: Path, header: Header, bundle: Bundle
) -> None:
    receipt = written(name, tmp_path / "a.x", header, [bundle])
    graph = getattr(import_module("networkx"), reader)(tmp_path / "a.x")
    kinds = [data["kind"] for _, data in graph.nodes(data=True)]
    assert (kinds.count("actor"), kinds.count("concept")) == (10, 9)
    assert graph.number_of_edges() == 16 == receipt.written.relations == receipt.read_back.relations
    assert sum(data["agree"] + data["disagree"] for *_, data in graph.edges(data=True)) == sum(
        data["weight"] for *_, data in graph.edges(data=True)
    )


def test_plover_has_a_record_for_each_event_and_speech_act(
    tmp_path: Path, header: Header, bundle: Bundle
) -> None:
    """DOMAIN: 16 records come from the events, 16 from the statements."""
    receipt = written("plover", tmp_path / "a.jsonl", header, [bundle])
    records = [orjson.loads(line) for line in (tmp_path / "a.jsonl").read_bytes().splitlines()]
    assert len(records) == 32
    assert sum("event" in one for one in records) == 16
    assert receipt.written.annotations == receipt.read_back.annotations == 32
    protest = next(one for one in records if one["type"] == "PROTEST")
    assert (protest["mode"], protest["date"], protest["quad"]) == (["demo"], "2021-01-23", 4)
    assert protest["location"]["country"] == "RUS"
    accused = next(one for one in records if one["mode"] == ["allege"])
    assert [one["identifier_text"] for one in accused["actor"]] == ["Aleksei Navalny"]
    assert all(one["source"]["sha256"] == bundle.article.sha256 for one in records)


def test_acts_without_a_type_of_their_own_get_plover_s(header: Header) -> None:
    text = article("He denied it.")
    said = mark(text, 0, 2, type="statement", attributes={"act": "deny"})
    asked = mark(text, 3, 9, type="statement", attributes={"act": "ask"})
    record = Record(id="r", kind="event", name="E", attributes={"plover_type": "AID"})
    planned = mark(text, 0, 9, record="r", attributes={"realis": "future"})
    tally = Tally()
    given_ = Bundle(article=text, annotations=(said, asked, planned))
    product = plover.build(replace(header, records=(record,)), [given_], tally)
    assert [(one["type"], one["auxmode"]) for one in product.parts] == [
        ("AID", ["future"]),
        ("REJECT", []),
    ]
    assert [(one.what, one.count) for one in tally.lost()] == [("statements", 1)]


@pytest.mark.parametrize("name", ["report-html", "report-docx"])
@given(data=st.data())
def test_reports_of_random_datasets_are_read_back(name: str, data: st.DataObject) -> None:
    """The writer compares texts, marked stretches and quotes with what it parses."""
    given_ = [data.draw(bundles(number)) for number in range(data.draw(st.integers(1, 2)))]
    with tempfile.TemporaryDirectory() as folder:
        receipt = written(name, Path(folder) / "a", HEADER, given_)
    assert receipt.read_back == receipt.written
    assert receipt.written.annotations == sum(len(one.annotations) for one in given_)


def test_word_reads_the_report(tmp_path: Path, header: Header, bundle: Bundle) -> None:
    written("report-docx", tmp_path / "a.docx", header, [bundle])
    document = import_module("docx").Document(str(tmp_path / "a.docx"))
    body = [p.text for p in document.paragraphs if p.style.name == "Article"]
    assert "\n".join(body) == bundle.article.text
    marked = {run.style.name for p in document.paragraphs for run in p.runs} & {"actor", "event"}
    assert marked == {"actor", "event"}
    quotes = [p.text.split("\t")[0] for p in document.paragraphs if p.style.name == "Quotation"]
    assert len(quotes) == 117
    heads = [p.text for p in document.paragraphs if p.style.name == "Heading 2"]
    assert heads == ["Actors", "Events", "Numbers", "Statements"]


def test_the_html_report_is_well_formed(tmp_path: Path, header: Header, bundle: Bundle) -> None:
    html = import_module("lxml.html")
    written("report-html", tmp_path / "a.html", header, [bundle])
    page = html.fromstring((tmp_path / "a.html").read_bytes())
    (text,) = page.find_class("text")
    assert text.text_content() == bundle.article.text
    assert len(page.xpath("//li/q")) == 117
    assert page.xpath("//script | //link | //img | //@src | //@href") == []


@pytest.mark.parametrize("name", ["plover", "graphml", "gexf"])
def test_another_codebook_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="codebook has no"):
        written(name, tmp_path / "out", HEADER, [Bundle(article=article())])
    assert list(tmp_path.iterdir()) == []


class _Tags(HTMLParser):
    """The names of tags and attributes of a page, and its words."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.words = ""

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names |= {tag, *(name for name, _ in attrs)}

    @override
    def handle_data(self, data: str) -> None:
        self.words += data


def test_the_html_report_takes_nothing_that_others_wrote_for_markup(
    tmp_path: Path, header: Header
) -> None:
    evil = (
        '<img src="file:///x"><script>alert(1)</script></title></style></q>'
        "<a href='http://x' onclick=\"x\">x</a>"
    )
    known = {"source": evil, "author": evil, "url": evil}
    story = article(f"{evil} {evil}", title=evil, **known)
    marks = [
        mark(story, start, start + 20, type=name, comment=evil, layer=evil)
        for start, name in ((0, "actor"), (10, "event"), (30, "statement"))
    ]
    project = replace(header.project, name=evil, description=evil)
    given = Bundle(article=story, annotations=tuple(marks))
    written("report-html", tmp_path / "a.html", replace(header, project=project), [given])
    page = _Tags()
    page.feed((tmp_path / "a.html").read_text("utf-8"))
    assert page.words.count(evil) >= 3
    assert page.names.isdisjoint({"img", "script", "a", "b", "src", "href", "onclick"})
