"""Which windows have a project open."""

from pathlib import Path

from app.ui.presence import Presence


def test_the_second_window_hears_of_the_first_and_not_the_other_way_round(tmp_path: Path) -> None:
    location = str(tmp_path / "a.pressmark")
    first = Presence(location, "Jonas Dahl")
    assert first.other() is None
    second = Presence(location)
    sentence = second.other()
    assert sentence is not None
    assert sentence.startswith("Open in another window by Jonas Dahl (process ")
    assert list(tmp_path.iterdir()) == []
    second.leave()
    assert Presence(location).other() is not None
    first.leave()
    third = Presence(location)
    assert third.other() is None
    third.leave()
    elsewhere = Presence(str(tmp_path / "b.pressmark"))
    assert elsewhere.other() is None
    elsewhere.leave()
