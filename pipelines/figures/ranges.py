"""Ranges and lists: "3 à 5 jours" is one quantity with two bounds; "10, 15 et 20 km" are three that share a unit.

"Passer de 10 à 12 %" shares the unit too, but stays two quantities: the levels of a change.
"""

from pipelines.figures.clauses import is_finite
from pipelines.figures.governors import governing
from pipelines.figures.levels import details_change, level_verb_before, moves_again
from pipelines.figures.mention import ARTICLE, DIGITS, DOWN, DURATION, MEASURE, MONEY, RATE, WORDS, Mention, Sentence
from pipelines.figures.pairs import is_rise
from pipelines.figures.vocabulary import exclusions, is_function_word

_DASHES = ("-", "–", "‑", "—")
_LISTED = frozenset((",", "et", "ou", "à", "puis", "/", "voire"))
_FIRST_YEAR, _LAST_YEAR = 1700, 2199
_ABOUT = frozenset(("environ", "quelque", "quelques", "presque"))
_NEARLY = (["plus", "de"], ["pres", "de"], ["moins", "de"], ["environ"], ["quelque"], ["seulement"])
_SAME_ORDER = 20  # "de 120 à 90 millions" shares the scale, "de 5 000 à 6 millions" does not
_PLACING = frozenset(("à", "en", "au", "dans", "chez", "debut", "fin"))
_DIFFERENCES = frozenset(("difference", "ecart", "differentiel"))
_LONGEST_LINK = 3  # tokens between two bounds: à plus de
_LENGTHS = frozenset(("mm", "cm", "m", "km"))
_IN_A_BREATH = 1.4  # quinze, vingt minutes
_TOLD_APART = 7  # tokens of "il y a dix ans, contre"
_RECALLED_APART = 16  # tokens between a level and "(contre 51 en 2011)"
_LEVELS_APART = 5  # tokens between two levels of which the first has the unit
_ALTERNATIVES_APART = 10  # "5 ou 6" is a range, "2 ou 300" two alternatives


def join_ranges(sentence: Sentence, mentions: list[Mention]) -> list[Mention]:
    """Make one mention of the two ends of each range, and share the unit along each list."""
    joined: list[Mention] = []
    for mention in mentions:
        near = joined and mention.first - joined[-1].end <= _LONGEST_LINK
        if near and _is_range(sentence, joined, mention) and not _ends_list(sentence, joined):
            _join(joined[-1], mention)
        else:
            joined.append(mention)
    if len(joined) < 2:
        return joined
    undated = [
        other
        for place, other in enumerate(joined)
        if not (_is_dating(sentence, other) or _tells_whose(sentence, other, joined, place))
    ]
    for first, second in zip(reversed(undated[:-1]), reversed(undated[1:]), strict=True):
        gap = _without_dates(sentence, first.end, second.first)
        if len(gap) <= _TOLD_APART or gap[:2] == ["au", "lieu"] or gap[-1] == "contre":
            _share_unit(sentence, first, second, gap)
    return joined


def _ends_list(sentence: Sentence, mentions: list[Mention]) -> bool:
    """40, 50 ou 100 euros: the last two of three alternatives are no range."""
    if len(mentions) == 1 or sentence.folds[mentions[-1].end] != "ou":
        return False
    first, second = mentions[-2:]
    return first.is_bare and second.is_bare and sentence.folds[first.end : second.first] == [","]


def _tells_whose(sentence: Sentence, mention: Mention, mentions: list[Mention], place: int) -> bool:
    """Était de 7 il y a dix ans, contre 6; 900 euros après dix ans, contre 700: of neither amount.

    "Desservi de 300 places en 2 heures, contre 3" compares the hours: the nearer number is the one compared.
    """
    if mention.kind != DURATION or not 0 < place < len(mentions) - 1:
        return False
    if sentence.folds[mention.end + (sentence.words[mention.end] == ",")] != "contre":
        return False
    stated, compared = mentions[place - 1], mentions[place + 1]
    before = sentence.folds[max(0, mention.first - 2) : mention.first]
    if before in (["y", "a"], ["plus", "de"], ["moins", "de"]):
        return True
    timed = before[-1:] in (["en"], ["depuis"], ["apres"], ["pendant"], ["durant"], ["sur"], ["à"]) or before == [
        "bout",
        "de",
    ]
    return timed and compared.is_bare and _apart(stated, compared) < _apart(mention, compared)


def _apart(stated: Mention, compared: Mention) -> float:
    """How many times the one written number is the other, the scale left out."""
    written = abs(stated.value / (stated.scale * stated.factor)) or 1.0
    other = abs(compared.value / compared.scale) or 1.0
    return max(written / other, other / written)


