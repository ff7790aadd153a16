"""What the query language tells people when a query is odd: every sentence in one place, in English and in French."""

from schemas.search import QueryWarning

MESSAGES: dict[str, tuple[str, str]] = {
    "too_long": (
        "the query is longer than {limit} characters: the rest is ignored",
        "la requête dépasse {limit} caractères : la suite est ignorée",
    ),
    "too_many_terms": (
        "the query has more than {limit} terms: the rest is ignored",
        "la requête a plus de {limit} termes : la suite est ignorée",
    ),
    "too_many_wildcards": (
        "the query has more than {limit} wildcards: this one is read as a plain word",
        "la requête a plus de {limit} troncatures : celle-ci est lue comme un mot",
    ),
    "too_many_figures": (
        "the query has more than {limit} conditions on figures: the rest is ignored",
        "la requête a plus de {limit} conditions sur des chiffres : la suite est ignorée",
    ),
    "too_deep": (
        "parentheses are nested deeper than {limit}: the inner ones are ignored",
        "les parenthèses dépassent {limit} niveaux : les plus profondes sont ignorées",
    ),
    "unclosed_quote": (
        "the quotation mark is not closed: the quote ends with the query",
        "le guillemet n'est pas fermé : la citation va jusqu'au bout",
    ),
    "unclosed_parenthesis": (
        "the parenthesis is not closed: it ends with the query",
        "la parenthèse n'est pas fermée : elle va jusqu'au bout",
    ),
    "unopened_parenthesis": (
        "this parenthesis closes nothing and is ignored",
        "cette parenthèse ne ferme rien et est ignorée",
    ),
    "empty_parenthesis": ("there is nothing between the parentheses", "il n'y a rien entre les parenthèses"),
    "star_in_quotes": (
        "between quotation marks * stands for nothing: exactly these words are searched",
        "entre guillemets * ne remplace rien : ces mots exacts sont cherchés",
    ),
    "empty_quote": ("there is nothing between the quotation marks", "il n'y a rien entre les guillemets"),
    "stray_operator": (
        "{operator} stands between nothing and is ignored",
        "{operator} ne relie rien et est ignoré",
    ),
    "proximity_first": (
        "no word stands before {operator}: it is searched as a word itself",
        "aucun mot ne précède {operator} : il est lui-même cherché comme un mot",
    ),
    "bad_proximity": (
        "{operator} needs a word or quoted words on each side: both sides are searched without it",
        "{operator} demande un mot ou des guillemets de chaque côté : les deux côtés sont cherchés sans lui",
    ),
    "too_many_places": (
        "there are too many choices beside {operator}: both sides are searched without it",
        "il y a trop de choix autour de {operator} : les deux côtés sont cherchés sans lui",
    ),
    "too_many_near": (
        "the query asks more than {limit} times for words near each other: the rest is searched without that",
        "la requête demande plus de {limit} fois que des mots soient proches : la suite est cherchée sans cela",
    ),
    "near_alone": (
        "'{operator}' is searched as a word: {name}/5 means at most five words between",
        "« {operator} » est cherché comme un mot : {name}/5 veut dire cinq mots au plus entre les deux",
    ),
    "far": (
        "at most {limit} words may stand between these: {limit} is used",
        "il y a au plus {limit} mots entre les deux : {limit} est retenu",
    ),
    "final_mark": (
        "a question mark after a word ends a question: between letters it stands for one letter",
        "un point d'interrogation en fin de mot termine une question : entre des lettres il en remplace une",
    ),
    "proximity_pairs": (
        "nearness holds between two words: each word is looked for near the next",
        "la proximité vaut entre deux mots : chaque mot est cherché près du suivant",
    ),
    "unknown_field": (
        "no field is called '{name}': searched as words",
        "aucun champ ne s'appelle « {name} » : cherché comme des mots",
    ),
    "no_value": (
        "the field '{name}' has no value: searched as a word",
        "le champ « {name} » n'a pas de valeur : cherché comme un mot",
    ),
    "field_in_field": (
        "a field within another one counts alone: '{inner}' is not searched within '{name}'",
        "un champ dans un autre vaut seul : « {inner} » n'est pas cherché dans « {name} »",
    ),
    "bad_value": (
        "'{value}' is no value for the field '{name}' ({expected_en}): searched as words",
        "« {value} » n'est pas une valeur du champ « {name} » ({expected_fr}) : cherché comme des mots",
    ),
    "stray_comparison": (
        "'{value}' compares no field: searched as a word; two bounds are written '30..60'",
        "« {value} » ne compare aucun champ : cherché comme un mot ; deux bornes s'écrivent « 30..60 »",
    ),
    "unknown_label": (
        "no question has '{value}' as {name}",
        "aucune question n'a « {value} » dans le champ « {name} »",
    ),
    "subject_words": (
        "a figure's subject is one word: '{kept}' is used",
        "le sujet d'un chiffre est un seul mot : « {kept} » est retenu",
    ),
    "wildcard_cut": (
        "'{pattern}' stands for more than {limit} forms: the most frequent are searched",
        "« {pattern} » correspond à plus de {limit} formes : les plus fréquentes sont cherchées",
    ),
    "forms_cut": (
        "words near each other have too many forms together: of each place the {limit} most frequent are searched",
        "les mots proches ont trop de formes ensemble : à chaque place les {limit} plus fréquentes sont cherchées",
    ),
    "between_cut": (
        "frequent words side by side take long to compare with others: at most {limit} words may stand between",
        "des mots fréquents côte à côte sont longs à comparer à d'autres : il y a au plus {limit} mots entre eux",
    ),
    "wildcard_empty": ("no word looks like '{pattern}'", "aucun mot ne ressemble à « {pattern} »"),
    "no_such_word": ("no question has '{word}'", "aucune question ne contient « {word} »"),
    "form_not_there": (
        "'{form}' is not among the forms of '{word}'",
        "« {form} » n'est pas parmi les formes de « {word} »",
    ),
    "form_of_no_word": (
        "'{form}' is a form of no word of this query: nothing is changed",
        "« {form} » n'est une forme d'aucun mot de cette requête : rien n'est changé",
    ),
    "no_form_left": ("every form of '{word}' is dropped", "toutes les formes de « {word} » sont écartées"),
    "forms_of_parts": (
        "forms are dropped from a single word of the texts, not here",
        "on écarte les formes d'un seul mot des textes, pas ici",
    ),
    "nothing_to_search": (
        "there is no word to search in this query",
        "il n'y a aucun mot à chercher dans cette requête",
    ),
}
MEANT = frozenset({"unknown_field", "bad_value", "unknown_label", "no_such_word"})
"""Warnings whose suggestion is what was meant, and can take its place in the query."""
_ASKED = MEANT | {"form_not_there"}


def warning(code: str, at: tuple[int, int], suggestion: str | None = None, **values: str | int) -> QueryWarning:
    """The warning of that code at that place of the query."""
    english, french = (text.format(**values) for text in MESSAGES[code])
    if suggestion is not None and code in _ASKED:
        english += f"; did you mean '{suggestion}'?"
        french += f" ; vouliez-vous dire « {suggestion} » ?"
    return QueryWarning(code=code, message=english, message_fr=french, start=at[0], end=at[1], suggestion=suggestion)
