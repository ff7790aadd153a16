"""What a pronoun stands for: by gender and number, by the article or the ending of a noun."""

import pytest

from pipelines.figures.extract import extract
from pipelines.figures.mention import Sentence
from pipelines.figures.pronouns import agrees, gender, last_named


@pytest.mark.parametrize(
    ("noun", "told"),
    [("version", "f"), ("dotations", "f"), ("relèvement", "m"), ("silence", "m"), ("comités", "m"), ("truc", None)],
)
def test_the_gender_of_a_noun_by_itself(noun: str, told: str | None) -> None:
    assert gender(noun) == told


@pytest.mark.parametrize(
    ("pronoun", "phrase", "fits"),
    [
        ("il", "version du pacte", False),
        ("elle", "version du pacte", True),
        ("elles", "version du pacte", False),
        ("ils", "relèvements", True),
        ("il", "truc", True),
        ("ce", "versions", True),
    ],
)
def test_a_pronoun_agrees_with_what_it_stands_for(pronoun: str, phrase: str, *, fits: bool) -> None:
    assert agrees(pronoun, phrase) is fits


@pytest.mark.parametrize(
    ("pronoun", "named"),
    [("celui", "lit"), ("celle", "note"), ("ceux", "draps"), ("il", "lit")],
)
def test_the_last_thing_of_the_gender_of_a_pronoun(pronoun: str, named: str) -> None:
    text = "On compare la note et le prix d'un lit avec des draps"
    sentence = Sentence.read(text, 0, len(text))
    assert last_named(sentence, sentence.size, pronoun) == named


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Le prix d'un lit de camp baisse et celui-ci est garanti dix ans.", "lit de camp"),
        ("On regarde le degré d'usure de chaque pile. Celui-ci est de 4 %.", "degré d'usure"),
        ("La recette des bacs progresse : en 2023, elle s'est élevée à 9 millions d'euros.", "recette des bacs"),
        ("On compare les étals d'un marché avec soin : il revient à 90 euros par an.", "marché"),
        ("Les femmes sont payées 9 % de moins ; à poste égal, elles touchent 7 % de moins.", "femmes"),
        ("La crue est rude. Elle dure : il est à noter un recul de 4 % des pontons.", "pontons"),
        ("Ce plan étonne : 7 des 8 ponts sont fermés.", "ponts"),
        ("Les frais de route seront pris en charge à hauteur de 60 %.", "frais de route"),
        ("Ils perdent le supplément de garde s'élevant à 90 euros.", "supplément de garde"),
        ("Les trains partent. L'attente est longue : entre 6 et 9 mois en gare.", "attente"),
    ],
)
def test_what_a_pronoun_before_a_number_stands_for(text: str, subject: str) -> None:
    assert extract(text)[-1].subject == subject
