"""Every verb through `main`, with its exit code, its streams and its `--json` shape."""

import io
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from typing_extensions import override

from app.cli import main
from app.cli.output import Output
from app.cli.run import run as run_verb
from app.cli.verbs import pressmark
from app.exchange.registry import FORMATS
from app.model.annotation import Annotation, fragments_of
from app.model.commands import AddAnnotation, DeleteAnnotation
from app.model.errors import KnownError
from app.model.ids import new_id
from app.model.resources import resource
from app.model.wording import several
from app.workspace import Workspace

TEXT = resource("sample/000_1b9c5a6f76a63e06.txt")
PRESS = resource("codebooks/press.yaml")


class Ran(NamedTuple):
    """What a verb answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder, and a name to work under."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PRESSMARK_ANNOTATOR", "marta")
    return tmp_path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*argv: object) -> Ran:
        code = main([str(word) for word in argv], open_window=lambda *_: 77)
        return Ran(code, *capsys.readouterr())

    return call


@pytest.fixture
def sample(run: Run) -> Path:
    """The path of a sample project."""
    assert run("sample", "s.pressmark").code == 0
    return Path("s.pressmark")


# The window


@pytest.mark.parametrize(
    ("argv", "expected"),
    [
        ([], (None, None)),
        (["open", "a.pressmark"], ("a.pressmark", None)),
        (["a.pressmark"], ("a.pressmark", None)),
        (["open", "a.pressmark", "--article", "x"], ("a.pressmark", "x")),
        (["open", "--article", "x", "a.pressmark"], ("a.pressmark", "x")),
        (["open", "a.backup"], ("a.backup", None)),
    ],
)
def test_opens_the_window(argv: list[str], expected: tuple[str | None, str | None]) -> None:
    asked: list[tuple[str | None, str | None]] = []

    def open_window(project: str | None, article: str | None) -> int:
        asked.append((project, article))
        return 2

    assert main(argv, open_window=open_window) == 2
    assert asked == [expected]


def test_the_window_s_calls_import_neither_click_nor_pydantic() -> None:
    code = (
        "import sys; from app.cli import main; main(['open', 'a.pressmark'],"
        " open_window=lambda *_: 0); print({'click', 'pydantic', 'yaml'} & set(sys.modules))"
    )
    root = Path(__file__).resolve().parents[2]
    out = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, check=True)
    assert out.stdout.strip() == b"set()"


# Help and wrong use


def test_help_names_every_verb(run: Run) -> None:
    ran = run("--help")
    assert ran.code == 0
    names = {"new", "sample", "import", "export", "formats", "stats", "check", "history", "schema"}
    others = set(
        "open codebook attach purge backup restore agreement duplicates evaluate receipts"
        " suggest".split()
    )
    assert names | others == set(pressmark.commands)
    assert all(re.search(rf"^  {name}  ", ran.out, re.MULTILINE) for name in names)


def test_every_verb_explains_itself(run: Run) -> None:
    for name in pressmark.commands:
        ran = run(name, "--help")
        assert (ran.code, ran.err) == (0, "")
        assert ran.out.startswith(f"Usage: pressmark {name}")


def test_says_its_version(run: Run) -> None:
    assert "0.1.0" in run("--version").out


@pytest.mark.parametrize(
    "argv",
    [
        ["frobnicate"],
        ["new"],
        ["new", "a"],
        ["new", "a.pressmark", "b"],
        ["import", "a.pressmark"],
        ["import", "a.pressmark", "x", "--format", "brut"],
        ["export", "a.pressmark"],
        ["export", "a.pressmark", "o.xyz"],
        ["export", "a.pressmark", "o", "--format", "text"],
        ["export", "a.pressmark", "o.json", "--status", "finished"],
        ["stats"],
        ["stats", "postgresql+psycopg://user@host/db"],
        ["new", "postgresql+psycopg://user@host/db.pressmark"],
        ["codebook"],
        ["codebook", "a.pressmark", "frob"],
        ["codebook", "a.pressmark", "set"],
        ["import", "a.pressmark", "x", "--published", "yesterday"],
    ],
)
def test_wrong_use_is_2(run: Run, argv: list[str]) -> None:
    assert run("new", "a.pressmark").code == 0
    ran = run(*argv)
    assert ran.code == 2, ran
    assert ran.out == ""
    assert ran.err.strip()
    assert "Traceback" not in ran.err


# Projects


def test_new_makes_an_empty_project(run: Run) -> None:
    ran = run("new", "a.pressmark", "--name", "Protest events 2021", "--annotator", "Jonas")
    assert (ran.code, ran.out) == (0, "")
    with Workspace.open("a.pressmark", annotator="x", read_only=True) as ws:
        assert ws.project.name == "Protest events 2021"
        assert ws.codebook.name == "press"
        assert [one.name for one in ws.annotators()] == ["Jonas"]
        assert ws.article_ids() == ()


def test_new_names_a_project_after_its_file(run: Run) -> None:
    run("new", "protest.pressmark")
    with Workspace.open("protest.pressmark", annotator="x", read_only=True) as ws:
        assert ws.project.name == "protest"


def test_new_takes_a_codebook(run: Run) -> None:
    text = PRESS.read_text("utf-8").replace("label: Press\n", "label: Mine\n")
    Path("mine.yaml").write_text(text, "utf-8")
    assert run("new", "a.pressmark", "--codebook", "mine.yaml").code == 0
    assert run("codebook", "a.pressmark", "show", "--json").json["label"] == "Mine"


@pytest.mark.parametrize("verb", ["new", "sample"])
def test_never_overwrites(run: Run, verb: str) -> None:
    for content in (b"", b"mine"):
        Path("a.pressmark").write_bytes(content)
        ran = run(verb, "a.pressmark")
        assert ran.code == 3
        assert "exists" in ran.err
        assert Path("a.pressmark").read_bytes() == content


def test_new_with_a_spoilt_codebook_makes_nothing(run: Run) -> None:
    Path("bad.yaml").write_text("name: x\nlabel: [", "utf-8")
    ran = run("new", "a.pressmark", "--codebook", "bad.yaml")
    assert ran.code == 3
    assert "line 2: " in ran.err
    assert run("new", "a.pressmark", "--codebook", "nothing.yaml").code == 3
    assert not Path("a.pressmark").exists()


def test_new_in_a_folder_that_is_not_there_is_refused(run: Run) -> None:
    ran = run("new", "nowhere/a.pressmark")
    assert ran.code == 3, ran
    assert "There is no folder" in ran.err


READING = [
    ("stats",),
    ("check",),
    ("history",),
    ("export", "o.json"),
    ("codebook", "show"),
    ("import", "a.txt"),
]


@pytest.mark.parametrize("verb", READING, ids=lambda v: v[0])
@pytest.mark.parametrize(
    "content", [None, b"", b"not a database", b"SQLite format 3\0" + b"x" * 999]
)
def test_what_is_no_project_is_3(run: Run, verb: tuple[str, ...], content: bytes | None) -> None:
    Path("a.txt").write_text("An article.")
    if content is not None:
        Path("p.pressmark").write_bytes(content)
    ran = run(verb[0], "p.pressmark", *verb[1:])
    assert ran.code == 3, ran
    assert ran.err.count("\n") == 1
    assert ran.out == ""
    assert not Path("o.json").exists()
    if content is None:
        assert not Path("p.pressmark").exists()
    else:
        assert Path("p.pressmark").read_bytes() == content


def test_a_foreign_database_is_3(run: Run) -> None:
    import sqlite3

    connection = sqlite3.connect("p.pressmark")
    connection.execute("CREATE TABLE t (x)")
    connection.commit()
    connection.close()
    before = Path("p.pressmark").read_bytes()
    assert run("stats", "p.pressmark").code == 3
    assert Path("p.pressmark").read_bytes() == before


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root writes everywhere")
def test_a_project_that_cannot_be_written_is_4(run: Run, sample: Path) -> None:
    sample.chmod(0o400)
    Path("a.txt").write_text("An article.")
    assert run("stats", sample).code == 0
    assert run("import", sample, "a.txt").code == 4


def test_a_read_only_project_is_4(run: Run, sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Workspace, "read_only", property(lambda _: True))
    monkeypatch.setattr(Workspace, "read_only_reason", property(lambda _: "It is locked."))
    ran = run("import", sample, TEXT)
    assert (ran.code, ran.err) == (4, "It is locked.\n")


def test_the_user_s_name_is_taken_where_no_other_is_given(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PRESSMARK_ANNOTATOR")
    monkeypatch.setattr("getpass.getuser", lambda: "jonas")
    run("new", "a.pressmark")

    def nobody() -> str:
        raise OSError("no such user")

    monkeypatch.setattr("getpass.getuser", nobody)
    run("new", "b.pressmark")
    for path, name in (("a.pressmark", "jonas"), ("b.pressmark", "annotator")):
        with Workspace.open(path, annotator="x", read_only=True) as ws:
            assert [one.name for one in ws.annotators()] == [name]


# Import


def test_import_reports_every_file(run: Run) -> None:
    run("new", "a.pressmark")
    Path("in").mkdir()
    Path("in/a.txt").write_text("First article.")
    Path("in/b.txt").write_text("First article.")
    Path("in/c.txt").write_text("")
    Path("in/d.pdf").write_text("%PDF-1.7")
    ran = run("import", "a.pressmark", "in", "--json")
    assert ran.code == 1
    keys = {"path", "format", "result", "reason", "articles", "annotations", "relations", "lost"}
    assert all(keys <= set(one) for one in ran.json["files"])
    assert [(one["path"], one["result"]) for one in ran.json["files"]] == [
        (str(Path("in/a.txt")), "imported"),
        (str(Path("in/b.txt")), "duplicate"),
        (str(Path("in/c.txt")), "refused"),
        (str(Path("in/d.pdf")), "refused"),
    ]
    ran = run("import", "a.pressmark", "in")
    assert ran.code == 1
    assert [line.split()[0] for line in ran.out.splitlines()] == [
        *("duplicate", "duplicate", "refused", "refused")
    ]
    assert ran.err == "0 articles imported, 2 files there already, 2 refused.\n"


def test_import_of_good_files_is_0_and_of_bad_ones_3(run: Run) -> None:
    run("new", "a.pressmark")
    assert run("import", "a.pressmark", TEXT).code == 0
    assert run("import", "a.pressmark", TEXT).code == 0
    ran = run("import", "a.pressmark", "nothing.txt")
    assert ran.code == 3
    assert "there is no such file" in ran.out
    Path("empty").mkdir()
    ran = run("import", "a.pressmark", "empty")
    assert (ran.code, ran.err) == (3, "There is no file in empty.\n")


def test_import_of_documents_counts_and_reports_losses(run: Run, sample: Path) -> None:
    run("export", sample, "o.json")
    data = json.loads(Path("o.json").read_bytes())
    data["licence"] = "CC0"
    Path("o.json").write_text(json.dumps(data), "utf-8")
    run("new", "a.pressmark")
    ran = run("import", "a.pressmark", "o.json")
    assert ran.code == 1
    assert ran.out.splitlines() == [
        "imported   o.json (1 article, 117 annotations)",
        "lost       1 key licence: this version of Pressmark does not know it",
    ]


def test_import_lists_the_problems_of_a_document_on_one_line(run: Run, sample: Path) -> None:
    run("export", sample, "o.json")
    text = Path("o.json").read_text("utf-8").replace('"type":"actor"', '"type":"place"')
    Path("o.json").write_text(text, "utf-8")
    run("new", "a.pressmark")
    ran = run("import", "a.pressmark", "o.json")
    assert ran.code == 3
    assert ran.out.count("\n") == 1
    assert ran.out.startswith("refused    o.json: articles[0].annotations[")


def test_import_puts_in_what_is_known(run: Run) -> None:
    run("new", "a.pressmark")
    known = ["--title", "T", "--source", "S", "--published", "2021-01-23", "--author", "A"]
    known += ["--url", "https://example.org", "--language", "en"]
    assert run("import", "a.pressmark", TEXT, *known).code == 0
    run("export", "a.pressmark", "o.json")
    (article,) = json.loads(Path("o.json").read_bytes())["articles"]
    shown = [article[k] for k in ("title", "source", "published", "author", "url", "language")]
    assert shown == ["T", "S", "2021-01-23", "A", "https://example.org", "en"]


def test_one_title_is_not_for_several_articles(run: Run) -> None:
    run("new", "a.pressmark")
    Path("a.txt").write_text("a")
    ran = run("import", "a.pressmark", "a.txt", TEXT, "--title", "T")
    assert ran.code == 2
    assert "--title and --url are for one article" in ran.err


def test_import_can_be_tried(run: Run) -> None:
    run("new", "a.pressmark")
    before = Path("a.pressmark").read_bytes()
    ran = run("import", "a.pressmark", TEXT, "--dry-run")
    assert (ran.code, ran.err) == (
        0,
        "1 article would be imported, 0 files there already, 0 refused.\n",
    )
    assert Path("a.pressmark").read_bytes() == before


def test_import_takes_a_format_and_an_encoding(run: Run) -> None:
    run("new", "a.pressmark")
    Path("a.md").write_bytes("Příliš žluťoučký".encode("cp1250"))
    ran = run("import", "a.pressmark", "a.md", "--format", "text", "--encoding", "cp1250")
    assert ran.code == 0
    assert ran.out == "imported   a.md\n"


def test_import_of_a_table_takes_a_mapping(run: Run) -> None:
    run("new", "a.pressmark")
    Path("a.csv").write_text("a;b\nFirst.;T\nSecond.;U\n")
    ran = run("import", "a.pressmark", "a.csv")
    assert ran.code == 3
    assert "it has “a”, “b”. Say which one it is (--map text=COLUMN)" in ran.out
    ran = run("import", "a.pressmark", "a.csv", "--map", "text=a", "--map", "title=b")
    assert (ran.code, ran.out) == (0, "imported   a.csv (2 articles)\n")
    assert run("import", "a.pressmark", "a.csv", "--map", "words=a").code == 2


def test_import_reads_the_names_of_files_by_a_pattern(run: Run) -> None:
    run("new", "a.pressmark")
    Path("in").mkdir()
    Path("in/2021-01-23_The Daily_Strike.txt").write_text("First.")
    Path("in/other.txt").write_text("Second.")
    words = "{date}_{source}_{title}.txt"
    ran = run("import", "a.pressmark", "in", "--pattern", words, "--source", "All")
    assert (ran.code, ran.err.splitlines()[0]) == (0, f"1 name not like {words}.")
    run("export", "a.pressmark", "o.json")
    first, second = json.loads(Path("o.json").read_bytes())["articles"]
    assert [first[k] for k in ("title", "source", "published")] == [
        *("Strike", "The Daily", "2021-01-23")
    ]
    assert [second[k] for k in ("title", "source", "published")] == ["other", "All", ""]
    assert run("import", "a.pressmark", "in", "--pattern", "{day}").code == 2


def test_import_of_an_archive_reports_each_file_in_it(run: Run) -> None:
    run("new", "a.pressmark")
    with zipfile.ZipFile("a.zip", "w") as archive:
        archive.writestr("in/a.txt", "Words.")
        archive.writestr("in/b.doc", "no")
    ran = run("import", "a.pressmark", "a.zip", "--json")
    assert ran.code == 1
    assert [(one["path"], one["result"]) for one in ran.json["files"]] == [
        (str(Path("a.zip/in/a.txt")), "imported"),
        (str(Path("a.zip/in/b.doc")), "refused"),
    ]


def test_near_duplicates_are_listed_and_the_marks_of_one_carried_over(run: Run) -> None:
    run("new", "a.pressmark", "--annotator", "marta")
    words = " ".join(f"word{n}" for n in range(60))
    Path("a.txt").write_text(f"{words}. Police came.")
    Path("b.txt").write_text(f"{words}. Police came late.")
    Path("c.txt").write_text("Another story.")
    run("import", "a.pressmark", "a.txt", "b.txt", "c.txt")
    ran = run("duplicates", "a.pressmark", "--json")
    ((first, second),) = (one["articles"] for one in ran.json["groups"])
    assert (first["title"], second["title"], first["annotations"]) == ("a", "b", 0)
    ran = run("duplicates", "a.pressmark", "--differences")
    assert (ran.code, ran.err) == (0, "1 group of 2 articles that are nearly the same.\n")
    assert "     - Police came.\n     + Police came late.\n" in ran.out
    assert run("duplicates", "a.pressmark", "--carry", first["id"]).code == 3
    with Workspace.open("a.pressmark", annotator="marta") as workspace:
        mark = Annotation(
            id=new_id(),
            article=first["id"],
            layer="marta",
            type="actor",
            fragments=fragments_of(f"{words}. Police came.", [(len(words) + 2, len(words) + 8)]),
        )
        workspace.do(AddAnnotation(annotation=mark), title="tag")
    ran = run("duplicates", "a.pressmark", "--carry", first["id"], "--annotator", "marta", "--json")
    assert (ran.code, ran.json["to"]) == (
        1,
        [
            {
                "article": second["id"],
                "marks": 1,
                "relations": 0,
                "unsure": 1,
                "lost": 0,
                "sentences": 1,
            }
        ],
    )
    ran = run("duplicates", "a.pressmark", "--carry", first["id"], "--annotator", "marta")
    assert (ran.code, ran.err) == (3, "The other articles have all these marks already.\n")
    assert run("duplicates", "a.pressmark", "--carry", "nothing").code == 3


def test_the_journal_names_the_annotator(run: Run) -> None:
    run("new", "a.pressmark")
    run("import", "a.pressmark", TEXT, "--annotator", "Jonas")
    lines = [json.loads(one) for one in run("history", "a.pressmark", "--json").out.splitlines()]
    assert lines[-1]["by"] == "Jonas"


@pytest.mark.skipif(os.name != "posix", reason="other systems have no such names")
def test_a_file_name_that_no_encoding_explains_is_reported(run: Run) -> None:
    run("new", "a.pressmark")
    Path(os.fsdecode(b"caf\xe9.txt")).write_text("An article.")
    ran = run("import", "a.pressmark", ".", "--json")
    assert ran.code == 0  # the project lies in the folder too, and is passed over
    assert [one["result"] for one in ran.json["files"]] == ["imported"]


# Export


@pytest.mark.parametrize("name", ["json", "jsonl"])
def test_export_gives_a_receipt(run: Run, sample: Path, name: str) -> None:
    import hashlib

    ran = run("export", sample, "out", "--format", name, "--json")
    assert (ran.code, ran.err) == (0, "")
    counts = {"articles": 1, "annotations": 117, "relations": 122}
    assert ran.json == {
        "path": "out",
        "format": name,
        "sha256": hashlib.sha256(Path("out").read_bytes()).hexdigest(),
        "written": counts,
        "read_back": counts,
        "lost": [],
    }
    assert sorted(one.name for one in Path().iterdir()) == ["out", "s.pressmark"]


def test_export_takes_the_format_from_the_name(run: Run, sample: Path) -> None:
    ran = run("export", sample, "o.jsonl")
    assert ran.code == 0
    assert ran.out.startswith("o.jsonl: 1 article, 117 annotations, 122 relations; sha256 ")
    assert len(Path("o.jsonl").read_text("utf-8").splitlines()) == 2


@pytest.mark.parametrize("out", [".", "s.pressmark", "/dev/null"])
def test_export_to_what_is_no_place_for_it_is_2(run: Run, sample: Path, out: str) -> None:
    before = sample.read_bytes()
    ran = run("export", sample, out, "--format", "json")
    assert (ran.code, ran.out) == (2, "")
    assert sample.read_bytes() == before


def test_export_of_a_layer_that_is_not_there_is_2(run: Run, sample: Path) -> None:
    ran = run("export", sample, "o.json", "--layer", "nobody")
    assert (ran.code, ran.err) == (2, "There is no layer “nobody”; the project has gold, marta.\n")


def test_export_that_cannot_be_written_is_4(run: Run, sample: Path) -> None:
    ran = run("export", sample, "nowhere/o.json")
    assert ran.code == 4
    assert "there is no such folder" in ran.err


def test_export_with_a_loss_is_1(run: Run, sample: Path) -> None:
    run("export", sample, "o.json")
    data = json.loads(Path("o.json").read_bytes())
    relation = data["articles"][0]["relations"][0]
    for one in data["articles"][0]["annotations"]:
        if one["id"] == relation["from"]:
            one["layer"] = "jonas"
    Path("o.json").write_text(json.dumps(data), "utf-8")
    run("new", "a.pressmark")
    assert run("import", "a.pressmark", "o.json").code == 0
    ran = run("export", "a.pressmark", "p.json", "--layer", "gold")
    assert ran.code == 1
    assert re.search("^lost [0-9]+ relations: they lead to", ran.out, re.MULTILINE)
    assert run("export", "a.pressmark", "p.json", "--layer", "gold", "--json").json["lost"]
    assert run("export", "a.pressmark", "p.json", "--layer", "gold", "--layer", "jonas").code == 0


def test_export_names_what_is_left_out_before_it_writes(run: Run, sample: Path) -> None:
    ran = run("export", sample, "o.conll", "--format", "conll", "--json")
    assert ran.code == 1
    told = [
        f"Will be left out: {x['count']:,} {x['what']}: {x['reason']}" for x in ran.json["lost"]
    ]
    assert told
    assert ran.err.splitlines() == told
    Path("mine").mkdir()
    Path("mine/notes").write_text("kept", "utf-8")
    ran = run("export", sample, "mine", "--format", "conll")
    assert (ran.code, "other things in it" in ran.err, told[0] in ran.err) == (2, True, False)
    ran = run("export", sample, "nowhere/o", "--format", "conll")
    assert ran.code == 4
    assert ran.err.startswith(told[0])


def test_export_of_a_file_an_article_without_comments(run: Run, sample: Path) -> None:
    ran = run("export", sample, "out", "--format", "json", "--per-article", "--no-comments")
    assert ran.out.startswith("out: 1 article, 117 annotations")
    assert b'"comment":""' in Path("out/0001.json").read_bytes().replace(b": ", b":")


def test_receipts_are_kept_in_the_project(run: Run, sample: Path) -> None:
    before = run("stats", sample, "--json").json
    assert "Nothing was exported" in run("receipts", sample).err
    made = [
        run("export", sample, f"o.{name}", "--format", name, "--json").json
        for name in ("json", "doccano")
    ]
    listed = run("receipts", sample, "--json").json["receipts"]
    assert [one["sha256"] for one in listed] == [one["sha256"] for one in reversed(made)]
    assert [one["lost"] for one in listed] == [one["lost"] for one in reversed(made)]
    assert listed[1]["types"]["read_back"]["statement"] == 19
    assert listed[0]["path"] == str(Path("o.doccano").absolute())
    assert listed[0]["codebook_revision"] == 1
    told = run("receipts", sample).out
    assert f"sha256 {made[1]['sha256']}\n  lost " in told
    assert run("check", sample).code == 0
    assert run("stats", sample, "--json").json == before
    assert "export 1 article as json" in run("history", sample).out
    sample.chmod(0o444)
    ran = run("export", sample, "p.json")
    assert ran.code == 0
    assert "not kept" in ran.err or run("receipts", sample, "--json").json["receipts"][0]["path"]


def test_export_of_a_status(run: Run, sample: Path) -> None:
    ran = run("export", sample, "o.json", "--status", "done", "--json")
    assert ran.json["written"]["articles"] == 0


# Reports


def test_formats(run: Run) -> None:
    ran = run("formats", "--json")
    assert [one["name"] for one in ran.json] == [one.name for one in FORMATS]
    keys = {"name", "title", "extensions", "reads", "writes", "needs", "cannot_carry"}
    assert all(keys <= set(one) for one in ran.json)
    ran = run("formats")
    assert all(one.title in ran.out for one in FORMATS)


def test_writing_into_a_risky_folder_is_said_on_stderr(run: Run, tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    made = tmp_path / "Dropbox" / "p.pressmark"
    assert run("sample", made).code == 0
    text = tmp_path / "one.txt"
    text.write_text("Anna came.")
    ran = run("import", made, text)
    assert ran.code == 0
    assert "a folder that Dropbox synchronises" in ran.err
    assert "synchronises" not in ran.out


def test_stats(run: Run, sample: Path) -> None:
    ran = run("stats", sample, "--json")
    assert ran.json == {
        "articles": 1,
        "status": {"new": 0, "in progress": 1, "done": 0, "flagged": 0},
        "annotations": {"actor": 59, "event": 34, "number": 5, "statement": 19},
        "relations": 122,
        "annotators": [
            {"name": "gold", "articles": 1, "annotations": 117, "seconds": 0},
            {"name": "marta", "articles": 0, "annotations": 0, "seconds": 0},
        ],
    }
    ran = run("stats", sample)
    assert ran.code == 0
    assert "59 actors" in ran.out.splitlines()
    assert "gold: 117 annotations in 1 article, 0 min" in ran.out.splitlines()


def test_check(run: Run, sample: Path) -> None:
    ran = run("check", sample, "--json")
    assert (ran.code, ran.json["ok"], ran.json["findings"]) == (0, True, [])
    ran = run("check", sample)
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.startswith("0 findings. Looked at: ")


def test_check_finds_damage(run: Run, sample: Path) -> None:
    import sqlite3

    connection = sqlite3.connect(sample)
    connection.execute("UPDATE article SET text = replace(text, 'Russia', 'Prussia')")
    connection.commit()
    connection.close()
    ran = run("check", sample, "--json")
    assert (ran.code, ran.json["ok"]) == (1, False)
    keys = {"kind", "where", "detail", "repairable"}
    assert all(keys <= set(one) for one in ran.json["findings"])
    ran = run("check", sample)
    assert ran.code == 1
    assert ran.out.strip()
    ran = run("export", sample, "o.json")
    assert ran.code == 3
    assert "does not stand at" in ran.err
    assert not Path("o.json").exists()


def test_check_repairs_and_keeps_the_damaged_file(run: Run, sample: Path) -> None:
    import sqlite3

    connection = sqlite3.connect(sample)
    connection.execute("UPDATE article SET text = replace(text, 'Russia', 'Prussia')")
    connection.commit()
    connection.close()
    assert "check --repair" in run("check", sample).err
    ran = run("check", sample, "--repair", "--json")
    assert (ran.code, ran.json["ok"], ran.json["findings"]) == (1, True, [])
    assert Path(ran.json["kept"]).exists()
    assert {"kind", "where", "detail", "repairable", "done"} == set(ran.json["repaired"][0])
    ran = run("check", sample, "--repair")
    assert (ran.code, ran.out) == (0, "")
    assert run("check", sample, "--repair", "--json").json["kept"] is None
    assert run("check", "postgresql://x/y", "--repair").code == 2


def test_check_says_what_it_repaired_and_what_is_left(run: Run, sample: Path) -> None:
    import sqlite3

    connection = sqlite3.connect(sample)
    connection.execute("DELETE FROM article_search_docsize")
    connection.commit()
    connection.close()
    ran = run("check", sample, "--repair")
    assert ran.code == 1
    assert "made again from the texts" in ran.out
    assert "The damaged file is " in ran.err
    connection = sqlite3.connect(sample)
    connection.execute("UPDATE journal SET command = 'oops'")
    connection.commit()
    connection.close()
    ran = run("check", sample, "--repair")
    assert ran.code == 1
    assert "restore a backup" in ran.err


def test_history(run: Run, sample: Path) -> None:
    ran = run("history", sample, "--json")
    lines = [json.loads(one) for one in ran.out.splitlines()]
    keys = {"seq", "at", "by", "title", "article", "command", "undone"}
    assert all(keys <= set(one) for one in lines)
    assert [one["title"] for one in lines] == ["create project", "add the sample article"]
    assert lines[1]["command"]["op"] == "batch"
    with Workspace.open(sample, annotator="marta") as ws:
        ws.undo(None)
    ran = run("history", sample)
    assert ran.out.splitlines()[1].endswith("marta: add the sample article (undone)")
    assert ran.out.splitlines()[2].endswith("marta: undo: add the sample article")


def test_history_of_an_article(run: Run, sample: Path) -> None:
    with Workspace.open(sample, annotator="marta", read_only=True) as ws:
        (article,) = ws.article_ids()
    assert run("history", sample, "--article", article) == (0, "", "")
    ran = run("history", sample, "--article", "nothing")
    assert (ran.code, ran.err) == (3, "There is no article nothing in this project.\n")


def test_purge_empties_the_trash_after_a_copy(run: Run, sample: Path, tmp_path: Path) -> None:
    assert run("purge", sample) == (0, "", "The trash is empty.\n")
    with Workspace.open(sample, annotator="marta") as ws:
        (article,) = ws.article_ids()
        gone = ws.contents(article).annotations[0]
        ws.do(DeleteAnnotation(id=gone.id, version=gone.version), title="remove", article=article)
    ran = run("purge", sample, "--annotator", "marta")
    assert ran.code == 0
    assert ran.err.startswith("1 thing removed. Everything is in ")
    (copy,) = sample.parent.glob("* before purge *.pressmark")
    with Workspace.open(copy, annotator="marta", read_only=True) as ws:
        assert [one.id for one in ws.trash()] == [gone.id]
    with Workspace.open(sample, annotator="marta", read_only=True) as ws:
        assert ws.trash() == ()
        assert ws.check().ok
    kept = tmp_path / "kept.pressmark"
    ran = run("purge", sample, "--backup", kept, "--json")
    assert ran.json == {"removed": 0, "backup": None}
    assert not kept.exists()


def test_schema_is_the_published_one(run: Run) -> None:
    ran = run("schema")
    assert ran.code == 0
    published = resource("schema/pressmark-1.schema.json").read_text("utf-8")
    assert ran.out == published


# Codebooks


def test_codebook_shows_what_can_be_set_again(run: Run, sample: Path) -> None:
    shown = run("codebook", sample, "show")
    assert shown == run("codebook", sample)
    Path("same.yaml").write_text(shown.out, "utf-8")
    ran = run("codebook", sample, "set", "same.yaml")
    assert (ran.code, ran.err) == (0, "This is the project's codebook already.\n")
    Path("other.yaml").write_text(shown.out.replace("label: Press\n", "label: Mine\n"), "utf-8")
    ran = run("codebook", sample, "set", "other.yaml")
    assert (ran.code, ran.err) == (0, "s.pressmark uses “Mine”, revision 2.\n")
    assert run("codebook", sample, "show", "--json").json["revision"] == 2


def without_numbers() -> str:
    from dataclasses import replace

    from app.model.codebook_file import codebook_to_yaml, read_codebook

    press = read_codebook(PRESS)
    narrow = replace(
        press,
        types=tuple(t for t in press.types if t.name != "number"),
        roles=tuple(
            replace(r, targets=tuple(t for t in r.targets if t != "number"))
            for r in press.roles
            if r.source != "number"
        ),
        profiles=(),
        profile="",
    )
    return codebook_to_yaml(narrow)


def test_codebook_never_drops_what_is_in_use(run: Run, sample: Path) -> None:
    Path("narrow.yaml").write_text(without_numbers(), "utf-8")
    ran = run("codebook", sample, "check", "narrow.yaml")
    assert ran.code == 1
    assert "no type “number”" in ran.out
    ran = run("codebook", sample, "set", "narrow.yaml")
    assert ran.code == 3
    assert "Archive it instead" in ran.err
    assert run("codebook", sample, "show").out.startswith("name: press\n")


def test_codebook_is_checked_without_a_project(run: Run, sample: Path) -> None:
    assert run("codebook", "check", PRESS).code == 0
    assert run("codebook", sample, "check", PRESS).code == 0
    Path("bad.yaml").write_text("name: x\n", "utf-8")
    ran = run("codebook", "check", "bad.yaml")
    assert (ran.code, ran.out) == (3, "")
    assert "“label” is missing" in ran.err


# Streams and signals


def test_an_interrupted_verb_says_so(
    run: Run, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_: Workspace) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Workspace, "stats", interrupt)
    ran = run("stats", sample)
    assert (ran.code, ran.err.strip()) == (130, "Interrupted.")


def test_an_interrupted_start_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Interrupting:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "app.cli.run":
                raise KeyboardInterrupt

    monkeypatch.delitem(sys.modules, "app.cli.run")
    monkeypatch.setattr(sys, "meta_path", [Interrupting(), *sys.meta_path])
    assert main(["formats"], open_window=lambda *_: 77) == 130
    assert capsys.readouterr().err == "Interrupted.\n"


def test_an_interrupted_import_says_what_is_there(
    run: Run, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "a.txt").write_text("First article.", "utf-8")
    (here / "b.txt").write_text("Second article.", "utf-8")
    run("new", "p.pressmark")
    do = Workspace.do

    def interrupt_after(ws: Workspace, *args: Any, **kwargs: Any) -> None:
        do(ws, *args, **kwargs)
        raise KeyboardInterrupt

    monkeypatch.setattr(Workspace, "do", interrupt_after)
    code, out, err = run("import", "p.pressmark", "a.txt", "b.txt")
    assert (code, out) == (130, "")
    assert "2 articles imported before it was interrupted." in err


def test_unreadable_files_hold_no_other_up(
    run: Run, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "a.txt").write_text("First article.", "utf-8")
    (here / "closed.txt").write_text("Second article.", "utf-8")
    run("new", "p.pressmark")
    monkeypatch.setattr(os, "access", lambda path, *_, **__: Path(path).name != "closed.txt")
    opened = Path.open

    def closed(path: Path, *args: Any, **kwargs: Any) -> Any:
        if path.name == "closed.txt":
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *args, **kwargs)

    monkeypatch.setattr(Path, "open", closed)
    code, out, _ = run("import", "p.pressmark", "a.txt", "closed.txt")
    assert code == 1
    assert out.splitlines()[1].endswith("closed.txt cannot be read: Permission denied.")


def test_an_environment_that_fails_is_4(
    run: Run, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Workspace) -> None:
        raise KnownError("The project is locked.")

    monkeypatch.setattr(Workspace, "stats", fail)
    assert run("stats", sample) == (4, "", "The project is locked.\n")


def test_a_bug_stays_loud(run: Run, sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Workspace) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Workspace, "stats", fail)
    with pytest.raises(ZeroDivisionError):
        run("stats", sample)


@pytest.mark.skipif(os.name != "posix", reason="head is a tool of POSIX")
@pytest.mark.parametrize("argv", [["schema"], ["formats"], ["codebook", "s.pressmark", "show"]])
def test_a_reader_that_leaves_ends_the_verb_quietly(sample: Path, argv: list[str]) -> None:
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    with subprocess.Popen(
        [sys.executable, "-m", "app", *argv],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is Linux's")
@pytest.mark.parametrize("verb", ["formats", "schema"])
def test_an_output_that_takes_nothing_is_4(verb: str) -> None:
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "app", verb],
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment,
            check=False,
        )
    assert ran.returncode == 4
    assert ran.stderr == b"The output cannot be written: No space left on device.\n"


def test_closed_streams_fail_only_where_they_are_needed(here: Path) -> None:
    assert run_verb(["new", "p.pressmark"], None, None, None) == 0
    assert run_verb(["stats", "none.pressmark"], None, None, None) == 3
    errors = io.StringIO()
    assert run_verb(["stats", "p.pressmark"], None, None, errors) == 4
    assert errors.getvalue() == "The output cannot be written: it is closed.\n"
    assert run_verb(["import", "p.pressmark", "none.txt"], None, io.StringIO(), None) == 3


def test_a_file_name_stays_on_its_line(run: Run, here: Path) -> None:
    (here / "two\nlines\x1b[2J.txt").write_text("An article.", "utf-8")
    run("new", "p.pressmark")
    assert run("import", "p.pressmark", ".").out == "imported   two\\nlines\\x1b[2J.txt\n"


def test_output_is_utf8_whatever_the_locale(sample: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    environment = {
        "PYTHONPATH": str(root),
        "PYTHONIOENCODING": "latin-1",
        "PATH": os.environ["PATH"],
    }
    done = subprocess.run(
        [sys.executable, "-m", "app", "codebook", str(sample.resolve()), "show"],
        env=environment | {"PRESSMARK_ANNOTATOR": "marta"},
        capture_output=True,
        check=True,
    )
    assert "“police brutality”" in done.stdout.decode("utf-8")


class Terminal(io.StringIO):
    """A stream that says that it is a terminal."""

    @override
    def isatty(self) -> bool:
        return True


def test_progress_is_shown_on_a_terminal_only() -> None:
    screen = Terminal()
    output = Output(io.StringIO(), screen)
    with output.progress("Importing", 3) as progress:
        for done in (1, 2, 3):
            progress(done)
    assert "Importing" in screen.getvalue()
    assert "100%" in screen.getvalue()
    silent = io.StringIO()
    with Output(io.StringIO(), silent).progress("Importing", 3) as progress:
        progress(1)
    assert silent.getvalue() == ""


@pytest.mark.parametrize(
    ("number", "words", "expected"),
    [
        (1, ("article",), "1 article"),
        (2000, ("article",), "2,000 articles"),
        (0, ("entry", "entries"), "0 entries"),
    ],
)
def test_several(number: int, words: tuple[str, ...], expected: str) -> None:
    assert several(number, *words) == expected


def test_export_in_other_formats_and_ways(run: Run, tmp_path: Path) -> None:
    assert run("sample", "s.pressmark").code == 0
    ran = run("export", "s.pressmark", "out", "--format", "brat", "--dry-run", "--json")
    assert (ran.code, ran.json["format"], Path("out").exists()) == (1, "brat", False)
    assert all(set(one) == {"what", "count", "reason"} for one in ran.json["lost"])
    ran = run("export", "s.pressmark", "out", "--format", "brat", "--receipt")
    assert ran.code == 1
    receipt = json.loads(Path("out.receipt.json").read_text("utf-8"))
    assert receipt["types"]["read_back"] == receipt["types"]["written"]
    assert (receipt["written"]["annotations"], receipt["generator"]) == (117, "pressmark 0.1.0")
    ran = run("export", "s.pressmark", "a.jsonl", "--split", "1,1", "--seed", "2", "--json")
    (part,) = ran.json["parts"]
    assert (ran.code, Path(part["path"]).exists()) == (0, True)
    for wrong in (["--split", "a"], ["--split", "1"], ["--since", "soon"], ["--numbers", "ccc"]):
        assert run("export", "s.pressmark", "a.jsonl", *wrong).code == 2


def test_attach_reports_what_it_found(run: Run, tmp_path: Path) -> None:
    assert run("sample", "s.pressmark").code == 0
    assert run("export", "s.pressmark", "o.jsonl", "--no-text").code == 1
    assert run("new", "n.pressmark").code == 0
    ran = run("attach", "n.pressmark", "o.jsonl", "--json")
    assert (ran.code, ran.json["matched"], len(ran.json["missing"])) == (3, 0, 1)
    assert run("attach", "n.pressmark", "o.jsonl").code == 3
    ran = run("attach", "n.pressmark", "o.jsonl", str(TEXT))
    assert (ran.code, ran.out) == (0, "imported   117 annotations\n")


def test_import_of_other_formats_asks_for_extend(run: Run, tmp_path: Path) -> None:
    Path("a.txt").write_text("Anna went.", "utf-8")
    Path("a.ann").write_text("T1\tBoat 0 4\tAnna\n", "utf-8")
    assert run("new", "n.pressmark").code == 0
    ran = run("import", "n.pressmark", "a.ann")
    assert (ran.code, "--extend" in ran.out) == (3, True)
    ran = run("import", "n.pressmark", "a.ann", "--dry-run")
    assert (ran.code, "would add  type “Boat” (1 use)" in ran.out) == (0, True)
    ran = run("import", "n.pressmark", "a.ann", "--extend", "--annotator", "ben", "--json")
    assert (ran.code, ran.json["files"][0]["extends"]) == (0, ["type “Boat” (1 use)"])
    ran = run("stats", "n.pressmark", "--json")
    assert ran.json["annotations"]["boat"] == 1
    assert "ben" in {one["name"] for one in ran.json["annotators"]}


# -- backup and restore ---------------------------------------------------------------------------


def test_a_backup_is_made_before_an_import(
    run: Run, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRESSMARK_BACKUPS", str(here / "kept"))
    Path("a.txt").write_text("Somebody said something.", "utf-8")
    assert run("new", "empty.pressmark").code == 0
    assert run("import", "empty.pressmark", "a.txt").code == 0
    assert list((here / "kept").rglob("*.pressmark")) == []  # nothing was in it
    assert run("sample", "s.pressmark").code == 0
    assert run("import", "s.pressmark", "a.txt", "--dry-run").code == 0
    assert list((here / "kept").rglob("*.pressmark")) == []
    assert run("import", "s.pressmark", "a.txt").code == 0
    (copy,) = (here / "kept").rglob("*.pressmark")
    assert run("stats", copy, "--json").json["articles"] == 1


def test_a_backup_is_made_and_restored(
    run: Run, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRESSMARK_BACKUPS", str(here / "kept"))
    assert run("sample", "a.pressmark").code == 0
    made = run("backup", "a.pressmark", "--json")
    assert (made.code, made.json["sound"]) == (0, True)
    copy = Path(made.json["backup"])
    assert copy.is_relative_to(here / "kept")
    again = run("restore", copy, "b.pressmark", "--json")
    assert (again.code, again.json["annotations"]) == (0, 117)
    assert run("stats", "b.pressmark", "--json").json == run("stats", "a.pressmark", "--json").json
    assert "117 annotations" in run("restore", copy, "c.pressmark").err
    assert run("restore", copy, "a.pressmark").code == 3
    assert run("restore", copy, "d").code == 2
    assert run("backup", "a.pressmark", "e.pressmark").code == 0
    assert run("backup", "a.pressmark", "e.pressmark").code == 3
    assert run("check", "e.pressmark").code == 0
