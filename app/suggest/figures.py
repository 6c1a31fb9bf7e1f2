"""What the words of a number say: value, bounds, precision, kind and unit.

The rules are those of the stored form: nothing is invented, a vague word has no value, what the
words leave open stays empty. English, German, French, Spanish and Russian.
"""

import re
from collections.abc import Mapping

Figures = dict[str, str | int | float]
"""Attributes of a number: `value`, `low`, `high`, `modifier`, `vague_term`, `kind`, `unit`, …"""

MODIFIERS: Mapping[str, tuple[str, ...]] = {
    "at_least": (
        "at least", "no fewer than", "no less than", "not less than", "a minimum of",
        "mindestens", "wenigstens", "au moins", "al menos", "por lo menos", "не менее",
        "как минимум",
    ),
    "more_than": (
        "more than", "over", "above", "upwards of", "in excess of", "mehr als", "über", "gut",
        "plus de", "más de", "более чем", "больше чем", "более", "больше", "свыше",
    ),
    "at_most": (
        "at most", "up to", "no more than", "not more than", "as many as", "as much as",
        "höchstens", "bis zu", "maximal", "au plus", "jusqu'à", "jusqu’à", "a lo sumo", "hasta",
        "не более", "до",
    ),
    "less_than": (
        "less than", "fewer than", "under", "below", "weniger als", "unter", "moins de",
        "menos de", "менее", "меньше",
    ),
    "approximately": (
        "about", "around", "approximately", "approx.", "roughly", "some", "circa", "ca.", "c.",
        "nearly", "almost", "close to", "an estimated", "estimated", "etwa", "rund", "ungefähr",
        "zirka", "knapp", "fast", "an die", "environ", "près de", "quelque", "presque", "unos",
        "unas", "alrededor de", "cerca de", "casi", "aproximadamente", "около", "примерно",
        "порядка", "почти",
    ),
}  # fmt: skip

VAGUE = (
    r"(?:(?:several|a few|many|some|mehrere|einige|viele|plusieurs|quelques|varios|varias"
    r"|несколько)\s+)?"
    r"(?P<term>(?:tens|dozens|scores|hundreds|thousands|millions)"
    r"(?:\s+of\s+(?:thousands|millions))?"
    r"|hunderttausende|zehntausende|dutzende|hunderte|tausende"
    r"|(?:dizaines|centaines)\s+de\s+milliers|dizaines|centaines|milliers"
    r"|(?:decenas|cientos)\s+de\s+miles|decenas|docenas|cientos|miles"
    r"|(?:десятки|сотни)\s+тысяч|десятки|сотни|тысячи"
    r"|(?:(?<=several )|(?<=a few ))(?:dozen|hundred|thousand|million)"
    r"|(?<=mehrere )(?:hundert|tausend)|(?<=einige )(?:hundert|tausend)"
    r"|(?<=несколько )(?:десятков|сотен|тысяч))"
)
"""An expression for vague number words; `term` is the word itself."""
_VAGUE = re.compile(VAGUE)
_FEW = re.compile(
    r"(?P<term>several|a few|many|mehrere|einige|plusieurs|varios|varias|несколько)\b"
)

