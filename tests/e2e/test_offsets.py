"""Offsets stay exact on texts that trip up editors, by keys and by mouse."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.__main__ import main
from tests.e2e.conftest import Start
from tests.e2e.program import Program
from tests.e2e.projects import exported, select

pytestmark = pytest.mark.e2e

WORDS = (
    "protest 😀 👩‍👩‍👧 arrested 𝒳𝒴𝒵 e\u0301tudiants n\u0303andu\u0301 Moscow 🇷🇺 2\u00a0500 people "
    "“sat in” cafe\u0301\u2028after שלום עולם מרחבא\u2029then مرحبا بالعالم المتظاهرون end"
)
FILE = f"\ufeffTitle 🙂\r\n\r\n{WORDS}\r\nLast line, ﬁn.\r\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    article = tmp_path / "article.txt"
    article.write_bytes(FILE.encode("utf-8"))
    made = tmp_path / "offsets.pressmark"
    assert main(["new", str(made)]) == 0
    assert main(["import", str(made), str(article)]) == 0
    return made


def stored_text(project: Path) -> str:
    ((text,),) = select(project, "SELECT text FROM article")
    return str(text)


def assert_exact(project: Path, shown: dict[str, Any]) -> set[str]:
    """Check every offset on disk and in the export; return the words that are marked."""
    text = stored_text(project)
    assert text == FILE.removeprefix("\ufeff").replace("\r\n", "\n")
    for (fragments,) in select(project, "SELECT fragments FROM annotation"):
        for start, end, words in json.loads(fragments):
            assert text[start:end] == words
    (article,) = exported(project)["articles"]
    assert article["text"] == text
    found = [f for a in article["annotations"] for f in a["fragments"]]
    assert all(text[f["start"] : f["end"]] == f["text"] for f in found)
    ours = [[f["start"], f["end"]] for f in found]
    assert ours == [part for _, _, parts in shown["annotations"] for part in parts]
    return {f["text"] for f in found}


def test_every_word_by_keys(project: Path, start: Start) -> None:
    program = start(project)
    places: list[int] = []
    for number in range(200):
        shown = program.keys("V", "1234"[number % 4], "Escape", "Escape", "ctrl+Right")
        if places and shown["place"] <= places[-1]:
            break
        places.append(shown["place"])
    marked = assert_exact(project, program.state)
    assert len(marked) > 20
    assert marked >= {
        *("protest", "arrested", "e\u0301tudiants", "n\u0303andu\u0301", "Moscow", "cafe\u0301"),
        *("after", "שלום", "עולם", "then", "مرحبا", "المتظاهرون", "end", "ﬁn"),
    }
    program.close()


def test_characters_by_keys_never_break_what_belongs_together(project: Path, start: Start) -> None:
    program = start(project)
    text = stored_text(project)
    family = text.index("👩")
    while program.keys("ctrl+Right")["place"] < text.index("arrested"):
        pass
    steps = 0
    while (program.state["range"] or [family + 1])[0] > family:
        program.keys("shift+Left")
        steps += 1
    assert program.state["range"][0] == family
    assert steps == 2  # the space and the family of five code points
    program.keys("2")
    assert assert_exact(project, program.state) == {"👩‍👩‍👧"}  # spaces at the edge are left out
    program.close()


def test_words_by_mouse(project: Path, start: Start) -> None:
    program = start(project)
    text = stored_text(project)
    for number, word in enumerate(
        ("protest", "arrested", "e\u0301tudiants", "שלום", "עולם", "after", "مرحبا", "المتظاهرون")
    ):
        begin = text.index(word)
        shown = program.do(mouse="double", at=[begin + 1])
        assert shown["range"] == [begin, begin + len(word)], word
        program.keys("1234"[number % 4])
    for words in ("👩‍👩‍👧 arrested", "Moscow 🇷🇺 2\u00a0500", "Last line, ﬁn"):
        begin = text.index(words)
        shown = program.do(mouse="drag", at=[begin, begin + len(words)])
        assert shown["range"] == [begin, begin + len(words)], words
        program.keys("4")
    assert len(assert_exact(project, program.state)) == 11
    program.close()


def one_long_line() -> str:
    """Return a megabyte without a space: no place to break the line is given."""
    return "protest😀é" * 100_000


def test_a_line_of_a_megabyte_without_a_space(tmp_path: Path, start: Start) -> None:
    text = one_long_line()
    assert len(text.encode()) > 1_000_000
    article = tmp_path / "long.txt"
    article.write_text(text, "utf-8")
    project = tmp_path / "long.pressmark"
    assert main(["new", str(project)]) == 0
    assert main(["import", str(project), str(article)]) == 0
    program: Program = start(project)
    program.keys("shift+Right", "shift+Right", "shift+Right", "1")
    begin = 40
    program.do(mouse="drag", at=[begin, begin + 7])
    program.keys("2")
    assert len(program.state["annotations"]) == 2
    assert len(program.state["painted"]) == 2
    program.close()
    found = select(project, "SELECT fragments FROM annotation ORDER BY start")
    for (fragments,) in found:
        for start_, end, words in json.loads(fragments):
            assert text[start_:end] == words
    assert json.loads(found[0][0]) == [[0, 3, "pro"]]
