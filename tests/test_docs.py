"""The manual says what the program really has, and everything it has; links and pictures exist."""

import dataclasses
import importlib.util
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, get_args

import click
import pytest

from app.__main__ import main
from app.cli import run as command_line
from app.cli.verbs import pressmark
from app.exchange.document import json_schema
from app.exchange.registry import FORMATS
from app.model import codebook as model
from app.model.article import STATES
from app.model.codebook import AttributeType, Codebook
from app.model.codebook_file import parse_codebook
from app.ui.actions import ACTIONS
from app.workspace.sample import press_codebook

ROOT = Path(__file__).resolve().parent.parent
MANUAL = ROOT / "docs" / "manual"
PAGES = sorted(
    [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")]
    + list((ROOT / "docs").rglob("*.md"))
)
VERBS = pressmark.commands
PNG = b"\x89PNG\r\n\x1a\n"
LARGEST_PICTURE = 400_000

Row = tuple[str, ...]


@cache
def page(name: str) -> str:
    return (MANUAL / name).read_text("utf-8")


def section(text: str, heading: str) -> str:
    """Return what stands below a heading, up to the next one of its level or above."""
    level = heading.split(" ", 1)[0]
    _, found, rest = f"\n{text}".partition(f"\n{heading}\n")
    assert found, f"there is no heading “{heading}”"
    return re.split(rf"\n#{{1,{len(level)}}} ", rest)[0]


def rows(text: str) -> set[Row]:
    """Return the cells of every table, without the heads."""
    found = set()
    for table in re.findall(r"(?m)(?:^\|.*\n?)+", text):
        for line in table.splitlines()[2:]:
            found.add(tuple(cell.strip() for cell in line.strip().strip("|").split("|")))
    return found


def code(*words: str) -> str:
    return " ".join(f"`{word}`" for word in words)


@pytest.fixture(scope="module")
def press() -> Codebook:
    return press_codebook()


# -- keys -----------------------------------------------------------------------------------------


def script(name: str) -> Any:
    spec = importlib.util.spec_from_file_location(name, ROOT / "docs" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_tables_of_keys_are_those_of_the_program() -> None:
    """Where they are not: `python docs/key_tables.py` writes them anew."""
    tables = script("key_tables")
    assert rows(section(page("annotating.md"), "### Menus")) == set(tables.in_menus())
    assert rows(section(page("annotating.md"), "### In the text")) == set(tables.in_text())
    assert rows(section(page("comparing.md"), "## Keys")) == set(tables.in_compare())
    shown = (*tables.in_menus(), *tables.in_text(), *tables.in_compare())
    told = " ".join(" ".join(row) for row in shown)
    for action in ACTIONS:
        for key in (*action.keys, *action.article_keys):
            assert code(key) in told, action.id


def test_every_key_of_a_link_or_of_words(press: Codebook) -> None:
    expected = {(t.label, code(e.key), e.label) for t in press.types for e in t.evidence if e.key}
    for role in press.roles:
        source = press.type(role.source)
        if role.key and source is not None:
            expected.add((source.label, code(role.key), role.label))
    assert rows(section(page("annotating.md"), "## Link marks")) == expected


def test_the_key_of_every_type(press: Codebook) -> None:
    steps = section(page("README.md"), "## Mark your first article")
    for span_type in press.types:
        assert re.search(rf"`{span_type.key}` for an? {span_type.label.lower()}\b", steps)


# -- codebook -------------------------------------------------------------------------------------


def test_every_kind_of_field() -> None:
    table = rows(section(page("form-and-codebook.md"), "### Kinds of fields"))
    assert {first for first, *_ in table} == {code(name) for name in get_args(AttributeType)}


@pytest.mark.parametrize(
    ("part", "record"),
    [
        ("the codebook", model.Codebook),
        ("an entry of `types`", model.SpanType),
        ("an entry of `attributes`", model.Attribute),
        ("an entry of `options`", model.Option),
        ("an entry of `evidence`, which holds words of the article", model.EvidenceField),
        ("an entry of `roles`, which is a link", model.Role),
        ("an entry of `records`", model.RecordKind),
        ("an entry of `profiles`", model.Profile),
    ],
)
def test_every_key_of_a_codebook_file(part: str, record: Any) -> None:
    table = rows(section(page("form-and-codebook.md"), "### Keys of the file"))
    (keys,) = (found for first, found in table if first == part)
    for field in dataclasses.fields(record):
        assert code(field.name) in keys
        needed = field.default is dataclasses.MISSING is field.default_factory
        assert (f"**{code(field.name)}**" in keys) == needed, field.name
    for choice in get_args(model.Underline) if record is model.SpanType else ():
        assert code(choice) in keys


def test_every_link_and_every_field_of_words(press: Codebook) -> None:
    labels = {t.name: t.label for t in press.types}
    links = {
        (
            labels[role.source],
            role.label,
            code(role.name),
            ", ".join(labels[target].lower() for target in role.targets),
            code(role.key) if role.key else "",
        )
        for role in press.roles
    }
    words = {
        (t.label, e.label, code(e.name), code(e.key) if e.key else "")
        for t in press.types
        for e in t.evidence
    }
    assert rows(section(page("form-and-codebook.md"), "## The codebook")) == links | words


def test_every_profile(press: Codebook) -> None:
    table = rows(section(page("form-and-codebook.md"), "## The form"))
    assert {label for label, _ in table} == {profile.label for profile in press.profiles}


def test_the_letters_that_are_taken() -> None:
    text = section(page("form-and-codebook.md"), "### Keys of the file")
    _, _, sentence = text.partition("are capital letters.")
    named = set(re.findall(r"`([A-Z])`", sentence))
    assert named == model.RESERVED_KEYS


def test_the_codebook_of_the_manual_is_one() -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", page("form-and-codebook.md"), re.DOTALL)
    assert blocks
    for block in blocks:
        assert parse_codebook(block.encode(), name="the manual").types


# -- command line and formats ---------------------------------------------------------------------


def test_the_manual_has_the_verbs_there_are() -> None:
    assert set(re.findall(r"(?m)^## (\w+)$", page("command-line.md"))) == set(VERBS)


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_every_option_of_a_verb(verb: str) -> None:
    text = section(page("command-line.md"), f"## {verb}")
    options = {o for p in VERBS[verb].params if isinstance(p, click.Option) for o in p.opts}
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text)) == options


