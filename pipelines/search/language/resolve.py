"""From the tree of a query to an engine query: words to their forms, names to values, days late to dates.

Everything is looked up in the vocabulary of the index that will be asked. What was found is noted, for the sentence
that explains the query and for the marks in the texts.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise, product

from pipelines.search.analysis import fold, tokens
from pipelines.search.engine_query import (
    ALL_TEXTS,
    Accents,
    And,
    AnyForm,
    DateRange,
    EngineQuery,
    Exists,
    FigureIs,
    Ids,
    Keyword,
    Mark,
    MatchAll,
    MatchNone,
    Near,
    Not,
    NumberRange,
    Or,
    Phrase,
    Positions,
    TextField,
)
from pipelines.search.language import fields, labels, tree
from pipelines.search.language.messages import warning
from pipelines.search.lemmas import is_conjugated
from pipelines.search.vocabulary import Vocabulary
from pipelines.search.words import (
    acronyms_by_content,
    acronyms_starting,
    compounds,
    small_words,
    spellings,
    spelt_as_printed,
)
from schemas.search import ExpandedWord, Form, QueryWarning
from schemas.units import in_base

MAX_FORMS = 1_000
_SHOWN_FORMS = 50
_LONG_NUMBER = re.compile(r"[1-9][0-9]{3,}(?:,[0-9]+)?")
_BEFORE_GROUP = re.compile(r"(?<=[0-9])(?=(?:[0-9]{3})+(?:,|$))")
_DOTTED_LETTERS = re.compile(r"[^\W\d_](?:\.[^\W\d_]){2,}")  # T.V.A.
_SHORTEST_DOTTED = 3  # letters: U.E. would be found in "u e" of anything
_FAR_DAYS = 700_000  # as many days as can be counted back


@dataclass
class Resolver:
    """Resolves one tree; afterwards its parts say what it came to.

    `words` are the forms of each word, `also` its other spellings, `found` the labels of each name, `marks` what to
    mark in the texts.
    """

    vocabulary: Vocabulary
    today: date
    words: dict[str, ExpandedWord] = field(default_factory=dict[str, ExpandedWord])
    found: dict[tree.Single, tuple[str, ...]] = field(default_factory=dict[tree.Single, tuple[str, ...]])
    also: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    marks: list[Mark] = field(default_factory=list[Mark])
    warnings: list[QueryWarning] = field(default_factory=list[QueryWarning])
    _refused: int = 0  # depth of SAUF

    def resolve(self, node: tree.Node) -> EngineQuery:
        """The engine query of a tidied tree."""
        match node:
            case tree.All(parts):
                return _and(self._parts(parts))
            case tree.Any(parts):
                return _or([self.resolve(part) for part in parts])
            case tree.Without(part):
                self._refused += 1
                inner = self.resolve(part)
                self._refused -= 1
                return Not(inner)
            case tree.Word() | tree.Wildcard() | tree.Quoted():
                return self._single(node)
            case tree.Proximity():
                return self._near(node)
            case _:
                return self._condition(node)

    def _parts(self, parts: tuple[tree.Node, ...]) -> list[EngineQuery]:
        """All parts; words that spell an acronym out may be replaced by it."""
        found: list[EngineQuery] = []
        at = 0
        while at < len(parts):
            spelt, acronyms = _spelt_out(parts, at)
            if spelt:
                words = _and([self.resolve(part) for part in parts[at : at + spelt]])
                short = AnyForm(acronyms, _texts(getattr(parts[at], "scope", None)))
                last = parts[at + spelt - 1]
                self.also[last.text if isinstance(last, tree.Word) else ""] = acronyms
                found.append(_or([words, self._marked(short)]))
            else:
                found.append(self.resolve(parts[at]))
            at += max(spelt, 1)
        return found

    def _single(self, leaf: tree.Single) -> EngineQuery:
        if leaf.scope is not None and fields.fields()[leaf.scope].kind is fields.Kind.LABEL:
            return self._label(leaf, leaf.scope)
        texts = _texts(leaf.scope)
        match leaf:
            case tree.Quoted(text, accents):
                words = [part.plain if accents else part.folded for part in tokens(text)]
                kind = Accents.PLAIN if accents else Accents.FOLDED
                return self._marked(Phrase(_exactly(words), kind, texts))
            case tree.Word(text) if len(tokens(text)) == 1:
                return self._word(leaf, tokens(text)[0].plain, texts)
            case tree.Word(text) if _DOTTED_LETTERS.fullmatch(text):
                return self._letters(text, texts)
        return self._side_by_side(leaf, texts)

    def _letters(self, text: str, texts: tuple[TextField, ...]) -> EngineQuery:
        """T.V.A. as it is written, without its dots, and what it stands for as an acronym."""
        word = text.replace(".", "")
        spelt = [*self._stands_for(fold(word))]
        self.also[text] = (word, *(printed for _, printed in spelt))
        options: list[Mark] = [Phrase(_exactly(word), Accents.PLAIN, texts), AnyForm((word,), texts)]
        options += [Phrase(places, Accents.PLAIN, texts) for places, _ in spelt]
        return _or([self._marked(option) for option in options])

    def _side_by_side(self, leaf: tree.Single, texts: tuple[TextField, ...]) -> EngineQuery:
        """The parts of a word side by side, and its other spellings; of a pattern without parts its forms."""
        places = self._places(leaf)
        if not all(places):
            return MatchNone()
        if len(places) == 1:
            return self._marked(AnyForm(places[0], texts, _beginning(leaf, places[0])))
        options: list[Mark] = [Phrase(places, Accents.PLAIN, texts)]
        if isinstance(leaf, tree.Word):
            otherwise = [*self._written_otherwise(leaf, places, texts)]
            options += [mark for mark, _ in otherwise]
            self.also[leaf.text] = tuple(spelling for _, spellings in otherwise for spelling in spellings)
        return _or([self._marked(option) for option in options])

    def _written_otherwise(
        self, leaf: tree.Word, places: Positions, texts: tuple[TextField, ...]
    ) -> Iterator[tuple[Mark, tuple[str, ...]]]:
        """Other spellings of words side by side, each with how it is read: groups of digits, no accents, one word."""
        if groups := _groups(leaf.text):
            yield Phrase(_exactly(groups), Accents.PLAIN, texts), (_printed_in_groups(leaf.text),)
        bare = [part.folded for part in tokens(leaf.text)]
        if all(part in self.vocabulary for part in bare) and any(
            part not in forms for part, forms in zip(bare, places, strict=True)
        ):  # COTE-D'OR is what old titles make of Côte-d'Or, though cote alone is no côte
            yield Phrase(_exactly(bare), Accents.PLAIN, texts), (fold(leaf.text),)
        if forms := self._in_one_word(leaf):
            yield AnyForm(forms, texts), forms

    def _in_one_word(self, leaf: tree.Word) -> tuple[str, ...]:
        """The forms of a hyphenated word as the texts have them without hyphen: plate-forme is plateforme.

        Where the endings after a middle dot make no such word, they are of the word before it: agriculteur·rice·s.
        """
        parts = [part.plain for part in tokens(leaf.text)]
        if any(one.isdecimal() and other.isdecimal() for one, other in pairwise(parts)):  # 1-2 is not 12
            return ()
        forms = self.vocabulary.forms_of("".join(parts)).forms
        if not forms and "·" in leaf.text:
            forms = self.vocabulary.forms_of(parts[0]).forms
        return tuple(form.form for form in forms)

    def _word(self, leaf: tree.Word, word: str, texts: tuple[TextField, ...]) -> EngineQuery:
        """A word by its forms and its other spellings."""
        forms = self._forms(leaf)
        others = [*self._other_spellings(word, forms)]
        self.also[word] = tuple(printed for _, printed in others)
        is_spelt = others and all(group in self.vocabulary for group in _groups(word))
        if not (is_spelt or self.words[leaf.written].forms or leaf.dropped):
            suggestion = self.vocabulary.suggestion(word)
            self.warnings.append(warning("no_such_word", leaf.at, suggestion, word=word))
        options: list[Mark] = [AnyForm(forms, texts)]
        options += [Phrase(places, Accents.PLAIN, texts) for places, _ in others]
        return _or([self._marked(option) for option in options])

    def _other_spellings(self, word: str, forms: tuple[str, ...]) -> Iterator[tuple[Positions, str]]:
        """A number in groups, an acronym spelt out or with dots, a compound with hyphens; each with how it is read."""
        if groups := _groups(word):
            yield _exactly(groups), _printed_in_groups(word)
        acronym = _acronym(word)
        yield from self._stands_for(acronym)
        if len(acronym) >= _SHORTEST_DOTTED and all(letter in self.vocabulary for letter in acronym):
            yield _exactly(acronym), "".join(f"{letter}." for letter in acronym.upper())
        for compound in _compounds((word, *forms)):
            yield tuple(map(self._part_forms, compound.split("-"))), compound

    def _stands_for(self, acronym: str) -> Iterator[tuple[Positions, str]]:
        """The words that a known acronym stands for."""
        for spelling in spellings().get(acronym, ()):
            yield tuple(map(self._part_forms, spelling)), spelt_as_printed()[spelling]

    def _forms(self, leaf: tree.Word) -> tuple[str, ...]:
        """The forms of a word, noted for the reader; the word itself when no text has any."""
        word = tokens(leaf.text)[0].plain
        if leaf.written not in self.words:
            self.words[leaf.written] = self._chosen(leaf, self.vocabulary.forms_of(word))
        return tuple(form.form for form in self.words[leaf.written].forms) or (() if leaf.dropped else (word,))

    def _chosen(self, leaf: tree.Word, expanded: ExpandedWord) -> ExpandedWord:
        """The forms that the reader's choice leaves; what is dropped can be taken back."""
        for form in set(leaf.dropped) - {each.form for each in expanded.forms}:
            alike = (each.form for each in expanded.forms if fold(each.form) == fold(form) and each.form != leaf.text)
            self.warnings.append(warning("form_not_there", leaf.at, next(alike, None), form=form, word=expanded.word))
        dropped = [each for each in expanded.forms if each.form in leaf.dropped]
        added = [Form(form=form, count=self.vocabulary.count(form)) for form in leaf.added]
        kept = [each for each in expanded.forms if each.form not in (*leaf.dropped, *leaf.added)]
        left_out = [each for each in expanded.left_out if each.form not in leaf.added]
        if dropped and not (kept or added):
            self.warnings.append(warning("no_form_left", leaf.at, word=expanded.word))
        return ExpandedWord(word=expanded.word, forms=(*kept, *added), left_out=(*dropped, *left_out))

    def _shown_forms(self, part: str) -> tuple[str, ...]:
        """The forms of one part of a hyphenated word, noted for the reader where there is more than the part itself."""
        forms = self._part_forms(part)
        if part not in small_words() and set(forms) - {part}:
            self.words.setdefault(part, self.vocabulary.forms_of(part))
        return forms

    def _part_forms(self, part: str) -> tuple[str, ...]:
        """What may stand for one part of a hyphenated word; a small word or a verb is only itself, accents aside."""
        if part in small_words() or fold(part) in small_words() or is_conjugated(part):
            return self.vocabulary.folding_to(fold(part)) or (part,)
        return tuple(form.form for form in self.vocabulary.forms_of(part).forms) or (part,)

    def _forms_of_pattern(self, pattern: str, leaf: tree.Wildcard) -> tuple[str, ...]:
        if not any(sign in pattern for sign in "*?~"):
            return self._part_forms(pattern)
        if pattern.endswith("~"):
            forms, cut = self.vocabulary.one_letter_away(pattern[:-1]), False
        else:
            forms, cut = self.vocabulary.wildcard(pattern, MAX_FORMS)
        counted = sorted((-self.vocabulary.count(form), form) for form in forms)[:_SHOWN_FORMS]
        shown = tuple(Form(form=form, count=-count) for count, form in counted)
        self.words[pattern] = ExpandedWord(word=pattern, forms=shown, more=len(forms) - len(shown))
        if cut:
            self.warnings.append(warning("wildcard_cut", leaf.at, pattern=pattern, limit=MAX_FORMS))
        elif not forms:
            self.warnings.append(warning("wildcard_empty", leaf.at, pattern=pattern))
        return forms

    def _near(self, node: tree.Proximity) -> EngineQuery:
        sides = (self._alternatives(side) for side in (node.left, node.right))
        pairs = [
            self._marked(Near(left, right, node.between, node.ordered, _texts(node.scope)))
            for left, right in product(*sides)
        ]
        return _or([*pairs]) if pairs else MatchNone()

    def _alternatives(self, side: tuple[tree.Single, ...]) -> list[Positions]:
        """What may stand on one side: single words are one alternative, words side by side one each."""
        found = [self._places(leaf) for leaf in side]
        numbers = (_groups(leaf.text) for leaf in side if isinstance(leaf, tree.Word))
        found += [_exactly(groups) for groups in numbers if groups]
        single = tuple(dict.fromkeys(form for places in found if len(places) == 1 for form in places[0]))
        return [*([(single,)] if single else []), *(places for places in found if len(places) > 1 and all(places))]

    def _places(self, leaf: tree.Single) -> Positions:
        """The plain forms that may stand at each place of words side by side."""
        match leaf:
            case tree.Wildcard(pattern):
                return tuple(self._forms_of_pattern(part, leaf) for part in pattern.split("-"))
            case tree.Word(text):
                parts = [part.plain for part in tokens(text)]
                return (self._forms(leaf),) if len(parts) == 1 else tuple(self._shown_forms(part) for part in parts)
            case tree.Quoted(text, accents):
                return tuple(
                    (not accents and self.vocabulary.folding_to(part.folded)) or (part.plain,) for part in tokens(text)
                )

    def _label(self, leaf: tree.Single, scope: str) -> EngineQuery:
        values = labels.meant(self.vocabulary, scope, leaf)
        self.found[leaf] = values
        if values:
            return Keyword(scope, values)
        suggestion = labels.nearest(self.vocabulary, scope, leaf)
        name = fields.fields()[scope].names[0]
        self.warnings.append(warning("unknown_label", leaf.at, suggestion, value=tree.typed(leaf), name=name))
        return MatchNone()

    def _condition(self, node: tree.Node) -> EngineQuery:
        match node:
            case tree.Numbers("overdue", low, high):
                return self._overdue(low, high)
            case tree.Numbers(scope, low, high):
                return NumberRange(scope, low, high)
            case tree.Dates(scope, low, high):
                return DateRange(scope, low, high)
            case tree.Key("id", value):
                return Ids((value,))
            case tree.Choice(scope, value) | tree.Key(scope, value):
                return Keyword(scope, (value,))
            case tree.Present(scope):
                return self._overdue(1, None) if scope == "overdue" else Exists(scope)
            case tree.FigureTest():
                return self._figure(node)
            case _:
                return MatchAll() if node == tree.Everything() else MatchNone()

    def _figure(self, test: tree.FigureTest) -> EngineQuery:
        forms = () if test.subject is None else self._subject_forms(test.subject)
        unit, factor = in_base(test.unit)
        low, high = (None if bound is None else bound * factor for bound in (test.low, test.high))
        return FigureIs(low, high, unit, test.kind, forms)

    def _subject_forms(self, subject: str) -> tuple[str, ...]:
        return tuple(sorted({fold(form) for form in self._forms(tree.Word(subject))}))

    def _overdue(self, low: int | None, high: int | None) -> EngineQuery:
        """Days past the due date of what still waits: n days late means due n days before today."""
        earliest = None if high is None else self._days_ago(high)
        latest = None if low is None else self._days_ago(low)
        return And((Keyword("status", ("pending",)), DateRange("due_date", earliest, latest)))

    def _days_ago(self, days: int) -> date:
        return self.today - timedelta(days=max(-_FAR_DAYS, min(days, _FAR_DAYS)))

    def _marked(self, mark: Mark) -> Mark:
        if not self._refused and mark not in self.marks:
            self.marks.append(mark)
        return mark


