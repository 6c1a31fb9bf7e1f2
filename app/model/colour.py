"""Colours of span types: how they are written, how well they read, how far they are apart.

Nothing but arithmetic. sRGB and relative luminance are those of WCAG 2.2; the difference is
CIEDE2000 after Sharma, Wu and Dalal (2005); colour vision is simulated after Machado, Oliveira and
Fernandes (2009), severity 1.0, in linear light.
"""

import json
import math
import re
from collections.abc import Mapping
from functools import cache
from typing import Literal, NamedTuple

from app.model.resources import resource

Mode = Literal["light", "dark"]
Vision = Literal["normal", "protan", "deutan", "tritan"]
Triple = tuple[float, float, float]
"""Red, green and blue from 0 to 1, or L*, a* and b*."""

MODES: tuple[Mode, ...] = ("light", "dark")
VISIONS: tuple[Vision, ...] = ("normal", "protan", "deutan", "tritan")

TEXT_CONTRAST, MARK_CONTRAST = 4.5, 3.0
"""WCAG 2.2: text on its fill (1.4.3), an underline on its fill (1.4.11)."""

APART = 10.0
"""CIEDE2000 that two inks should be apart. The four of our own are 15.1 apart or more."""

PALETTE: tuple[tuple[str, str], ...] = (
    ("Blue", "actor"),
    ("Orange", "event"),
    ("Teal", "number"),
    ("Plum", "statement"),
    ("Forest", "#003300 #88BBAA"),
    ("Violet", "#9944FF #FF11BB"),
    ("Khaki", "#777755 #FFFF33"),
    ("Navy", "#000066 #CCAAEE"),
    ("Petrol", "#225566 #228899"),
    ("Moss", "#555544 #AA9977"),
    ("Dusk", "#666699 #888888"),
    ("Night", "#000000 #DDFFEE"),
)
"""Inks by name, as `SpanType.ink` takes them. Any two are `APART` in every vision and both looks.

The first four are the theme's; the others were found by taking the colour that is farthest from all
taken so far, again and again.
"""

_HEX = re.compile(r"#[0-9A-Fa-f]{6}\Z")
_PAPER = {"light": "#FFFFFF", "dark": "#1B1D21"}
_TEXT = {"light": "#1C1F24", "dark": "#E6E8EB"}
_SHARES = {"light": (0.16, 0.34), "dark": (0.24, 0.38)}
"""How much of the ink is in the fill, and in the fill of a selected mark."""