@pytest.mark.parametrize("option", ["--version", "--help", "-h"])
def test_the_options_of_the_program(option: str) -> None:
    assert code(f"pressmark {option}") in page("command-line.md") or code(option) in page(
        "command-line.md"
    )


def test_every_exit_code() -> None:
    table = rows(page("command-line.md").partition("\n## ")[0])
    codes = {
        getattr(command_line, name)
        for name in ("DONE", "WRONG_USE", "REFUSED", "FAILED", "INTERRUPTED")
    }
    assert {int(first) for first, _ in table} == codes | {1}


def test_every_format() -> None:
    """Where they are not: `python docs/format_tables.py` writes them anew."""
    tables = script("format_tables")
    assert rows(section(page("command-line.md"), "## formats")) == set(tables.on_command_line())
    assert rows(section(page("files.md"), "## Formats")) == set(tables.in_files())
    assert {first for first, *_ in tables.in_files()} == {code(one.name) for one in FORMATS}


@pytest.mark.parametrize("state", STATES)
def test_every_status(state: str) -> None:
    for name in ("command-line.md", "files.md"):
        assert code(state) in page(name)


def commands_of(name: str, text: str) -> Iterator[Any]:
    for line in re.findall(r"(?m)^ {4}(?:\.venv/bin/)?pressmark (.*)$", text):
        if not line.startswith("VERB"):
            yield pytest.param(shlex.split(line), id=f"{name}: {line}")


@pytest.mark.parametrize(
    "words", [one for path in PAGES for one in commands_of(path.stem, path.read_text("utf-8"))]
)
def test_the_commands_of_the_pages_are_understood(words: list[str]) -> None:
    verb = VERBS[words[0]]
    with verb.make_context(words[0], words[1:]) as context:
        assert context.command is verb


def keys_in(value: object) -> Iterator[str]:
    """Yield every key of nested data. Below some keys stand names of the project."""
    if isinstance(value, list):
        for one in value:
            yield from keys_in(one)
    if isinstance(value, dict):
        for key, one in value.items():
            yield key
            if key not in {"command", "status", "checked"} and not isinstance(one, int):
                yield from keys_in(one)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = tmp_path_factory.mktemp("docs") / "sample.pressmark"
    assert main(["sample", str(project)]) == 0
    return project


