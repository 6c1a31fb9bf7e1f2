"""Plain text files of every encoding and kind, real ones among them."""

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange import text_file
from app.exchange.dataset import Bundle
from app.model.errors import InputRefused, KnownError
from app.model.text import canonical, sha256_of


def only(path: Path, encoding: str = "") -> Bundle:
    (bundle,) = text_file.read(path, encoding=encoding).articles
    return bundle


def write(folder: Path, data: bytes, name: str = "article.txt") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_keeps_all_of_a_plain_file_and_its_hash(tmp_path: Path) -> None:
    data = "  Strike enters third week \n\nWorkers said: “no”.\n\n\n".encode()
    article = only(write(tmp_path, data)).article
    assert article.text.encode() == data
    assert article.sha256 == article.origin.sha256 == hashlib.sha256(data).hexdigest()
    assert article.origin.file == "article.txt"
    assert article.title == "Strike enters third week"
    assert article.metadata == {}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "utf-16-be", "utf-16-le"])
def test_reads_what_a_byte_order_mark_says(tmp_path: Path, encoding: str) -> None:
    text = "Полиция 🚓 задержала 2 500 человек\nв Москве"
    mark = {"utf-16-be": b"\xfe\xff", "utf-16-le": b"\xff\xfe"}.get(encoding, b"")
    data = mark + text.encode(encoding)
    article = only(write(tmp_path, data)).article
    assert article.text == text
    assert article.sha256 == sha256_of(text)
    assert article.origin.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Die Bundeskanzlerin sagte am Montag, die Gespräche müssten weitergehen.", "cp1252"),
        ("Путин отверг обвинения Навального и назвал их кампанией.", "cp1251"),
        ("Le président a déclaré que la grève générale était “inacceptable”.", "cp1252"),
    ],
)
def test_guesses_and_says_that_it_guessed(tmp_path: Path, text: str, encoding: str) -> None:
    dataset = text_file.read(write(tmp_path, text.encode(encoding)))
    (bundle,) = dataset.articles
    assert bundle.article.text == text
    assert bundle.article.metadata == {"encoding": encoding}
    assert "guess" in dataset.note


def test_takes_windows_1252_where_a_guess_would_be_idle(tmp_path: Path) -> None:
    assert only(write(tmp_path, "café".encode("cp1252"))).article.text == "café"


def test_takes_the_encoding_it_is_given(tmp_path: Path) -> None:
    path = write(tmp_path, "Příliš žluťoučký kůň".encode("cp1250"))
    assert only(path, "windows-1250").article.text == "Příliš žluťoučký kůň"


@pytest.mark.parametrize("name", ["klingon", "base64", "rot13"])
def test_refuses_an_encoding_that_is_none(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputRefused, match="no encoding"):
        text_file.read(write(tmp_path, b"x"), encoding=name)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "it is empty"),
        (b"\xef\xbb\xbf", "holds no text"),
        (b" \n\t\n", "holds no text"),
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04rest", "zip"),
        (b"{\\rtf1\\ansi}", "RTF"),
        (b"SQLite format 3\0", "database"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"ab\0cd", "NUL"),
        (b"abc \xed\xa0\xbd def", "half of a surrogate pair at character 5"),
        (b"\xff\xfea", "utf-16"),
        (b"\x01\x02\x03abc\x04\x05", "control characters"),
        (bytes(range(256)) * 8, "no text"),
    ],
)
def test_refuses_what_is_no_text(tmp_path: Path, data: bytes, reason: str) -> None:
    with pytest.raises(InputRefused, match=reason):
        text_file.read(write(tmp_path, data))


def test_refuses_what_an_encoding_cannot_be(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="byte 2 fits nothing"):
        text_file.read(write(tmp_path, b"a\xff"), encoding="ascii")


def test_refuses_files_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="no such file"):
        text_file.read(tmp_path / "nothing.txt")
    with pytest.raises(InputRefused, match="folder"):
        text_file.read(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes are a thing of POSIX")
def test_never_waits_for_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    with pytest.raises(InputRefused, match="no ordinary file"):
        text_file.read(pipe)


def test_refuses_what_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_file, "MOST_BYTES", 1024 * 1024)
    with pytest.raises(InputRefused, match="larger than 1 MB"):
        text_file.read(write(tmp_path, b"x" * (1024 * 1024 + 1)))
    assert only(write(tmp_path, b"x" * 1024 * 1024)).article.sha256


