"""Who is proposed as the speaker of a statement, where more than one is named beside its verb."""

import pytest

from tests.suggest.proposing import proposed, speakers


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“We stay here until spring,” Anna Nowak, a farmer from Lublin, told them.", "Anna Nowak"),
        ("“We stay here until spring,” said activist Anna Nowak.", "Anna Nowak"),
        ("«Мы требуем честных выборов», — заявил активист Ильдар Сафин.", "Ильдар Сафин"),
        ("«No vamos a ceder», dijo el dirigente indígena Luis Chango.", "Luis Chango"),
        ("Police spokesman Jan Kowalski said that it was over.", "Jan Kowalski"),
        ("“It is over now, for good,” said Smith, leader of the party.", "Smith"),
    ],
)
def test_the_one_who_is_named_speaks(text: str, speaker: str) -> None:
    (statement,) = proposed(text, "statement")
    assert speakers(statement, text) == [speaker]
