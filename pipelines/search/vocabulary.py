"""The vocabulary of one index version: which forms its texts hold, of which words, and the values of its fields.

It answers everything that the engines must not: the forms of a word, wildcards, spelling, the values that a typed name
means. It is built with the index it describes, switches with it, and is one file. What a query means is not decided
here (language/).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import orjson
from pydantic import TypeAdapter

from pipelines.search import lemmas
from pipelines.search.analysis import fold, folded_tokens
from pipelines.search.counts import Counts
from pipelines.search.files import write_whole
from pipelines.search.form_changes import with_counts
from pipelines.search.forms import FormTable
from pipelines.search.words import stop_words
from schemas.errors import SearchError
from schemas.search import ExpandedWord, Form, SearchDocument

_FORMAT = 3
_LEFT_OUT_AT_MOST = 12
_SHORTEST_STEM = 4
_SHORTEST_SPELT = 3
_SAME_BEGINNING = 3  # letters
_FORMS_OF_A_VERB = 3  # Larcher and Larché are two names
_ALIKE = 0.8  # share of letters in common
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SHORTEST_PLURAL = 5
_FORMS = TypeAdapter(tuple[Form, ...])

FoldedLabel = tuple[str, tuple[str, ...]]
"""A value of a field as published, with its folded tokens."""


class Vocabulary:
    """Forms, lemmas and field values of one index version; immutable."""

    def __init__(self, table: FormTable, values: dict[str, dict[str, int]], documents: int) -> None:
        """Take a ready table; `values` is field → label → number of documents."""
        self._table = table
        self._values = values
        self.documents = documents

    @classmethod
    def build(cls, documents: Iterable[SearchDocument]) -> Self:
        """The vocabulary of these documents."""
        counts = Counts()
        for document in documents:
            counts.add(document)
        return cls.of(counts)

    @classmethod
    def of(cls, counts: Counts) -> Self:
        """The vocabulary of what was counted."""
        return cls(FormTable.of(counts.forms, lemmas.lemmas), _kept(counts.values), counts.documents)

    def updated(self, removed: Iterable[SearchDocument], added: Iterable[SearchDocument]) -> Self:
        """The vocabulary after these documents went (as they were) and those came."""
        counts = Counts()
        for document in removed:
            counts.remove(document)
        for document in added:
            counts.add(document)
        forms = {form: self.count(form) + more for form, more in counts.forms.items() if more}
        values = counts.values
        for field, labels in self._values.items():
            values[field].update(labels)
        table = with_counts(self._table, forms, lemmas.lemmas)
        return type(self)(table, _kept(values), self.documents + counts.documents)

    def __len__(self) -> int:
        return len(self._table.forms)

    def __contains__(self, form: str) -> bool:
        return self._table.count(form) > 0

    # Words

    def count(self, form: str) -> int:
        """The number of documents that have this plain form."""
        return self._table.count(form)

    def forms_of(self, word: str) -> ExpandedWord:
        """The forms that a typed, lower-cased word stands for, most frequent first, and the near ones left out.

        A word of the texts or of the dictionary stands for the forms of its nearest lemmas (lemmas.py); any other word,
        and one without accents and without a form in the texts, for those of every lemma that folds to it. Stop words
        are no forms of other words (être is not searched as est), nor is a noun one of a conjugated verb (lemmas.py).
        """
        forms, group = self._forms_of_lemmas(word, self._lemmas_of_word(word))
        if not forms and word == fold(word):  # mûr is typed with care: where no text has it, mur is not meant
            forms, group = self._forms_of_lemmas(word, self._lemmas_folding_to(word))
        near = group | self._of_lemmas(lemmas.lemmas(word)) | self._near({word, *forms})
        left_out = sorted((-self._table.counts[near[form]], form) for form in near.keys() - forms)
        return ExpandedWord(
            word=word,
            forms=self._counted_forms(group[form] for form in forms),
            left_out=_forms(left_out[:_LEFT_OUT_AT_MOST]),
        )

    def folding_to(self, folded: str) -> tuple[str, ...]:
        """All plain forms with these folded letters."""
        return tuple(self._table.forms[place] for place in self._table.folding_to(folded))

    def wildcard(self, pattern: str, cap: int) -> tuple[tuple[str, ...], bool]:
        """The plain forms that match `*` (any letters) and `?` (one letter), accents aside, and whether some were cut.

        Of too many the `cap` most frequent are kept.
        """
        return self._table.matching(fold(pattern), cap)

    def beginning_with(self, prefix: str) -> tuple[Form, ...]:
        """The forms that begin with these letters, accents aside, most frequent first."""
        return self._counted_forms(self._table.with_folded_prefix(fold(prefix)))

    def one_letter_away(self, word: str) -> tuple[str, ...]:
        """The forms that differ from a word by at most one letter (left out, added, another, or two exchanged)."""
        folded = fold(word)
        near = {form for candidate in one_letter_away(folded) for form in self.folding_to(candidate)}
        return tuple(sorted(near))

    def suggestion(self, word: str) -> str | None:
        """The form meant by a word no document has: the most frequent one letter away, else one that looks like it.

        None for very short words.
        """
        if len(word) < _SHORTEST_SPELT:
            return None
        near = self.one_letter_away(word) or self._looking_like(fold(word))
        return max(near, key=self.count, default=None)

    # Values of fields

    def labels(self, field: str) -> dict[str, int]:
        """The values of a field as published, with their numbers of documents."""
        return self._values.get(field, {})

    def labels_with(self, field: str, token: str) -> list[FoldedLabel]:
        """The labels that have this folded token, or its plural or singular."""
        if field not in self._labels_by_token:
            by_token: defaultdict[str, list[FoldedLabel]] = defaultdict(list)
            for label in self.folded_labels(field):
                for key in {singular(each) for each in label[1]}:
                    by_token[key].append(label)
            self._labels_by_token[field] = dict(by_token)
        return self._labels_by_token[field].get(singular(token), [])

    def folded_labels(self, field: str) -> list[FoldedLabel]:
        """The labels of a field in order, each with its folded tokens."""
        if field not in self._folded_labels:
            self._folded_labels[field] = [(label, folded_tokens(label)) for label in sorted(self.labels(field))]
        return self._folded_labels[field]

    # Life

    def save(self, path: Path) -> None:
        """Write it as one file, whole or not at all."""
        content = {
            "format": [_FORMAT, lemmas.version()],
            "documents": self.documents,
            "values": self._values,
            "table": self._table,
        }
        write_whole(path, orjson.dumps(content))

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read what `save` wrote; raises SearchError if it cannot be read."""
        try:
            content: Any = orjson.loads(path.read_bytes())
        except (OSError, orjson.JSONDecodeError) as error:
            raise SearchError(f"the vocabulary {path} cannot be read ({error}): rebuild the index") from error
        try:
            if content["format"] == [_FORMAT, lemmas.version()]:
                return cls(FormTable(**content["table"]), content["values"], content["documents"])
        except (TypeError, KeyError) as error:
            raise SearchError(f"the vocabulary {path} is damaged ({error}): rebuild the index") from error
        raise SearchError(f"the vocabulary {path} is not of today's format: rebuild the index")

    # How it is kept

    @cached_property
    def _folded_labels(self) -> dict[str, list[FoldedLabel]]:
        return {}

    @cached_property
    def _labels_by_token(self) -> dict[str, dict[str, list[FoldedLabel]]]:
        return {}

    def _forms_of_lemmas(self, word: str, words: set[str]) -> tuple[set[str], dict[str, int]]:
        """The forms that a typed word stands for where it means these lemmas, and all their forms with their places."""
        group = self._of_lemmas(words)
        forms = {form for form in group if form == word or form not in stop_words()}
        forms -= lemmas.other_words(word, words, {form: self._table.lemmas_of(group[form]) for form in forms})
        return forms, group

    def _lemmas_of_word(self, word: str) -> set[str]:
        found = set(lemmas.readings(word))
        if word not in self and not lemmas.is_known(word):
            found |= self._lemmas_folding_to(word)
        return found | {lemma for verb, lemma in lemmas.guessed_verbs(word).items() if self._is_verb(verb, lemma)}

    def _lemmas_folding_to(self, word: str) -> set[str]:
        """The lemmas of the forms with a word's letters; a known word without its accents is another (mais of maïs)."""
        letters = fold(word)
        alike = (form for form in self.folding_to(letters) if not (form == letters != word and lemmas.is_known(form)))
        return {lemma for form in alike for lemma in lemmas.readings(form)}

    def _is_verb(self, letters: str, lemma: str) -> bool:
        """Whether the texts have the infinitive of a guessed verb, which is no known word (berger), and other forms."""
        infinitives = self.folding_to(letters)
        return len(self._table.of_lemma(lemma)) >= _FORMS_OF_A_VERB and not all(map(lemmas.is_known, infinitives))

    def _looking_like(self, folded: str) -> tuple[str, ...]:
        """Forms with the same first letters that have most letters in common."""
        beginning = self._table.with_folded_prefix(folded[:_SAME_BEGINNING])
        alike = {fold(self._table.forms[place]) for place in beginning}
        close = get_close_matches(folded, sorted(alike), n=3, cutoff=_ALIKE)
        return tuple(form for each in close for form in self.folding_to(each))

    def _of_lemmas(self, words: Iterable[str]) -> dict[str, int]:
        """The forms of these lemmas, with their places."""
        return {self._table.forms[place]: place for lemma in words for place in self._table.of_lemma(lemma)}

    def _near(self, forms: Collection[str]) -> dict[str, int]:
        """Forms that a reader may have meant too, with their places: the same letters but for accents, or a same stem.

        Those of a stem stand together, and most that fold alike are among them.
        """
        folded = {fold(form) for form in forms}
        stems = {stem for stem in lemmas.folded_stems([*forms]) if len(stem) >= _SHORTEST_STEM}
        beginnings = [stem for stem in stems if not any(stem.startswith(other) for other in stems - {stem})]
        found = dict[str, int]()
        for beginning in beginnings:
            places = self._table.with_folded_prefix(beginning)
            words = [self._table.forms[place] for place in places]
            for form, place, stem in zip(words, places, lemmas.folded_stems(words), strict=True):
                letters = fold(form)
                if (
                    letters in folded
                    or letters in stems
                    or stem in folded
                    or (stem in stems and letters.startswith(stem))
                ):
                    found[form] = place
        apart = [letters for letters in folded if not letters.startswith((*beginnings,))]
        return found | {self._table.forms[place]: place for each in apart for place in self._table.folding_to(each)}

    def _counted_forms(self, places: Iterable[int]) -> tuple[Form, ...]:
        """The forms at these places, most frequent first."""
        return _forms(sorted((-self._table.counts[place], self._table.forms[place]) for place in places))


def _kept(values: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    """Field → label → number of documents, in order, without the labels that no document has."""
    return {
        field: {label: number for label, number in sorted(labels.items()) if number > 0}
        for field, labels in sorted(values.items())
    }


def _forms(counted: Iterable[tuple[int, str]]) -> tuple[Form, ...]:
    """The records of forms with their counts below zero, made all at once: a word has dozens."""
    return _FORMS.validate_python([{"form": form, "count": -count} for count, form in counted])


def singular(token: str) -> str:
    """A folded token of a label without its plural ending: animaux is animal, eaux is eau."""
    if len(token) < _SHORTEST_PLURAL or token[-1] not in "sx":
        return token
    return f"{token[:-3]}al" if token.endswith("aux") and not token.endswith("eaux") else token[:-1]


def one_letter_away(word: str) -> set[str]:
    """The word and all that differ from it by one letter left out, added, or another, or by two exchanged."""
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    dropped = {left + right[1:] for left, right in cuts if right}
    swapped = {left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1}
    replaced = {left + letter + right[1:] for left, right in cuts if right for letter in _LETTERS}
    added = {left + letter + right for left, right in cuts for letter in _LETTERS}
    return (dropped | swapped | replaced | added | {word}) - {""}