UNITS = {
    word: number
    for number, words in enumerate(
        (
            "zero null zéro cero ноль", "one eins ein eine un une uno una один одна одного",
            "two zwei deux dos два две двух двое двоих",
            "three drei trois tres три трёх трех трое троих",
            "four vier quatre cuatro четыре четырёх четырех четверо четверых",
            "five fünf cinq cinco пять пяти пятеро пятерых",
            "six sechs seis шесть шести шестеро шестерых",
            "seven sieben sept siete семь семи семеро семерых",
            "eight acht huit ocho восемь восьми",
            "nine neun neuf nueve девять девяти", "ten zehn dix diez десять десяти",
            "eleven elf onze once одиннадцать одиннадцати",
            "twelve zwölf douze doce двенадцать двенадцати",
            "thirteen dreizehn treize trece тринадцать",
            "fourteen vierzehn quatorze catorce четырнадцать",
            "fifteen fünfzehn quinze quince пятнадцать пятнадцати",
            "sixteen sechzehn seize dieciséis шестнадцать",
            "seventeen siebzehn diecisiete семнадцать", "eighteen achtzehn dieciocho восемнадцать",
            "nineteen neunzehn diecinueve девятнадцать", "", "veintiuno veintiún", "veintidós",
            "veintitrés", "veinticuatro", "veinticinco", "veintiséis", "veintisiete", "veintiocho",
            "veintinueve",
        )
    )
    for word in words.split()
}  # fmt: skip
TENS = {
    word: number * 10
    for number, words in (
        (2, "twenty zwanzig vingt vingts veinte двадцать двадцати"),
        (3, "thirty dreißig dreissig trente treinta тридцать тридцати"),
        (4, "forty vierzig quarante cuarenta сорок сорока"),
        (5, "fifty fünfzig cinquante cincuenta пятьдесят пятидесяти"),
        (6, "sixty sechzig soixante sesenta шестьдесят шестидесяти"),
        (7, "seventy siebzig septante setenta семьдесят"),
        (8, "eighty achtzig huitante octante ochenta восемьдесят"),
        (9, "ninety neunzig nonante noventa девяносто"),
        (10, "сто ста"), (20, "doscientos doscientas двести двухсот"),
        (30, "trescientos trescientas триста трёхсот трехсот"),
        (40, "cuatrocientos cuatrocientas четыреста четырёхсот четырехсот"),
        (50, "quinientos quinientas пятьсот пятисот"),
        (60, "seiscientos seiscientas шестьсот шестисот"),
        (70, "setecientos setecientas семьсот семисот"),
        (80, "ochocientos ochocientas восемьсот восьмисот"),
        (90, "novecientos novecientas девятьсот девятисот"),
    )
    for word in words.split()
}  # fmt: skip
SCALES = {
    word: scale
    for scale, words in (
        (12, "dozen dutzend douzaine douzaines docena docenas дюжина дюжины"),
        (10, "dizaine decena"),
        (20, "vingtaine veintena"), (30, "trentaine treintena"), (50, "cinquantaine"),
        (60, "soixantaine"), (100, "centaine centenar"), (1_000, "millier millar"),
        (100, "hundred hundert cent cents cien ciento"),
        (1_000, "thousand k tausend mille mil тысяча тысячи тысяч тысячу тыс"),
        (1_000_000, "million millions m mn mio millionen millón millones"),
        (1_000_000, "миллион миллиона миллионов млн"),
        (1_000_000_000, "billion billions bn milliarde milliarden mrd milliard milliards"),
        (1_000_000_000, "миллиард миллиардов млрд"),
    )
    for word in words.split()
}  # fmt: skip
_SCORE, _FOUR = frozenset({"vingt", "vingts"}), 4
"""Quatre-vingts are eighty."""
_GERMAN = re.compile(
    r"(?:(?P<thousands>[a-zäöüß]*?)tausend(?:und)?)?(?:(?P<hundreds>[a-zäöüß]*?)hundert(?:und)?)?"
    r"(?P<rest>[a-zäöüß]*)"
)
_HALF = frozenset("half halbe demi medio".split())
_ROUND = frozenset(
    "dizaine decena vingtaine veintena trentaine treintena cinquantaine soixantaine centaine"
    " centenar millier millar".split()
)
"""Nouns for about so many."""
_FILLERS = frozenset("and und et y a an de d' d’".split())

