"""Dates: days, years and clock times, which are points in time and no quantities."""

from pipelines.figures.levels import level_verb_before
from pipelines.figures.mention import ARTICLE, COLLECTIVE, DIGITS, WORDS, Mention, Sentence
from pipelines.figures.phrases import is_plural_noun
from pipelines.figures.ranges import looks_like_year
from pipelines.figures.verbs import is_finite_verb
from pipelines.figures.vocabulary import exclusions, grammar

_DAYS_IN_MONTH = 31
_HOURS_IN_DAY = 24
_MOST_LISTED = 12  # how far ahead "les 12, 15 et 18 mars" is followed
_LONG_WAIT = 4  # "après 3 heures" is a wait, "après 18 heures" a time of the day
_TIMED_REACH = 10  # tokens from a train to the "de 8h56" that says which
_SOME = frozenset(("un", "une"))
_CENTURY = 100
_YEAR_DIGITS = 4
_BEFORE_OLD_YEARS = frozenset(("en", "dès", "depuis", "vers", "an", "annee", "fin", "debut"))
_ROUND_THE_CLOCK = ("24", "7", "365")
_MOVING = ("pass", "port", "ramen", "redui", "abaiss", "relev", "allong")
_PLURAL_ARTICLES = frozenset(("les", "ces", "leurs"))
_SPAN_REACH = 6  # tokens from "de" to the "à" of "de vingt-quatre heures à"


def is_date(sentence: Sentence, mention: Mention) -> bool:
    """4 septembre, 12 au 15 mars, lundi 12, juin 2018."""
    if mention.unit is not None or mention.style == COLLECTIVE:
        return False
    words = exclusions()
    before = sentence.folds[mention.first - 1]
    if before in words.weekdays or (before == "annees" and mention.value < _CENTURY):  # les années quatre-vingt-dix
        return True
    if sentence.folds[mention.first - 1] in words.months and looks_like_year(sentence, mention):
        return True
    if mention.value > _DAYS_IN_MONTH:
        return False
    return _reaches_month(sentence, mention.end)


def _reaches_month(sentence: Sentence, first: int) -> bool:
    """Whether only other days stand before the name of a month: 12, 15 et 18 mars."""
    words = exclusions()
    for at in range(first, min(first + _MOST_LISTED, sentence.size)):
        fold, value = sentence.folds[at], sentence.values[at]
        if fold in words.months:
            return fold != "sept" or sentence.values[at - 1] is not None  # 8 sept.; not: passe de huit à sept
        day = value is not None and value <= _DAYS_IN_MONTH
        if not (day or fold in words.joiners or fold in words.ordinal_endings or fold == "le"):
            return False
    return False


def is_year(sentence: Sentence, mention: Mention) -> bool:
    """En 2018, de 2014 à 2018; "2018 personnes" is a count unless a word of time stands before."""
    if mention.unit is not None:
        return False
    if not looks_like_year(sentence, mention):
        return _is_old_year(sentence, mention)
    strict = sentence.folds[mention.first - 1] in exclusions().year_words
    return strict or mention.high is not None or not is_plural_noun(sentence, mention.end)


def _is_old_year(sentence: Sentence, mention: Mention) -> bool:
    """Dès 1642, vers 1530, remonte à 1289: before 1700 only where a word of time says that it is a year."""
    word, before = sentence.words[mention.first], sentence.folds[mention.first - 1]
    if len(word) != _YEAR_DIGITS or not word.isdecimal() or mention.end != mention.first + 1:
        return False
    dated = before in ("à", "de") and sentence.folds[mention.first - 2].startswith(("remont", "date"))
    return (dated or before in _BEFORE_OLD_YEARS) and not is_plural_noun(sentence, mention.end)


def is_clock_time(sentence: Sentence, mention: Mention) -> bool:
    """À 18 heures, de 8 h à 18 h, à 20h30; "limité à 35 heures" is a length."""
    if mention.unit not in ("h", "min") or mention.style not in (DIGITS, WORDS, ARTICLE):
        return False
    hours = (mention.high or mention.value) / (60 if mention.unit == "min" else 1)
    has_hours = mention.unit == "h" or "compound" in mention.rule
    if hours > _HOURS_IN_DAY or not has_hours:
        return False
    before, after = sentence.folds[mention.first - 1], sentence.folds[mention.end]
    is_now = sentence.folds[max(0, mention.first - 2) : mention.first] == ["il", "est"]  # il est 22 h
    if is_now or before in exclusions().weekdays:  # du samedi 14 heures au lundi 8 heures
        return True
    if after in ("du", "de") and sentence.folds[mention.end + 1] in exclusions().clock_parts:
        return before not in _PLURAL_ARTICLES  # les huit heures de nuit
    if mention.high is not None:  # de 8 h à 18 h; "entre 2 et 3 heures" is a length
        hours_named = sum(fold in ("h", "heures", "heure") for fold in sentence.folds[mention.first : mention.end])
        return hours_named > 1 and before in ("de", "entre")
    if before in ("de", "entre") and (_opens_span(sentence, mention.end) or _leaves_then(sentence, mention, hours)):
        return not _is_left(sentence, mention)
    if before == "de" and sentence.folds[mention.first - 2] in ("partir", "compter"):  # à partir de 22 h
        return after not in ("de", "d'", "par") and hours > _LONG_WAIT
    timed = before in exclusions().clock_before and not _is_length(sentence, mention, before, after)
    return timed and not _is_reached(sentence, mention)


