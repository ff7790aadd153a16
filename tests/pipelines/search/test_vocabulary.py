from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.search.analysis import french_words, plain_tokens
from pipelines.search.counts import Counts
from pipelines.search.vocabulary import Vocabulary, singular
from schemas.errors import SearchError
from schemas.search import ExpandedWord
from tests.pipelines.search.nasty_corpus import DOCUMENTS, document


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary.build(DOCUMENTS)


def forms(expanded: ExpandedWord) -> dict[str, int]:
    return {form.form: form.count for form in expanded.forms}


def test_counts_documents_not_occurrences(vocabulary: Vocabulary) -> None:
    assert vocabulary.documents == len(DOCUMENTS)
    assert vocabulary.count("maire") == 1  # twice in one question
    assert vocabulary.count("hopital") == 1
    assert vocabulary.count("xyzzy") == 0


@pytest.mark.parametrize("typed", ["hôpital", "hôpitaux", "hopital", "hopitaux", "hopîtal"])
def test_a_word_stands_for_all_its_forms(typed: str, vocabulary: Vocabulary) -> None:
    assert set(forms(vocabulary.forms_of(typed))) == {"hôpital", "hôpitaux", "hopital"}


def test_near_words_are_left_out_and_offered(vocabulary: Vocabulary) -> None:
    expanded = vocabulary.forms_of("retraite")
    assert set(forms(expanded)) == {"retraite", "retraites"}
    assert {"retraité", "retraités", "retrait", "retraits"} <= {form.form for form in expanded.left_out}
    assert "retraite" in {form.form for form in vocabulary.forms_of("retrait").left_out}


def test_forms_come_with_their_counts_most_frequent_first(vocabulary: Vocabulary) -> None:
    found = vocabulary.forms_of("hôpitaux").forms
    assert [form.count for form in found] == sorted((form.count for form in found), reverse=True)
    assert found[0].form == "hôpital"


def test_an_unknown_form_takes_what_it_folds_to(vocabulary: Vocabulary) -> None:
    assert "sécurité" in forms(vocabulary.forms_of("securite"))
    assert set(forms(vocabulary.forms_of("melenchon"))) == {"mélenchon", "melenchon"}


def test_a_word_typed_with_its_accents_is_not_the_one_without() -> None:
    walls = Vocabulary.build([document(1, "Vous êtes au pied du mur, côte à côte.")])
    assert forms(walls.forms_of("mûr")) == {}
    assert forms(walls.forms_of("étés")) == {}
    assert "côte" in forms(walls.forms_of("cote"))  # typed without accents


def test_a_word_typed_without_accents_finds_its_nouns_though_it_could_be_a_verb() -> None:
    texts = Vocabulary.build([document(1, "La réforme agrée aux éleveurs, dont les réformes tardent.")])
    assert set(forms(texts.forms_of("reforme"))) == {"réforme", "réformes"}  # reformer is in no text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("salaries", "salariés"), ("gravite", "gravité"), ("modele", "modèle"), ("etre", "être"), ("greve", "grève")],
)
def test_a_word_typed_without_accents_is_never_lost_to_a_rare_one(typed: str, meant: str) -> None:
    texts = Vocabulary.build([document(1, f"Il fut dit que {meant} il y a.")])
    assert forms(texts.forms_of(typed)) == {meant: 1}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("salariés", "salariés salaries salarié"),
        ("handicapes", "handicapés handicapes handicapées"),
        ("abonnes", "abonnés abonnes"),
        ("réforme", "réforme reforme réformes"),
        ("forêts", "forêt forets"),
        ("moitié", "moitie moitié"),
        ("commerçants", "commercants commerçant"),
        ("plongée", "plongee plongée"),
        ("artificialisé", "artificialisees artificialisée artificialiser"),
        ("diplomante", "diplômantes diplomante"),
        ("référendum", "referendum référendums"),
    ],
)
def test_old_titles_have_no_accents(typed: str, found: str) -> None:
    texts = Vocabulary.build([document(1, f"{found.upper()}, {found}")])
    assert {form.form for form in texts.forms_of(typed).forms} >= {*found.split()}


