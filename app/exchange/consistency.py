"""Whether a dataset hangs together: quotes, hashes, ids, references and the codebook's rules."""

from collections.abc import Collection, Mapping
from datetime import datetime
from itertools import pairwise

from app.exchange.dataset import Bundle, Header
from app.model.annotation import Annotation, Fragment, Relation, Value
from app.model.codebook import Attribute, refusal
from app.model.text import TextRefused, canonical, sha256_of

_MOST = 1000
"""After so many problems nobody counts on."""


class Consistency:
    """Checks a dataset article by article and collects what is wrong, each with its path."""

    def __init__(self, header: Header) -> None:
        self.problems: list[str] = []
        self._codebook = header.codebook
        self._records = {record.id: record.kind for record in header.records}
        self._ids: set[str] = set()
        if not header.project.name.strip():
            self._add("project.name", "it is empty")
        for path, reason in self._codebook.problems():
            self._add("codebook" + "".join(_step(step) for step in path), reason)
        for n, record in enumerate(header.records):
            self._new_id(f"registry[{n}]", record.id)
            if not record.name.strip():
                self._add(f"registry[{n}].name", "it is empty")
            kind = self._codebook.record_kind(record.kind)
            if kind is None:
                self._add(f"registry[{n}].kind", f"the codebook has no kind “{record.kind}”")
                continue
            known = {attribute.name: attribute for attribute in kind.attributes}
            self._attributes(f"registry[{n}]", record.attributes, known)
        names: set[str] = set()
        for n, annotator in enumerate(header.annotators):
            self._new_id(f"annotators[{n}]", annotator.id)
            if annotator.name in names:
                self._add(f"annotators[{n}].name", f"“{annotator.name}” stands there twice")
            names.add(annotator.name)

    def article(self, number: int, bundle: Bundle) -> None:
        """Check one article and what belongs to it."""
        path = f"articles[{number}]"
        article = bundle.article
        self._new_id(path, article.id)
        self._text(path, article.text, article.sha256)
        if article.published and not _is_moment(article.published):
            self._add(f"{path}.published", f"“{article.published}” is no ISO 8601 date")
        types = {annotation.id: annotation.type for annotation in bundle.annotations}
        for n, annotation in enumerate(bundle.annotations):
            self._annotation(f"{path}.annotations[{n}]", annotation, article.text, types)
        for n, relation in enumerate(bundle.relations):
            self._relation(f"{path}.relations[{n}]", relation, types)
        seen: set[str] = set()
        for n, status in enumerate(bundle.statuses):
            if status.layer in seen:
                self._add(f"{path}.status[{n}]", f"layer “{status.layer}” stands there twice")
            seen.add(status.layer)

    def _text(self, path: str, text: str, sha256: str) -> None:
        try:
            if canonical(text) != text:
                reason = "it has carriage returns or a byte order mark; offsets would not fit"
                self._add(f"{path}.text", reason)
        except TextRefused as refused:
            self._add(f"{path}.text", str(refused))
            return
        if sha256_of(text) != sha256:
            self._add(f"{path}.sha256", "it is not that of the text")

    def _annotation(self, path: str, item: Annotation, text: str, types: Mapping[str, str]) -> None:
        self._new_id(path, item.id)
        self._fragments(path, item.fragments, text)
        span_type = self._codebook.type(item.type)
        if span_type is None:
            self._add(f"{path}.type", f"the codebook has no type “{item.type}”")
            return
        known = {attribute.name: attribute for attribute in span_type.attributes}
        self._attributes(path, item.attributes, known, types)
        if item.record is not None:
            kind = self._records.get(item.record)
            if kind is None:
                self._add(f"{path}.record", f"the registry has no entry {item.record}")
            elif kind != span_type.record_kind:
                self._add(f"{path}.record", f"type “{item.type}” takes no record of kind “{kind}”")
        for n, evidence in enumerate(item.evidence):
            here = f"{path}.evidence[{n}]"
            field = span_type.evidence_field(evidence.attribute)
            if field is None:
                reason = f"type “{item.type}” has no evidence field “{evidence.attribute}”"
                self._add(f"{here}.attribute", reason)
                continue
            self._fragments(here, evidence.fragments, text)
            fields = {attribute.name: attribute for attribute in field.attributes}
            self._attributes(here, evidence.attributes, fields, types)

    def _relation(self, path: str, item: Relation, types: Mapping[str, str]) -> None:
        self._new_id(path, item.id)
        for key, end in (("from", item.source), ("to", item.target)):
            if end not in types:
                self._add(f"{path}.{key}", f"there is no annotation {end} in this article")
                return
        if item.source == item.target:
            self._add(f"{path}.to", "an annotation cannot be linked to itself")
        role = self._codebook.role(types[item.source], item.role)
        if role is None:
            reason = f"type “{types[item.source]}” has no role “{item.role}”"
            self._add(f"{path}.role", reason)
            return
        if types[item.target] not in role.targets:
            self._add(f"{path}.to", f"role “{item.role}” takes no {types[item.target]}")
        known = {attribute.name: attribute for attribute in role.attributes}
        self._attributes(path, item.attributes, known, types)

    def _fragments(self, path: str, fragments: tuple[Fragment, ...], text: str) -> None:
        for n, (start, end, quote) in enumerate(fragments):
            if not 0 <= start < end <= len(text):
                reason = f"no text stands at {start} to {end} of {len(text)} characters"
                self._add(f"{path}.fragments[{n}]", reason)
                return
            if text[start:end] != quote:
                reason = f"“{text[start:end]:.40}” stands there, not “{quote:.40}”"
                self._add(f"{path}.fragments[{n}]", reason)
                return
        if any(after.start < before.end for before, after in pairwise(fragments)):
            self._add(f"{path}.fragments", "they overlap or stand in the wrong order")

    def _attributes(
        self,
        path: str,
        values: Mapping[str, Value],
        known: Mapping[str, Attribute],
        annotations: Collection[str] = (),
    ) -> None:
        for name, value in values.items():
            attribute = known.get(name)
            if attribute is None:
                self._add(f"{path}.attributes.{name}", "the codebook has no such attribute here")
            elif reason := refusal(attribute, value):
                self._add(f"{path}.attributes.{name}", reason)
            elif value is not None and attribute.type in {"annotation", "record", "records"}:
                self._reference(f"{path}.attributes.{name}", attribute, value, annotations)

    def _reference(
        self, path: str, attribute: Attribute, value: Value, annotations: Collection[str]
    ) -> None:
        for target in value if isinstance(value, tuple) else (value,):
            if attribute.type == "annotation":
                if str(target) not in annotations:
                    self._add(path, f"there is no annotation {target} in this article")
            elif self._records.get(str(target)) != attribute.record_kind:
                self._add(path, f"the registry has no {attribute.record_kind} {target}")

    def _new_id(self, path: str, given: str) -> None:
        if given in self._ids:
            self._add(f"{path}.id", f"{given} stands for two things")
        self._ids.add(given)

    def _add(self, path: str, reason: str) -> None:
        if len(self.problems) < _MOST:
            self.problems.append(f"{path}: {reason}")


def _step(step: str | int) -> str:
    return f"[{step}]" if isinstance(step, int) else f".{step}"


def _is_moment(text: str) -> bool:
    from app.model.codebook import is_date

    if is_date(text):
        return True
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
