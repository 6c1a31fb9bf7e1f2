"""Run the benchmarks and print a table: operation, floor, ours, ratio, budget."""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.measure import Row, table

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def _groups() -> dict[str, Callable[[Path], Iterator[Row]]]:
    from benchmarks import (
        bulk,
        comparing,
        desk,
        finding,
        importing,
        lists,
        safety,
        start,
        suggesting,
        view,
    )

    return {
        "start": start.rows,
        "desk": desk.rows,
        "view": view.rows,
        "finding": finding.rows,
        "lists": lists.rows,
        "bulk": bulk.rows,
        "importing": importing.rows,
        "safety": safety.rows,
        "suggesting": suggesting.rows,
        "comparing": comparing.rows,
    }


def main(argv: list[str]) -> int:
    """Run the named groups (all without a name) and print their rows; 0 whatever they show."""
    groups = _groups()
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("group", nargs="*", choices=[[], *groups], help="which to run (all)")
    chosen = parser.parse_args(argv).group or list(groups)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CONFIG_HOME"] = folder
        rows = [row for name in chosen for row in groups[name](Path(folder))]
    print(table(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