_MACHADO: dict[Vision, tuple[Triple, Triple, Triple]] = {
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
_TO_XYZ: tuple[Triple, Triple, Triple] = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
_WHITE: Triple = (0.95047, 1.0, 1.08883)


class Inks(NamedTuple):
    """The ink of a type in the light and in the dark look, as `#RRGGBB`."""

    light: str
    dark: str


class Fills(NamedTuple):
    """The fill of a mark and of a selected one, as `#RRGGBB`."""

    plain: str
    selected: str


def inks_of(ink: str) -> Inks | None:
    """Return the colours that a `SpanType.ink` spells out: `#8C2F39`, or `#8C2F39 #F2A0A8`.

    Without the second, the one for the dark look is made from the first. None for the name of a
    colour role. Raises ValueError for what is neither.
    """
    if not ink.startswith("#"):
        return None
    given = ink.split()
    if len(given) > len(Inks._fields) or not all(_HEX.match(colour) for colour in given):
        message = f"“{ink}” is no colour; write it as #8C2F39, or as #8C2F39 #F2A0A8"
        raise ValueError(message)
    light = given[0].upper()
    return Inks(light, given[1].upper() if given[1:] else brighter(light))


@cache
def shown_inks(ink: str) -> Inks:
    """Return the colours that a `SpanType.ink` comes to; grey where nobody knows it."""
    tokens = _tokens()
    try:
        own = inks_of(ink)
    except ValueError:
        own = None
    if own is not None:
        return own
    return Inks(
        *(tokens[mode][ink if f"fill-{ink}" in tokens[mode] else "text-3"] for mode in MODES)
    )


def shown_fills(ink: str, mode: Mode) -> Fills:
    """Return the fills that a `SpanType.ink` comes to: the theme's, or those that go with it."""
    named = _tokens()[mode]
    if f"fill-{ink}" in named:
        return Fills(named[f"fill-{ink}"], named[f"fill2-{ink}"])
    return fills_of(shown_inks(ink)[MODES.index(mode)], mode)


@cache
def _tokens() -> dict[Mode, dict[str, str]]:
    tokens: dict[Mode, dict[str, str]] = json.loads(resource("tokens.json").read_text("utf-8"))
    return tokens


class Neighbour(NamedTuple):
    """The ink that another one is most easily taken for, and by whom."""

    distance: float
    name: str
    vision: Vision
    mode: Mode


def closest(ink: str, others: Mapping[str, str]) -> Neighbour | None:
    """Return which of the other inks (by name) one comes closest to; None where there are none."""
    found = [
        Neighbour(difference(mine, other, vision), name, vision, mode)
        for name, given in others.items()
        for mode, mine, other in zip(MODES, shown_inks(ink), shown_inks(given), strict=True)
        for vision in VISIONS
    ]
    return min(found, default=None)


@cache
def fills_of(ink: str, mode: Mode) -> Fills:
    """Return the fills that go with an ink: tints of it on which text and underline can be read.

    What cannot be had (a pale yellow has no contrast with anything light) comes as near as it can.
    """
    plain, selected = (_tint(ink, share, mode) for share in _SHARES[mode])
    return Fills(plain, selected)


def _tint(ink: str, share: float, mode: Mode) -> str:
    paper, text = _PAPER[mode], _TEXT[mode]
    least = 0.06
    while share > least:
        fill = mixed(ink, paper, share)
        if contrast(text, fill) >= TEXT_CONTRAST and contrast(ink, fill) >= MARK_CONTRAST:
            return fill
        share -= 0.02
    return mixed(ink, paper, least)


@cache
def brighter(ink: str) -> str:
    """Return an ink of the same hue that reads well on the dark paper."""
    wanted = 5.5
    for step in range(40):
        colour = mixed("#FFFFFF", ink, step / 40)
        if contrast(colour, _PAPER["dark"]) >= wanted:
            return colour
    return "#FFFFFF"  # pragma: no cover - thirty-nine parts of forty are white


def mixed(first: str, second: str, share: float) -> str:
    """Return `share` of the first colour mixed with the second, in sRGB."""
    pairs = zip(_rgb(first), _rgb(second), strict=True)
    return _hex(tuple(a * share + b * (1 - share) for a, b in pairs))


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21 (WCAG 2.2)."""
    high, low = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def text_contrast(span_ink: str, mode: Mode) -> float:
    """Return the lowest contrast of the text with the fills of a `SpanType.ink`."""
    return min(contrast(_TEXT[mode], fill) for fill in shown_fills(span_ink, mode))


def mark_contrast(span_ink: str, mode: Mode) -> float:
    """Return the lowest contrast of the underline with the fills of its `SpanType.ink`."""
    ink = shown_inks(span_ink)[MODES.index(mode)]
    return min(contrast(ink, fill) for fill in shown_fills(span_ink, mode))


def difference(first: str, second: str, vision: Vision = "normal") -> float:
    """Return how different two colours look (CIEDE2000) to somebody with that colour vision."""
    return ciede2000(_lab(first, vision), _lab(second, vision))


def simulated(colour: str, vision: Vision) -> str:
    """Return a colour as somebody with that colour vision sees it."""
    return _hex(tuple(map(_gamma, _seen(colour, vision))))


def ciede2000(first: Triple, second: Triple) -> float:
    """Return the CIEDE2000 difference of two L*a*b* colours; weights 1 (Sharma et al. 2005)."""
    l1, a1, b1 = first
    l2, a2, b2 = second
    chroma = (math.hypot(a1, b1) + math.hypot(a2, b2)) / 2
    g = 0.5 * (1 - math.sqrt(chroma**7 / (chroma**7 + 25**7)))
    a1, a2 = (1 + g) * a1, (1 + g) * a2
    c1, c2 = math.hypot(a1, b1), math.hypot(a2, b2)
    h1, h2 = _hue(a1, b1), _hue(a2, b2)
    turn, hue = _turn(h1, h2), h1 + h2
    if not c1 * c2:
        turn = 0.0
    else:
        hue = _middle(h1, h2)
    light, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    t = (
        1
        - 0.17 * _cos(hue - 30)
        + 0.24 * _cos(2 * hue)
        + 0.32 * _cos(3 * hue + 6)
        - 0.20 * _cos(4 * hue - 63)
    )
    rotation = -math.sin(math.radians(60 * math.exp(-(((hue - 275) / 25) ** 2))))
    rotation *= 2 * math.sqrt(chroma**7 / (chroma**7 + 25**7))
    d_l = (l2 - l1) / (1 + 0.015 * (light - 50) ** 2 / math.sqrt(20 + (light - 50) ** 2))
    d_c = (c2 - c1) / (1 + 0.045 * chroma)
    d_h = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn) / 2) / (1 + 0.015 * chroma * t)
    return math.sqrt(d_l**2 + d_c**2 + d_h**2 + rotation * d_c * d_h)


def _hue(a: float, b: float) -> float:
    return math.degrees(math.atan2(b, a)) % 360 if a or b else 0.0


def _turn(h1: float, h2: float) -> float:
    turn = h2 - h1
    return turn - math.copysign(360, turn) if abs(turn) > 180 else turn  # noqa: PLR2004 - degrees


def _middle(h1: float, h2: float) -> float:
    if abs(h1 - h2) <= 180:  # noqa: PLR2004 - degrees
        return (h1 + h2) / 2
    return (h1 + h2 + 360) / 2 if h1 + h2 < 360 else (h1 + h2 - 360) / 2  # noqa: PLR2004 - degrees


def _cos(degrees: float) -> float:
    return math.cos(math.radians(degrees))


@cache
def _lab(colour: str, vision: Vision) -> Triple:
    seen = tuple(min(max(part, 0.0), 1.0) for part in _seen(colour, vision))
    x, y, z = (
        _cube(sum(m * part for m, part in zip(row, seen, strict=True)) / white)
        for row, white in zip(_TO_XYZ, _WHITE, strict=True)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _cube(value: float) -> float:
    return math.cbrt(value) if value > 216 / 24389 else (24389 / 27 * value + 16) / 116


def _seen(colour: str, vision: Vision) -> tuple[float, ...]:
    """Return a colour in linear light, as it reaches somebody with that colour vision."""
    linear = tuple(map(_linear, _rgb(colour)))
    if vision == "normal":
        return linear
    return tuple(
        sum(m * part for m, part in zip(row, linear, strict=True)) for row in _MACHADO[vision]
    )


def _luminance(colour: str) -> float:
    red, green, blue = map(_linear, _rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - sRGB


def _gamma(part: float) -> float:
    part = min(max(part, 0.0), 1.0)
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055  # noqa: PLR2004 - sRGB


@cache
def _rgb(colour: str) -> Triple:
    red, green, blue = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    return red, green, blue


def _hex(parts: tuple[float, ...]) -> str:
    return "#" + "".join(f"{round(255 * min(max(part, 0.0), 1.0)):02X}" for part in parts)