def test_says_that_a_file_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, b"secret")

    def deny(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", deny)
    with pytest.raises(KnownError, match="cannot be read: Permission denied"):
        text_file.read(path)


@pytest.mark.parametrize("encoding", ["klingon", "ascii"])
def test_asks_for_the_encoding_where_the_guess_is_no_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    found = {"encoding": encoding, "confidence": 0.9}
    monkeypatch.setattr("chardet.detect", lambda _: found)
    with pytest.raises(InputRefused, match="give it with --encoding"):
        text_file.read(write(tmp_path, b"caf\xe9"))


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Strike goes on\n\nWorkers said so.", "Strike goes on"),
        ("\n\nStrike   goes on\n \nWorkers", "Strike goes on"),
        ("Is it over?\n\nNobody knows.", "Is it over?"),
        ("The strike goes on.\n\nWorkers said so.", ""),
        ("Strike goes on\nWorkers said so.", ""),
        ("Strike goes on", ""),
        ("Strike goes on\n\n", ""),
        ("x" * 151 + "\n\ntext", ""),
        ("", ""),
    ],
)
def test_finds_a_title_where_one_stands(text: str, title: str) -> None:
    assert text_file.title_in(text) == title


def test_names_an_article_without_a_title_after_its_file(tmp_path: Path) -> None:
    assert only(write(tmp_path, b"One sentence.", "2021-01-23 tass.txt")).article.title == (
        "2021-01-23 tass"
    )


@pytest.mark.skipif(os.name != "posix", reason="other systems have no such names")
def test_keeps_a_file_name_that_no_encoding_explains(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.txt")
    path.write_bytes(b"One sentence.")
    article = only(path).article
    assert article.title == "caf�"
    assert article.origin.file.encode("utf-8")


@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_any_text_survives_or_is_refused(tmp_path: Path, text: str) -> None:
    data = text.encode("utf-8")
    try:
        article = only(write(tmp_path, data), "utf-8").article
    except InputRefused:
        assert not text.strip("\ufeff").strip() or any(c < " " or c == "\x7f" for c in text)
        return
    assert article.text == canonical(text)
    assert article.sha256 == sha256_of(article.text)


def test_reads_real_files_of_many_encodings(tmp_path: Path, shared_data: Path) -> None:
    folder = shared_data / "09_sources" / "encodings_udhr"
    expected = {
        "Chinese_Mandarin-GB2312.txt": "世界人权宣言",
        "Czech_Cesky-Latin2.txt": "VŠEOBECNÁ DEKLARACE",
        "Greek_Ellinika-Greek.txt": "ΟΙΚΟΥΜΕΝΙΚΗ ΔΙΑΚΗΡΥΞΗ",
        "Hebrew_Ivrit-Hebrew.txt": "ההכרזה לכל באי עולם",
        "Japanese_Nihongo-SJIS.txt": "『世界人権宣言』",
        "Russian_Russky-Cyrillic.txt": "Всеобщая декларация прав",
        "Spanish_Espanol-Latin1.txt": "Declaración Universal",
    }
    for name, beginning in expected.items():
        assert only(folder / name).article.text.startswith(beginning), name
    hebrew = only(folder / "Hebrew_Ivrit-Hebrew.txt").article.text
    assert hebrew[:200] == only(folder / "Hebrew_Ivrit-UTF8.txt").article.text[:200]


def test_reads_or_refuses_every_file_it_may_meet(shared_data: Path) -> None:
    seen = 0
    for part in ("09_sources", "10_robustness"):
        for path in sorted((shared_data / part).rglob("*")):
            if not path.is_file():
                continue
            seen += 1
            try:
                article = only(path).article
            except InputRefused:
                continue
            assert sha256_of(article.text) == article.sha256
            assert canonical(article.text) == article.text
    assert seen > 100
