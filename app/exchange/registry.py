"""Every format this Pressmark really reads or writes: one table that the command line prints."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, cast

from app.exchange import pressmark_json, product, sniff, text_file, writing
from app.exchange.dataset import Bundle, Dataset, Header, Lost, Receipt
from app.exchange.features import EVERYTHING, MARKS, Feature, left_out
from app.exchange.pressmark_json import Progress
from app.exchange.product import Maker
from app.exchange.writing import Module
from app.model.errors import KnownError

Reader = Callable[..., Dataset]
Writer = Callable[[Path, Header, Iterable[Bundle], Progress], Receipt]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format: what it is called, how its files end, what reads and writes it.

    `needs` names what has to be installed first; `cannot_carry` what a file of it has no place for.
    `folder` says that it writes several files into a folder of that name; `module` is where a
    format of somebody else's is read and written, loaded when it is first used. `options` are what
    its reader takes beside the path: the `encoding` of text, the `mapping` of columns. `in_child`
    is the module that reads articles of the format in the child, also within archives. All but
    plain text is read there; such a reader takes `tell`, which it calls for each article.
    """

    name: str
    title: str
    extensions: tuple[str, ...]
    read: Reader | None = None
    write: Writer | None = None
    needs: str | None = None
    cannot_carry: tuple[str, ...] = ()
    carries: frozenset[Feature] = EVERYTHING
    folder: bool = False
    module: str = ""
    is_product: bool = False
    options: frozenset[str] = frozenset()
    in_child: str = ""

    @property
    def ending(self) -> str:
        """How a path ends that is written in this format; nothing for a plain folder."""
        one_file = not self.folder or ".zip" in self.extensions
        return self.extensions[0] if one_file else ""

    def losses(self, header: Header, articles: Iterable[Bundle]) -> tuple[Lost, ...]:
        """Return what an export would leave out, without writing anything."""
        if self.is_product:
            maker = cast("Maker", import_module(f"app.exchange.{self.module}"))
            return product.losses(maker, header, articles)
        return writing.losses(self.load(), header, articles)

    def load(self) -> Module:
        """Return the module that reads and writes the format.

        Raises `KnownError` with the line to type where a library is missing.
        """
        return _loaded(self.module, self.needs)


def _apart(path: Path, module: str, function: str = "read", **given: Any) -> Dataset:
    """Return what a module reads, in the child process: the file may be anybody's."""
    from app.exchange import annotated

    return annotated.read_apart(path, f"app.exchange.{module}", function, **given)


def _read_json(path: Path, **given: Any) -> Dataset:
    return _apart(path, "pressmark_reader", "read_json", **given)


def _read_jsonl(path: Path, **given: Any) -> Dataset:
    return _apart(path, "pressmark_reader", "read_jsonl", **given)


def _write_json(
    path: Path, header: Header, articles: Iterable[Bundle], progress: Progress
) -> Receipt:
    return pressmark_json.write(path, header, articles, progress=progress)


def _write_jsonl(
    path: Path, header: Header, articles: Iterable[Bundle], progress: Progress
) -> Receipt:
    return pressmark_json.write(path, header, articles, lines=True, progress=progress)


def _loaded(name: str, needs: str | None) -> Module:
    try:
        return cast("Module", import_module(f"app.exchange.{name}"))
    except ModuleNotFoundError as missing:
        if needs is None:
            raise
        raise KnownError(f"{missing.name} is not installed. Type: {needs}") from missing


def _foreign(
    name: str,
    title: str,
    extensions: tuple[str, ...],
    *,
    carries: frozenset[Feature],
    module: str,
    folder: bool = False,
    reads: bool = True,
    writes: bool = True,
    needs: str | None = None,
    also: tuple[str, ...] = (),
) -> Format:
    """Return a format of somebody else's. `also` is what it cannot carry beyond the features."""

    def read(path: Path, **given: Any) -> Dataset:
        if needs:
            _loaded(module, needs)
        return _apart(path, module, **given)

    def write_(
        path: Path, header: Header, articles: Iterable[Bundle], progress: Progress
    ) -> Receipt:
        return writing.write(
            name,
            _loaded(module, needs),
            path,
            header=header,
            articles=articles,
            folder=folder and path.suffix.lower() != ".zip",
            progress=progress,
        )

    return Format(
        name=name,
        title=title,
        extensions=extensions,
        read=read if reads else None,
        write=write_ if writes else None,
        needs=needs,
        cannot_carry=(*left_out(carries), *also) if writes else (),
        carries=carries,
        folder=folder,
        module=module,
    )