DURATIONS = {
    word: unit
    for unit, words in (
        ("second", "second seconds sekunde sekunden seconde secondes segundo segundos"),
        ("minute", "minute minutes minuten minuto minutos минута минуты минут"),
        ("hour", "hour hours stunde stunden heure heures hora horas час часа часов"),
        ("day", "day days tag tage tagen jour jours día días день дня дней"),
        ("week", "week weeks woche wochen semaine semaines semana semanas неделя недели недель"),
        ("month", "month months monat monate monaten mois mes meses месяц месяца месяцев"),
        ("year", "year years jahr jahre jahren an ans année années año años год года лет"),
    )
    for word in words.split()
}  # fmt: skip
_ISO = {"second": "PT{}S", "minute": "PT{}M", "hour": "PT{}H"}
MONEY = {
    "€": "EUR", "euro": "EUR", "euros": "EUR", "eur": "EUR", "$": "USD", "dollar": "USD",
    "dollars": "USD", "usd": "USD", "dólares": "USD", "£": "GBP", "pound": "GBP",
    "pounds": "GBP", "gbp": "GBP", "₽": "RUB", "rouble": "RUB", "roubles": "RUB",
    "ruble": "RUB", "rubles": "RUB", "рублей": "RUB", "рубля": "RUB", "¥": "JPY", "yen": "JPY",
}  # fmt: skip
MEASURES = {
    word: unit
    for unit, words in (
        ("kilometre", "km kilometre kilometres kilometer"),
        ("kilometre", "kilometers kilomètre kilomètres kilómetro"),
        ("kilometre", "kilómetros километр километра километров км"),
        ("mile", "mile miles meile meilen milla millas миля мили миль"),
        ("metre", "m metre metres meter meters mètre mètres metro metros метр метра метров"),
        ("hectare", "ha hectare hectares hektar hectárea hectáreas гектар гектара гектаров"),
        ("tonne", "ton tons tonne tonnes tonnen tonelada toneladas тонна тонны тонн"),
        ("kilogram", "kg kilogram kilograms kilogramm kilogramme kilo kilos килограмм кг"),
    )
    for word in words.split()
}  # fmt: skip
_MANY = frozenset("millions billions millionen milliarden milliards millones".split())
"""Number words in the plural that stand alone: they say no figure."""
_PERCENT = re.compile(r"%|\bper ?cent\b|\bprozent\b|\bpour cent\b|\bpor ciento\b|процент")
_DIGITS = re.compile(r"\d[\d\s.,’'\u00a0\u202f]*\d|\d")
_GROUPED = re.compile(r"\d{1,3}(?:[\s.,’'\u00a0\u202f]\d{3})+")
_RANGE = re.compile(
    r"(?:(?:between|from|zwischen|von|entre|de|от)\s+)?(?P<low>\S.*?)"
    r"\s*(?:\bto\b|\band\b|–|—|(?<=\d)-(?=\d)|\bbis\b|\bund\b|\bet\b|\bà\b|\ba\b|\by\b|\bдо\b)\s*"
    r"(?P<high>\S.*)"
)
_FROM_TO = re.compile(r"\d\s?-\s?\d")
_ORDINAL = re.compile(
    r"\d+(?:st|nd|rd|th)\b|\b(?:first|second|third|fourth|fifth|sixth|seventh|tenth)$"
)


def read(words: str) -> Figures:
    """Return what the words of a number say; empty where they are not understood."""
    said = " ".join(words.casefold().split())
    kind, unit, said = _kind(said)
    modifier, rest = _modifier(said)
    if modifier == "exact" and not _ROUND.isdisjoint(rest.split()):
        modifier = "approximately"
    found: Figures = {}
    if kind:
        found |= {"kind": kind, "unit": unit}
    if kind == "duration":
        found["quantity_of"] = "duration"
    elif kind == "percent":
        found["quantity_of"] = "share"
    span = _range(rest)
    if span is not None:
        return found | {"modifier": "between", "low": span[0], "high": span[1]}
    value = None if rest in _MANY else _value(rest)
    if rest in _MANY:
        return found | {"modifier": "vague", "vague_term": rest}
    if value is None:
        vague = _VAGUE.search(rest) or _FEW.fullmatch(rest)
        if vague is None:
            return {}
        return found | {"modifier": "vague", "vague_term": vague["term"]}
    found |= {"modifier": modifier, "value": value}
    found |= _bounds(modifier, value)
    if kind == "duration" and modifier == "exact" and value == int(value):
        found["iso8601"] = _ISO.get(unit, f"P{{}}{unit[0].upper()}").format(int(value))
    return found


def _kind(said: str) -> tuple[str, str, str]:
    """Return kind and unit, and the words without what says them."""
    if _PERCENT.search(said):
        return "percent", "percent", _PERCENT.sub(" ", said).strip()
    if _ORDINAL.search(said):
        return "ordinal", "", re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", said)
    for sign, unit in MONEY.items():
        pattern = re.escape(sign) if not sign.isalpha() else rf"\b{re.escape(sign)}\b"
        if re.search(pattern, said):
            return "money", unit, re.sub(pattern, " ", said).strip()
    parts = said.split()
    if len(parts) > 1 and parts[-1] in DURATIONS:
        return "duration", DURATIONS[parts[-1]], " ".join(parts[:-1])
    if len(parts) > 1 and parts[-1] in MEASURES and _DIGITS.search(said):
        return "other", MEASURES[parts[-1]], " ".join(parts[:-1])
    return "", "", said


