"""Names: numbers that say which one, not how many (article 3, catégorie 2, RN 12, L. 123-4, a film's title)."""

from pipelines.figures.mention import DIGITS, Mention, Sentence
from pipelines.figures.phrases import is_plural_noun
from pipelines.figures.ranges import is_year_written
from pipelines.figures.tokens import fold
from pipelines.figures.verbs import is_finite_verb
from pipelines.figures.vocabulary import exclusions, grammar, is_function_word

QUOTES = ("«", "»", '"', "“", "”")
"""Signs around a title or a name."""
_OF_AN_INDEX = frozenset(("brut", "net", "majore", "terminal"))  # l'indice brut 1015
_LEAST_OF_QUESTIONS = 1000
_MOST_LISTED = 12  # how far back "articles 3, 4, 5 et 6" is followed


def is_title(sentence: Sentence, mention: Mention) -> bool:
    """Le film « 120 battements par minute », l'opération « 1 000 arbres »: the name of a work or a scheme."""
    opens = mention.is_bare and sentence.word(mention.first - 1) in QUOTES
    crowd = mention.scale > 1 and sentence.key(mention.end) == "de" and sentence.word(mention.end + 2) in QUOTES
    if opens and crowd:  # l'association « 40 millions de promeneurs »
        return True
    return opens and sentence.fold(mention.first - 2) in exclusions().titled


def is_named(sentence: Sentence, mention: Mention) -> bool:
    """Article 3, catégorie 2, n° 12, L. 123-4, RN 12, Cap 2022, and the lists of these."""
    lettered = mention.unit in ("d", "m", "h") or len(sentence.words[mention.end - 1]) == 1  # l'article 67 F
    if mention.style != DIGITS or mention.scale > 1 or not (mention.is_bare or lettered):
        return False
    words, at = exclusions(), list_start(sentence, mention)
    before, listed = sentence.word(at), at < mention.first - 1
    numbered = before in ("°", "º")
    if listed and not (mention.is_bare and (numbered or before.isalpha())):
        return False
    if numbered or sentence.fold(at) in words.always_named or (before == "-" and sentence.word(at - 1) == "N"):
        return True  # l'année N - 2
    if before == "." and (_is_reference_letter(sentence.word(at - 1)) or sentence.fold(at - 1) in words.named):
        return mention.is_bare
    return mention.is_bare and _is_name_before(sentence, mention, at)


def is_number_of_a_question(sentence: Sentence, mention: Mention) -> bool:
    """Budget (dépenses de presse) 122005. - 15 novembre: the number that ends a heading in brackets."""
    ends = mention.is_bare and mention.value >= _LEAST_OF_QUESTIONS and sentence.word(mention.first - 1) == ")"
    return ends and sentence.word(mention.end) == "." and mention.end + 1 == sentence.size


def list_start(sentence: Sentence, mention: Mention) -> int:
    """The token before a number, or before the whole list it stands in: articles 3, 4 et 5."""
    nearest = mention.first - 2 if sentence.word(mention.first - 1) == "+" else mention.first - 1  # bac + 3
    at, numbers = nearest, 0
    if mention.scale > 1 or (is_plural_noun(sentence, mention.end) and _is_after_a_year(sentence, nearest)):
        return nearest
    while at > 0 and mention.first - at < _MOST_LISTED:
        is_number = sentence.values[at] is not None
        if not is_number and sentence.folds[at] not in exclusions().joiners:
            break
        numbers += is_number
        at -= 1
    return at if numbers else nearest


def _is_after_a_year(sentence: Sentence, comma: int) -> bool:
    """À l'horizon 2045, 90 ports: the comma ends the date, and joins no list."""
    return sentence.word(comma) == "," and is_year_written(sentence.word(comma - 1))


def _is_reference_letter(word: str) -> bool:
    """Capitals of a road, a line, a part of a code: A 75, RN 12, L. 123-4."""
    return word.isascii() and word.isupper() and fold(word) in exclusions().reference_letters


def _is_name_before(sentence: Sentence, mention: Mention, at: int) -> bool:
    before, folded = sentence.word(at), sentence.fold(at)
    plural_noun = is_plural_noun(sentence, mention.end)
    if is_naming(folded):
        return not plural_noun or at < mention.first - 1
    small = is_function_word(folded) or is_finite_verb(before) or folded in grammar().verbs
    between = sentence.is_word(at) and not small
    if is_naming(sentence.fold(at - 1)) and mention.is_bare and between:
        return not plural_noun and mention.value == int(mention.value)  # base aérienne 116
    if _is_reference_letter(before) or (folded in _OF_AN_INDEX and sentence.fold(at - 1) == "indice"):
        return not plural_noun
    if at < mention.first - 1 or not before[:1].isupper() or is_function_word(folded):
        return False
    return not plural_noun and (at > 0 or before.isupper())


def is_naming(folded: str) -> bool:
    """Whether numbers after that noun are its names: proposition 31, propositions 31 et 32."""
    named = exclusions().named
    return folded in named or folded.removesuffix("s") in named
