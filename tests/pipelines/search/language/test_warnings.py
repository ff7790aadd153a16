"""What is odd in a query is said, where, and with what may be meant."""

import pytest

from pipelines.search.language.choosing import FormChoice
from pipelines.search.language.understand import Reading, understand
from pipelines.search.vocabulary import Vocabulary
from tests.pipelines.search.nasty_corpus import DOCUMENTS, TODAY, document

VOCABULARY = Vocabulary.build(DOCUMENTS)


def read(query: str) -> Reading:
    return understand(query, VOCABULARY, today=TODAY)


@pytest.mark.parametrize(
    ("query", "said", "place", "suggestion"),
    [
        ("eau ministre:santé", "no field is called 'ministre'", (4, 13), "ministère"),
        ("eau auteurs:X", "no field is called 'auteurs'", (4, 12), "auteur"),
        ('eau "droit', "quotation mark is not closed", (4, 10), '"'),
        ("eau (droit", "parenthesis is not closed", (4, 10), ")"),
        ("eau) droit", "closes nothing", (3, 4), None),
        ("eau ()", "nothing between the parentheses", (4, 5), None),
        ('eau ""', "nothing between the quotation marks", (4, 6), None),
        ("eau OU", "OU stands between nothing", (4, 6), None),
        ("ET eau", "ET stands between nothing", (0, 2), None),
        ("eau SAUF", "SAUF stands between nothing", (4, 8), None),
        ("eau PROCHE/3", "PROCHE/3 needs a word", (4, 12), None),
        ("proche/3 eau", "no word stands before proche/3: it is searched as a word", (0, 8), None),
        ("eau PROCHE/3 (deux mots)", "PROCHE/3 needs a word", (4, 12), None),
        ('eau PROCHE/30 "deux mots"', "at most 10 words", (4, 13), None),
        ("eau PROCHE/500 air", "at most 100 words", (4, 14), None),
        ('"un deux trois"~4', "nearness holds between two words", (0, 17), None),
        ("eau PROCHE/123456 air", "at most 100 words", (4, 17), None),
        ("eau PROCHE air", "'PROCHE' is searched as a word: PROCHE/5", (4, 10), "PROCHE/5"),
        ("eau NEAR/-1 air", "'NEAR/-1' is searched as a word: NEAR/5", (4, 11), "NEAR/5"),
        ('"éco*"', "* stands for nothing", (0, 6), None),
        ("prix:eau", "no field is called 'prix'", (0, 5), None),
        ("eau titre:", "'titre' has no value", (4, 10), None),
        ("statut:répndue", "no value for the field 'statut'", (0, 14), "répondue"),
        ("publiée:2018-13", "no value for the field 'publiée'", (0, 15), None),
        ("délai:long", "no value for the field 'délai'", (0, 10), None),
        ("unité:parsec", "no value for the field 'unité'", (0, 12), None),
        ("auteur:Coquerelle", "no question has 'coquerelle' as auteur", (7, 17), "Éric Coquerel"),
        ("fermetur", "no question has 'fermetur'", (0, 8), "fermeture"),
        ("zzz*", "no word looks like 'zzz*'", (0, 4), None),
        ("!!!", "no word to search", (0, 3), None),
        ("loi? eau", "a question mark after a word", (0, 4), None),
        ("sujet:(lits fermés)", "one word: 'lits'", (0, 19), None),
        ('"eau"{-eaux}', "forms are dropped from a single word", (5, 12), None),
        ("(eau OU air){-eaux}", "forms are dropped from a single word", (12, 19), None),
        ("hôp*{-hopital}", "forms are dropped from a single word", (0, 14), None),
        ("délai:>30 <60", "'<60' compares no field", (10, 13), None),
        ("chiffre:(>10 % <20 %)", "no value for the field 'chiffre'", (0, 21), None),
    ],
)
def test_says_what_is_odd(query: str, said: str, place: tuple[int, int], suggestion: str | None) -> None:
    found = [each for each in read(query).warnings if said in each.message]
    assert len(found) == 1, read(query).warnings
    assert (found[0].start, found[0].end) == place
    assert found[0].suggestion == suggestion


