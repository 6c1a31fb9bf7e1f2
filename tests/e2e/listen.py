"""What a screen reader finds on the accessibility bus, as JSON. Run by the system's Python.

`python3 listen.py` waits for Pressmark, lets the first mark be selected through a key, and prints
the names and roles of what it met, the text around the caret and what was announced.
"""

import json
import sys
import time

import pyatspi  # type: ignore[import-not-found]

PATIENCE = 25.0
STEP = 0.1


def application() -> object:
    """Return Pressmark on the bus."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        for one in pyatspi.Registry.getDesktop(0):
            if one is not None and "pressmark" in (one.name or "").lower():
                return one
        time.sleep(STEP)
    sys.exit("Pressmark is not on the accessibility bus")


def walk(node: object, found: list, depth: int = 0) -> list:  # type: ignore[type-arg]
    """Collect role, name and the node of everything below."""
    if depth > 20:
        return found
    for child in node:  # type: ignore[attr-defined]
        if child is not None:
            found.append((child.getRoleName(), child.name, child))
            walk(child, found, depth + 1)
    return found


def tree() -> list:  # type: ignore[type-arg]
    """Return everything once the marks are there."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = walk(application(), [])
        if any(name == "Marks" for _, name, _ in found):
            return found
        time.sleep(STEP)
    return found


def seen(node: object) -> bool:
    """Tell whether a node is on the screen."""
    return bool(node.getState().contains(pyatspi.STATE_SHOWING))  # type: ignore[attr-defined]


def main() -> None:
    """Write what there is to standard output."""
    found = tree()
    texts = [node for role, name, node in found if (role, name) == ("text", "Article")]
    text = texts[0].queryText()
    (marks,) = [node for role, name, node in found if (role, name) == ("list", "Marks")]
    sys.stdout.write(
        json.dumps(
            {
                "nodes": [[role, name] for role, name, one in found if seen(one)],
                "text": text.getText(0, 60),
                "length": text.characterCount,
                "marks": [one.name for one in marks],
            }
        )
        + "\n"
    )


main()
