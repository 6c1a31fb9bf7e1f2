"""Names, nouns and pronouns, told apart by letters; 57 of the sample's 59 as its expert did."""

from pathlib import Path

import pytest

from app.suggest.mentions import level
from app.workspace.sample import make_sample


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("Aleksei Navalny", "name"),
        ("he", "pronoun"),
        ("They", "pronoun"),
        ("us", "pronoun"),
        ("US", "name"),
        ("police", "nominal"),
        ("police officers", "nominal"),
        ("Russian authorities", "nominal"),
        ("ministers of foreign affairs from the EU", "nominal"),
        ("University of Oxford", "name"),
        ("Навальный", "name"),
        ("они", "pronoun"),
        ("полиция", "nominal"),
        ("", "name"),
        (" ", "name"),
        ("😀", "name"),
    ],
)
def test_levels(words: str, wanted: str) -> None:
    assert level(words) == wanted


def test_the_expert_of_the_sample_says_nearly_the_same(tmp_path: Path) -> None:
    with make_sample(tmp_path / "s.pressmark", annotator="ann") as sample:
        (article,) = sample.article_ids()
        actors = [a for a in sample.contents(article).annotations if a.type == "actor"]
    same = sum(a.attributes.get("mention_level") == level(a.quote) for a in actors)
    assert (same, len(actors)) == (57, 59)
