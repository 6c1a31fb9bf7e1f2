"""Whatever words stand in whatever order: suggestions lie in the text, and none fails."""

from hypothesis import given
from hypothesis import strategies as st

from app.model.article import Article
from app.model.contents import ArticleContents
from app.suggest.context import Context
from app.suggest.forms import KnownForms
from app.suggest.language import LANGUAGES
from app.suggest.registry import propose
from app.suggest.relations import linked
from app.workspace.sample import press_codebook

CODEBOOK = press_codebook()
WORDS = (
    'said told claims denied was condemned by according to the mayor police Anna Smith “ ” " « »'
    " that , . ; : — and but who which expressed concern called for not protest 20 - 30 between"
    " 3,000 half a million dozens of thousands May 2021 $ % fears US EU Bank Russian however ( )"
    " ’s asked him shouted calls dass que что \n 😀"
).split(" ")


@given(
    st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(["", " "])), max_size=30),
    st.sampled_from(LANGUAGES),
)
def test_suggestions_of_any_words_lie_in_them(words: list[tuple[str, str]], language: str) -> None:
    text = "".join(word + gap for word, gap in words)
    found = propose(
        Context(article="a", text=text, codebook=CODEBOOK, forms=KnownForms(), language=language)
    )
    contents = ArticleContents(Article(id="a", title="", text=text, sha256=""), layer="x")
    for one in linked(contents, CODEBOOK, found):
        every = (*one.fragments, *(f for e in one.evidence for f in e.fragments))
        assert all(text[f.start : f.end] == f.text != "" for f in every)
        assert all(0 <= link.start < link.end <= len(text) for link in one.links)