@pytest.mark.parametrize("verb", ["formats", "stats", "check", "history", "export", "import"])
def test_the_reports_have_the_shape_that_the_manual_shows(
    verb: str, sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "article.txt").write_text("One sentence.\n", "utf-8")
    more = {
        "formats": [],
        "export": [str(sample), str(tmp_path / "out.json")],
        "import": [str(sample), str(tmp_path / "article.txt"), "--dry-run"],
    }
    capsys.readouterr()
    assert main([verb, *more.get(verb, [str(sample)]), "--json"]) == 0
    out = capsys.readouterr().out
    printed = json.loads(out.splitlines()[0] if verb == "history" else out)
    text = section(page("command-line.md"), f"## {verb}")
    (block,) = re.findall(r"```json\n(.*?)```", text, re.DOTALL)
    shown = set(keys_in(json.loads(block)))
    assert set(keys_in(printed)) <= shown
    extra = {"what", "count", "reason", "kind", "where", "detail", "repairable", "op", "lost"}
    assert shown - set(keys_in(printed)) <= extra


def test_every_key_of_the_json_document() -> None:
    (block,) = re.findall(r"```json\n(.*?)```", page("files.md"), re.DOTALL)
    shown = set(re.findall(r'"(\w+)":', block))
    schema = json_schema()
    models = [d for name, d in schema["$defs"].items() if name.endswith("Model")]
    keys = {key for one in (schema, *models) for key in one["properties"]}
    assert keys - shown == set()
    document = json.loads(block)
    for article in document["articles"]:
        for annotation in article["annotations"]:
            evidence = [f for e in annotation["evidence"] for f in e["fragments"]]
            for fragment in annotation["fragments"] + evidence:
                words = article["text"][fragment["start"] : fragment["end"]]
                assert words == fragment["text"]


def test_the_python_of_the_manual_runs(sample: Path, tmp_path: Path) -> None:
    assert main(["export", str(sample), str(tmp_path / "my.json")]) == 0
    (block,) = re.findall(r"```python\n(.*?)```", page("files.md"), re.DOTALL)
    subprocess.run([sys.executable, "-c", block], cwd=tmp_path, check=True)


# -- links and pictures ---------------------------------------------------------------------------


def links_of(path: Path) -> list[str]:
    return re.findall(r"\]\(([^)\s]+)\)", path.read_text("utf-8"))


def anchors_of(path: Path) -> set[str]:
    headings = re.findall(r"(?m)^#+ (.*)$", path.read_text("utf-8"))
    return {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(path: Path) -> None:
    for link in links_of(path):
        if "://" in link:
            continue
        file, _, anchor = link.partition("#")
        target = (path.parent / file).resolve() if file else path
        assert target.exists(), link
        assert target.is_relative_to(ROOT), link
        assert not anchor or anchor in anchors_of(target), link


def test_the_entry_page_leads_to_every_page_and_each_back() -> None:
    pages = sorted(one.name for one in MANUAL.glob("*.md") if one.name != "README.md")
    assert len(pages) <= 12
    for name in pages:
        assert f"({name})" in page("README.md")
        assert "(README.md)" in page(name)
    assert "(docs/manual/README.md)" in (ROOT / "README.md").read_text("utf-8")


def test_pictures_are_small_pngs_and_every_one_is_shown() -> None:
    pictures = [one for one in MANUAL.iterdir() if one.suffix != ".md"]
    shown = {
        (path.parent / link).resolve()
        for path in PAGES
        for link in links_of(path)
        if link.endswith(".png")
    }
    assert shown == {one.resolve() for one in pictures}
    for picture in pictures:
        data = picture.read_bytes()
        assert picture.suffix == ".png"
        assert data.startswith(PNG)
        assert len(data) <= LARGEST_PICTURE, picture.name


@pytest.mark.timeout(240)
def test_every_picture_of_the_manual_can_be_drawn_again(tmp_path: Path) -> None:
    script = ROOT / "docs" / "screenshots.py"
    environment = os.environ | {"XDG_CONFIG_HOME": str(tmp_path / "config")}
    done = subprocess.run(
        [sys.executable, script, tmp_path / "shots", "--light"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    drawn = {one.name for one in (tmp_path / "shots").iterdir()}
    drawn |= {name.replace("-light.", "-dark.") for name in drawn}
    assert {one.name for one in MANUAL.glob("*.png")} == drawn


def test_the_page_of_pictures_lists_them_all() -> None:
    script = ROOT / "docs" / "screenshots.py"
    done = subprocess.run(
        [sys.executable, script, "--page"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert page("pictures.md") == done.stdout


def test_pages_say_mark_to_users() -> None:
    """On the screen it is a mark; the words of files stand on the pages about files."""
    for name in ("README.md", "annotating.md"):
        assert not re.search(r"\bannotations?\b", page(name), re.IGNORECASE)
