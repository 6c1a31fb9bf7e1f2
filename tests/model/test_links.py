"""Likely links, measured on the sample and on made sentences; nothing is ever guessed wildly."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.model.annotation import Annotation, Relation, fragments_of
from app.model.article import Article
from app.model.contents import ArticleContents
from app.model.guess import guess, guesses
from app.model.links import likely_links
from app.workspace.sample import make_sample, press_codebook

CODEBOOK = press_codebook()


def marked(
    text: str, *marks: tuple[str, str], links: tuple[tuple[str, str, str], ...] = ()
) -> ArticleContents:
    """Return an article with marks, each called by its words, and links between them."""
    annotations = []
    for type_name, words in marks:
        start = text.index(words)
        annotations.append(
            Annotation(
                id=words,
                article="a",
                layer="m",
                type=type_name,
                fragments=fragments_of(text, [(start, start + len(words))]),
            )
        )
    relations = [
        Relation(id=f"{a}{role}{b}", article="a", layer="m", role=role, source=a, target=b)
        for a, role, b in links
    ]
    article = Article(id="a", title="", text=text, sha256="")
    return ArticleContents(article, layer="m", annotations=annotations, relations=relations)


def links(contents: ArticleContents, source: str) -> dict[str, tuple[str, ...]]:
    return likely_links(contents, CODEBOOK, source)


@pytest.mark.parametrize(
    ("text", "marks", "source", "expected"),
    [
        (
            "The police arrested Ann.",
            (("actor", "police"), ("actor", "Ann"), ("event", "arrested")),
            "arrested",
            {"agent": ("police",), "target": ("Ann",)},
        ),
        (
            "Ann was arrested by the police.",
            (("actor", "police"), ("actor", "Ann"), ("event", "arrested")),
            "arrested",
            {"agent": ("police",), "target": ("Ann",)},
        ),
        (
            "Students, workers and farmers marched.",
            (
                ("actor", "Students"),
                ("actor", "workers"),
                ("actor", "farmers"),
                ("event", "marched"),
            ),
            "marched",
            {"agent": ("Students", "workers", "farmers")},
        ),
        (
            "Five thousand workers struck.",
            (("number", "Five thousand"), ("actor", "workers"), ("event", "struck")),
            "Five thousand",
            {"counts": ("workers",)},
        ),
        (
            "They marched for five hours.",
            (("number", "five hours"), ("actor", "They"), ("event", "marched")),
            "five hours",
            {"measures": ("marched",)},
        ),
        (
            "Ann accused Bob of lying.",
            (("actor", "Ann"), ("actor", "Bob"), ("statement", "Ann accused Bob of lying")),
            "Ann accused Bob of lying",
            {"speaker": ("Ann",), "target": ("Bob",)},
        ),
        (
            "The union urged the members to strike.",
            (
                ("actor", "union"),
                ("actor", "members"),
                ("event", "strike"),
                ("statement", "urged the members to strike"),
            ),
            "urged the members to strike",
            {"speaker": ("union",), "addressee": ("members",), "about": ("strike",)},
        ),
        (
            "Die Polizei nahm Anna fest.",
            (("actor", "Anna"), ("event", "nahm")),
            "nahm",
            {"target": ("Anna",)},
        ),
        ("מחאה בירושלים.", (("event", "מחאה"),), "מחאה", {}),
    ],
)
def test_rules(
    text: str,
    marks: tuple[tuple[str, str], ...],
    source: str,
    expected: dict[str, tuple[str, ...]],
) -> None:
    assert links(marked(text, *marks), source) == expected


def test_a_pointing_statement_takes_what_the_one_before_is_about() -> None:
    text = "Ann claims that Bob struck first. Bob denied such claims."
    contents = marked(
        text,
        ("actor", "Ann"),
        ("event", "struck"),
        ("statement", "claims that Bob struck first"),
        ("statement", "Bob denied such claims"),
        links=(("claims that Bob struck first", "about", "struck"),),
    )
    found = links(contents, "Bob denied such claims")
    assert found["responds_to"] == ("claims that Bob struck first",)
    assert found["about"] == ("struck",)


def test_a_filled_role_is_not_guessed_again() -> None:
    contents = marked(
        "The police arrested Ann.",
        ("actor", "police"),
        ("actor", "Ann"),
        ("event", "arrested"),
        links=(("arrested", "agent", "Ann"),),
    )
    assert links(contents, "arrested") == {"target": ("Ann",)}


def test_a_slot_without_a_rule_gets_the_nearest_mark_that_fits() -> None:
    contents = marked(
        "Ann saw Bob at the march in Rome.", ("actor", "Ann"), ("actor", "Bob"), ("event", "march")
    )
    assert guess(contents, CODEBOOK, "march", "participant") == "Bob"
    assert guess(contents, CODEBOOK, "march", "part_of") is None
    assert guess(contents, CODEBOOK, "march", "no such role") is None
    assert guess(contents, CODEBOOK, "nothing", "agent") is None


def test_a_speaker_who_is_not_named_is_that_of_the_statement_before() -> None:
    text = "Ann said no. Nobody would go."
    contents = marked(
        text,
        ("actor", "Ann"),
        ("statement", "said no"),
        ("statement", "Nobody would go"),
        links=(("said no", "speaker", "Ann"),),
    )
    assert guess(contents, CODEBOOK, "Nobody would go", "speaker") == "Ann"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> ArticleContents:
    place: Path = tmp_path_factory.mktemp("links") / "sample.pressmark"
    with make_sample(place, annotator="Marta") as workspace:
        return workspace.contents(workspace.article_ids()[0])


def test_most_guesses_on_the_sample_are_the_expert_s(sample: ArticleContents) -> None:
    """The first six sentences served to write the rules; the others are the measure."""
    beyond = sample.article.text.index("The protestors shouted")
    right = {True: 0, False: 0}
    wrong = {True: 0, False: 0}
    for mark in sample.annotations:
        gold = {(r.role, r.target) for r in sample.outgoing(mark.id)}
        others = [r for r in sample.relations if r.source != mark.id]
        blank = ArticleContents(
            sample.article, layer="gold", annotations=sample.annotations, relations=others
        )
        for pair in guesses(blank, CODEBOOK, mark.id):
            counted = right if pair in gold else wrong
            counted[mark.start < beyond] += 1
    assert (right[True], wrong[True]) == (34, 0)
    assert (right[False], wrong[False]) == (36, 13)


def test_every_guess_fits_the_codebook(sample: ArticleContents) -> None:
    for mark in sample.annotations:
        for role_name, targets in links(sample, mark.id).items():
            role = CODEBOOK.role(mark.type, role_name)
            assert role is not None
            for target in targets:
                found = sample.annotation(target)
                assert found is not None
                assert found.type in role.targets
                assert found.id != mark.id


def test_a_codebook_without_these_roles_has_no_guesses(sample: ArticleContents) -> None:
    bare = replace(CODEBOOK, roles=())
    assert all(not likely_links(sample, bare, mark.id) for mark in sample.annotations)