def _product(
    name: str,
    title: str,
    extension: str,
    *,
    module: str,
    cannot_carry: tuple[str, ...],
    reads: bool = False,
) -> Format:
    """Return a format that is made of a dataset; what is read in it is what others made."""

    def read(path: Path, **given: Any) -> Dataset:
        return _apart(path, module, **given)

    def write_(
        path: Path, header: Header, articles: Iterable[Bundle], progress: Progress
    ) -> Receipt:
        maker = cast("Maker", import_module(f"app.exchange.{module}"))
        return product.write(name, maker, path, header=header, articles=articles, progress=progress)

    return Format(
        name=name,
        title=title,
        extensions=(extension,),
        read=read if reads else None,
        write=write_,
        is_product=True,
        cannot_carry=cannot_carry,
        carries=frozenset(),
        module=module,
    )


def _articles(
    name: str,
    title: str,
    *extensions: str,
    module: str = "",
    options: frozenset[str] = frozenset(),
    cannot_carry: tuple[str, ...] = (),
) -> Format:
    """Return a format in which articles come, read by a module of that name in the child."""

    def read(path: Path, **given: Any) -> Dataset:
        from app.exchange import foreign_article

        return foreign_article.read(path, module or name, **given)

    return Format(
        name=name,
        title=title,
        extensions=extensions,
        read=read,
        options=options,
        in_child=module or name,
        cannot_carry=("annotations", *cannot_carry),
        carries=frozenset({Feature.TEXT, Feature.ABOUT}),
    )


_REPORT = ("everything that is not read by people",)
_NETWORK = ("everything but speakers, concepts and positions of statements",)