@pytest.mark.parametrize(
    "query",
    [
        "eau",
        "(eau -)",
        "eau PROCHE/100 air",
        'eau PROCHE/10 "deux mots"',
        "eau OU air",
        'titre:"x"',
        "publiée:2018",
        "le la",
        "",
        "eau ?",
        "et ou non",
        "C++",
        "retard:>=999999999",
        "retard:<=-999999999",
    ],
)
def test_a_plain_query_is_not_odd(query: str) -> None:
    assert [each.message for each in read(query).warnings if "no question has" not in each.message] == []


def test_limits_are_said_and_held() -> None:
    assert "longer than 1000" in read("a" * 1001).warnings[0].message
    many = read(" ".join(f"mot{number}" for number in range(70)))
    assert "more than 64 terms" in " ".join(each.message for each in many.warnings)
    assert many.understood.normalised.split()[-1] == "mot63"
    stars = read(" ".join(f"mot{number}*" for number in range(10)))
    assert stars.understood.normalised.count("*") == 8
    assert [each.message for each in stars.warnings if "more than 8 wildcards" in each.message]
    figures = read("chiffre:(1 OU 2) chiffre:>5 chiffre:(6 OU 7 OU 8)")
    assert figures.understood.normalised.count("chiffre:") == 4
    assert len([each for each in figures.warnings if "more than 4 conditions on figures" in each.message]) == 1
    near = read(" ".join(f"a PROCHE/5 b{number}" for number in range(31)) + ' "un deux trois"~4 "un trois"~4')
    assert near.understood.normalised.count("PROCHE/") == 31
    assert near.understood.normalised.endswith('"un deux trois" "un trois"')
    assert len([each for each in near.warnings if "more than 32 times" in each.message]) == 1


def test_each_alternative_of_a_value_is_a_term() -> None:
    days = read(f"délai:({'|'.join(str(number) for number in range(1, 200, 2))}) eau")
    assert days.understood.normalised.count("délai:") == 64
    assert [each.message for each in days.warnings if "more than 64 terms" in each.message]
    assert "eau" not in days.understood.normalised
    deep = read("(" * 25 + "eau" + ")" * 25)
    assert deep.understood.normalised == "eau"
    assert [each.message for each in deep.warnings if "deeper than 20" in each.message]


def test_a_wildcard_with_too_many_forms_is_cut_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.search.language.resolve.MAX_FORMS", 2)
    assert [each.message for each in read("*e").warnings] == [
        "'*e' stands for more than 2 forms: the most frequent are searched"
    ]


def test_the_sentence_says_it_in_both_languages() -> None:
    understood = read('hôpital -titre:eau auteur:coquerel publiée:2018-10-01.. délai:>60 "droit à l\'eau"').understood
    assert understood.fr == (
        "Les questions où le texte contient « hôpital » (sous les formes hôpital, hôpitaux, hopital)"
        " et le titre ne contient pas « eau » et l'auteur est « Éric Coquerel »"
        " et la date de publication est le 1er octobre 2018 ou après et le délai de réponse en jours est au moins 61"
        " et le texte contient exactement « droit à l'eau »."
    )
    assert understood.en == (
        "Questions where the text contains “hôpital” (as hôpital, hôpitaux, hopital)"
        " and the title does not contain “eau” and the author is “Éric Coquerel”"
        " and the date of publication is 1 October 2018 or later and the delay in days is at least 61"
        " and the text contains exactly “droit à l'eau”."
    )


def test_one_is_no_plural() -> None:
    near = read("loup PROCHE/1 ours").understood
    assert "séparés de 1 mot au plus" in near.fr
    assert "with at most 1 word between them" in near.en
    assert "séparés de 2 mots au plus" in read("loup PROCHE/2 ours").understood.fr
    seven = Vocabulary.build([document(1, "fermer ferme fermes fermé fermée fermés fermées")])
    assert "et 1 autre)." in understand("fermer", seven, today=TODAY).understood.fr


