"""Questions like a given one: by the words that tell it from others (tf·idf), compared by the cosine of their texts.

The engine proposes, the order is ours: the engines' scores differ in their last digits, these do not.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import log, sqrt

from pipelines.search.analysis import plain_tokens, together
from pipelines.search.engine_query import And, AnyForm, EngineQuery, Ids, Not, Or
from pipelines.search.vocabulary import Vocabulary
from pipelines.search.words import stop_words

_TELLING = 24  # words that the engine is asked for
_SHORTEST = 3  # letters of a telling word


@dataclass(frozen=True)
class Profile:
    """The words of one question with their weights."""

    weights: dict[str, float]

    @classmethod
    def of(cls, texts: Iterable[str | None], vocabulary: Vocabulary) -> "Profile":
        """Weights by number of occurrences (damped) and rareness; small words, numbers and unknown words have none."""
        counts = Counter(plain_tokens(together(texts)))
        return cls(
            {
                word: (1 + log(number)) * log(vocabulary.documents / documents)
                for word, number in counts.items()
                if _says_something(word) and (documents := vocabulary.count(word))
            }
        )

    def telling(self) -> tuple[str, ...]:
        """The heaviest words."""
        heaviest = sorted(self.weights, key=lambda word: (-self.weights[word], word))
        return tuple(word for word in heaviest[:_TELLING] if self.weights[word] > 0)

    def likeness(self, other: "Profile") -> float:
        """Cosine with another profile, from 0 to 1."""
        common = self.weights.keys() & other.weights.keys()
        lengths = self._length() * other._length()
        return sum(self.weights[word] * other.weights[word] for word in sorted(common)) / lengths if lengths else 0.0

    def shared(self, other: "Profile", limit: int) -> tuple[str, ...]:
        """The words that weigh most in the likeness."""
        product = {
            word: self.weights[word] * other.weights[word] for word in self.weights.keys() & other.weights.keys()
        }
        return tuple(sorted(product, key=lambda word: (-product[word], word))[:limit])

    def _length(self) -> float:
        return sqrt(sum(self.weights[word] ** 2 for word in sorted(self.weights)))


def candidates(profile: Profile, question: str) -> EngineQuery:
    """What the engine is asked for: any of the telling words, in another question."""
    return And((Or(tuple(AnyForm((word,)) for word in profile.telling())), Not(Ids((question,)))))


def _says_something(word: str) -> bool:
    return len(word) >= _SHORTEST and not word.isdigit() and word not in stop_words()
