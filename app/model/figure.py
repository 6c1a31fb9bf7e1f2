"""A number as one reads it: its value or bounds, with the sign of its precision and its unit."""

from app.model.annotation import Annotation, Value

_SIGNS = {
    "at_least": "≥ ",
    "more_than": "> ",
    "at_most": "≤ ",
    "less_than": "< ",
}


def figure_words(annotation: Annotation) -> str:
    """Return a number as one reads it: `2,500 people`, `> 40`, `2,000 – 9,999`; empty without."""
    held = annotation.attributes
    value, low, high = (_written(held.get(name)) for name in ("value", "low", "high"))
    unit = str(held.get("unit") or "")
    if value:
        figure = _SIGNS.get(str(held.get("modifier")), "") + value
    elif low and high:
        figure = f"{low} – {high}"
    elif low or high:
        figure = f"≥ {low}" if low else f"≤ {high}"
    else:
        return ""
    return f"{figure} {unit}".rstrip()


def magnitude(annotation: Annotation) -> float:
    """Return what numbers are sorted by: the value, or else the lowest or highest it may be."""
    for name in ("value", "low", "high"):
        held = annotation.attributes.get(name)
        if isinstance(held, (int, float)) and not isinstance(held, bool):
            return float(held)
    return -1.0


def _written(value: Value) -> str:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return ""
    return f"{value:,}" if isinstance(value, int) or not value.is_integer() else f"{value:,.0f}"
