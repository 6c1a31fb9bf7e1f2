"""Pipelines of spaCy and transformers on this computer: which there are, and what they guessed.

Nothing of them is imported here: packages and folders are recognised by what lies in them. What a
pipeline guessed about a text is kept beside this person's other files, by the hash of the text, as
places and labels; losing it costs a look.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from app.exchange.atomic import atomic_write
from app.model.errors import InputRefused, KnownError
from app.suggest.outside import Guess, Outside
from app.workspace.places import data_folder

Program = Literal["spacy", "transformers", "server"]

_VERSION = 1
_USUAL = {
    "actor": ("PER", "PERSON", "ORG", "NORP", "GPE"),
    "event": ("EVENT",),
}
"""Labels that are marked as these types until somebody chooses otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pipeline:
    """A pipeline on this computer. `name` is its suggester's, `place` a package or a folder.

    `revision` changes when the pipeline does.
    """

    name: str
    program: Program
    title: str
    place: str
    language: str
    revision: str
    labels: tuple[str, ...]


def is_outside(suggester: str) -> bool:
    """Tell whether a suggester is a pipeline, by its name."""
    return suggester.startswith(("spacy:", "transformers:", "server:"))


def pipelines() -> tuple[Pipeline, ...]:
    """Return the pipelines that are installed or lie in a folder somebody named, by name."""
    found = {one.name: one for one in (*_installed(), *_named())}
    return tuple(found[name] for name in sorted(found))


def pipeline_named(name: str) -> Pipeline | None:
    """Return the pipeline of a suggester."""
    return next((one for one in pipelines() if one.name == name), None)


@cache
def _installed() -> tuple[Pipeline, ...]:
    """Return the packages that say they are pipelines of spaCy."""
    found: list[Pipeline] = []
    for entry in entry_points(group="spacy_models"):
        with suppress(ImportError, ValueError, OSError):
            spec = find_spec(entry.value.partition(":")[0].partition(".")[0])
            if spec is not None and spec.origin is not None:
                found += _spacy(Path(spec.origin).parent, package=entry.name)
    return tuple(found)


def _named() -> Iterator[Pipeline]:
    for folder in folders():
        yield from _spacy(folder)
        yield from _transformers(folder)


def _spacy(folder: Path, package: str = "") -> Iterator[Pipeline]:
    """Yield the spaCy pipeline in a folder, where there is one that finds spans."""
    meta = _json(folder / "meta.json")
    known = meta.get("labels")
    if not meta.get("lang") or not isinstance(known, dict):
        return
    labels = [one for part in ("ner", "entity_ruler") for one in known.get(part, ())]
    name = package or "_".join(map(str, (meta["lang"], meta.get("name", folder.name))))
    yield Pipeline(
        name=f"spacy:{name}",
        program="spacy",
        title=name,
        place=package or str(folder),
        language=str(meta["lang"]),
        revision=_revision(name, meta, folder),
        labels=tuple(dict.fromkeys(map(str, labels))),
    )


def _transformers(folder: Path) -> Iterator[Pipeline]:
    """Yield the model in a folder, where it is one that labels words."""
    config = _json(folder / "config.json")
    kinds = config.get("architectures") or ()
    names = config.get("id2label")
    if not any(str(kind).endswith("ForTokenClassification") for kind in kinds):
        return
    if not isinstance(names, dict):
        return
    bare = [str(label).removeprefix("B-").removeprefix("I-") for label in names.values()]
    yield Pipeline(
        name=f"transformers:{folder.name}",
        program="transformers",
        title=folder.name,
        place=str(folder),
        language="",
        revision=_revision(folder.name, config, folder),
        labels=tuple(dict.fromkeys(label for label in bare if label != "O")),
    )


