"""What verbs print: data to stdout, messages and progress to stderr, always as UTF-8."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from typing import Any, TextIO

import click


class ReaderLeft(Exception):
    """Whoever reads our output has seen enough."""


class Output:
    """The two streams of a verb."""

    def __init__(self, out: TextIO, err: TextIO) -> None:
        self.out = out
        self.err = err
        for stream in (out, err):
            if isinstance(stream, TextIOWrapper):
                # A file name may hold bytes that no encoding explains, and has to be named.
                encoding = stream.encoding if stream.isatty() else "utf-8"
                with suppress(ValueError, OSError):
                    stream.reconfigure(encoding=encoding, errors="backslashreplace")

    def line(self, text: str = "") -> None:
        """Print a line of data."""
        self.write(text + "\n")

    def write(self, text: str) -> None:
        """Print data as it is. Raises `ReaderLeft`, since click would end the program itself."""
        try:
            self.out.write(text)
        except BrokenPipeError as problem:
            raise ReaderLeft from problem

    def json(self, data: Any, *, one_line: bool = False) -> None:
        """Print data as JSON."""
        self.line(json.dumps(data, ensure_ascii=False, indent=None if one_line else 2))

    def say(self, message: str) -> None:
        """Print a message."""
        self.err.write(message + "\n")
        self.err.flush()

    @contextmanager
    def progress(self, label: str, length: int) -> Iterator[Callable[[int], None]]:
        """Show a progress bar on a terminal; give what takes the number of things done so far."""
        if not self.err.isatty() or length < 1:
            yield lambda _: None
            return
        with click.progressbar(length=length, label=label, file=self.err) as bar:
            yield lambda done: bar.update(done - bar.pos)


def several(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: `1 article`, `2,000 articles`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
