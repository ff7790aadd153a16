"""A synthetic corpus for the search benchmarks: questions of about 3 kB, quick to make, the same for the same number.

Words are the forms of the French dictionary drawn by Zipf's law; texts are drawn from a stock of sentences, so that
words keep company, with a few rarer words and numbers of their own. Word order is random: relevance is not judged.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from random import Random
from typing import Final

from simplemma.strategies.dictionaries import DefaultDictionaryFactory

from pipelines.search.words import stop_words
from schemas.figure import Figure, FigureKind
from schemas.identity import QuestionKey, QuestionType
from schemas.question import Attribution, Author, Event, EventKind, Question

TODAY: Final = date(2020, 6, 15)
_FIRST_DAY: Final = date(2012, 6, 26)
_TERM_QUESTIONS: Final = 100_000
_KNOWN_AT: Final = datetime(2020, 6, 1, tzinfo=UTC)
_COMMON: Final = 20_000  # words of the stock of sentences
_SENTENCES: Final = 8_000
_PER_QUESTION: Final = 8
_PER_ANSWER: Final = 18


class SearchCorpus:
    """The questions of a number, and queries about them."""

    def __init__(self, seed: int = 7) -> None:
        random = Random(seed)
        known = DefaultDictionaryFactory().get_dictionary("fr")
        self.words = sorted(form for form in known if form.isalpha() and form == form.lower() and len(form) > 1)
        random.shuffle(self.words)
        self.words = [*sorted(stop_words()), *self.words]  # the most frequent words, as in any text
        weights = list(accumulate(1 / rank for rank in range(1, _COMMON + 1)))
        common = self.words[:_COMMON]
        self._sentences = [
            " ".join(random.choices(common, cum_weights=weights, k=random.randrange(8, 20))).capitalize() + "."
            for _ in range(_SENTENCES)
        ]

    def questions(self, count: int) -> Iterator[Question]:
        """The first `count` questions, in terms of a hundred thousand."""
        for place in range(count):
            yield self.question(place)

    def question(self, place: int, *, revision: int = 0) -> Question:
        """The question at a place; each revision has another answer."""
        random = Random(place * 100 + revision)
        published = _FIRST_DAY + timedelta(days=7 * (place % 400))
        delay = random.choice((None, *range(20, 700, 7)))
        ministry = f"Ministère {random.randrange(40)}"
        events = [Event(kind=EventKind.PUBLISHED, date=published, capture_id="c", known_at=_KNOWN_AT)]
        if delay is not None:
            answered = published + timedelta(days=delay)
            events.append(Event(kind=EventKind.ANSWERED, date=answered, capture_id="c", known_at=_KNOWN_AT))
        return Question(
            key=QuestionKey(
                parliament="fr-an",
                term=14 + place // _TERM_QUESTIONS,
                type=QuestionType.QE,
                number=1 + place % _TERM_QUESTIONS,
            ),
            source_id=f"Q{place}",
            source_url=f"https://example.org/{place}",
            author=Author(
                name=f"Prénom Nom{random.randrange(577)}",
                group=f"Groupe {random.randrange(8)}",
                constituency=f"Circonscription {random.randrange(577)}",
            ),
            ministry_asked=ministry,
            ministry_asked_id=ministry,
            ministry_answered=None,
            ministry_answered_id=None,
            attributions=(Attribution(ministry=ministry, ministry_id=ministry, date=published),),
            rubric=f"rubrique {random.randrange(200)}",
            heading=None,
            title=" ".join(random.choices(self.words[:_COMMON], k=5)),
            events=tuple(events),
            question=self._text(random, _PER_QUESTION),
            answer=self._text(random, _PER_ANSWER) if delay is not None else None,
            figures=tuple(_figure(random) for _ in range(3)),
            captures=("c",),
        )

    def queries(self, count: int, seed: int = 3) -> list[str]:
        """What a reader types, in the mix of a reader: words, phrases, proximities, fields, patterns."""
        random = Random(seed)
        return [self._query(random) for _ in range(count)]

    def _query(self, random: Random) -> str:
        one, two, three = (self.words[random.randrange(300, 4_000)] for _ in range(3))
        common = self.words[len(stop_words()) + random.randrange(60)]
        sentence = random.choice(self._sentences).lower().rstrip(".").split()
        first, second = [*(word for word in sentence if word not in stop_words()), one, two][:2]
        quoted = " ".join(sentence[2:5])
        year, ministry = random.randrange(2013, 2019), random.randrange(40)
        return random.choice(
            (
                one,
                f"{one} {common}",
                f"{one} OU {two} OU {three}",
                f'"{quoted}"',
                f"{first} PROCHE/5 {second}",
                f'{common} attributaire:"ministère {ministry}"',
                f"{one} publiée:{year}..{year + 1}",
                f"{one[:4]}* statut:répondue",
                f"{common} SAUF {one}",
                f"titre:{one} OU question:{two}",
            )
        )

    def _text(self, random: Random, sentences: int) -> str:
        rare = f"{random.choice(self.words)} {random.choice(self.words)} {random.randrange(100_000)}"
        return " ".join((*random.choices(self._sentences, k=sentences), rare))


def _figure(random: Random) -> Figure:
    value = random.choice((5.0, 300.0, 1e6, 3e9))
    return Figure(start=0, end=1, text="1", kind=FigureKind.MONEY, value=value, low=None, high=None, unit="EUR")