def _is_dating(sentence: Sentence, mention: Mention) -> bool:
    return sentence.folds[mention.first - 1] in ("en", "fin", "(") and looks_like_year(sentence, mention)


def looks_like_year(sentence: Sentence, mention: Mention) -> bool:
    """Whether a number is written as a year is: four digits together, 1700 to 2100."""
    return mention.style == DIGITS and is_year_written(sentence.words[mention.first])


def is_year_written(word: str) -> bool:
    """Whether a word is four digits together, 1700 to 2199."""
    return len(word) == 4 and word.isascii() and word.isdecimal() and _FIRST_YEAR <= int(word) <= _LAST_YEAR


def _is_range(sentence: Sentence, mentions: list[Mention], high: Mention) -> bool:
    low = mentions[-1]
    link = _link(sentence, low, high)
    if link is None or low.high is not None or not _same_dimension(low, high) or _differ(sentence, low):
        return False
    if looks_like_year(sentence, low) and sentence.folds[low.first - 1] in exclusions().year_words:
        return False
    between = sentence.folds[low.first - 1] == "entre" or sentence.folds[low.first - 2] == "entre"
    bound = _shared_scale(low, high) * low.value
    if link == "et" and not between:
        return False
    if link == "ou" and (low.unit not in (None, "x") or not bound < high.value <= _ALTERNATIVES_APART * bound):
        return False
    if link in _DASHES and not _dash_is_range(sentence, low, high):
        return False
    if not bound < high.value:
        return between and bound != high.value
    of = low.first - 1
    while sentence.folds[of] in _ABOUT:
        of -= 1  # passant d'environ 12 à 13 jours
    leaves = sentence.keys[of] == "de" or sentence.keys[low.outer - 1] == "de"
    leaves = link == "a" and leaves
    return not (leaves and (_are_levels(sentence, low, high, of) or _move_too(sentence, mentions, high)))


def _differ(sentence: Sentence, low: Mention) -> bool:
    """La différence entre 75 euros et 38 euros: two amounts; "un écart entre 3 et 5 %" is a range."""
    apart = sentence.folds[low.first - 1] == "entre" and low.unit is not None
    return apart and sentence.folds[low.first - 2] in _DIFFERENCES


def _are_levels(sentence: Sentence, low: Mention, high: Mention, of: int) -> bool:
    if sentence.words[of - 1] == "(" and sentence.folds[of - 2] in ("ans", "mois"):  # à deux ans (de 18 à 20 ans)
        return False
    if sentence.folds[of - 1] == "ordre":  # une chute de l'ordre de 35 à 40 %
        return False
    if _falls(sentence, low, of):
        return False
    return level_verb_before(sentence, of) or details_change(sentence, of) or is_rise(sentence, low, high)


def _move_too(sentence: Sentence, mentions: list[Mention], high: Mention) -> bool:
    """Passe de 5 à 10 % pour l'un et de 10 à 20 % pour l'autre: two levels each; not "et ceux de 10 à 20 ans ont"."""
    at = len(mentions) - 1
    if high.end < sentence.size and is_finite(sentence, high.end):
        return False
    while at > 1 and moves_again(sentence, mentions[at - 1], mentions[at]):
        at -= 2
        if mentions[at].high is not None or "à" not in sentence.folds[mentions[at].end : mentions[at + 1].first]:
            return False
        if level_verb_before(sentence, mentions[at].first - 1):
            return True
    return False


def _falls(sentence: Sentence, low: Mention, of: int) -> bool:
    """Diminue les rejets de 20 % à 30 %: what falls has no level above the first; "recule l'âge de 60 à 62 ans" has."""
    if sentence.folds[of - 1].startswith(("pass", "port")):
        return False  # the most frequent of all: passé de 20 à 30
    found = governing(sentence, low.first, needs_de=True)
    return found is not None and found[1] == DOWN and not sentence.folds[found[0]].startswith("recul")


def _link(sentence: Sentence, low: Mention, high: Mention) -> str | None:
    """The one word between the two bounds; "à" with its article only within dates, which are no range."""
    gap = sentence.folds[low.end : high.first]
    if len(gap) == 2 and gap[0] == "et" and gap[1] in ("les", "environ"):
        return "et" if sentence.folds[low.first - 1] in ("entre", "les") else None
    if gap == ["à", "plus", "de"] and sentence.keys[low.first - 1] == "de":
        return "a"  # de 600 à plus de 3 000 euros
    if len(gap) != 1:
        return None
    if gap == [","] and low.style == high.style == WORDS and _is_in_a_breath(sentence, low, high):
        return "ou"
    link = "a" if gap[0] == "à" else gap[0]
    if link == "/" and high.kind == DURATION and low.is_bare:  # les 15/20 ans, sous 24/48 h
        return "-"
    if link == "voire" and low.style == ARTICLE and low.is_bare:  # un voire deux ans
        return "ou"
    return link if link in ("a", "et", "ou", *_DASHES) else None