def _beginning(leaf: tree.Single, forms: tuple[str, ...]) -> str | None:
    """The folded letters that all these forms begin with, and no others: those of `mot*`, when none was cut."""
    beginning = fold(leaf.pattern[:-1]) if isinstance(leaf, tree.Wildcard) and leaf.pattern.endswith("*") else ""
    return beginning if beginning.isalnum() and len(forms) < MAX_FORMS else None


def _texts(scope: str | None) -> tuple[TextField, ...]:
    return ALL_TEXTS if scope is None else (TextField(scope),)


def _exactly(words: Iterable[str]) -> Positions:
    """These words side by side, each itself alone."""
    return tuple((word,) for word in words)


def _and(parts: list[EngineQuery]) -> EngineQuery:
    return parts[0] if len(parts) == 1 else And(tuple(parts))


def _or(parts: list[EngineQuery]) -> EngineQuery:
    return parts[0] if len(parts) == 1 else Or(tuple(parts))


def _acronym(word: str) -> str:
    """The known acronym that a word is, in the singular; empty when it is none."""
    folded = fold(word)
    return next((each for each in (folded, folded.removesuffix("s")) if each in spellings()), "")


def _compounds(forms: tuple[str, ...]) -> tuple[str, ...]:
    """The known compounds, with their hyphens, that these forms write in one word, in the singular or not."""
    letters = (each for form in forms for each in (fold(form), fold(form).removesuffix("s")))
    return tuple(dict.fromkeys(compounds()[each] for each in letters if each in compounds()))


def _groups(number: str) -> list[str]:
    """The groups of three that a long number may be printed in, with its decimals; none of anything else."""
    return re.findall(r"[0-9]+", _printed_in_groups(number))


def _printed_in_groups(number: str) -> str:
    """`18000,50` as `18 000,50`; empty for anything but a long number."""
    return _BEFORE_GROUP.sub(" ", number) if _LONG_NUMBER.fullmatch(number) else ""


def _spelt_out(parts: tuple[tree.Node, ...], at: int) -> tuple[int, tuple[str, ...]]:
    """How many parts from there spell acronyms out, longest first, and which; 0 when none do."""
    first = parts[at]
    if not isinstance(first, tree.Word) or tokens(first.text)[0].folded not in acronyms_starting():
        return 0, ()
    words: list[str] = []
    best: tuple[int, tuple[str, ...]] = (0, ())
    for end, part in enumerate(parts[at:], start=1):
        if not isinstance(part, tree.Word) or part.scope != first.scope:
            break
        words.extend(token.folded for token in tokens(part.text))
        acronyms = acronyms_by_content().get(tuple(words), ())
        if acronyms:
            best = (end, acronyms)
    return best if first.scope is None or first.scope in set(TextField) else (0, ())
