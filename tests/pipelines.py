"""A real pipeline of spaCy, small enough to be made for a test."""

from pathlib import Path
from typing import Any

import spacy

PATTERNS = (
    {"label": "PERSON", "pattern": "Navalny"},
    {"label": "GPE", "pattern": "Moscow"},
    {"label": "MONEY", "pattern": "five"},
)


def make_pipeline(folder: Path, name: str = "tiny") -> Path:
    """Write a pipeline into a folder of that name and return the folder."""
    nlp = spacy.blank("en")
    ruler: Any = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([dict(one) for one in PATTERNS])
    nlp.meta["name"] = name
    nlp.to_disk(folder / name)
    return folder / name