def _revision(name: str, about: Mapping[str, Any], folder: Path) -> str:
    changed = max((path.stat().st_mtime_ns for path in folder.iterdir()), default=0)
    said = json.dumps([name, about, changed], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _json(path: Path) -> dict[str, Any]:
    with suppress(OSError, ValueError):
        found = json.loads(path.read_text("utf-8"))
        if isinstance(found, dict):
            return found
    return {}


# -- what was chosen ------------------------------------------------------------------------------


def folders() -> tuple[Path, ...]:
    """Return the folders that somebody named."""
    return tuple(Path(str(one)) for one in _chosen().get("folders", ()))


def add_folder(folder: Path) -> tuple[Pipeline, ...]:
    """Keep a folder with a pipeline; return what is in it.

    Raises `InputRefused` where there is none, `KnownError` where it cannot be kept.
    """
    there = (*_spacy(folder), *_transformers(folder))
    if not there:
        raise InputRefused(
            f"{folder.name} holds no pipeline of spaCy and no model of transformers that finds "
            "spans: one has a meta.json with labels, the other a config.json for tokens."
        )
    _keep({"folders": [str(one) for one in dict.fromkeys((*folders(), folder.absolute()))]})
    return there


def types_of(pipeline: Pipeline) -> dict[str, str]:
    """Return which labels of a pipeline are marked as which type."""
    chosen = _chosen().get("types", {}).get(pipeline.name)
    if isinstance(chosen, dict):
        return {str(label): str(name) for label, name in chosen.items() if name}
    return {
        label: name
        for name, labels in _USUAL.items()
        for label in labels
        if label in pipeline.labels
    }


def choose_types(pipeline: Pipeline, types: Mapping[str, str]) -> None:
    """Say which labels are marked as which type; those left out are as nothing.

    Raises `KnownError` where it cannot be kept.
    """
    _keep({"types": {**_chosen().get("types", {}), pipeline.name: dict(types)}})


def _chosen() -> dict[str, Any]:
    return _json(data_folder() / "pipelines.json")


def _keep(changed: Mapping[str, object]) -> None:
    said = json.dumps({**_chosen(), **changed}, indent=1)
    _write(data_folder() / "pipelines.json", said.encode())


def _write(path: Path, data: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)  # a key of a server is nobody else's; what replaces it stays so
        with atomic_write(path) as out:
            out.write(data)
    except OSError as problem:
        raise KnownError(f"What was chosen cannot be kept: {problem.strerror}.") from None


# -- the model server ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A server that speaks as OpenAI's does, and the model on it that is asked."""

    address: str
    model: str
    key: str = ""

    @property
    def host(self) -> str:
        """The computer that is asked."""
        return urlsplit(self.address).hostname or ""

    @property
    def is_here(self) -> bool:
        """Whether that is this computer."""
        return self.host in {"localhost", "127.0.0.1", "::1"}

    @property
    def is_open(self) -> bool:
        """Whether others on the way can read what is sent."""
        return not self.is_here and urlsplit(self.address).scheme != "https"

    @property
    def pipeline(self) -> Pipeline:
        """What it is called among those that propose. Labels are types of the codebook already."""
        asked = hashlib.sha256(f"{self.address} {self.model}".encode()).hexdigest()
        return Pipeline(
            name=f"server:{self.model}",
            program="server",
            title=f"{self.model} on {self.host}",
            place=self.address,
            language="",
            revision=asked[:16],
            labels=(),
        )


def server() -> Server | None:
    """Return the server that somebody switched on, None where none is."""
    held = _json(data_folder() / "server.json")
    return _server(held) if held.get("on") else None


def server_kept() -> Server | None:
    """Return the server that was set up, switched on or not."""
    return _server(_json(data_folder() / "server.json"))


def _server(held: Mapping[str, Any]) -> Server | None:
    address, model = str(held.get("address", "")), str(held.get("model", ""))
    return Server(address=address, model=model, key=str(held.get("key", ""))) if address else None


def keep_server(address: str, model: str, key: str, *, on: bool) -> None:
    """Keep how a server is reached, for this person alone.

    Raises `InputRefused` for an address or model that cannot be one, `KnownError` where it cannot
    be kept.
    """
    address = address.strip().rstrip("/")
    try:
        parts = urlsplit(address)
        good = parts.scheme in {"http", "https"} and bool(parts.hostname) and not parts.query
        good = good and (parts.port is None or parts.port > 0) and parts.username is None
    except ValueError:
        good = False
    if on and not good:
        raise InputRefused("The address of a server begins with http:// or https://.")
    if on and not model.strip():
        raise InputRefused("A server needs the name of the model that is asked.")
    held = {"address": address, "model": model.strip(), "key": key.strip(), "on": on}
    _write(data_folder() / "server.json", json.dumps(held, indent=1).encode())


# -- what they guessed ----------------------------------------------------------------------------


def guesses_of(pipeline: Pipeline, sha256: str) -> tuple[Guess, ...] | None:
    """Return what a pipeline guessed about the text with this hash; None where it did not look."""
    held = _json(_place(pipeline, sha256))
    if held.get("version") != _VERSION:
        return None
    with suppress(TypeError, ValueError, LookupError):
        return tuple(
            Guess(int(start), int(end), str(label), float(score))
            for start, end, label, score in held["guesses"]
        )
    return None


def keep_guesses(pipeline: Pipeline, sha256: str, guesses: Iterable[Guess]) -> None:
    """Keep what a pipeline guessed. Raises `KnownError` where that cannot be kept."""
    path = _place(pipeline, sha256)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with atomic_write(path) as out:
            out.write(json.dumps({"version": _VERSION, "guesses": [*guesses]}).encode())
    except OSError as problem:
        raise KnownError(f"What {pipeline.title} found cannot be kept: {problem.strerror}.") from (
            None
        )


def _place(pipeline: Pipeline, sha256: str) -> Path:
    safe = hashlib.sha256(f"{pipeline.name} {pipeline.revision}".encode()).hexdigest()[:16]
    return data_folder() / "guesses" / safe / sha256[:2] / f"{sha256}.json"


def known(suggesters: Collection[str] | None, sha256: str) -> tuple[Outside, ...]:
    """Return what the chosen pipelines guessed about a text, as far as they have looked at it."""
    names: Sequence[str] = [name for name in suggesters or () if is_outside(name)]
    if not names:
        return ()
    there = [*pipelines(), *((on.pipeline,) if (on := server()) else ())]
    return tuple(
        Outside(
            name=pipeline.name,
            title=pipeline.title,
            types=_meant(pipeline, guesses),
            guesses=guesses,
        )
        for pipeline in there
        if pipeline.name in names and (guesses := guesses_of(pipeline, sha256))
    )


def _meant(pipeline: Pipeline, guesses: Iterable[Guess]) -> dict[str, str]:
    if pipeline.program == "server":  # it was given the types of the codebook
        return {guess.label: guess.label for guess in guesses}
    return types_of(pipeline)
