"""What a gesture on the article means: from a selection and a key to the command that does it.

Pure functions over the open article and the codebook; each returns the command and its title for
the history. Ranges are (start, end) pairs in code points.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.model.annotation import Annotation, Certainty, Evidence, Relation, Value, fragments_of
from app.model.article import Article
from app.model.bookmark import Bookmark, Rejection
from app.model.codebook import Attribute, Codebook, SpanType, refusal
from app.model.commands import (
    AddAnnotation,
    AddRelation,
    Batch,
    ClearBookmark,
    Command,
    DeleteAnnotation,
    DeleteRelation,
    EditAnnotation,
    LinkRecord,
    RejectSuggestion,
    SetBookmark,
    UnrejectSuggestion,
)
from app.model.contents import ArticleContents
from app.model.errors import Refused
from app.model.history import edited
from app.model.ids import new_id
from app.model.registry import Record
from app.model.suggestion import SuggestedLink, Suggestion, at_the_end
from app.model.wording import on_one_line

Ranges = Iterable[tuple[int, int]]

_QUOTATION_MARKS = frozenset('"“”„«»‘’「」')

_LONGEST_NAME = 100
"""Code points."""


@dataclass(frozen=True, slots=True)
class Gesture:
    """A command, what the history calls it, and the annotation it is about."""

    command: Command
    title: str
    annotation: str


def tag(contents: ArticleContents, codebook: Codebook, type_name: str, ranges: Ranges) -> Gesture:
    """Return the gesture that tags ranges of the open article, with the fields at their defaults.

    Raises `Refused` where exactly this mark exists already.
    """
    annotation = _fresh(contents, codebook, type_name, ranges)
    label = _type(codebook, type_name).label.lower()
    title = f"tag {label} “{short(annotation.quote)}”"
    return Gesture(AddAnnotation(annotation=annotation), title, annotation.id)


def tag_for_role(
    contents: ArticleContents,
    codebook: Codebook,
    type_name: str,
    ranges: Ranges,
    *,
    source: str,
    role: str,
) -> Gesture:
    """Return the gesture that tags ranges and lets the new mark fill a role of another mark.

    Where the words are tagged so already, that mark fills the role. The gesture is about `source`.
    """
    fragments = fragments_of(contents.article.text, ranges)
    start = fragments[0].start
    for twin in contents.starting_within(start, start + 1):
        if (twin.type, twin.fragments, twin.layer) == (type_name, fragments, contents.layer):
            return relate(contents, codebook, source, role, twin.id)
    known = codebook.role(_annotation(contents, source).type, role)
    if known is None or type_name not in known.targets:
        message = f"“{role}” does not take {_article(type_name)} {type_name}"
        raise Refused(message)
    added = tag(contents, codebook, type_name, [(f.start, f.end) for f in fragments])
    relation = Relation(
        id=new_id(),
        article=contents.article.id,
        layer=contents.layer,
        role=role,
        source=source,
        target=added.annotation,
    )
    replaced = [
        DeleteRelation(id=r.id, version=r.version)
        for r in contents.outgoing(source)
        if r.role == role and not known.many
    ]
    command = Batch(steps=(added.command, *replaced, AddRelation(relation=relation)))
    return Gesture(command, f"{added.title} as {known.label.lower()}", source)


def defaults(span_type: SpanType, quote: str) -> dict[str, Value]:
    """Return the attributes a fresh annotation starts with.

    A statement whose words hold quotation marks starts as direct speech where there is such a mode;
    a number starts with what its words say, an actor with how they refer to it.
    """
    values: dict[str, Value] = {
        a.name: a.default for a in span_type.attributes if a.default is not None and not a.archived
    }
    mode = span_type.attribute("mode")
    if mode is not None and mode.option("direct") and _QUOTATION_MARKS & set(quote):
        values["mode"] = "direct"
    mention = span_type.attribute("mention_level")
    if mention is not None:
        from app.suggest.mentions import level  # its patterns would delay the start

        found = level(quote)
        values |= {mention.name: found} if mention.option(found) is not None else {}
    if span_type.attribute("modifier") is not None and span_type.attribute("value") is not None:
        values |= _figures(span_type, quote)
    return values


def _figures(span_type: SpanType, quote: str) -> dict[str, Value]:
    """Return what the words of a number say, as far as the codebook has fields for it."""
    from app.suggest.figures import read  # its patterns would delay the start

    said: dict[str, Value] = {}
    for name, value in read(quote).items():
        attribute = span_type.attribute(name)
        if attribute is not None and refusal(attribute, value) is None:
            said[name] = value
    return said


def tag_alike(contents: ArticleContents, codebook: Codebook, annotation_id: str) -> Gesture:
    """Return the gesture that marks the same words, and short forms of a name, like a mark.

    The new marks have its attributes; where it is a name they mention its record, too. What is
    marked so already, or lies in a name that is, stays as it is. Raises `Refused` where nothing is
    left to mark.
    """
    from app.model.alike import alike, is_name_at  # its patterns would delay the start

    mark = _annotation(contents, annotation_id)
    if len(mark.fragments) > 1:
        message = "A mark with gaps has nothing like it"
        raise Refused(message)
    text = contents.article.text
    named = is_name_at(text, mark.start, mark.end)
    form = mark.quote if named else mark.quote[:1].lower() + mark.quote[1:]
    record = contents.record(mark.record) if named else None
    known = (record.name, *record.aliases) if record else ()
    copies = tuple(
        copied(mark, codebook, (contents.article, contents.layer), span, with_record=named)
        for span in alike(text, form, known=known)
        if not is_marked(contents, mark.type, *span)
    )
    if not copies:
        message = f"No other “{short(mark.quote)}” is left to mark"
        raise Refused(message)
    return Gesture(Batch(steps=copies), f"tag {len(copies)} alike “{short(mark.quote)}”", mark.id)


def copied(
    mark: Annotation,
    codebook: Codebook,
    place: tuple[Article, str],
    span: tuple[int, int],
    *,
    with_record: bool,
) -> AddAnnotation:
    """Return the command that marks other words like a mark; its origin says after which.

    `place` is an article and a layer, `span` the code points. Raises `Refused` for a type that is
    gone.
    """
    span_type, (article, layer) = _type(codebook, mark.type), place
    attributes = {
        name: value
        for name, value in mark.attributes.items()
        if (a := span_type.attribute(name)) and a.type != "annotation" and _fits(a, value)
    }
    return AddAnnotation(
        annotation=Annotation(
            id=new_id(),
            article=article.id,
            layer=layer,
            type=mark.type,
            fragments=fragments_of(article.text, [span]),
            attributes=attributes,
            record=mark.record if with_record else None,
            certainty=mark.certainty,
            origin=f"propagated:{mark.id}",
            codebook_revision=codebook.revision,
        )
    )


def accept(
    contents: ArticleContents,
    codebook: Codebook,
    suggestion: Suggestion,
    suggestions: Iterable[Suggestion] = (),
) -> Gesture:
    """Return the gesture that makes a suggestion a mark, with its record, attributes and links.

    What it is linked to and is only suggested itself, among `suggestions`, is accepted with it.
    Raises `Refused` where exactly this mark exists already.
    """
    made: dict[str, str] = {}
    steps = _accepted(contents, codebook, suggestion, tuple(suggestions), made=made)
    label = _type(codebook, suggestion.type).label.lower()
    title = f"accept {label} “{short(suggestion.quote)}”"
    return Gesture(together(steps), title, made[suggestion.id])


def accept_all_alike(
    contents: ArticleContents,
    codebook: Codebook,
    suggestion: Suggestion,
    suggestions: Iterable[Suggestion],
) -> Gesture:
    """Return the gesture that accepts all suggestions with the same words and type, in one step.

    The gesture is about the mark that `suggestion` becomes.
    """
    every, made = tuple(suggestions), dict[str, str]()
    alike = same_suggestions(suggestion, every)
    steps = tuple(
        step for one in alike for step in _accepted(contents, codebook, one, every, made=made)
    )
    title = f"accept {len(alike)} alike “{short(suggestion.quote)}”"
    return Gesture(Batch(steps=steps), title, made[suggestion.id])


def reject(contents: ArticleContents, suggestions: Sequence[Suggestion]) -> Gesture:
    """Return the gesture that keeps suggestions, at least one, from being proposed again."""
    steps = tuple(
        RejectSuggestion(
            rejection=Rejection(
                id=one.id,
                article=one.article,
                layer=contents.layer,
                type=one.type,
                start=one.start,
                end=one.end,
                quote=one.quote,
                suggester=one.suggester,
            )
        )
        for one in suggestions
    )
    alike = f"{len(steps)} alike " if len(steps) > 1 else ""
    title = f"reject {alike}“{short(suggestions[0].quote)}”"
    return Gesture(together(steps), title, "")


def propose_again(rejections: Sequence[Rejection]) -> Gesture:
    """Return the gesture that lets rejected suggestions, at least one, be proposed again."""
    steps = tuple(
        UnrejectSuggestion(article=one.article, layer=one.layer, id=one.id) for one in rejections
    )
    count = f"{len(steps)} suggestions" if len(steps) > 1 else f"“{short(rejections[0].quote)}”"
    return Gesture(together(steps), f"propose {count} again", "")


def same_suggestions(
    suggestion: Suggestion, suggestions: Iterable[Suggestion]
) -> tuple[Suggestion, ...]:
    """Return a suggestion, then the others with the same words and type, capitals aside."""
    words = " ".join(suggestion.quote.casefold().split())
    every = {one.id: one for one in (suggestion, *suggestions)}
    return tuple(
        one
        for one in every.values()
        if one.type == suggestion.type and " ".join(one.quote.casefold().split()) == words
    )


def _accepted(
    contents: ArticleContents,
    codebook: Codebook,
    suggestion: Suggestion,
    others: tuple[Suggestion, ...],
    *,
    made: dict[str, str],
) -> tuple[Command, ...]:
    """Return the commands that make a suggestion a mark.

    `made` holds the ids of the marks that suggestions became, and gets that of this one: what two
    links lead to is made once.
    """
    if suggestion.id in made:
        return ()
    ranges = [(fragment.start, fragment.end) for fragment in suggestion.fragments]
    blank = _fresh(contents, codebook, suggestion.type, ranges)
    mark = replace(
        blank,
        attributes={**blank.attributes, **suggestion.attributes},
        record=suggestion.record,
        evidence=suggestion.evidence,
        origin=f"suggestion:{suggestion.suggester}",
    )
    made[suggestion.id] = mark.id
    steps: list[Command] = [AddAnnotation(annotation=mark)]
    for link in suggestion.links:
        more, target = _linked(contents, codebook, (suggestion.type, link), others, made=made)
        if target:
            relation = Relation(
                id=new_id(),
                article=mark.article,
                layer=mark.layer,
                role=link.role,
                source=mark.id,
                target=target,
            )
            steps += [*more, AddRelation(relation=relation)]
    return tuple(steps)


def _linked(
    contents: ArticleContents,
    codebook: Codebook,
    wanted: tuple[str, SuggestedLink],
    others: tuple[Suggestion, ...],
    *,
    made: dict[str, str],
) -> tuple[tuple[Command, ...], str]:
    """Return the id of the mark at the end of a suggested link, and what has to make it first.

    `wanted` is the type the link comes from, and the link. The id is empty where nothing fits.
    """
    source, link = wanted
    role = codebook.role(source, link.role)
    if role is None or role.archived:
        return (), ""
    marks = contents.starting_within(link.start, link.end)
    if (mark := at_the_end(link, role.targets, marks)) is not None:
        return (), mark.id
    if (one := at_the_end(link, role.targets, others)) is not None:
        steps = _accepted(contents, codebook, replace(one, links=()), others, made=made)
        return steps, made[one.id]
    return (), ""


def reshape(contents: ArticleContents, annotation_id: str, ranges: Ranges) -> Gesture:
    """Return the gesture that gives an annotation another span."""
    annotation = _annotation(contents, annotation_id)
    fragments = fragments_of(contents.article.text, ranges)
    if fragments == annotation.fragments:
        message = "That is the span it has already"
        raise Refused(message)
    edit = EditAnnotation(id=annotation.id, version=annotation.version, fragments=fragments)
    before, after = set(annotation.fragments), set(fragments)
    said = short(annotation.quote)
    title = f"resize “{said}”"
    if before < after:
        words = " … ".join(f.text for f in fragments if f not in before)
        title = f"add “{short(words)}” to “{said}”"
    elif after < before:
        words = " … ".join(f.text for f in annotation.fragments if f not in after)
        title = f"take “{short(words)}” out of “{said}”"
    return Gesture(edit, title, annotation.id)


def retype(
    contents: ArticleContents, codebook: Codebook, annotation_id: str, type_name: str
) -> Gesture:
    """Return the gesture that changes an annotation's type; what fits the new type is kept.

    Attributes, evidence, the record and relations that the new type does not know are taken away in
    the same step, so that one undo brings all of it back.
    """
    annotation = _annotation(contents, annotation_id)
    span_type = _type(codebook, type_name)
    if annotation.type == type_name:
        message = f"It is {_article(span_type.label)} {span_type.label.lower()} already"
        raise Refused(message)
    kept = {
        name: v for name, v in annotation.attributes.items() if _fits(span_type.attribute(name), v)
    }
    fresh = {n: v for n, v in defaults(span_type, annotation.quote).items() if n not in kept}
    edit = EditAnnotation(
        id=annotation.id,
        version=annotation.version,
        type=type_name,
        attributes=fresh,
        unset=tuple(
            name for name in annotation.attributes if name not in kept and name not in fresh
        ),
        evidence=_evidence_that_fits(annotation, span_type),
    )
    # What no longer fits goes first: a relation is checked against the types its ends have then.
    steps: list[Command] = [
        DeleteRelation(id=relation.id, version=relation.version)
        for relation in _misfits(contents, codebook, annotation, type_name)
    ]
    old_type = codebook.type(annotation.type)
    if annotation.record and (old_type is None or old_type.record_kind != span_type.record_kind):
        steps.append(LinkRecord(id=annotation.id, version=annotation.version, record=None))
    steps.append(edit)
    title = f"change “{short(annotation.quote)}” to {span_type.label.lower()}"
    return Gesture(together(steps), title, annotation.id)


def delete(contents: ArticleContents, annotation_id: str) -> Gesture:
    """Return the gesture that moves an annotation to the trash."""
    annotation = _annotation(contents, annotation_id)
    command = DeleteAnnotation(id=annotation.id, version=annotation.version)
    return Gesture(command, f"remove {annotation.type} “{short(annotation.quote)}”", annotation.id)


def relate(
    contents: ArticleContents, codebook: Codebook, source_id: str, role_name: str, target_id: str
) -> Gesture:
    """Return the gesture that fills a role; where one target is allowed it replaces the old one.

    Raises `Refused` where there is no such role between these two, or it is filled so already.
    """
    source, target = _annotation(contents, source_id), _annotation(contents, target_id)
    role = codebook.role(source.type, role_name)
    if role is None:
        message = f"Type “{source.type}” has no role “{role_name}”"
        raise Refused(message)
    if source.id == target.id:
        message = "A mark cannot be linked to itself"
        raise Refused(message)
    if target.type not in role.targets:
        allowed = " or ".join(_type(codebook, name).label.lower() for name in role.targets)
        wanted, given = f"{_article(allowed)} {allowed}", f"{_article(target.type)} {target.type}"
        message = f"{role.label} takes {wanted}, not {given}"
        raise Refused(message)
    present = [r for r in contents.outgoing(source.id) if r.role == role_name]
    if any(r.target == target.id for r in present):
        message = f"{contents.label(target)} is there already"
        raise Refused(message)
    relation = Relation(
        id=new_id(),
        article=contents.article.id,
        layer=contents.layer,
        role=role_name,
        source=source.id,
        target=target.id,
    )
    add = AddRelation(relation=relation)
    replaced = (
        () if role.many else tuple(DeleteRelation(id=r.id, version=r.version) for r in present)
    )
    return Gesture(
        together((*replaced, add)),
        f"set {role.label.lower()} to “{short(contents.label(target))}”",
        source.id,
    )


def link_all(
    contents: ArticleContents, codebook: Codebook, source_id: str, pairs: Iterable[tuple[str, str]]
) -> Gesture:
    """Return the gesture that fills several roles of an annotation: (role, target) pairs.

    Raises `Refused` where one of them cannot be filled so.
    """
    made = [relate(contents, codebook, source_id, role, target) for role, target in pairs]
    if len(made) == 1:
        return made[0]
    source = _annotation(contents, source_id)
    title = f"link “{short(source.quote)}” {len(made)} times"
    return Gesture(Batch(steps=tuple(one.command for one in made)), title, source_id)


def link_record(contents: ArticleContents, annotation_id: str, record: Record | None) -> Gesture:
    """Return the gesture that says which registry record an annotation mentions; None says none.

    The record need not be mentioned in the article yet.
    """
    annotation = _annotation(contents, annotation_id)
    wanted = record.id if record else None
    if annotation.record == wanted:
        message = "That is what it mentions already"
        raise Refused(message)
    command = LinkRecord(id=annotation.id, version=annotation.version, record=wanted)
    quote = short(annotation.quote)
    title = f"“{quote}” is {record.name}" if record else f"take the name from “{quote}”"
    return Gesture(command, title, annotation.id)


def clear_role(
    contents: ArticleContents, codebook: Codebook, source_id: str, role_name: str
) -> Gesture:
    """Return the gesture that empties a role of an annotation.

    Raises `Refused` where it is empty already.
    """
    source = _annotation(contents, source_id)
    role = codebook.role(source.type, role_name)
    label = role.label if role else role_name
    steps = tuple(
        DeleteRelation(id=relation.id, version=relation.version)
        for relation in contents.outgoing(source_id)
        if relation.role == role_name
    )
    if not steps:
        message = f"“{label}” is empty already"
        raise Refused(message)
    return Gesture(together(steps), f"clear {label.lower()} of “{short(source.quote)}”", source_id)


def switch_certainty(contents: ArticleContents, annotation_id: str) -> Gesture:
    """Return the gesture that makes a sure annotation unsure, or an unsure one sure."""
    annotation = _annotation(contents, annotation_id)
    certainty: Certainty = "sure" if annotation.certainty == "unsure" else "unsure"
    edit = EditAnnotation(id=annotation.id, version=annotation.version, certainty=certainty)
    return Gesture(edit, f"mark “{short(annotation.quote)}” as {certainty}", annotation.id)


def restore_as(contents: ArticleContents, old: Annotation) -> Gesture:
    """Return the gesture that makes an annotation again what it was; its links stay as they are.

    Raises `Refused` where it is so already.
    """
    now = _annotation(contents, old.id)
    steps: list[Command] = []
    edit = EditAnnotation(
        id=now.id,
        version=now.version,
        type=old.type,
        fragments=old.fragments,
        attributes=old.attributes,
        unset=tuple(name for name in now.attributes if name not in old.attributes),
        certainty=old.certainty,
        comment=old.comment,
        evidence=old.evidence,
    )
    if edited(now, edit) != now:
        steps.append(edit)
    if old.record != now.record:
        steps.append(LinkRecord(id=now.id, version=now.version, record=old.record))
    if not steps:
        message = "It is like that now"
        raise Refused(message)
    return Gesture(together(steps), f"restore “{short(old.quote)}”", now.id)


def switch_bookmark(contents: ArticleContents, sentence: tuple[int, int]) -> Gesture:
    """Return the gesture that bookmarks a sentence, or takes the bookmarks in it away."""
    article, layer = contents.article.id, contents.layer
    here = [one for one in contents.bookmarks if sentence[0] <= one.offset < sentence[1]]
    if here:
        gone = [
            ClearBookmark(article=article, layer=layer, offset=one.offset, version=one.version)
            for one in here
        ]
        return Gesture(together(gone), "remove the bookmark", "")
    made = Bookmark(article=article, layer=layer, offset=sentence[0])
    words = short(contents.article.text[slice(*sentence)])
    return Gesture(SetBookmark(bookmark=made), f"bookmark “{words}”", "")


def together(steps: Sequence[Command]) -> Command:
    """Return commands as one: the only one itself, several as a batch."""
    return steps[0] if len(steps) == 1 else Batch(steps=tuple(steps))


def short(words: str, limit: int = 40) -> str:
    """Return words on one line, cut after `limit` characters."""
    return on_one_line(words, limit)


def _fresh(
    contents: ArticleContents, codebook: Codebook, type_name: str, ranges: Ranges
) -> Annotation:
    """Return a new mark with the fields at their defaults."""
    span_type = _type(codebook, type_name)
    fragments = fragments_of(contents.article.text, ranges)
    start = fragments[0].start
    for twin in contents.starting_within(start, start + 1):
        if (twin.type, twin.fragments) == (type_name, fragments) and twin.layer == contents.layer:
            message = f"“{twin.quote}” is tagged as {span_type.label.lower()} already"
            raise Refused(message)
    return Annotation(
        id=new_id(),
        article=contents.article.id,
        layer=contents.layer,
        type=type_name,
        fragments=fragments,
        attributes=defaults(span_type, " ".join(f.text for f in fragments)),
        codebook_revision=codebook.revision,
    )


def is_marked(contents: ArticleContents, type_name: str, start: int, end: int) -> bool:
    """Tell whether a range is marked as a type, or lies in a name that is."""
    from app.model.alike import is_name  # its patterns would delay the start

    return any(
        other.start <= start
        and end <= other.end
        and ((other.start, other.end) == (start, end) or is_name(other.quote))
        for other in contents.starting_within(max(0, start - _LONGEST_NAME), start + 1)
        if other.type == type_name and other.layer == contents.layer and len(other.fragments) == 1
    )


def _fits(attribute: Attribute | None, value: Value) -> bool:
    return attribute is not None and refusal(attribute, value) is None


def _evidence_that_fits(annotation: Annotation, span_type: SpanType) -> tuple[Evidence, ...] | None:
    kept = tuple(e for e in annotation.evidence if span_type.evidence_field(e.attribute))
    return kept if kept != annotation.evidence else None


def _misfits(
    contents: ArticleContents, codebook: Codebook, annotation: Annotation, type_name: str
) -> Iterable[Relation]:
    for relation in contents.outgoing(annotation.id):
        role = codebook.role(type_name, relation.role)
        target = contents.annotation(relation.target)
        if role is None or (target is not None and target.type not in role.targets):
            yield relation
    for relation in contents.incoming(annotation.id):
        source = contents.annotation(relation.source)
        role = codebook.role(source.type, relation.role) if source else None
        if role is None or type_name not in role.targets:
            yield relation


def _annotation(contents: ArticleContents, annotation_id: str) -> Annotation:
    annotation = contents.annotation(annotation_id)
    if annotation is None:
        message = "This mark is no longer in the article"
        raise Refused(message)
    return annotation


def _type(codebook: Codebook, name: str) -> SpanType:
    span_type = codebook.type(name)
    if span_type is None:
        message = f"The codebook has no type “{name}”"
        raise Refused(message)
    return span_type


def _article(word: str) -> str:
    return "an" if word[:1].lower() in "aeiou" else "a"
