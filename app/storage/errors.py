"""From the database's errors to sentences. What is not named here is a bug and stays loud."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from orjson import JSONDecodeError

from app.model.errors import KnownError, Refused

_SENTENCES = {
    "FULL": "no space left.",
    "BUSY": "another program is writing to the project. Nothing was changed; try again.",
    "LOCKED": "another program is writing to the project. Nothing was changed; try again.",
    "PROTOCOL": "another program is writing to the project. Nothing was changed; try again.",
    "READONLY": "the project file is read-only.",
    "PERM": "the project file is read-only.",
    "CANTOPEN": "the project file cannot be opened. Is the drive still there?",
    "IOERR": "the drive reported an error. Nothing was changed; try again.",
    "CORRUPT": "the project file is damaged. Restore a backup.",
    "NOTADB": "the project file is damaged. Restore a backup.",
    "NOMEM": "there is not enough memory.",
    "TOOBIG": "this is more than one entry can hold.",
}

_NO_TEXT = "Could not decode to UTF-8"
"""What the driver says, without a number, of a text whose bytes are damaged."""

_NO_NAME = "no such "
"""What it says, without a number of its own, of a column or table that is not there."""

_DAMAGED = ("CORRUPT", "NOTADB")


@contextmanager
def known_errors(
    prefix: str, *, damaged: type[KnownError | Refused] = KnownError
) -> Iterator[None]:
    """Turn a failing environment into a `KnownError`: `prefix` and what is the matter.

    A damaged file raises `damaged`. A broken constraint is a `Refused`: something else in the
    project contradicts what was asked.
    """
    try:
        yield
    except (JSONDecodeError, UnicodeDecodeError) as problem:
        # Only this program writes JSON there; a message that quotes a damaged schema is no UTF-8.
        raise damaged(f"{prefix} {_SENTENCES['CORRUPT']}") from problem
    except Exception as problem:
        cause = getattr(problem, "orig", problem)  # in a migration, below SQLAlchemy's own
        if not isinstance(cause, sqlite3.Error):
            raise
        name = getattr(cause, "sqlite_errorname", "").removeprefix("SQLITE_")
        opening = issubclass(damaged, Refused)  # there a name that is not in the file is its fault
        if str(cause).startswith((_NO_TEXT, _NO_NAME) if opening else _NO_TEXT):
            name = "CORRUPT"
        if name.startswith("CONSTRAINT"):
            raise Refused(_constraint(name, str(cause))) from problem
        sentence = _SENTENCES.get(name.split("_")[0])
        if sentence is None:
            raise
        kind = damaged if name.startswith(_DAMAGED) else KnownError
        raise kind(f"{prefix} {sentence}") from problem


def _constraint(name: str, detail: str) -> str:
    if name == "CONSTRAINT_FOREIGNKEY":
        return "Something else in the project refers to it, or it refers to something that is gone."
    return f"The project holds this already ({detail.rsplit(': ', 1)[-1]})."
