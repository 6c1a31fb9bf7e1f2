"""What short reports of our own taught: who is named, what is done to whom, what is counted."""

import pytest

from tests.suggest.proposing import proposed, speakers, words_of

GERMAN = (
    "Anna Schulze sprach am Samstag in Köln. Bundeskanzler Olaf Scholz kündigte an, das Gesetz zu"
    " ändern. Schulze warf Scholz vor, die Mieter zu vergessen. Bei Zusammenstößen wurden drei"
    " Polizisten verletzt und 47 Personen festgenommen."
)
FRENCH = (
    "Le ministre des Transports, Jean Dupont, a dénoncé la grève. Le syndicat a accusé Dupont de"
    " mentir. Martin a déclaré que la grève continuait. Une vingtaine de personnes ont été"
    " interpellées jeudi à Paris."
)
SPANISH = (
    "El ministro de Sanidad, Pablo Torres, rechazó las críticas. Dos docenas de manifestantes"
    " fueron detenidos el sábado en Madrid. Sánchez afirmó que no había motivo."
)
RUSSIAN = (
    "Более 3000 человек вышли на улицы, сообщило МВД. Песков заявил, что это незаконно. Ведомство"
    " заявило, что всё спокойно. Двое полицейских пострадали."
)
ENGLISH = (
    "Maya Lopez accused the Met of lying. The police said that about 9,000 people had taken part"
    " and that 34 were arrested. The accused denied it."
)


@pytest.mark.parametrize(
    ("text", "names", "nobody"),
    [
        (GERMAN, ["Anna Schulze", "Olaf Scholz", "Schulze", "Scholz"], ["Bei", "Bundeskanzler"]),
        (FRENCH, ["Jean Dupont", "Dupont", "Martin"], ["Transports", "accusé"]),
        (SPANISH, ["Pablo Torres", "Sánchez"], ["Sanidad", "detenidos"]),
        (RUSSIAN, ["МВД", "Песков"], ["Ведомство"]),
        (ENGLISH, ["Maya Lopez", "Met"], ["accused"]),
    ],
)
def test_people_are_named_by_their_last_names_and_offices_are_not(
    text: str, names: list[str], nobody: list[str]
) -> None:
    found = words_of(proposed(text, "actor"))
    assert [name for name in names if name not in found] == []
    assert [one for one in found if any(word in one.split() for word in nobody)] == []


@pytest.mark.parametrize(
    ("text", "event", "target"),
    [
        (GERMAN, "verletzt", "Polizisten"),
        (GERMAN, "festgenommen", "Personen"),
        (FRENCH, "interpellées", "personnes"),
        (SPANISH, "detenidos", "manifestantes"),
        (RUSSIAN, "пострадали", "полицейских"),
    ],
)
def test_who_suffers_is_the_target(text: str, event: str, target: str) -> None:
    (found,) = [one for one in proposed(text, "event") if one.fragments[0].text == event]
    assert [(link.role, text[link.start : link.end]) for link in found.links] == [
        ("target", target)
    ]


def test_numbers_count_what_their_own_clause_says() -> None:
    found = {one.fragments[0].text: one.attributes for one in proposed(ENGLISH, "number")}
    assert found["about 9,000"]["quantity_of"] == "participants"
    assert found["34"]["quantity_of"] == "arrested"
    (dozens,) = proposed(SPANISH, "number")
    assert (dozens.fragments[0].text, dozens.attributes["value"]) == ("Dos docenas", 24)


def test_the_met_is_no_meeting_and_a_russian_office_says_something() -> None:
    assert "Met" not in words_of(proposed(ENGLISH, "event"))
    (said, *_) = proposed(RUSSIAN, "statement")
    assert said.fragments[0].text.endswith("сообщило МВД")
    assert speakers(said, RUSSIAN) == ["МВД"]


def test_they_demand_that_something_is_done() -> None:
    text = "The strikers demand that Anna Nowak resign. The demand that she go is old."
    assert words_of(proposed(text, "statement")) == ["The strikers demand that Anna Nowak resign"]


@pytest.mark.parametrize(
    ("text", "statements"),
    [
        (
            "Der Verband forderte die Regierung auf, die Kürzungen zurückzunehmen.",
            [("die Kürzungen zurückzunehmen", "Verband")],
        ),
        (
            "Мэр города Иван Петров призвал жителей не выходить на улицы.",
            [("не выходить на улицы", "Иван Петров")],
        ),
        ("La rectora, Julia Fernández, pidió diálogo.", [("diálogo", "Julia Fernández")]),
        ("« La violence ne passera pas », a-t-il affirmé.", [("La violence ne passera pas", "il")]),
        (
            "L'avocate Nadia Benali a dénoncé des arrestations et demandé la libération de tous.",
            [("des arrestations", "Nadia Benali"), ("la libération de tous", "Nadia Benali")],
        ),
        ("President Ruto vowed to send the army.", [("to send the army", "Ruto")]),
        (
            "CHICAGO, Oct. 3 — Roughly 25,000 teachers left, the Chicago Union said on Friday.",
            [("Roughly 25,000 teachers left", "Chicago Union")],
        ),
        (
            "Nach Polizeiangaben kamen 900 Menschen nach Köln.",
            [("kamen 900 Menschen nach Köln", "")],
        ),
    ],
)
def test_what_is_called_for_and_who_calls(text: str, statements: list[tuple[str, str]]) -> None:
    found = [
        (
            next(e for e in one.evidence if e.attribute == "content")
            .fragments[0]
            .text.strip("« »"),
            " ".join(speakers(one, text)),
        )
        for one in proposed(text, "statement")
    ]
    assert found == statements


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("CHICAGO, Oct. 3 — Roughly 25 teachers left early.", ["teachers"]),
        (
            "Die Landesregierung sprach. Zwei Landwirte kamen mit ihren Traktoren Autobahnen nah.",
            ["Landesregierung", "Landwirte"],
        ),
        (
            "Сергея Фургала судят. Адвокат Фургала Борис Кожемякин сообщил об этом.",
            ["Сергея Фургала", "Борис Кожемякин"],
        ),
        ("L'avocate Nadia Benali est venue. Qu'a-t-elle dit ?", ["Nadia Benali", "elle"]),
    ],
)
def test_what_only_looks_like_a_name(text: str, wanted: list[str]) -> None:
    assert words_of(proposed(text, "actor")) == wanted


def test_percents_count_nobody_and_people_set_free_are_the_target() -> None:
    text = "Both men were later released. The 16 percent the union wants is too much."
    (freed,) = proposed(text, "event")
    assert [(link.role, text[link.start : link.end]) for link in freed.links] == [("target", "men")]
    (share,) = proposed(text, "number")
    assert share.links == ()


def test_the_german_mood_goes_on_with_what_somebody_says() -> None:
    text = (
        "Anna Schulze sagte, dass die Mieten steigen. Die Lage sei ernst, sie habe dafür Belege."
        " Ich habe das nicht geglaubt. Er geht, es sei denn, der Zug fährt nicht."
    )
    found = proposed(text, "statement")
    assert words_of(found) == [
        "Anna Schulze sagte, dass die Mieten steigen",
        "Die Lage sei ernst, sie habe dafür Belege",
    ]
    assert [speakers(one, text) for one in found] == [["Anna Schulze"], ["Anna Schulze"]]
    assert proposed("Sei es, wie es will, der Zug kam und die Leute gingen.", "statement") == []
