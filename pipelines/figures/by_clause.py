"""By clause: what a figure is about where no noun is tied to it: the subject of its clause, what opens or ends it."""

from pipelines.figures.carriers import only_carries
from pipelines.figures.change_words import change_word
from pipelines.figures.clause_subjects import clause_subject, is_anaphor
from pipelines.figures.continuing import with_purpose
from pipelines.figures.mention import COUNT, DURATION, Mention, Sentence
from pipelines.figures.openings import after_opening, main_clause, opening_topic, opens_clause, opens_sentence
from pipelines.figures.phrases import phrase_from
from pipelines.figures.spoken import Clause, owned, said_of
from pipelines.figures.tokens import fold
from pipelines.figures.vocabulary import grammar


def of_its_clause(clause: Clause, mention: Mention, noun: str | None) -> str | None:
    """The subject of its clause, or what comes after where that is someone who decides, or else what went before.

    Args:
        clause: Where the figure stands.
        mention: The figure.
        noun: The noun tied to it, which only carries it; None where there is none.
    """
    sentence = clause.sentence
    if sentence.folds[mention.outer - 1] in grammar().needing and sentence.folds[mention.end] in ("pour", "avant"):
        return clause.first_phrase(mention.end + 1)  # il faut six mois pour obtenir un rendez-vous
    if (cleft := _cleft(clause, mention)) is not None:
        return cleft
    if opens_clause(sentence, mention) and (said := clause.first_phrase(after_opening(sentence, mention))) is not None:
        return said
    own = _own(clause, mention)
    acts = own is not None and fold(own.split()[0]) in grammar().actors
    if own is not None and not acts and not carries_only(mention, own):
        return own
    following = _following(clause, mention, acts=acts)
    change = following if following is not None and only_carries(following) else None
    following = following if change is None else None
    strange = clause.strange and (own or noun) is not None and not _is_ordinal(own or noun)
    carried = None if strange else clause.carried
    if following is None and carried is not None and own is not None and not acts:
        return with_purpose(sentence, mention, said_of(own, carried))  # la hausse est de 3 % pour les fermes
    theirs = owned(sentence, mention, own) if own is not None and carried is None else None
    named = following or carried or theirs or own or noun or change
    return named or clause.beside(mention.end) or clause.first_phrase(0)


def _cleft(clause: Clause, mention: Mention) -> str | None:
    """C'est autour de 70 ans que les chutes se voient: what the clause after "que" says."""
    sentence = clause.sentence
    if mention.kind == COUNT or sentence.keys[mention.end] != "que":
        return None
    opens = sentence.folds[max(0, mention.outer - 3) : mention.outer]
    stated = any(word == "c'" and opens[at + 1 : at + 2] == ["est"] for at, word in enumerate(opens))
    return clause.first_phrase(mention.end + 1) if stated else None


def _own(clause: Clause, mention: Mention) -> str | None:
    """The subject of its clause, or what the sentence says at its start that it is about."""
    own = clause_subject(clause.sentence, mention, clause.spoken, clause.taken)
    about = opening_topic(clause.sentence)
    if about is not None and (own is None or _speakers(clause.sentence, mention.outer)):
        own = phrase_from(clause.sentence, about) or own
    return own


def _following(clause: Clause, mention: Mention, *, acts: bool) -> str | None:
    """What comes after the figure: what someone pays for, the clause after an opening that tells a size or a time."""
    sentence = clause.sentence
    if acts and mention.kind != DURATION:
        # Pour financer ce plan, l'État a prévu
        wanted = clause.first_phrase(1) if sentence.folds[0] == "pour" else None
        return clause.beside(mention.end) or wanted
    after = main_clause(sentence, mention)
    if after is None and opens_sentence(sentence, mention):
        after = after_opening(sentence, mention)
    if after is None:
        return None
    if sentence.folds[after + (sentence.keys[after] == "le")] in grammar().rule_texts:
        return phrase_from(sentence, after)  # Dix ans après, la loi de 1999 n'est pas appliquée
    return clause.carried if is_anaphor(sentence, after) else clause.first_phrase(after)


def _is_ordinal(phrase: str | None) -> bool:
    """Deux mesures suivent. La première coûte 3 euros: what is counted before is what the ordinal stands for."""
    return phrase is not None and fold(phrase) in grammar().ordinal_pronouns


def carries_only(mention: Mention, phrase: str) -> bool:
    """Whether a phrase says nothing; a noun of change does where the figure is no amount of it: des pertes de 3 %."""
    if not only_carries(phrase):
        return False
    head = fold(phrase.split()[0])
    return mention.direction is not None or head in grammar().counters or change_word(head) is None


def _speakers(sentence: Sentence, end: int) -> bool:
    """Whether we, or someone, act in a sentence before a figure: nous avons choisi d'y consacrer 3 millions."""
    return not {"nous", "j'", "je", "on", "vous"}.isdisjoint(sentence.folds[:end])