def test_the_reader_sees_the_forms_and_what_was_left_out() -> None:
    (word,) = read("retraite").understood.words
    assert word.word == "retraite"
    assert {form.form for form in word.forms} == {"retraite", "retraites"}
    assert "retraité" in {form.form for form in word.left_out}
    assert "« agence nationale des titres sécurisés »" in read("ANTS").understood.fr
    assert {word.word for word in read("préfectures-hôpitaux").understood.words} == {"préfectures", "hôpitaux"}


@pytest.mark.parametrize(
    ("query", "normal"),
    [
        ("author:X status:pending", "auteur:x statut:en-cours"),
        ("l'eau ET de la mer", "eau mer"),
        ("eau OU air SAUF feu", "eau OU (air SAUF feu)"),
        ("((eau))", "eau"),
        ("eau eau", "eau"),
        ("NOT NOT eau", "eau"),
        ("titre:(eau OU air)", "titre:eau OU titre:air"),
        ("publiée:>=-6mois", "publiée:>=2019-12-15"),
        ("chiffre:>=1e9 unité:euros", "chiffre:(>=1000000000 EUR)"),
        ("chiffre:(entre 5 et 10 %)", "chiffre:(5..10 %)"),
        ("chiffre:(> 1,5 Md€)", "chiffre:(>1500000000 EUR)"),
        ("overdue:yes", "retard:>=1"),
        ("15-12526", "législature:15 n°:12526"),
        ("titre:18 question:000", "titre:18 question:000"),
        ("eau -ministre:santé", "eau SAUF (ministre santé)"),
        ("eau -ministre:(santé OU soins)", "eau SAUF (ministre (santé OU soins))"),
        ("hôpital{-hopital}", "hôpital{-hopital}"),
        ("HÔPITAL{ hopital, -hôpitaux }", "hôpital{-hopital,-hôpitaux}"),
        ("titre:retraite{+retraité}", "titre:retraite{+retraité}"),
        ("retraite{-retraites} PROCHE/3 loi", "retraite{-retraites} PROCHE/3 loi"),
        ("retrate~", "retrate~"),
        ("auteur:Coquerell~", "auteur:coquerell~"),
        ("tableau:oui", "tableaux:>=1"),
        ("table:no", "tableaux:0"),
        ("chiffre:*", "chiffres:>=1"),
        ("chiffre:aucun", "chiffres:0"),
        ("portfolio:santé", "portefeuille:santé"),
        ("titre : santé", "titre:santé"),
        ("eau titre :(santé OU soins)", "eau (titre:santé OU titre:soins)"),
        ("eau : santé", "eau santé"),
        ("statut:en cours eau", "statut:en-cours eau"),
        ("statut : en cours", "statut:en-cours"),
        ("eau proche/3 air", "eau PROCHE/3 air"),
        ("eau ET proche/3", "eau proche-3"),
        ("publiée:2019..2018", "publiée:2018-01-01..2019-12-31"),
        ("délai:60..30", "délai:30..60"),
        ("renouvellements:aucun", "renouvellements:0"),
        ("renewals:*", "renouvellements:>=1"),
        # what is no value is searched as typed
        ("il est répondu : « Mais l'histoire »", "répondu mais histoire"),
        ("l'hôpital, état : bon", "hôpital état bon"),
        ("published:soon", "published soon"),
        ('délai:"', "délai"),
    ],
)
def test_normal_form(query: str, normal: str) -> None:
    assert read(query).understood.normalised == normal


@pytest.mark.parametrize(
    ("query", "french"),
    [
        (
            "ministre:santé",
            "aucun champ ne s'appelle « ministre » : cherché comme des mots ; vouliez-vous dire « ministère » ?",
        ),
        ("fermetur", "aucune question ne contient « fermetur » ; vouliez-vous dire « fermeture » ?"),
        ("eau ()", "il n'y a rien entre les parenthèses"),
        ("eau ET AVANT/2", "aucun mot ne précède AVANT/2 : il est lui-même cherché comme un mot"),
    ],
)
def test_says_it_in_french_too(query: str, french: str) -> None:
    assert french in [each.message_fr for each in read(query).warnings]


