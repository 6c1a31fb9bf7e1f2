"""The command line: the same use cases as the window's, without Qt."""

import sys
from collections.abc import Callable

OpenWindow = Callable[[str | None, str | None], int]
"""Opens the window on a project and an article, and returns the exit code."""


def main(argv: list[str], *, open_window: OpenWindow) -> int:
    """Run a verb and return the exit code of CONTRACT.md.

    The window's own calls are answered before anything is imported: they should start fast.
    """
    match argv:
        case []:
            return open_window(None, None)
        case ["open", project] | [project] if _is_project(project):
            return open_window(project, None)
        case ["open", project, "--article", article] if _is_project(project):
            return open_window(project, article)
        case _:
            try:
                from app.cli.run import run
            except KeyboardInterrupt:  # while it starts; `run` answers for all that follows
                sys.stderr.write("Interrupted.\n")
                return 130
            return run(argv, open_window, sys.stdout, sys.stderr)


def _is_project(word: str) -> bool:
    return word.endswith(".pressmark") and not word.startswith("-")
