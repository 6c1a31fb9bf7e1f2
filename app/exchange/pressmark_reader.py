"""Reading Pressmark JSON from anywhere: everything is checked before anything is handed out.

Errors are sentences with the path of what is wrong: `articles[2].annotations[0].fragments[0]: …`.
Importing this module imports pydantic, so it is imported where it is first needed.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError
from typing_extensions import override

from app.exchange import document, pressmark_json
from app.exchange.consistency import Consistency
from app.exchange.dataset import Bundle, Dataset, Header, Lost
from app.exchange.document import (
    ArticleModel,
    DocumentModel,
    EvidenceModel,
    FragmentModel,
    HeaderModel,
)
from app.model.annotation import Annotation, Evidence, Fragment, Relation, Value
from app.model.article import Article, Source, Status
from app.model.errors import InputRefused, KnownError
from app.model.registry import Annotator, Project, Record

_SHOWN = 5
_LONGEST_LINE = 256 * 1024 * 1024
_MOST_WHOLE = 1024 * 1024 * 1024
_FIRST_LINE = 64 * 1024 * 1024

M = TypeVar("M", bound=BaseModel)


def read_json(path: Path) -> Dataset:
    """Return the dataset in a file of the `json` form, laid out in whatever way."""
    return _reading(path, _read_json)


def read_jsonl(path: Path) -> Dataset:
    """Return the dataset in a file of the `jsonl` form."""
    return _reading(path, _read_jsonl)


def _reading(path: Path, read: Callable[[Path], Dataset]) -> Dataset:
    try:
        if not path.is_file():
            raise InputRefused("it is a folder" if path.is_dir() else "there is no such file")
        return read(path)
    except ValueError as error:
        raise InputRefused(f"it is no JSON document: {error}") from None
    except OSError as error:
        raise KnownError(f"{path} cannot be read: {error.strerror}.") from error


def _read_json(path: Path) -> Dataset:
    if not _has_our_layout(path):
        return _read_whole(path)
    with path.open("rb") as file:
        top = file.readline().removesuffix(pressmark_json.OPENING) + b"}"
    return _checked(_header_of(top), _Lines(path, lines=False))


def _read_jsonl(path: Path) -> Dataset:
    with path.open("rb") as file:
        top = file.readline(_FIRST_LINE)
    if not top.strip():
        raise InputRefused("it is empty" if not top else "its first line is empty")
    header = _header_of(top)
    if "articles" in (header.model_extra or ()):
        raise InputRefused("it is of the json form: its first line holds the articles")
    return _checked(header, _Lines(path, lines=True))


def _has_our_layout(path: Path) -> bool:
    """Tell whether a file has the layout of our writer: the header, an article a line, the end."""
    size = path.stat().st_size
    with path.open("rb") as file:
        top = file.readline(_FIRST_LINE)
        file.seek(max(0, size - len(pressmark_json.CLOSING)))
        return top.endswith(pressmark_json.OPENING) and file.read() == pressmark_json.CLOSING


def _read_whole(path: Path) -> Dataset:
    if path.stat().st_size > _MOST_WHOLE:
        raise InputRefused(
            "it is too large to be read as a whole; the jsonl form has no such limit"
        )
    data = path.read_bytes()
    if not data.strip():
        raise InputRefused("it is empty" if not data else "it holds no JSON")
    made = _valid(document.documents(), data.removeprefix(b"\xef\xbb\xbf"), "")
    return _checked(made, _Loaded(made))


def _header_of(data: bytes) -> HeaderModel:
    return _valid(document.headers(), data.removeprefix(b"\xef\xbb\xbf"), "")


def _checked(top: HeaderModel, bundles: "_Lines | _Loaded") -> Dataset:
    """Return the dataset after one walk over all of it."""
    header = Header(
        project=Project(
            id=top.project.id,
            name=top.project.name,
            description=top.project.description,
            working_layer=top.project.working_layer,
        ),
        codebook=top.codebook,
        records=tuple(
            Record(
                id=record.id,
                kind=record.kind,
                name=record.name,
                aliases=tuple(record.aliases),
                attributes=_values(record.attributes),
                external=record.external,
            )
            for record in top.registry
        ),
        annotators=tuple(Annotator(id=a.id, name=a.name, role=a.role) for a in top.annotators),
    )
    extras = _Extras()
    extras.look(top, "")
    checks = Consistency(header)
    for n, model in enumerate(bundles.models()):
        extras.look(model, "articles[].")
        checks.article(n, _bundle(model))
    problems = checks.problems
    if problems:
        raise InputRefused(_listed(problems))
    return Dataset(articles=bundles, header=header, lost=extras.lost())


@dataclass(frozen=True, slots=True)
class _Lines(Iterable[Bundle]):
    """The articles of a file with one article a line, read anew on every walk."""

    path: Path
    lines: bool

    def models(self) -> Iterator[ArticleModel]:
        for n, line in enumerate(pressmark_json.article_lines(self.path, lines=self.lines)):
            if len(line) > _LONGEST_LINE:
                raise InputRefused(
                    f"articles[{n}]: an article of more than {_LONGEST_LINE:,} bytes"
                )
            yield _valid(document.articles(), line, f"articles[{n}]")

    @override
    def __iter__(self) -> Iterator[Bundle]:
        return map(_bundle, self.models())


@dataclass(frozen=True, slots=True)
class _Loaded(Iterable[Bundle]):
    """The articles of a document in memory."""

    whole: DocumentModel

    def models(self) -> Iterator[ArticleModel]:
        return iter(self.whole.articles)

    @override
    def __iter__(self) -> Iterator[Bundle]:
        return map(_bundle, self.models())


@dataclass(slots=True)
class _Extras:
    """Counts keys that this version does not know: they are reported, since they are not kept."""

    counts: dict[str, int] = field(default_factory=dict)

    def look(self, model: BaseModel, path: str) -> None:
        for name in model.model_extra or ():
            self.counts[path + name] = self.counts.get(path + name, 0) + 1
        for name in type(model).model_fields:
            value = getattr(model, name)
            if name == "articles":
                continue
            if isinstance(value, BaseModel):
                self.look(value, f"{path}{name}.")
            elif isinstance(value, list) and value and isinstance(value[0], BaseModel):
                for item in value:
                    self.look(item, f"{path}{name}[].")

    def lost(self) -> tuple[Lost, ...]:
        reason = "this version of Pressmark does not know it"
        return tuple(
            Lost(what=f"key {name}", count=count, reason=reason)
            for name, count in sorted(self.counts.items())
        )


def _bundle(model: ArticleModel) -> Bundle:
    return Bundle(
        article=Article(
            id=model.id,
            title=model.title,
            text=model.text,
            sha256=model.sha256,
            source=model.source,
            url=model.url,
            author=model.author,
            published=model.published,
            language=model.language,
            metadata=_values(model.metadata),
            origin=Source(
                file=model.origin.file,
                sha256=model.origin.sha256,
                imported_at=model.origin.imported_at,
            ),
        ),
        annotations=tuple(
            Annotation(
                id=item.id,
                article=model.id,
                layer=item.layer,
                type=item.type,
                fragments=_fragments(item.fragments),
                attributes=_values(item.attributes),
                record=item.record,
                certainty=item.certainty,
                comment=item.comment,
                evidence=tuple(map(_evidence, item.evidence)),
                origin=item.origin,
                created_at=item.created_at,
                updated_at=item.updated_at,
                version=item.version,
                codebook_revision=item.codebook_revision,
            )
            for item in model.annotations
        ),
        relations=tuple(
            Relation(
                id=item.id,
                article=model.id,
                layer=item.layer,
                role=item.role,
                source=item.source,
                target=item.target,
                attributes=_values(item.attributes),
            )
            for item in model.relations
        ),
        statuses=tuple(
            Status(
                article=model.id,
                layer=item.layer,
                state=item.state,
                note=item.note,
                seconds=item.seconds,
            )
            for item in model.status
        ),
    )


def _fragments(models: list[FragmentModel]) -> tuple[Fragment, ...]:
    return tuple([Fragment(item.start, item.end, item.text) for item in models])


def _evidence(model: EvidenceModel) -> Evidence:
    value = model.value
    return Evidence(
        attribute=model.attribute,
        fragments=_fragments(model.fragments),
        value=tuple(value) if isinstance(value, list) else value,
        attributes=_values(model.attributes),
    )


def _values(given: dict[str, Any]) -> dict[str, Value]:
    return {name: tuple(v) if isinstance(v, list) else v for name, v in given.items()}


def _valid(adapter: TypeAdapter[M], data: bytes, path: str) -> M:
    try:
        return adapter.validate_json(data)
    except ValidationError as error:
        errors = error.errors(include_url=False)
        if not path and any(one["loc"] in (("format",), ("version",)) for one in errors):
            errors = [one for one in errors if one["loc"] in (("format",), ("version",))][:1]
        problems = [_sentence(one, path) for one in errors]
        raise InputRefused(_listed(list(dict.fromkeys(problems)))) from None


def _listed(problems: list[str]) -> str:
    more = len(problems) - _SHOWN
    return "\n".join(problems[:_SHOWN] + ([f"and {more:,} more"] if more > 0 else []))


def _sentence(error: Any, path: str) -> str:
    """Return pydantic's error as a path and a sentence."""
    steps = list(error["loc"])
    kind = error["type"]
    if kind == "json_invalid":
        reason = error["ctx"]["error"]
        return f"{path}: {reason}" if path else f"it is no JSON document: {reason}"
    if steps and steps[-1] in _ARMS:
        steps.pop()
        reason = "it takes text, a number, true or false, a list of texts or null"
    elif kind in {"missing", "missing_argument"}:
        reason = "it is missing"
    elif kind == "unexpected_keyword_argument":
        reason = "there is no such key"
    elif kind == "literal_error":
        reason = f"it takes {error['ctx']['expected']}, not {error['input']!r:.60}"
    elif kind == "string_pattern_mismatch":
        reason = f"{error['input']!r:.60} is not of the right form"
    else:
        reason = f"{error['msg'][:1].lower()}{error['msg'][1:]}, not {error['input']!r:.60}"
    if not path and (not steps or steps[0] in {"format", "version"}):
        return _not_ours(steps[0] if steps else "", kind, error["input"])
    where = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return f"{path}{where}".removeprefix(".") + f": {reason}"


_ARMS = frozenset({"str", "constrained-int", "constrained-float", "float", "bool", "list[str]"})


def _not_ours(key: Any, kind: str, given: Any) -> str:
    if key == "format" and given == "pressmark-no-text":
        return "it is a dataset without its texts: pressmark attach reads it beside the articles"
    if key == "version" and kind == "literal_error":
        return f"version: it is of version {given!r:.20}, and this Pressmark reads version 1"
    return "it is no Pressmark JSON: it has no “format”: “pressmark” and “version”: 1"