@pytest.mark.parametrize(
    ("typed", "alone"),
    [
        ("pass", "pas passes"),
        ("allers", "aller va vont"),
        ("dires", "dire dit disent"),
        ("ouvrir", "ouvrés ouvrées"),
        ("luire", "lui"),
        ("manger", "manga mangas"),
        ("vécu", "vivres"),
        ("maçon", "Mâcon"),
        ("homme", "homes"),
        ("verger", "verge"),
        ("cité", "CITES"),
    ],
)
def test_what_only_looks_like_another_word_is_none_of_its_forms(typed: str, alone: str) -> None:
    texts = Vocabulary.build([document(1, f"{typed} {alone}")])
    assert set(forms(texts.forms_of(typed))) == {typed}


@pytest.mark.parametrize(("bare", "right"), [("preciser", "préciser"), ("regler", "régler"), ("etudier", "étudier")])
def test_an_infinitive_typed_without_accents_stands_for_the_same(bare: str, right: str) -> None:
    texts = Vocabulary.build([document(1, "La règle est précise, réglée, étudiée, étudiant et précisé.")])
    assert forms(texts.forms_of(bare)) == forms(texts.forms_of(right)) != {}


def test_accents_that_make_another_word_are_kept() -> None:
    texts = Vocabulary.build([document(1, "Mais le mais des champs, un hopital et M. Berge.")])
    assert forms(texts.forms_of("maïs")) == {}
    assert forms(texts.forms_of("bergé")) == {}
    assert set(forms(texts.forms_of("hôpital"))) == {"hopital"}


def test_a_new_verb_is_told_by_its_infinitive_in_the_texts() -> None:
    texts = Vocabulary.build([document(1, "On veut grumeler, on grumela ; M. Sarlier, Mme Sarlié et le grumelait.")])
    assert set(forms(texts.forms_of("grumelait"))) == {"grumeler", "grumela", "grumelait"}
    assert set(forms(texts.forms_of("sarlié"))) == {"sarlié"}  # two names are no verb


@pytest.mark.parametrize("typed", ["dé", "sus", "ris"])
def test_a_word_that_is_only_like_small_ones_stands_for_itself(typed: str) -> None:
    texts = Vocabulary.build([document(1, f"Le {typed} des uns, dès que le mur est là.")])
    assert forms(texts.forms_of(typed)) == {typed: 1}


def test_small_words_are_no_forms_of_others() -> None:
    small = Vocabulary.build([document(1, "L'été est là, les étés sont secs, il fut un être.")])
    assert "est" not in forms(small.forms_of("été"))
    assert "est" in forms(small.forms_of("est"))


@pytest.mark.parametrize(
    ("typed", "forms", "others"),
    [
        ("posté", "posté postée postés postait", "poste postes"),
        ("livré", "livrée livrés livrait", "livre livres"),
        ("conseillé", "conseillée", "conseiller conseillère"),
        ("fermé", "fermée fermait", "ferme fermes"),
        ("visé", "visés visait", "visa visas"),
        ("pris", "prise prises prend", "prisons"),
        ("fermer", "ferme fermé fermait", "fermeture"),
        ("porter", "porte portes porté", "port"),
        ("œuvrer", "œuvre œuvrant oeuvré", "œuf"),
        ("œuvrant", "œuvrent oeuvré", "œuvre"),
        ("estime", "estimer estimé estiment", "estimation"),
        ("demeurent", "demeure demeurer demeurée", "démesure"),
        ("remonte", "remonter remontent", "remontée"),
        ("rouvre", "rouvrir rouvert", "ouvrir"),
        ("naïve", "naïf naïfs", "natif"),
        ("méditerranéenne", "méditerranéen méditerranéens", "terre"),
        ("pompière", "pompier pompiers", "pompe"),
        ("hubs", "hub", "huppe"),
    ],
)
def test_only_the_infinitive_stands_for_forms_that_are_other_words(typed: str, forms: str, others: str) -> None:
    texts = Vocabulary.build([document(1, f"{typed} {forms} {others}")])
    assert {form.form for form in texts.forms_of(typed).forms} == {typed, *forms.split()}


def test_wildcards(vocabulary: Vocabulary) -> None:
    assert vocabulary.wildcard("hôpita*", cap=9) == (("hopital", "hôpital", "hôpitaux"), False)
    assert vocabulary.wildcard("*préfectures", cap=9)[0] == ("préfectures",)
    assert vocabulary.wildcard("h?pital", cap=9)[0] == ("hopital", "hôpital")
    assert vocabulary.wildcard("retrait?", cap=9)[0] == ("retraite", "retraits", "retraité")
    assert vocabulary.wildcard("zzz*", cap=9) == ((), False)
    kept, cut = vocabulary.wildcard("*", cap=3)
    assert cut
    assert set(kept) == set(sorted(vocabulary._table.forms, key=lambda form: (-vocabulary.count(form), form))[:3])


