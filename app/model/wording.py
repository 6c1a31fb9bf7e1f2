"""Words about things, as people read them: how many there are, and long ones made short."""

import re
from datetime import datetime

_MONTHS = {
    f"{n:02}": name
    for n, name in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)
}


def several(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: `1 article`, `2,000 articles`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


_OPEN_ENDED = frozenset("about at by for from in of on to with".split())


def role_of(label: str, name: str) -> str:
    """Return whose role it is: `Speaker of S2`, but `A18: belongs to`."""
    if label.rsplit(" ", 1)[-1].casefold() in _OPEN_ENDED:
        return f"{name}: {label[:1].lower()}{label[1:]}"
    return f"{label} of {name}"


def natural(words: str) -> tuple[tuple[bool, int, str], ...]:
    """Return what sorts words with figures as people do: `2` before `10`."""
    parts = re.split(r"([0-9]+)", words.casefold())
    return tuple((not p.isdecimal(), int(p) if p.isdecimal() else 0, p) for p in parts if p)


def on_one_line(words: str, limit: int = 80) -> str:
    """Return words on one line, cut after `limit` characters."""
    line = " ".join(words.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def day(published: str) -> str:
    """Return an ISO date, or the first part of one, as it is read: `23 Jan 2021`."""
    year, _, rest = published[:10].partition("-")
    month, _, date = rest.partition("-")
    if not rest or month not in _MONTHS:
        return published
    return " ".join(filter(None, (date.lstrip("0"), _MONTHS[month], year)))


def spoken_time(at: str, now: datetime | None = None) -> str:
    """Return an ISO 8601 moment as people say it here: `today 12:03:22`, `23 Jan 2021 12:03`."""
    if not at:
        return ""
    try:
        moment = datetime.fromisoformat(at).astimezone()
    except ValueError:
        return at
    today = (now or datetime.now().astimezone()).date()
    match (today - moment.date()).days:
        case 0:
            return f"today {moment:%H:%M:%S}"
        case 1:
            return f"yesterday {moment:%H:%M:%S}"
        case _:
            return f"{moment.day} {moment:%b %Y %H:%M}"


def initials(name: str) -> str:
    """Return what somebody is called where there is hardly room: `MK` for Marta Kovač."""
    words = name.split()
    if len(words) > 1:
        return (words[0][:1] + words[-1][:1]).upper()
    return name[:2].capitalize()