def _is_in_a_breath(sentence: Sentence, low: Mention, high: Mention) -> bool:
    """Depuis six, sept ans, quinze, vingt minutes: about so many; "deux, trois et quatre ans" is a list."""
    near = low.value < high.value <= max(low.value + 1, _IN_A_BREATH * low.value)
    return near and high.kind == DURATION and sentence.folds[high.end] not in ("et", "ou", ",")


def _dash_is_range(sentence: Sentence, low: Mention, high: Mention) -> bool:
    return (
        high.unit is not None
        or (low.style == WORDS and high.style == WORDS)
        or (not sentence.touches(low.end - 1) and sentence.is_word(high.end))
    )


def _same_dimension(low: Mention, high: Mention) -> bool:
    if low.style == ARTICLE and low.unit is None:
        return high.unit is not None and high.value > low.value and high.kind == DURATION
    return low.is_bare or (low.kind == high.kind and low.unit == high.unit)


def _shared_scale(low: Mention, high: Mention) -> float:
    """What the first number is multiplied by: "8 à 10 millions" means 8 millions, "900 000 à 1 million" does not."""
    if not low.is_bare:
        return 1.0
    written = high.value / (high.scale * high.factor)
    if low.style == high.style == WORDS and low.scale == 1 and low.value < 10 and written % 100 == 0 < written:
        return 100 * high.scale * high.factor  # trois à quatre cents euros
    scale = high.scale if low.scale == 1 and low.value < max(written, 2) and low.value < 1000 else 1.0
    return scale * high.factor


def _join(low: Mention, high: Mention) -> None:
    first, second = sorted((low.value * _shared_scale(low, high), high.value))
    low.value, low.high, low.end = first, second, high.end
    low.kind, low.unit, low.factor, low.scale = high.kind, high.unit, high.factor, high.scale
    low.style = high.style if low.style == ARTICLE else low.style
    low.approx = low.approx or high.approx
    low.rule = f"range:{high.rule}"


def _share_unit(sentence: Sentence, first: Mention, second: Mention, gap: list[str]) -> None:
    """Give a bare number the unit of the next in its list."""
    told = len(gap) <= _TOLD_APART and _is_told_between(gap)  # de 7 % il y a dix ans, contre 6
    compared = (gap[-1:] == ["contre"] and (len(gap) <= 2 or told)) or gap[:2] == ["au", "lieu"]
    compared = compared or _is_recalled(sentence, second, gap)
    if compared or (second.is_bare and _moves_on(sentence, first, gap)):
        _take_unit_of_contrast(sentence, first, second)
        return
    if gap in (["sur"], ["sur", "les"]):
        _take_unit_of_part(sentence, first, second)
        return
    if gap == ["des"] and second.kind in (MONEY, MEASURE) and first.is_bare and first.style in (DIGITS, WORDS):
        first.value *= second.scale * second.factor if first.scale == 1 else second.factor  # 12 des 45 millions d'euros
        first.kind, first.unit, first.rule = second.kind, second.unit, f"list:{second.rule}"
        return
    crossed = gap in (["x"], ["×"]) and second.unit in _LENGTHS  # une cale de 4 x 5 mètres
    gap = ["et"] if crossed else _link_of_list(sentence, first, gap)
    listed = len(gap) == 1 and gap[0] in _LISTED
    whole = (
        first.is_bare and first.high is None and first.style in (DIGITS, WORDS) and second.unit not in (None, "1", "x")
    )
    before = first.first - 1 - (sentence.words[first.first - 1] == "+")  # le bac + 2 et 300 euros
    named = sentence.folds[before] in exclusions().named and gap != ["à"]  # l'article 4 et 30 %
    if named or not listed or not whole or second.kind == RATE or looks_like_year(sentence, first):
        return
    bracketed = sentence.words[first.first - 2] == "("  # une hausse (de 18 à 20 %)
    direct = sentence.keys[first.first - 1] == "de" and second.first == first.end + 1  # a range, if it were one
    moves = direct or bracketed or _moves(sentence, first, second)
    if gap[0] == "à" and first.value < second.value and not moves:
        return
    if gap[0] == "à" and first.scale == 1 and first.value < _SAME_ORDER * second.value / second.scale / second.factor:
        first.value, first.scale = first.value * second.scale, second.scale  # de 120 à 90 millions
    enumerated = second.rule.startswith("list:") and second.end < sentence.size and sentence.folds[second.end] == "ou"
    led = sentence.keys[first.first - 1] in ("de", "a", "le", "et", ",", "", ":", "(")
    if gap[0] == "," and not (led or enumerated):
        return
    first.value *= second.factor if first.scale > 1 else _shared_scale(first, second)
    first.kind, first.unit, first.factor = second.kind, second.unit, second.factor
    first.rule = f"list:{second.rule}"


