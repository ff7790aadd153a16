"""Names: numbers that say which one, not how many (article 3, catégorie 2, RN 12, L. 123-4, a film's title)."""

import re
from functools import cache

from pipelines.figures.mention import Mention, Sentence
from pipelines.figures.phrases import is_plural_noun
from pipelines.figures.ranges import is_year_written
from pipelines.figures.tokens import fold
from pipelines.figures.verbs import is_finite_verb
from pipelines.figures.vocabulary import exclusions, function_words, grammar, is_function_word

QUOTES = ("«", "»", '"', "“", "”")
"""Signs around a title or a name."""
_OF_AN_INDEX = frozenset(("brut", "net", "majore", "terminal"))  # l'indice brut 1015
_HEADING_ENDS = frozenset((")", "]", ".", ":"))
_DATED = re.compile(r"\.?\s*[-–−—]\s*\d{1,2}(?:er)?\s+[^\W\d]+\.?\s+(?:19|20)\d\d(?!\d)")
_RELATIVE = frozenset("NnJjTMS")  # l'année N - 2, J + 15
_RELATIVE_SIGNS = frozenset("+-–−")
_MOST_ITEMS = 30
_BEFORE_ITEMS = ("", ":", ";", ".")
_AFTER_ITEMS = (")", ".", "-", "–", "/")
_MOST_LISTED = 12  # how far back "articles 3, 4, 5 et 6" is followed


def is_title(sentence: Sentence, mention: Mention) -> bool:
    """Le film « 120 battements par minute », l'opération « 1 000 arbres »: the name of a work or a scheme."""
    opens = mention.is_bare and sentence.words[mention.first - 1] in QUOTES
    crowd = mention.scale > 1 and sentence.keys[mention.end] == "de" and sentence.words[mention.end + 2] in QUOTES
    if opens and crowd:  # l'association « 40 millions de promeneurs »
        return True
    return opens and sentence.folds[mention.first - 2] in exclusions().titled


def is_named(sentence: Sentence, mention: Mention) -> bool:
    """Article 3, catégorie 2, n° 12, L. 123-4, RN 12, Cap 2022, and the lists of these."""
    lettered = mention.unit in ("d", "m", "h") or len(sentence.words[mention.end - 1]) == 1  # l'article 67 F
    if mention.scale > 1 or not (mention.is_bare or lettered) or _is_after_a_plain_word(sentence, mention.first):
        return False
    if _ends_a_reference(sentence, mention.first - 1):
        return True
    words, at = exclusions(), list_start(sentence, mention)
    before, listed = sentence.words[at], at < mention.first - 1
    numbered = before in ("°", "º")
    of_articles = lettered and sentence.folds[at] in words.always_named  # les articles 12 F et 13 F
    if listed and not (of_articles or (mention.is_bare and (numbered or before.isalpha()))):
        return False
    if numbered or sentence.folds[at] in words.always_named or _is_relative(sentence, mention.first):
        return True
    if before == ":" and sentence.folds[at - 1] in words.always_named:  # page : 2634
        return True
    if before == "." and (_is_reference_letter(sentence.words[at - 1]) or sentence.folds[at - 1] in words.named):
        return mention.is_bare or sentence.folds[at - 1] == "art"
    return mention.is_bare and _is_name_before(sentence, mention, at)


def _is_after_a_plain_word(sentence: Sentence, first: int) -> bool:
    """Whether a small word that never names stands before the number: de 3, les 300, par 12; most do."""
    return first > 0 and sentence.folds[first - 1] in _plain_words() and sentence.words[first - 1].islower()


@cache
def _plain_words() -> frozenset[str]:
    words = exclusions()
    naming = words.joiners | words.named | words.always_named | {f"{name}s" for name in words.named}
    return function_words() - naming - _OF_AN_INDEX


def _ends_a_reference(sentence: Sentence, hyphen: int) -> bool:
    """R. 134- 48: the hyphen touches the number before, which a reference letter leads."""
    joins = sentence.words[hyphen] == "-" and sentence.words[hyphen - 2] == "." and sentence.touches(hyphen - 1)
    return joins and sentence.values[hyphen - 1] is not None and _is_reference_letter(sentence.words[hyphen - 3])


