"""Words about a mark: its short name, the tooltip over it, its place among the others."""

from html import escape

from app.model.annotation import Annotation
from app.model.codebook import Codebook
from app.model.contents import ArticleContents
from app.model.wording import on_one_line, role_of


def short_name(contents: ArticleContents, codebook: Codebook, annotation: Annotation) -> str:
    """Return a mark's letter and its number among those of its type: `S2`."""
    alike = [a.id for a in contents.annotations if a.type == annotation.type]
    place = alike.index(annotation.id) + 1 if annotation.id in alike else 0
    span_type = codebook.type(annotation.type)
    return f"{span_type.letter if span_type else '?'}{place}"


def tooltip(contents: ArticleContents, codebook: Codebook, annotation: Annotation) -> str:
    """Return what the tooltip over a mark says: rich text with everything foreign escaped."""
    span_type = codebook.type(annotation.type)
    record = contents.record(annotation.record)
    head = f"<b>{escape(span_type.label if span_type else annotation.type)}</b>"
    lines = [head + (f" {escape(on_one_line(record.name))}" if record else "")]
    for relation in contents.outgoing(annotation.id):
        role, target = (
            codebook.role(annotation.type, relation.role),
            contents.annotation(relation.target),
        )
        if target is not None:
            label = role.label if role else relation.role
            lines.append(f"{escape(label)}: {escape(on_one_line(contents.label(target)))}")
    for relation in contents.incoming(annotation.id):
        source = contents.annotation(relation.source)
        if source is not None:
            role = codebook.role(source.type, relation.role)
            label = role.label if role else relation.role
            lines.append(escape(role_of(label, on_one_line(source.quote))))
    if annotation.comment:
        lines.append(f"<i>{escape(on_one_line(annotation.comment))}</i>")
    lines.append(escape(annotation.layer))
    return "<br>".join(lines)


def suggestion_tooltip(codebook: Codebook, type_name: str, reason: str) -> str:
    """Return what the tooltip over a suggestion says, with everything foreign escaped."""
    span_type = codebook.type(type_name)
    label = span_type.label if span_type else type_name
    return f"<b>{escape(label)}</b>, suggested<br>{escape(on_one_line(reason))}"
