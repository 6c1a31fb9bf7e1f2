"""Which sentences were on the screen."""

from app.model.coverage import is_seen, runs, unread

SENTENCES = [(0, 10), (11, 20), (22, 30), (31, 40)]


def test_a_sentence_is_seen_when_all_of_it_was() -> None:
    seen = ((0, 10), (15, 30))
    assert is_seen((0, 10), seen)
    assert is_seen((22, 30), seen)
    assert not is_seen((11, 20), seen)
    assert not is_seen((31, 40), seen)
    assert not is_seen((0, 10), ())


def test_what_is_left_to_read() -> None:
    assert list(unread(SENTENCES, ((10, 31),))) == [(0, 10), (31, 40)]
    assert list(unread(SENTENCES, ((0, 40),))) == []


def test_neighbours_are_one_stretch() -> None:
    assert runs(SENTENCES, ()) == (((0, 40), 4),)
    assert runs(SENTENCES, ((11, 20),)) == (((0, 10), 1), ((22, 40), 2))
    assert runs((), ()) == ()
