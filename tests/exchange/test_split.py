"""A split keeps like texts together, its shares, and comes out the same for the same seed."""

from app.exchange.split import divide

WIRE = (
    "Thousands of people gathered today all across Russia to protest as a sign of support for"
    " the opposition politician who was arrested last week when he came back from Germany."
)


def texts(number: int) -> list[tuple[str, str]]:
    return [(f"{n}", " ".join(f"w{n}x{k}" for k in range(30))) for n in range(number)]


def test_shares_and_seed() -> None:
    parts = divide(texts(100), (80, 10, 10), seed=1)
    assert [len(part) for part in parts.values()] == [80, 10, 10]
    assert list(parts) == ["train", "dev", "test"]
    assert parts == divide(texts(100), (8, 1, 1), seed=1)
    assert parts != divide(texts(100), (80, 10, 10), seed=2)
    assert list(divide(texts(4), (50, 50), seed=1)) == ["train", "dev"]


def test_like_texts_stay_together() -> None:
    copies = [(f"c{n}", f"{WIRE} Our reporter {n} adds a word.") for n in range(6)]
    for seed in range(20):
        parts = divide([*texts(30), *copies], (1, 1, 1), seed=seed)
        holding = [name for name, part in parts.items() if part & {key for key, _ in copies}]
        assert len(holding) == 1


def test_short_texts_are_alike_only_where_they_are_the_same() -> None:
    given = [("a", "one two"), ("b", "one two"), ("c", "two one"), ("d", "…")]
    parts = divide(given, (1, 1, 1), seed=0)
    assert any({"a", "b"} <= part for part in parts.values())
    assert sum(len(part) for part in parts.values()) == 4