@pytest.mark.parametrize(
    ("query", "french", "english"),
    [
        ("chiffre:(5..10 ans)", "un même chiffre est : 5 à 10 ans", "one figure is: 5 to 10 years"),
        ("chiffre:1000..20000", "1000 à 20\N{NO-BREAK SPACE}000", "1000 to 20,000"),
        ("chiffre:(>=50 % lits)", "≥ 50 %, sujet « lits »", "≥ 50 %, about “lits”"),
        (
            "chiffre:(>=1 milliard €)",
            "≥ 1\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}000 euros",
            "≥ 1,000,000,000 euros",
        ),
        ("unité:jours", "un même chiffre est : en jours", "one figure is: in days"),
        ("SAUF chiffre:argent", "aucun chiffre n'est : montant", "no figure is: amount of money"),
        ("TVA", "ou « taxe sur la valeur ajoutée »", "or “taxe sur la valeur ajoutée”"),
    ],
)
def test_units_and_acronyms_are_said_as_people_write_them(query: str, french: str, english: str) -> None:
    understood = read(query).understood
    assert french in understood.fr
    assert english in understood.en


def test_a_form_can_be_dropped_and_taken_back() -> None:
    (word,) = read("hôpital{-hopital}").understood.words
    assert {form.form for form in word.forms} == {"hôpital", "hôpitaux"}
    assert "hopital" in {form.form for form in word.left_out}
    (wider,) = read("retraite{+retraité}").understood.words
    assert {form.form for form in wider.forms} == {"retraite", "retraites", "retraité"}
    assert "retraité" not in {form.form for form in wider.left_out}


def test_a_form_that_is_taken_in_is_no_longer_dropped() -> None:
    choice = FormChoice.of((), ["retraité"])
    reading = understand("retraite{-retraité}", VOCABULARY, today=TODAY, forms=choice)
    assert reading.understood.normalised == "retraite{+retraité}"


def test_forms_are_dropped_from_every_word_that_has_them() -> None:
    reading = understand(
        "(hôpital OU titre:hôpitaux) retraite auteur:hopital",
        VOCABULARY,
        today=TODAY,
        forms=FormChoice.of(["Hopital"], ["retraité"]),
    )
    assert reading.understood.normalised == (
        "(hôpital{-hopital} OU titre:hôpitaux{-hopital}) retraite{+retraité} auteur:hopital"
    )
    assert understand(reading.understood.normalised, VOCABULARY, today=TODAY).engine == reading.engine


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("hôpital{-eau}", "'eau' is not among the forms of 'hôpital'"),
        ("vœu{-vœu,-voeux,-vœux}", "every form of 'vœu' is dropped"),
        ("garde-à-vue{-vue}", "forms are dropped from a single word"),
    ],
)
def test_a_choice_of_forms_that_changes_nothing_is_said(query: str, said: str) -> None:
    assert any(said in each.message for each in read(query).warnings)


def test_a_form_chosen_for_no_word_is_said() -> None:
    chosen = FormChoice.of(["hopital", "loups"], ["hospices"])
    told = understand("hôpital eau", VOCABULARY, today=TODAY, forms=chosen).warnings
    assert [each.message for each in told] == [
        "'hospices' is a form of no word of this query: nothing is changed",
        "'loups' is a form of no word of this query: nothing is changed",
    ]


