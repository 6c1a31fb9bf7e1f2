"""Where the files that ship with the program lie: fonts, icons, codebooks, samples, the schema."""

import sys
from functools import cache
from pathlib import Path


@cache
def resources_folder() -> Path:
    """Return the folder of everything that ships beside the code.

    A PyInstaller bundle unpacks it into its own folder, an installed wheel carries it inside the
    package (`app/_resources`), and a checkout has it beside `app/`.
    """
    package = Path(__file__).resolve().parent.parent
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle is not None:
        return Path(bundle) / "resources"
    installed = package / "_resources"
    return installed if installed.is_dir() else package.parent / "resources"


def resource(name: str) -> Path:
    """Return the path of a shipped file or folder, named by its path inside `resources/`.

    Raises `FileNotFoundError` where nothing of that name ships: a bug, never the user's mistake.
    """
    path = resources_folder() / name
    if not path.exists():
        raise FileNotFoundError(f"no such resource: {name}")
    return path