def test_a_hostile_wildcard_is_quick() -> None:
    long = Vocabulary.build([document(1, "a" * 5_000 + " " + "ab" * 2_000)])
    assert long.wildcard("*a*a*a*a*a*a*a*a*c", cap=9) == ((), False)
    assert len(long.wildcard("*a*b*a*b*b", cap=9)[0]) == 1


def test_values_of_fields(vocabulary: Vocabulary) -> None:
    assert vocabulary.labels("group")["La France insoumise"] == 2


@pytest.mark.parametrize(
    ("plural", "one"),
    [
        ("animaux", "animal"),
        ("bureaux", "bureau"),
        ("armees", "armee"),
        ("milieux", "milieu"),
        ("bois", "bois"),
        ("prix", "prix"),
    ],
)
def test_a_label_answers_to_its_singular(plural: str, one: str) -> None:
    assert singular(plural) == singular(one)


def test_spelling(vocabulary: Vocabulary) -> None:
    assert vocabulary.suggestion("hopitla") in ("hôpital", "hopital")
    assert vocabulary.suggestion("fermture") == "fermeture"
    assert vocabulary.suggestion("agriculltrue") == "agriculture"
    assert vocabulary.suggestion("zzzzzzz") is None
    assert vocabulary.suggestion("zz") is None


def test_is_the_same_after_a_file(vocabulary: Vocabulary, tmp_path: Path) -> None:
    path = tmp_path / "deep" / "v1.vocabulary"
    vocabulary.save(path)
    loaded = Vocabulary.load(path)
    assert loaded.__dict__.keys() <= vocabulary.__dict__.keys()
    for word in ("hôpital", "retraites", "securite"):
        assert loaded.forms_of(word) == vocabulary.forms_of(word)
    assert loaded.labels("author") == vocabulary.labels("author")
    assert [each.name for each in path.parent.iterdir()] == ["v1.vocabulary"]


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"format": 99}', b'{"format": 1}', b'{"format": [3, "other rules"]}']
)
def test_a_damaged_file_is_said_plainly(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "v.vocabulary"
    path.write_bytes(content)
    with pytest.raises(SearchError, match="rebuild"):
        Vocabulary.load(path)


def test_an_update_equals_a_fresh_build(tmp_path: Path) -> None:
    portfolios = ("santé", "eau", "ville")
    held = [each.model_copy(update={"portfolios": portfolios[: each.number % 4]}) for each in DOCUMENTS]
    gone, changed, kept = held[:20], held[20:40], held[40:]
    news = {"author": "A B", "portfolios": ("ville", "mer")}
    after = [each.model_copy(update=news | {"question": f"Nouveau texte {each.number} oeuvrer"}) for each in changed]
    new = [document(900, "Tout neuf : les hôpitaux et les égouts")]
    updated = Vocabulary.build(held).updated([*gone, *changed], [*after, *new])
    fresh = Vocabulary.build([*after, *kept, *new])
    updated.save(tmp_path / "updated")
    fresh.save(tmp_path / "fresh")
    assert (tmp_path / "updated").read_bytes() == (tmp_path / "fresh").read_bytes()


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_the_quick_tokens_are_the_plain_ones(text: str) -> None:
    quick = french_words(text)
    assert quick is None or [token.decode("cp1252") for token in quick.split()] == plain_tokens(text)


@given(
    st.lists(st.text("aàb ’œ_1", max_size=12) | st.text(max_size=4), max_size=30), st.integers(1, 9), st.integers(1, 4)
)
def test_counting_many_documents_together_counts_each_form_once_a_document(
    texts: list[str], batch: int, together: int
) -> None:
    counts = Counts()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipelines.search.counts._BATCH", batch)
        patch.setattr("pipelines.search.counts._TOGETHER", together)
        for number, text in enumerate(texts):
            counts.add(document(number, text, title=None))
    expected = Counter(form for text in texts for form in set(plain_tokens(text)))
    assert counts.forms == expected


def test_every_letter_of_a_byte_is_read_as_elsewhere() -> None:
    letters = [chr(code) for code in range(0x2123) if french_words(chr(code)) is not None]
    assert {"é", "Œ", "ÿ", "²", "’", "€", "_"} <= set(letters)
    for letter in letters:
        text = f"a{letter}b {letter}"
        assert [token.decode("cp1252") for token in (french_words(text) or b"").split()] == plain_tokens(text)
