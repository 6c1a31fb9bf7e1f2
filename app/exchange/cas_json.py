"""UIMA CAS JSON 0.4: one file an article, self-contained with its types.

https://github.com/apache/uima-uimaj-io-jsoncas
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import orjson

from app.exchange import json_file, uima
from app.exchange.dataset import Bundle, Dataset, Header
from app.exchange.uima import ROOM, Cas, Structure, fit
from app.model.errors import InputRefused
from app.model.text import OffsetMap

__all__ = ["ROOM", "fit", "read", "write"]

_VIEW = "_InitialView"


def write(path: Path, header: Header, articles: Iterable[Bundle]) -> None:
    """Write a file an article into an empty folder."""
    records = {record.id: record for record in header.records}
    for number, bundle in enumerate(articles, start=1):
        cas = uima.to_cas(bundle, records)
        made = orjson.dumps(_document(cas, header), option=orjson.OPT_INDENT_2)
        (path / f"{number:06d}.json").write_bytes(made)


def _document(cas: Cas, header: Header) -> dict[str, Any]:
    types = uima.types_of(header, uima.used_in(cas))
    length = OffsetMap(cas.text).utf16_length
    sofa = {
        "%ID": 1,
        "%TYPE": uima.SOFA,
        "sofaNum": 1,
        "sofaID": _VIEW,
        "mimeType": "text",
        "sofaString": cas.text,
    }
    document = {"%ID": 2, "%TYPE": uima.DOCUMENT, "@sofa": 1, "begin": 0, "end": length}
    document["language"] = cas.language or "x-unspecified"
    return {
        "%TYPES": {name: _type(name, features) for name, features in types.items()},
        "%FEATURE_STRUCTURES": [sofa, document, *(_structure(one) for one in cas.structures)],
        "%VIEWS": {_VIEW: {"%SOFA": 1, "%MEMBERS": [2, *(one.id for one in cas.structures)]}},
    }


def _type(name: str, features: set[str]) -> dict[str, Any]:
    made: dict[str, Any] = {
        "%NAME": name,
        "%SUPER_TYPE": uima.TOP if name == uima.ARTICLE else uima.ANNOTATION,
    }
    for feature in sorted(features):
        made[feature] = {"%NAME": feature, "%RANGE": uima.STRING}
    for end in uima.ENDS if name == uima.LINK else ():
        made[end] = {"%NAME": end, "%RANGE": uima.ANNOTATION}
    return made


def _structure(one: Structure) -> dict[str, Any]:
    place = {"@sofa": 1, "begin": one.begin, "end": one.end} if one.begin >= 0 else {}
    points = {f"@{name}": ids[0] for name, ids in one.points.items()}
    return {"%ID": one.id, "%TYPE": one.type, **place, **points, **one.features}


def read(path: Path) -> Dataset:
    """Return the article of a file, or those of a folder of files."""
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    if not files:
        raise InputRefused("there is no .json file in it")
    return uima.from_files(files, lambda file: _cas(json_file.load(file)), several=path.is_dir())


def _is_feature(name: str) -> bool:
    return not name.startswith(("%", "@", "^", "#")) and name not in {"begin", "end"}


def _cas(data: Any) -> Cas:
    if not isinstance(data, dict) or "%FEATURE_STRUCTURES" not in data:
        raise InputRefused("it is no CAS JSON: it has no %FEATURE_STRUCTURES")
    given = data["%FEATURE_STRUCTURES"]
    if isinstance(given, dict):
        given = [{"%ID": int(key), **one} for key, one in given.items()]
    structures = json_file.records(given)
    arrays = {
        one.get("%ID"): one.get("%ELEMENTS")
        for one in structures
        if isinstance(one.get("%ELEMENTS"), list)
    }
    sofa = next((one for one in structures if isinstance(one.get("sofaString"), str)), None)
    if sofa is None:
        raise InputRefused("it has no text")
    cas = Cas(sofa["sofaString"])
    for one in structures:
        made = Structure(int(one.get("%ID", 0)), str(one.get("%TYPE", "")))
        for name, value in one.items():
            if name.startswith("@") and isinstance(value, int):
                listed = arrays.get(value)
                ids = listed if isinstance(listed, list) else [value]
                made.points[name[1:]] = [n for n in ids if isinstance(n, int)]
            elif _is_feature(name) and isinstance(value, str | int | float | bool):
                made.features[name] = value if isinstance(value, str) else str(value)
        begin, end = one.get("begin"), one.get("end")
        if json_file.is_place(begin, end) and one.get("@sofa") == sofa.get("%ID"):
            made.begin, made.end = int(begin or 0), int(end or 0)
        made.points.pop("sofa", None)
        cas.structures.append(made)
    return cas
