"""The canonical text, offsets, words, sentences and quotations."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.text import (
    OffsetMap,
    TextIndex,
    TextRefused,
    canonical,
    for_display,
    paragraphs,
    quotations,
    sentences,
    sha256_of,
    snap_to_grapheme,
    snap_to_words,
    trim,
    word_at,
    words,
)
from tests.model.strategies import raw_texts

texts = raw_texts.map(canonical)


def utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def pieces(text: str, ranges: list[tuple[int, int]]) -> list[str]:
    return [text[start:end] for start, end in ranges]


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("a\r\nb\rc\n", "a\nb\nc\n"),
        ("\ufeff\ufeffa\ufeffb", "a\ufeffb"),
        (" \u00a0a\u2028b\u0085 ", " \u00a0a\u2028b\u0085 "),
        ("e\u0301 é", "e\u0301 é"),
        ("\r\r\n\n", "\n\n\n"),
        ("", ""),
    ],
)
def test_canonical_text(raw: str, kept: str) -> None:
    assert canonical(raw) == kept


@given(raw_texts)
def test_canonical_text_is_settled_once(raw: str) -> None:
    text = canonical(raw)
    assert canonical(text) == text
    assert "\r" not in text
    assert not text.startswith("\ufeff")


@pytest.mark.parametrize(
    ("raw", "position", "reason"),
    [
        ("ab\0", 2, "a NUL character at character 3"),
        ("\ud83d", 0, "half of a surrogate pair at character 1"),
        ("x" * 1500 + "\udc00", 1500, "at character 1,501"),
    ],
)
def test_what_cannot_be_kept_is_refused(raw: str, position: int, reason: str) -> None:
    with pytest.raises(TextRefused, match=reason) as caught:
        canonical(raw)
    assert caught.value.position == position


def test_the_hash_is_that_of_the_utf8_bytes() -> None:
    assert sha256_of("é") == "4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c"


@given(texts)
def test_what_is_shown_has_the_length_of_the_text(text: str) -> None:
    shown = for_display(text)
    assert len(shown) == len(text)
    assert utf16_length(shown) == utf16_length(text)
    assert not set("\u2028\u2029\ufeff\ufffe\uffff\ufdd0") & set(shown)


@given(texts)
def test_offsets_convert_exactly(text: str) -> None:
    offsets = OffsetMap(text)
    assert offsets.utf16_length == utf16_length(text)
    for n in range(len(text) + 1):
        assert offsets.to_utf16(n) == utf16_length(text[:n])
        assert offsets.to_code_points(offsets.to_utf16(n)) == n
        if n < len(text) and text[n] > "\uffff":
            assert offsets.to_code_points(offsets.to_utf16(n) + 1) == n


def test_offsets_of_plain_text_are_the_same() -> None:
    offsets = OffsetMap("plain")
    assert [offsets.to_utf16(n) for n in range(6)] == list(range(6))
    assert [offsets.to_code_points(n) for n in range(6)] == list(range(6))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Covid-19 hit 2,500 people.", ["Covid-19", "hit", "2,500", "people"]),
        ("U.S. troops, z.B. hier", ["U.S.", "troops", "z.B.", "hier"]),
        ("The Department's 3.5% rise", ["The", "Department's", "3.5", "rise"]),
        ("l’État – c'est moi", ["l’État", "c'est", "moi"]),
        ("2\u00a0500 et 1\u202f000", ["2\u00a0500", "et", "1\u202f000"]),
        ("5-year 10km 2020–2021", ["5-year", "10km", "2020–2021"]),
        ("Навальный—Путин", ["Навальный", "Путин"]),
        ("e\u0301tudiant pre\u0301", ["e\u0301tudiant", "pre\u0301"]),
        ("e\u0323\u0301t", ["e\u0323\u0301t"]),
        ("שָׁלוֹם עולם", ["שָׁלוֹם", "עולם"]),
        ("مَرْحَبًا بكم", ["مَرْحَبًا", "بكم"]),
        ("नमस्ते दुनिया", ["नमस्ते", "दुनिया"]),
        ("می\u200cخواهم", ["می\u200cخواهم"]),
        ("so\u00adgar", ["so\u00adgar"]),
        ("“no”—(yes)", ["no", "yes"]),
        ("😀 👍🏽 ok", ["ok"]),
        ("", []),
    ],
)
def test_words(text: str, found: list[str]) -> None:
    assert pieces(text, list(words(text))) == found


@given(texts)
def test_words_are_in_order_and_have_no_spaces_at_their_ends(text: str) -> None:
    last = 0
    for start, end in words(text):
        assert last <= start < end <= len(text)
        assert text[start].isalnum() or text[start] == "_"
        assert trim(text, start, end) == (start, end)
        last = end


def test_words_of_a_part() -> None:
    assert list(words("one two three", 4, 7)) == [(4, 7)]


@pytest.mark.parametrize(
    ("offset", "word"),
    [(0, "one"), (2, "one"), (3, "one"), (4, "two"), (7, "two"), (8, None), (9, None), (10, "x")],
)
def test_the_word_at_an_offset(offset: int, word: str | None) -> None:
    text = "one two . x"
    found = word_at(text, offset)
    assert (text[slice(*found)] if found else None) == word


@pytest.mark.parametrize(
    ("start", "end", "snapped"),
    [
        (5, 6, "police"), (4, 10, "police"), (3, 11, "police"), (6, 13, "police said"),
        (10, 18, "said “no"), (16, 20, "“no”"), (3, 4, "police"), (7, 7, "police"), (21, 21, ""),
    ],
)  # fmt: skip
def test_a_selection_snaps_to_words(start: int, end: int, snapped: str) -> None:
    text = "The police said “no”.  "
    assert text[slice(*snap_to_words(text, start, end))] == snapped


@given(texts, st.data())
def test_snapping_only_grows_what_was_trimmed(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = snap_to_words(text, start, end)
    inner = trim(text, start, end)
    assert 0 <= first <= last <= len(text)
    if inner[0] < inner[1]:
        assert first <= inner[0]
        assert inner[1] <= last


@pytest.mark.parametrize("cluster", ["e\u0301", "👩‍👩‍👧", "👍🏽", "🇫🇷", "1️⃣", "नि", "שָׁ"])
def test_a_character_as_seen_is_never_cut(cluster: str) -> None:
    text = f"a{cluster}b"
    for n in range(1, len(cluster)):
        assert snap_to_grapheme(text, 1 + n) == 1
    assert snap_to_grapheme(text, 1) == 1
    assert snap_to_grapheme(text, 1 + len(cluster)) == 1 + len(cluster)


def test_flags_in_a_row_are_told_apart() -> None:
    text = "🇫🇷🇩🇪"
    assert [snap_to_grapheme(text, n) for n in range(5)] == [0, 0, 2, 2, 4]


@given(texts, st.data())
def test_snapping_to_a_character_moves_back_to_a_border(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    snapped = snap_to_grapheme(text, offset)
    assert 0 <= snapped <= offset
    assert snap_to_grapheme(text, snapped) == snapped
    if 0 < snapped < len(text):
        assert not unicodedata.combining(text[snapped])


def test_paragraphs_are_the_lines_that_are_not_empty() -> None:
    text = "One.\n\n \nTwo.\u2028still two\nThree"
    assert pieces(text, paragraphs(text)) == ["One.", "Two.\u2028still two", "Three"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One. Two! Three? Four… Five", ["One.", "Two!", "Three?", "Four…", "Five"]),
        ("Mr. Navalny met Dr. Who. He left.", ["Mr. Navalny met Dr. Who.", "He left."]),
        ("J. Smith of the U.S. Army said so. Yes.", ["J. Smith of the U.S. Army said so.", "Yes."]),
        ("He said “No.” She left.", ["He said “No.”", "She left."]),
        (
            "She said no. He left. See No. 5 there.",
            ["She said no.", "He left.", "See No. 5 there."],
        ),
        ("He asked “Why?” and left.", ["He asked “Why?” and left."]),
        ("It rose 3.5 percent. Then", ["It rose 3.5 percent.", "Then"]),
        ("A title\nA line. Two.", ["A title", "A line.", "Two."]),
        ("Wait... What? No.", ["Wait...", "What?", "No."]),
        ("Wait... for it.", ["Wait... for it."]),
        ("Конец. Начало.", ["Конец.", "Начало."]),
        ("مرحبا؟ نعم.", ["مرحبا؟", "نعم."]),
        ("  Spaces.   Around.  ", ["Spaces.", "Around."]),
        ("中文。 好。", ["中文。", "好。"]),
        ("北京集会。警方说有25人被捕。", ["北京集会。", "警方说有25人被捕。"]),
        ("本当に？！彼は「行きます。」と言った。", ["本当に？！", "彼は「行きます。」と言った。"]),
        ("ምን ነው። ሄደ።", ["ምን ነው።", "ሄደ።"]),
        ("", []),
        ("\n\n", []),
    ],
)
def test_sentences(text: str, found: list[str]) -> None:
    assert pieces(text, sentences(text)) == found


@given(texts)
def test_sentences_cover_every_word_in_order(text: str) -> None:
    found = sentences(text)
    last = 0
    for start, end in found:
        assert last <= start < end <= len(text)
        assert trim(text, start, end) == (start, end)
        last = end
    covered = {n for start, end in found for n in range(start, end)}
    assert all(n in covered for n, character in enumerate(text) if not character.isspace())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He said “no way” twice", ["“no way”"]),
        ("„Nein“, sagte er", ["„Nein“"]),
        ("«Нет», сказал", ["«Нет»"]),
        ("»Nein«, sagte", ["»Nein«"]),
        ('"plain" and "more"', ['"plain"', '"more"']),
        ("‘It’s fine’ she said", ["‘It’s fine’"]),
        ("“outer ‘inner’ words”", ["“outer ‘inner’ words”"]),
        ("「はい」と", ["「はい」"]),
        ("“open to the end\n“next” line", ["“next”"]),
        ("“”", ["“”"]),
        ('a"b" c', []),
        ("5' 6\"", []),
        ("rock ’n’ roll", []),
    ],
)  # fmt: skip
def test_quotations(text: str, found: list[str]) -> None:
    assert pieces(text, quotations(text)) == found


@given(texts)
def test_quotations_never_overlap(text: str) -> None:
    last = 0
    for start, end in quotations(text):
        assert last <= start < end - 1 < len(text)
        last = end


def test_the_index_numbers_paragraphs_from_one_and_sentences_from_zero() -> None:
    text = "One. Two.\n\nThree."
    index = TextIndex.of(text)
    assert [index.paragraph_number(n) for n in (0, 9, 10, 11, 17)] == [1, 1, 1, 2, 2]
    assert [index.sentence_number(n) for n in (0, 4, 5, 11, 17)] == [0, 0, 1, 2, 2]
    assert TextIndex.of("  One.").sentence_number(0) == 0
    assert TextIndex.of("").sentence_number(0) is None
    assert TextIndex.of("").paragraph_number(0) == 1
