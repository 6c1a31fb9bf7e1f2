"""Adversarial text, and every command with every field filled or empty."""

from hypothesis import strategies as st

from app.model.annotation import Annotation, Evidence, Fragment, Relation
from app.model.article import STATES, Article, Source, Status
from app.model.commands import (
    AddAnnotation,
    AddAnnotator,
    AddArticle,
    AddRecord,
    AddRelation,
    Batch,
    ClearStatus,
    Command,
    DeleteAnnotation,
    DeleteArticle,
    DeleteRecord,
    DeleteRelation,
    EditAnnotation,
    EditArticle,
    EditRecord,
    EditRelation,
    Erase,
    LinkRecord,
    PutAnnotation,
    PutArticle,
    PutRecord,
    PutRelation,
    SetCodebook,
    SetProject,
    SetStatus,
)
from app.model.registry import Annotator, Project, Record
from tests.projects import CODEBOOK

NASTY = (
    *("a", "é", "e\u0301", "\u00a0", "\u202f", "\u2028", "\u2029", "\r\n", "\r", "\n", "\t", " "),
    *(
        "\ufeff",
        "😀",
        "👩‍👩‍👧",
        "👍🏽",
        "🇫🇷",
        "🇩🇪🇫",
        "1️⃣",
        "שָׁלוֹם",
        "مرحبا",
        "नमस्ते",
        "한글",
        "中文",
        "\u200b",
    ),
    *(
        "\u200d",
        "\u00ad",
        "\u202e",
        "\u0085",
        "\x0b",
        "\x1c",
        "\ufffe",
        "\ufdd0",
        "𝔘",
        "\U0010ffff",
    ),
    *(".", ",", "“", "”", "'", "-", "2,500", "U.S.", "Mr.", "?!", "…"),
)

_characters = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
raw_texts = st.lists(
    st.one_of(st.sampled_from(NASTY), st.text(_characters, max_size=3)), max_size=30
).map("".join)
"""Text as it comes from a file: anything but NUL and lone surrogates."""

_words = raw_texts
_numbers = st.integers(-(2**53), 2**53)
_values = st.one_of(
    st.none(),
    st.booleans(),
    _numbers,
    st.floats(allow_nan=False, allow_infinity=False),
    _words,
    st.lists(_words, max_size=2).map(tuple),
)
_attributes = st.dictionaries(_words, _values, max_size=3)
_fragments = st.lists(st.builds(Fragment, _numbers, _numbers, _words), max_size=2).map(tuple)
_evidence = st.lists(
    st.builds(
        Evidence, attribute=_words, fragments=_fragments, value=_values, attributes=_attributes
    ),
    max_size=2,
).map(tuple)
_certainty = st.sampled_from(["sure", "unsure"])
_maybe = st.none() | _words

annotations = st.builds(
    Annotation,
    id=_words,
    article=_words,
    layer=_words,
    type=_words,
    fragments=_fragments,
    attributes=_attributes,
    record=_maybe,
    certainty=_certainty,
    comment=_words,
    evidence=_evidence,
    version=_numbers,
)
_relations = st.builds(
    Relation,
    id=_words,
    article=_words,
    layer=_words,
    role=_words,
    source=_words,
    target=_words,
    attributes=_attributes,
)
_records = st.builds(
    Record,
    id=_words,
    kind=_words,
    name=_words,
    aliases=st.lists(_words, max_size=2).map(tuple),
    attributes=_attributes,
    external=st.dictionaries(_words, _words, max_size=2),
)
_articles = st.builds(
    Article,
    id=_words,
    title=_words,
    text=_words,
    sha256=_words,
    metadata=_attributes,
    origin=st.builds(Source, file=_words),
)
_statuses = st.builds(Status, article=_words, layer=_words, state=st.sampled_from(STATES))
_named = {"id": _words, "version": _numbers}

_leaves: tuple[st.SearchStrategy[Command], ...] = (
    st.builds(AddAnnotation, annotation=annotations),
    st.builds(
        EditAnnotation,
        **_named,
        type=_maybe,
        fragments=st.none() | _fragments,
        attributes=_attributes,
        unset=st.lists(_words, max_size=2).map(tuple),
        certainty=st.none() | _certainty,
        comment=_maybe,
        evidence=st.none() | _evidence,
    ),
    st.builds(LinkRecord, **_named, record=_maybe),
    st.builds(DeleteAnnotation, **_named),
    st.builds(AddRelation, relation=_relations),
    st.builds(EditRelation, **_named, attributes=_attributes),
    st.builds(DeleteRelation, **_named),
    st.builds(AddRecord, record=_records),
    st.builds(EditRecord, record=_records),
    st.builds(DeleteRecord, **_named),
    st.builds(AddArticle, article=_articles),
    st.builds(EditArticle, **_named, title=_maybe, metadata=st.none() | _attributes),
    st.builds(DeleteArticle, **_named),
    st.builds(SetStatus, status=_statuses),
    st.builds(SetCodebook, codebook=st.just(CODEBOOK)),
    st.builds(SetProject, project=st.builds(Project, id=_words, name=_words)),
    st.builds(AddAnnotator, annotator=st.builds(Annotator, id=_words, name=_words)),
    st.builds(PutAnnotation, annotation=annotations, deleted_at=_maybe),
    st.builds(PutRelation, relation=_relations, deleted_at=_maybe),
    st.builds(PutRecord, record=_records, deleted_at=_maybe),
    st.builds(PutArticle, article=_articles, deleted_at=_maybe),
    st.builds(Erase, what=st.sampled_from(["annotation", "codebook"]), id=_words),
    st.builds(ClearStatus, article=_words, layer=_words),
)
commands: st.SearchStrategy[Command] = st.recursive(
    st.one_of(_leaves),
    lambda steps: st.builds(Batch, steps=st.lists(steps, max_size=3).map(tuple)),
    max_leaves=5,
)