def is_item(sentence: Sentence, mention: Mention) -> bool:
    """Les mesures sont : 1) la mer ; 2) le port: the number of an item, also 1., (1), 1 - and 1/."""
    if mention.scale > 1 or not 0 < mention.value <= _MOST_ITEMS:
        return False
    before, mark = sentence.words[mention.first - 1], sentence.words[mention.end]
    if mention.first == 0 and mark == "." and sentence.size == mention.end + 1:
        return True  # a sentence of its own: 1. La mer.
    if before == "(" and mark == ")":
        before = sentence.words[mention.first - 2]
    opens = before in _BEFORE_ITEMS and mark in _AFTER_ITEMS and sentence.is_word(mention.end + 1)
    return opens and (mark not in ("-", "–") or not sentence.touches(mention.end))


def is_number_of_a_question(sentence: Sentence, mention: Mention) -> bool:
    """122005. - 15 novembre 2011. - M. X: the number that opens a heading, or ends one in brackets, before its date."""
    heading = mention.first == 0 or sentence.words[mention.first - 1] in _HEADING_ENDS
    if not heading or not mention.is_bare:
        return False
    return _DATED.match(sentence.text, sentence.end_of(mention.end - 1)) is not None


def _is_relative(sentence: Sentence, first: int) -> bool:
    """L'année N - 2, l'exercice n + 1, à J+15: so many before or after a year or a day that is not told."""
    signed = sentence.words[first - 1] in _RELATIVE_SIGNS and sentence.words[first - 2] in _RELATIVE
    return signed and sentence.words[first - 3] != "."  # M. N - 2


def list_start(sentence: Sentence, mention: Mention) -> int:
    """The token before a number, or before the whole list it stands in: articles 3, 4 et 5."""
    nearest = mention.first - 2 if sentence.words[mention.first - 1] == "+" else mention.first - 1  # bac + 3
    at, numbers = nearest, 0
    if mention.scale > 1 or (is_plural_noun(sentence, mention.end) and _is_after_one_name(sentence, nearest)):
        return nearest
    while at > 0 and mention.first - at < _MOST_LISTED:
        is_number = sentence.values[at] is not None
        if not (is_number or sentence.folds[at] in exclusions().joiners or _is_end_of_number(sentence, at)):
            break
        numbers += is_number
        at -= 1
    return at if numbers else nearest


def _is_end_of_number(sentence: Sentence, at: int) -> bool:
    """The F of "articles 12 F et 13 F", the er of "articles 1er et 3"."""
    letter = len(sentence.words[at]) == 1 and sentence.words[at].isupper()
    ending = letter or (sentence.folds[at] in exclusions().ordinal_endings and sentence.touches(at - 1))
    return ending and sentence.values[at - 1] is not None


def _is_after_one_name(sentence: Sentence, comma: int) -> bool:
    """À l'horizon 2045, 90 ports; à l'article 1er, 3 votes: the comma ends a date or one name, and joins no list."""
    ordinal = sentence.folds[comma - 1] in exclusions().ordinal_endings and sentence.folds[comma - 3][-1:] != "s"
    return sentence.words[comma] == "," and (ordinal or is_year_written(sentence.words[comma - 1]))


def _is_reference_letter(word: str) -> bool:
    """Capitals of a road, a line, a part of a code: A 75, RN 12, L. 123-4."""
    return word.isascii() and word.isupper() and fold(word) in exclusions().reference_letters


def _is_name_before(sentence: Sentence, mention: Mention, at: int) -> bool:
    before, folded = sentence.words[at], sentence.folds[at]
    plural_noun = is_plural_noun(sentence, mention.end)
    if is_naming(folded):
        return not plural_noun or at < mention.first - 1
    small = is_function_word(folded) or is_finite_verb(before) or folded in grammar().verbs
    between = sentence.is_word(at) and not small
    if is_naming(sentence.folds[at - 1]) and mention.is_bare and between:
        return not plural_noun and mention.value == int(mention.value)  # base aérienne 116
    if _is_reference_letter(before) or (folded in _OF_AN_INDEX and sentence.folds[at - 1] == "indice"):
        return not plural_noun
    if at < mention.first - 1 or not before[:1].isupper() or is_function_word(folded):
        return False
    return not plural_noun and (at > 0 or before.isupper())


def is_naming(folded: str) -> bool:
    """Whether numbers after that noun are its names: proposition 31, propositions 31 et 32."""
    named = exclusions().named
    return folded in named or folded.removesuffix("s") in named
