"""The entry point: `pressmark` and `python -m app`. Knows everyone, decides nothing else."""

import gc
import sys


def main(argv: list[str] | None = None) -> int:
    """Run the command line or open the window; return the exit code of CONTRACT.md."""
    from app.cli import main as run_verb

    return run_verb(sys.argv[1:] if argv is None else argv, open_window=_open_window)


def _open_window(project: str | None, article: str | None) -> int:
    from app.ui.screen import missing_screen

    if reason := missing_screen():
        print(reason, file=sys.stderr)
        return 2
    from app.ui.quick_imports import skip_feature_search

    skip_feature_search()
    gc.disable()  # nothing made while starting is garbage; `run` switches it on again
    from app.ui.application import run

    return run(project, article=article)


if __name__ == "__main__":
    if getattr(sys, "frozen", False):  # the child that reads foreign files starts here, too
        from multiprocessing import freeze_support

        freeze_support()
    sys.exit(main())
