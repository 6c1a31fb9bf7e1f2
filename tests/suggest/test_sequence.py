"""The sequence model: words and labels, the same examples the same model, and what it learns."""

from pathlib import Path

import pytest

from app.suggest.sequence import Example, Guess, Model, _apart, _labels, _tokens, fit, uncertainty

NAMES = ("Anna Berg", "Iwan Petrow", "José Díaz", "Анна Кузнецова", "Max O’Neill", "Lu Wei")
FRAMES = (
    "On Monday {} said that taxes would rise.",
    "Police arrested {} near the station 😀.",
    "The minister met {} in Berlin. Nobody else came.",
)


def examples() -> list[Example]:
    found = []
    for frame in FRAMES * 2:
        for name in NAMES:
            text = frame.format(name)
            start = text.index(name)
            found.append(Example(text, ((start, start + len(name)),)))
    return found


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Model:
    path = tmp_path_factory.mktemp("sequence") / "model.crf"
    assert fit(path, examples()) == 36
    return Model(path)


def test_it_finds_a_name_it_has_never_seen(model: Model) -> None:
    text = "😀 On Monday Karla Müller said that prices would rise."
    (found,) = model.guesses(text)
    assert text[found.start : found.end] == "Karla Müller"
    assert 0.5 < found.score <= 1
    assert list(model.guesses("Nothing happened here.")) == []
    assert list(model.guesses("")) == []


def test_the_same_examples_come_to_the_same_model(tmp_path: Path) -> None:
    for name in ("one", "two"):
        fit(tmp_path / name, examples())
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_without_marks_nothing_is_written(tmp_path: Path) -> None:
    assert fit(tmp_path / "none", [Example("Nobody came.", ())]) == 0
    assert not (tmp_path / "none").exists()


def test_a_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"nothing of the kind")
    with pytest.raises(ValueError, match="model"):
        Model(tmp_path / "x")
    with pytest.raises((ValueError, OSError)):
        Model(tmp_path / "not there")


def test_offsets_are_code_points_in_any_text() -> None:
    text = "👩‍👩‍👧 Ann’s co-op — naïve. “Да” 2,500 שלום!"
    for tokens in _tokens(text):
        for start, end in tokens:
            assert text[start:end].strip() == text[start:end] != ""


def test_marks_that_overlap_leave_the_longest() -> None:
    assert _apart(((0, 4), (2, 10), (10, 12), (11, 13))) == [(2, 10), (10, 12)]


def test_labels_follow_the_words_a_mark_touches() -> None:
    (tokens,) = _tokens("Anna Berg came home.")
    assert _labels(tokens, [(0, 9)]) == (["B", "I", "O", "O", "O"], 1)
    assert _labels(tokens, [(2, 3), (10, 14)]) == (["B", "O", "B", "O", "O"], 2)
    long = "word " * 40
    (tokens,) = _tokens(long)
    assert _labels(tokens, [(0, len(long))])[1] == 0


def test_a_text_like_no_other_is_the_unsurest(model: Model) -> None:
    known, strange = FRAMES[0].format("Anna Berg"), "Zzyx Qwrt said Mnbv Xkcd near Plok."
    assert uncertainty(model, known) < uncertainty(model, strange) or not list(
        model.guesses(strange)
    )
    assert Guess(0, 1, 0.5).score == 0.5