def test_a_form_typed_without_its_accents_is_not_guessed_but_proposed() -> None:
    (told,) = read("hôpital{-hopitaux}").warnings
    assert (
        told.message_fr == "« hopitaux » n'est pas parmi les formes de « hôpital » ; vouliez-vous dire « hôpitaux » ?"
    )
    assert {form.form for form in read("hôpital{-hopitaux}").understood.words[0].forms} >= {"hôpital", "hôpitaux"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("statut:toto", "(en-cours, répondue, retirée"),
        ("publiée:2018-13", "(un jour : 2018, 2018-10, 02/10/2018"),
        ("délai:long", "(des jours : >365, 30..60"),
        ("législature:toto", "(une législature : 15, XVe"),
        ("n°:toto", "(un nombre : 12, 10..20"),
        ("unité:parsec", "(une unité : euro"),
    ],
)
def test_a_value_that_is_none_is_told_what_was_expected(query: str, expected: str) -> None:
    assert expected in read(query).warnings[0].message_fr


def test_one_form_is_one_form() -> None:
    assert "(sous la forme longs)" in read("long").understood.fr


def test_a_quote_is_told_with_its_apostrophes() -> None:
    understood = read("“Droit à l’EAU”").understood
    assert understood.normalised == '"droit à l\'eau"'
    assert read('"l\'eau potable"~3').understood.normalised == '"l" PROCHE/3 "eau" "eau" PROCHE/3 "potable"'


def test_what_does_not_hold_is_said_plainly() -> None:
    understood = read("-statut:retirée -publiée:2018 -(hôpital eau) -titre:* eau PROCHE/0 potable").understood
    assert understood.fr == (
        "Les questions où le statut n'est pas retirée et la date de publication n'est pas entre le 1er janvier 2018 et"
        " le 31 décembre 2018 et il n'est pas vrai que (le texte contient « hôpital » (sous les formes hôpital,"
        " hôpitaux, hopital) et le texte contient « eau ») et le titre n'existe pas"
        " et le texte contient « eau » et « potable » côte à côte."
    )


def test_a_fuzzy_word_finds_what_is_one_letter_away() -> None:
    (word,) = read("hopitl~").understood.words
    assert {form.form for form in word.forms} == {"hôpital", "hopital"}


def test_choosing_forms_where_there_are_none_to_choose_leaves_the_query_as_it_is() -> None:
    assert read('"hôpital"{-hopital}').engine == read('"hôpital"').engine


def test_alternatives_of_a_figure_are_of_a_figure_each() -> None:
    assert read("chiffre:(>10,5 % OU <2 %)").understood.fr == (
        "Les questions où un même chiffre est : > 10,5 % ou un même chiffre est : < 2 %."
    )


def test_the_sentence_counts_every_form_of_a_pattern() -> None:
    many = Vocabulary.build(
        [document(1, " ".join(f"kilo{letter}{other}" for letter in "abcdefghij" for other in "klmnopq"))]
    )
    asked = understand("kilo*", many, today=TODAY)
    assert (len(asked.understood.words[0].forms), asked.understood.words[0].more) == (50, 20)
    assert " et 64 autres" in asked.understood.fr


def test_a_query_that_is_too_long_ends_with_a_whole_word() -> None:
    found = read('"oh ' + "droit à l'eau " * 80 + '"')
    assert found.understood.normalised.endswith("droit à l'eau\"")
    assert any("1000" in each.message or "1,000" in each.message for each in found.warnings)
    assert read("a" * 2000).understood.normalised == "a" * 1000


@pytest.mark.parametrize(
    ("query", "normal", "place"),
    [
        ("réponse:(chiffre:>5 %)", "chiffre:(>5 %)", (9, 21)),
        ("titre:question:mot", "question:mot", (6, 15)),
        ("titre:(loup OU ministère:santé)", "titre:loup OU ministère:santé", (15, 25)),
    ],
)
def test_a_field_within_another_is_told_to_count_alone(query: str, normal: str, place: tuple[int, int]) -> None:
    reading = read(query)
    assert reading.understood.normalised == normal
    assert [(each.start, each.end) for each in reading.warnings if each.code == "field_in_field"] == [place]


@pytest.mark.parametrize("query", ["titre:titre:loup", "publiée:(2018 OU 2019)", "titre:loup ministère:santé"])
def test_a_field_beside_another_is_no_field_within_it(query: str) -> None:
    assert "field_in_field" not in {each.code for each in read(query).warnings}