def _moves(sentence: Sentence, first: Mention, second: Mention) -> bool:
    """Passer de 18 à 20 ans, le relèvement de la prime de 300 à 450 euros: two levels of one unit."""
    return level_verb_before(sentence, first.first - 1) or is_rise(sentence, first, second)


def _is_told_between(gap: list[str]) -> bool:
    return gap[:3] == ["il", "y", "a"] or gap[:1] in (["en"], ["apres"], ["au"], ["depuis"], ["sur"], ["à"])


def _link_of_list(sentence: Sentence, first: Mention, gap: list[str]) -> list[str]:
    """The one word between two numbers of a list: 300, voire 400 euros; des lignes de 63 et de 225 kV."""
    if gap in ([",", "voire"], [",", "ou"]):
        return gap[1:]
    if gap[:1] == ["à"] and gap[1:] in _NEARLY and sentence.keys[first.first - 1] == "de":
        return gap[:1]  # passé de 70 à plus de 80 dollars
    again = gap[1:] in (["de"], ["d'"]) and gap[0] in ("et", "ou", ",") and sentence.keys[first.first - 1] == "de"
    return gap[:1] if again else gap


def _without_dates(sentence: Sentence, first: int, end: int) -> list[str]:
    """The words between two numbers, dates left out: de 84 000 en 2009 à 3 000 euros."""
    if sentence.values[first:end].count(None) == end - first:
        return sentence.folds[first:end]  # no digits, no dates
    folds, at = [], first
    while at < end:
        dated = sentence.folds[at] in ("en", "fin", "(") and is_year_written(sentence.words[at + 1])
        if not dated:
            folds.append(sentence.folds[at])
            at += 1
        else:
            at += 3 if sentence.words[at] == "(" else 2
    return folds


def _moves_on(sentence: Sentence, first: Mention, gap: list[str]) -> bool:
    """Porté de quatre mois en janvier à dix-huit: the second level has the unit of the first."""
    of, apart = first.first - 1, gap[-1:] == ["à"] and gap[0] in _PLACING and len(gap) <= _LEVELS_APART
    return apart and sentence.keys[of] == "de" and first.unit is not None and level_verb_before(sentence, of)


def _is_recalled(sentence: Sentence, second: Mention, gap: list[str]) -> bool:
    """42 jours chez un dentiste (29 en 2011), 57 jours pour un lit en 2014 (contre 51 en 2011): what it was then."""
    if not second.is_bare or sentence.folds[second.end] != "en" or not is_year_written(sentence.words[second.end + 1]):
        return False
    if gap[-2:] == ["(", "contre"]:
        return len(gap) <= _RECALLED_APART
    return gap[-1:] == ["("] and len(gap) <= _LEVELS_APART


def _take_unit_of_contrast(sentence: Sentence, stated: Mention, compared: Mention) -> None:
    """8 000 euros contre 9 200 en plaine: the second is of the same unit when it counts nothing named."""
    countless = not sentence.is_word(compared.end) or is_function_word(sentence.folds[compared.end])
    same = stated.unit not in (None, "1", "x") and stated.high is None and compared.style in (DIGITS, WORDS)
    if compared.is_bare and countless and same:
        written = stated.value / (stated.scale * stated.factor)
        scale = stated.scale if compared.scale == 1 and compared.value < _SAME_ORDER * written else 1.0
        compared.value *= scale * stated.factor
        compared.kind, compared.unit, compared.factor = stated.kind, stated.unit, stated.factor
        compared.rule, compared.per = f"contrast:{stated.rule}", stated.per


def _take_unit_of_part(sentence: Sentence, part: Mention, whole: Mention) -> None:
    """40 hectares sur les 90: the whole is measured as its part."""
    measured = part.kind in (MEASURE, DURATION, MONEY)
    sides = part.unit in _LENGTHS  # un quai de 185 mètres sur 12
    larger = sides or whole.value > part.value / part.factor
    if measured and whole.is_bare and whole.style in (DIGITS, WORDS) and larger:
        noun = sentence.is_word(whole.end) and sentence.folds[whole.end][-1:] in ("s", "x")
        if not noun:
            whole.kind, whole.unit, whole.factor = part.kind, part.unit, part.factor
            whole.value *= part.factor
            whole.rule = f"whole:{part.rule}"
