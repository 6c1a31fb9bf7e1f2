"""Who annotates on this machine, where nobody says so."""

import getpass
import os


def annotator_name(given: str = "") -> str:
    """Return who does something: the name given, $PRESSMARK_ANNOTATOR, or the user's name."""
    named = given or os.environ.get("PRESSMARK_ANNOTATOR", "")
    if named.strip():
        return named.strip()
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a system without a name for the user
        return "annotator"