FORMATS: tuple[Format, ...] = (
    Format(
        name="json",
        title="Pressmark JSON",
        extensions=(".json",),
        read=_read_json,
        write=_write_json,
    ),
    Format(
        name="jsonl",
        title="Pressmark JSON, one article a line",
        extensions=(".jsonl",),
        read=_read_jsonl,
        write=_write_jsonl,
    ),
    Format(
        name="text",
        title="Plain text, an article a file",
        extensions=(".txt", ".text"),
        read=text_file.read,
        cannot_carry=("annotations", "everything about an article but its text"),
        carries=frozenset({Feature.TEXT}),
        options=frozenset({"encoding"}),
        in_child="plain",
    ),
    _foreign(
        "brat",
        "brat standoff",
        (".ann",),
        carries=MARKS - {Feature.ABOUT},
        module="brat",
        folder=True,
    ),
    _foreign(
        "csv",
        "CSV tables with datapackage.json",
        (".zip",),
        carries=EVERYTHING - {Feature.CODEBOOK},
        module="csv_set",
        folder=True,
    ),
    _foreign(
        "cas-xmi",
        "UIMA CAS XMI with type system, for INCEpTION",
        (".xmi",),
        carries=MARKS,
        module="cas_xmi",
        folder=True,
    ),
    _foreign(
        "cas-json",
        "UIMA CAS JSON, for INCEpTION",
        (".json",),
        carries=MARKS,
        module="cas_json",
        folder=True,
    ),
    _foreign(
        "webanno-tsv",
        "WebAnno TSV 3",
        (".tsv",),
        carries=frozenset(),
        module="webanno_tsv",
        writes=False,
    ),
    _foreign(
        "label-studio",
        "Label Studio JSON",
        (".json",),
        carries=MARKS - {Feature.GAPS, Feature.LINK_FIELDS},
        module="label_studio",
    ),
    _foreign(
        "doccano",
        "doccano JSON Lines",
        (".jsonl",),
        carries=frozenset(
            {Feature.TEXT, Feature.ABOUT, Feature.OVERLAP, Feature.EVIDENCE, Feature.RELATIONS}
        ),
        module="doccano",
    ),
    _foreign(
        "prodigy",
        "Prodigy and spaCy JSON Lines",
        (".jsonl",),
        carries=MARKS - {Feature.GAPS},
        module="prodigy",
    ),
    _foreign(
        "webannotation",
        "W3C Web Annotation JSON-LD",
        (".jsonld",),
        carries=MARKS,
        module="web_annotation",
    ),
    _foreign(
        "conll",
        "CoNLL columns with IOB2 tags, a file a type",
        (".conll", ".bio", ".iob", ".conllu"),
        carries=frozenset({Feature.TEXT, Feature.ABOUT}),
        module="conll",
        folder=True,
        also=("parts of tokens",),
    ),
    _foreign(
        "spacy",
        "spaCy DocBin",
        (".spacy",),
        carries=MARKS,
        module="spacy_docbin",
        needs='pip install "pressmark[spacy]"',
    ),
    _foreign(
        "parquet",
        "Apache Parquet",
        (".parquet",),
        carries=MARKS,
        module="parquet",
        needs='pip install "pressmark[parquet]"',
    ),
    _foreign(
        "qdpx",
        "REFI-QDA project, for NVivo, ATLAS.ti, MAXQDA, QualCoder",
        (".qdpx",),
        carries=MARKS - {Feature.GAPS, Feature.LINK_FIELDS},
        module="qdpx",
    ),
    _product(
        "dna",
        "Discourse Network Analyzer",
        ".dna",
        module="dna",
        cannot_carry=("everything but speakers, concepts and positions of statements",),
        reads=True,
    ),
    _foreign(
        "qualcoder",
        "QualCoder project",
        (".qda",),
        carries=frozenset(),
        module="qualcoder",
        writes=False,
    ),
    _product(
        "plover",
        "PLOVER event records, JSON Lines",
        ".jsonl",
        module="plover",
        cannot_carry=("the text of articles", "everything that PLOVER has no field for"),
    ),
    _product(
        "graphml",
        "Network of actors and concepts, GraphML",
        ".graphml",
        module="graphml",
        cannot_carry=_NETWORK,
    ),
    _product(
        "gexf",
        "Network of actors and concepts, GEXF for Gephi",
        ".gexf",
        module="gexf",
        cannot_carry=_NETWORK,
    ),
    _product(
        "report-html",
        "Readable report, HTML",
        ".html",
        module="report_html",
        cannot_carry=_REPORT,
    ),
    _product(
        "report-docx",
        "Readable report, Word",
        ".docx",
        module="report_docx",
        cannot_carry=_REPORT,
    ),
    _articles(
        "docx",
        "Word document, an article a file",
        ".docx",
        cannot_carry=("comments, footnotes, endnotes, headers and footers",),
    ),
    _articles(
        "odt",
        "OpenDocument text, an article a file",
        ".odt",
        cannot_carry=("comments, footnotes, endnotes, tracked changes, headers and footers",),
    ),
    _articles(
        "rtf",
        "RTF document, an article a file",
        ".rtf",
        cannot_carry=("comments, footnotes, endnotes, headers and footers",),
    ),
    _articles("pdf", "PDF document, an article a file", ".pdf", cannot_carry=("pictures",)),
    _articles(
        "markdown",
        "Markdown, an article a file",
        ".md",
        ".markdown",
        options=frozenset({"encoding"}),
    ),
    _articles(
        "html",
        "Saved web page, its main text",
        ".html",
        ".htm",
        ".xhtml",
        module="web_page",
        cannot_carry=("menus, adverts, comments of readers", "pictures"),
    ),
    _articles(
        "eml",
        "Mail, an article a message",
        ".eml",
        ".mbox",
        ".msg",
        cannot_carry=("attachments",),
    ),
    _articles(
        "table",
        "Table with an article a row: CSV, Excel, OpenDocument, JSON Lines",
        ".csv",
        ".tsv",
        ".xlsx",
        ".xls",
        ".ods",
        ".jsonl",
        ".ndjson",
        options=frozenset({"encoding", "mapping"}),
        cannot_carry=("further sheets",),
    ),
    _articles(
        "nexis",
        "Nexis, many articles in a text, Word, RTF, PDF or HTML file",
        ".txt",
        ".docx",
        ".rtf",
        ".html",
        ".pdf",
    ),
    _articles(
        "factiva",
        "Factiva, many articles in an XML, HTML, RTF, text or PDF file",
        ".xml",
        ".html",
        ".rtf",
        ".txt",
        ".pdf",
    ),
    _articles("europresse", "Europresse, many articles in a saved page", ".html", ".htm"),
)


def format_named(name: str) -> Format | None:
    """Return the format of that name."""
    return next((one for one in FORMATS if one.name == name), None)


def format_of(path: Path, *, to_write: bool = False) -> Format | None:
    """Return the format that a file's extension stands for, among those that read or write.

    Where several formats share it, the beginning of the file says whose it is.
    """
    ending = path.suffix.lower()
    if not to_write and (name := sniff.name_of(path)):
        return format_named(name)
    for one in FORMATS:
        if ending in one.extensions and (one.write if to_write else one.read):
            return one
    return None


_SIGNS = {
    "*.ann": "brat",
    "datapackage.json": "csv",
    "pressmark-texts.jsonl": "conll",
    "*.xmi": "cas-xmi",
    "data.qda": "qualcoder",
}
"""Files that show which format a whole folder is of."""


def whole_folder(path: Path) -> Format | None:
    """Return the format that a folder is read by as one thing, or None where it is just a folder.

    Such a folder holds one of our exports or files that only mean something together.
    """
    try:
        for pattern, name in _SIGNS.items():
            if next(path.glob(pattern), None) is not None:
                return format_named(name)
    except OSError:
        return None
    return None
