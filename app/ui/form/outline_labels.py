"""What the outline calls an annotation: a strong part and a paler one beside it. No widgets."""

from app.model.annotation import Annotation
from app.model.codebook import Codebook
from app.model.contents import ArticleContents
from app.model.figure import figure_words
from app.model.wording import on_one_line

Label = tuple[str, str]
"""(what it is, what stands beside it)"""


def label_of(annotation: Annotation, contents: ArticleContents, codebook: Codebook) -> Label:
    """Return the label of one row."""
    quote = on_one_line(annotation.quote)
    span_type = codebook.type(annotation.type)
    if span_type is None:
        return quote, annotation.type
    if codebook.role(annotation.type, "speaker") is not None:
        return _statement(annotation, contents, codebook)
    if span_type.attribute("value") is not None and (figure := figure_words(annotation)):
        return figure, quote
    name = on_one_line(contents.label(annotation))
    return name, quote if name != quote else ""


def _statement(annotation: Annotation, contents: ArticleContents, codebook: Codebook) -> Label:
    speakers = [
        on_one_line(contents.label(target), 40)
        for relation in contents.outgoing(annotation.id)
        if relation.role == "speaker" and (target := contents.annotation(relation.target))
    ]
    span_type = codebook.type(annotation.type)
    attribute = span_type.attribute("act") if span_type else None
    option = attribute.option(annotation.attributes.get("act")) if attribute else None
    act = (option.label or str(option.value)) if option else ""
    if not speakers:
        return on_one_line(annotation.quote), act
    return ", ".join(speakers), act or on_one_line(annotation.quote)
