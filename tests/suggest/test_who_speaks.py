"""Who is proposed as the speaker of a statement, where more than one is named beside its verb."""

import pytest

from app.model.article import Article
from app.model.contents import ArticleContents
from app.suggest.context import Context
from app.suggest.forms import KnownForms
from app.suggest.language import language_of
from app.suggest.registry import propose
from app.suggest.relations import linked
from app.workspace.sample import press_codebook

CODEBOOK = press_codebook()


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“We stay here until spring,” Anna Nowak, a farmer from Lublin, told them.", "Anna Nowak"),
        ("“We stay here until spring,” said activist Anna Nowak.", "Anna Nowak"),
        ("«Мы требуем честных выборов», — заявил активист Ильдар Сафин.", "Ильдар Сафин"),
        ("«No vamos a ceder», dijo el dirigente indígena Luis Chango.", "Luis Chango"),
        ("Police spokesman Jan Kowalski said that it was over.", "Jan Kowalski"),
        ("“It is over now, for good,” said Smith, leader of the party.", "Smith"),
    ],
)
def test_the_one_who_is_named_speaks(text: str, speaker: str) -> None:
    language = language_of(text)
    found = propose(
        Context(article="a", text=text, codebook=CODEBOOK, forms=KnownForms(), language=language)
    )
    contents = ArticleContents(Article(id="a", title="", text=text, sha256=""), layer="x")
    told = linked(contents, CODEBOOK, found)
    (statement,) = [one for one in told if one.type == "statement"]
    speakers = [link for link in statement.links if link.role == "speaker"]
    assert [text[link.start : link.end] for link in speakers] == [speaker]