def _is_left(sentence: Sentence, mention: Mention) -> bool:
    """Une durée qui passe de 22 à 20 heures: the level left, which has its hours from the other."""
    return mention.rule.startswith("list:") and level_verb_before(sentence, mention.first - 1)


def _is_reached(sentence: Sentence, mention: Mention) -> bool:
    """Réduit de 28 à 24 heures, passe de 22 à 20 heures: levels; "ouvert de 22 à 6 heures" tells when."""
    left = sentence.values[mention.first - 2] if mention.first > 2 else None
    if left is None or sentence.folds[mention.first - 1] != "à" or sentence.keys[mention.first - 3] != "de":
        return False
    return left > _HOURS_IN_DAY or level_verb_before(sentence, mention.first - 3)


def _opens_span(sentence: Sentence, end: int) -> bool:
    """Whether another hour follows: de 20 h à 6 h."""
    if sentence.folds[end] not in ("à", "et") or sentence.folds[end + 1] in ("midi", "minuit"):
        return sentence.folds[end] in ("à", "et")  # de 5 heures à minuit
    hour = sentence.words[end + 1].isdecimal()
    return hour and sentence.folds[end + 2] in ("h", "heures", "heure")


def _leaves_then(sentence: Sentence, mention: Mention, hours: float) -> bool:
    """Le train Aix-Pau de 8h56, le dernier vol de 21 h, les trains de 7h30 et de 8h15: when it is.

    "Un trajet en train de 3 heures", "un vol de 12 heures" are lengths.
    """
    if hours <= _LONG_WAIT and "compound" not in mention.rule:
        return False
    for at in range(mention.first - 2, max(0, mention.first - _TIMED_REACH), -1):
        fold, before = sentence.folds[at], sentence.folds[at - 1]
        if fold in exclusions().timed:
            before = sentence.folds[at - 2] if before in grammar().before_noun_adjectives else before
            return before in grammar().determiners and (before not in _SOME or "compound" in mention.rule)
        if is_finite_verb(sentence.words[at]) or fold in grammar().verbs:
            return False
    return False


def _is_moved_to(sentence: Sentence, at: int) -> bool:
    """Whether a length of hours moves to another: passer de vingt-quatre heures à huit heures."""
    opens = next((place for place in range(at - 3, max(-1, at - _SPAN_REACH), -1) if sentence.keys[place] == "de"), 0)
    hours = sentence.folds[at - 1] in ("h", "heures", "heure")
    return hours and opens > 0 and sentence.folds[opens - 1].startswith(_MOVING)


def _is_length(sentence: Sentence, mention: Mention, before: str, after: str) -> bool:
    if before == "à" and _is_moved_to(sentence, mention.first - 1):
        return True
    if before in ("depuis", "apres", "avant") and mention.unit == "h":
        return after in ("de", "d'") or mention.value <= _LONG_WAIT
    governor = sentence.folds[mention.first - 2]
    if governor == "jusqu'" and mention.unit == "h" and mention.value > _HOURS_IN_DAY / 2:
        return after in ("de", "d'", "par", "chaque")  # ouvert jusqu'à vingt et une heures
    return governor in exclusions().length_words or after in ("de", "d'", "par", "chaque")


def is_round_the_clock(sentence: Sentence, mention: Mention) -> bool:
    """24 heures sur 24, 7 jours sur 7, 24h/24, 7j/7: no quantity of anything."""
    if sentence.words[mention.first] not in _ROUND_THE_CLOCK:
        return False
    if sentence.folds[mention.end] in ("sur", "/") and sentence.words[mention.end + 1] in _ROUND_THE_CLOCK:
        return True
    behind = sentence.folds[mention.first - 1] in ("sur", "/") and _repeats(sentence, mention.first)
    return behind and (mention.unit is None or mention.rule.startswith("list:"))


def _repeats(sentence: Sentence, index: int) -> bool:
    return sentence.words[index] in (sentence.words[index - 3], sentence.words[index - 2])
