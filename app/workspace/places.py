"""Where this person's own files lie: beside no project, which one sync may empty."""

import os
import sys
from pathlib import Path


def data_folder() -> Path:
    """Return the folder of what the program keeps for this person. It need not be there yet."""
    if sys.platform == "win32":
        data = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local")
    elif sys.platform == "darwin":
        data = Path.home() / "Library/Application Support"
    else:
        data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share")
    return data / "Pressmark"
