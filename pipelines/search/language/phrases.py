"""The phrases of the sentence that explains a query, in both languages; how they are put together is not here."""

from enum import StrEnum
from typing import Final


class Language(StrEnum):
    """The languages of the sentence."""

    FR = "fr"
    EN = "en"


MONTHS: Final[dict[Language, tuple[str, ...]]] = {
    Language.FR: tuple(
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()  # noqa: SIM905
    ),
    Language.EN: tuple(
        "January February March April May June July August September October November December".split()  # noqa: SIM905
    ),
}

VERBS: Final[dict[Language, dict[str, tuple[str, str]]]] = {
    Language.FR: {
        "contains": ("contient", "ne contient pas"),
        "equals": ("est", "n'est pas"),
        "ranges": ("va de", "ne va pas de"),
        "exists": ("existe", "n'existe pas"),
        "has_been": ("a été", "n'a jamais été"),
        "one": ("un même chiffre est", "aucun chiffre n'est"),
    },
    Language.EN: {
        "contains": ("contains", "does not contain"),
        "equals": ("is", "is not"),
        "ranges": ("is from", "is not from"),
        "exists": ("is known", "is not known"),
        "has_been": ("has been", "has never been"),
        "one": ("one figure is", "no figure is"),
    },
}
"""Each verb as it is said of what holds, and of what does not."""

PHRASES: Final[dict[Language, dict[str, str]]] = {
    Language.FR: {
        "sentence": "Les questions où {clause}.",
        "all": "Toutes les questions.",
        "nothing": "Aucune question : il n'y a rien à chercher.",
        "everything": "tout est permis",
        "impossible": "rien n'est permis",
        "and": " et ",
        "or": " ou ",
        "not": "il n'est pas vrai que ({clause})",
        "text": "le texte",
        "word": "{where} {contains} « {word} »{forms}",
        "form": " (sous la forme {forms})",
        "forms": " (sous les formes {forms})",
        "more": " et {number} autres",
        "one_more": " et 1 autre",
        "also": " ou {spellings}",
        "quoted": "{where} {contains} exactement « {word} »",
        "accents": "{where} {contains} exactement « {word} », accents compris",
        "near": "{where} {contains} {left} et {right} séparés de {between} au plus",
        "one_word": "1 mot",
        "words": "{number} mots",
        "beside": "{where} {contains} {left} et {right} côte à côte",
        "ordered": "{where} {contains} {left} suivi de {right}, {between} au plus entre les deux",
        "labels": "{where} {equals} {labels}",
        "no_label": "{where} {equals} « {word} » (inconnu)",
        "is": "{where} {equals} {value}",
        "had": "la question {has_been} : {value}",
        "between": "{where} {ranges} {low} à {high}",
        "from": "{where} {equals} au moins {low}",
        "until": "{where} {equals} au plus {high}",
        "dates": "{where} {equals} entre le {low} et le {high}",
        "since": "{where} {equals} le {low} ou après",
        "before": "{where} {equals} le {high} ou avant",
        "day": "{where} {equals} le {low}",
        "present": "{where} {exists}",
        "figure": "{one} : {value}",
        "in_unit": "en {unit}",
        "to": " à ",
        "thousands": "\N{NO-BREAK SPACE}",
        "decimals": ",",
        "subject": "sujet {subject}",
    },
    Language.EN: {
        "sentence": "Questions where {clause}.",
        "all": "All questions.",
        "nothing": "No question: there is nothing to search.",
        "everything": "anything goes",
        "impossible": "nothing goes",
        "and": " and ",
        "or": " or ",
        "not": "it is not true that ({clause})",
        "text": "the text",
        "word": "{where} {contains} “{word}”{forms}",
        "form": " (as {forms})",
        "forms": " (as {forms})",
        "more": " and {number} more",
        "one_more": " and 1 more",
        "also": " or {spellings}",
        "quoted": "{where} {contains} exactly “{word}”",
        "accents": "{where} {contains} exactly “{word}”, accents included",
        "near": "{where} {contains} {left} and {right} with at most {between} between them",
        "one_word": "1 word",
        "words": "{number} words",
        "beside": "{where} {contains} {left} and {right} side by side",
        "ordered": "{where} {contains} {left} followed by {right}, with at most {between} between them",
        "labels": "{where} {equals} {labels}",
        "no_label": "{where} {equals} “{word}” (unknown)",
        "is": "{where} {equals} {value}",
        "had": "the question {has_been}: {value}",
        "between": "{where} {ranges} {low} to {high}",
        "from": "{where} {equals} at least {low}",
        "until": "{where} {equals} at most {high}",
        "dates": "{where} {equals} between {low} and {high}",
        "since": "{where} {equals} {low} or later",
        "before": "{where} {equals} {high} or earlier",
        "day": "{where} {equals} {low}",
        "present": "{where} {exists}",
        "figure": "{one}: {value}",
        "in_unit": "in {unit}",
        "to": " to ",
        "thousands": ",",
        "decimals": ".",
        "subject": "about {subject}",
    },
}