def _modifier(said: str) -> tuple[str, str]:
    for modifier, phrases in MODIFIERS.items():
        for phrase in phrases:
            if said.startswith(f"{phrase} "):
                return modifier, said[len(phrase) :].strip()
    return "exact", said


def _range(said: str) -> tuple[float, float] | None:
    match = _RANGE.fullmatch(said)
    is_one = _value(said) is not None and not _FROM_TO.search(said)
    if is_one or match is None:
        return None
    low, high = _value(match["low"]), _value(match["high"])
    if low is None or high is None:
        return None
    scale = SCALES.get(match["high"].split()[-1], 1)
    if low < high / scale * 2 and low * scale <= high and match["low"].split()[-1] not in SCALES:
        low *= scale  # “two to three thousand”
    return (low, high) if low <= high else None


def _value(said: str) -> float | None:
    """Return a number in digits or words; None where something else stands there."""
    total, current, seen = 0.0, 0.0, False
    for part in _parts(said):
        if part in _FILLERS:
            continue
        digits = _digits(part)
        small = word_value(part) if digits is None and part not in SCALES else digits
        if small is not None:
            is_fourscore = part in _SCORE and current % 100 == _FOUR
            current += _FOUR * (small - 1) if is_fourscore else small
        elif part in _HALF:
            current += 0.5
        elif part in SCALES:
            scale = SCALES[part]
            current = (current or 1) * scale
            if scale >= 1_000:
                total, current = total + current, 0.0
        else:
            return None
        seen = True
    return _plain(total + current) if seen else None


def word_value(word: str) -> int | None:
    """Return what a word in small letters is as a figure, also a German compound; None else."""
    if word in UNITS or word in TENS:
        return UNITS.get(word, 0) + TENS.get(word, 0)
    match = _GERMAN.fullmatch(word)
    if match is None or not word:
        return None
    thousands, hundreds, rest = match.groups()
    found = 0
    for part, scale in ((thousands, 1_000), (hundreds, 100)):
        if part is not None:
            factor = 1 if part in {"", "ein"} else word_value(part)
            if factor is None:
                return None
            found += factor * scale
    if rest:
        unit, _, tens = rest.rpartition("und")
        for part in filter(None, (unit, tens)):
            small = UNITS.get(part, 0) + TENS.get(part, 0)
            if not small:
                return None
            found += small
    return found or None


def _parts(said: str) -> list[str]:
    """Return the words, numbers in digits with their separators as one."""
    found, place = list[str](), 0
    for match in _DIGITS.finditer(said):
        found += said[place : match.start()].replace("-", " ").split()
        found.append(match[0])
        place = match.end()
    return found + said[place:].replace("-", " ").split()


def _digits(part: str) -> float | None:
    if not part[0].isdigit():
        return None
    bare = re.sub(r"[\s’'\u00a0\u202f]", " ", part)
    if _GROUPED.fullmatch(part):
        return float(re.sub(r"\D", "", part))
    bare = bare.replace(" ", "")
    if bare.isdecimal():
        return float(bare)
    head, _, tail = bare.replace(",", ".").rpartition(".")
    whole = head.replace(".", "")
    return float(f"{whole}.{tail}") if whole.isdecimal() and tail.isdecimal() else None


def _bounds(modifier: str, value: float) -> Figures:
    above = value + 1 if value == int(value) else value
    below = value - 1 if value == int(value) else value
    match modifier:
        case "exact":
            return {"low": value, "high": value}
        case "at_least":
            return {"low": value}
        case "more_than":
            return {"low": _plain(above)}
        case "at_most":
            return {"high": value}
        case "less_than":
            return {"high": _plain(below)}
        case _:
            return {}


def _plain(value: float) -> float:
    return int(value) if value == int(value) else value
