"""One sentence, in French and in English, that says what a query asks."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pipelines.search.language import fields, ranges, tree
from pipelines.search.language.phrases import MONTHS, PHRASES, VERBS, Language
from schemas.search import ExpandedWord

_SHOWN = 6
_LARGE = re.compile(r"(?<![\d.,])\d{5,}")
_POINT = re.compile(r"(?<=\d)\.(?=\d)")
_BOUNDS = {
    tree.Numbers: ("between", "from", "until", "is"),
    tree.Dates: ("dates", "since", "before", "day"),
}


@dataclass(frozen=True)
class Explainer:
    """Writes the sentence in one language, with the forms and labels that were found."""

    language: Language
    words: Mapping[str, ExpandedWord]
    also: Mapping[str, tuple[str, ...]]
    found: Mapping[tree.Single, tuple[str, ...]]

    def sentence(self, root: tree.Node) -> str:
        """What the whole query asks."""
        if isinstance(root, tree.Everything):
            return self._say("all" if root.extent is tree.Extent.ALL else "nothing")
        return self._say("sentence", clause=self._clause(root))

    def _clause(self, node: tree.Node, *, holds: bool = True) -> str:
        """The condition, or its contrary."""
        match node:
            case tree.Without(part):
                return self._clause(part, holds=not holds)
            case tree.All(parts) | tree.Any(parts):
                joint = self._say("and" if isinstance(node, tree.All) else "or")
                clause = joint.join(self._inner(part) for part in parts)
                return clause if holds else self._say("not", clause=clause)
            case tree.Word() | tree.Wildcard() | tree.Quoted():
                return self._single(node, holds=holds)
            case tree.Proximity():
                return self._near(node, holds=holds)
            case _:
                return self._condition(node, holds=holds)

    def _inner(self, node: tree.Node) -> str:
        return f"({self._clause(node)})" if isinstance(node, tree.All | tree.Any) else self._clause(node)

    def _near(self, node: tree.Proximity, *, holds: bool) -> str:
        left, right = (
            self._say("or").join(self._quote(tree.typed(leaf)) for leaf in side) for side in (node.left, node.right)
        )
        kind = "ordered" if node.ordered else "near" if node.between else "beside"
        where, between = self._where(node.scope), self._counted("one_word", "words", node.between)
        return self._say(kind, holds=holds, where=where, left=left, right=right, between=between)

    def _single(self, leaf: tree.Single, *, holds: bool) -> str:
        where, word = self._where(leaf.scope), tree.typed(leaf)
        if leaf in self.found:
            values = [self._quote(label) for label in self.found[leaf]]
            if not values:
                return self._say("no_label", holds=holds, where=where, word=word)
            return self._say("labels", holds=holds, where=where, labels=self._listed(values, self._say("or")))
        if isinstance(leaf, tree.Quoted):
            return self._say("accents" if leaf.accents else "quoted", holds=holds, where=where, word=word)
        return self._say("word", holds=holds, where=where, word=word, forms=self._forms(leaf, word))

    def _forms(self, leaf: tree.Word | tree.Wildcard, word: str) -> str:
        """The forms of a word, where there is more to say than the word itself; its other spellings."""
        expanded = self.words.get(leaf.written if isinstance(leaf, tree.Word) else word)
        shown = [form.form for form in expanded.forms] if expanded else []
        more = expanded.more if expanded else 0
        phrase = "forms" if shown[1:] else "form"
        said = "" if shown in ([], [word]) else self._say(phrase, forms=self._listed(shown, ", ", more))
        if self.also.get(word):
            said += self._say("also", spellings=self._listed([self._quote(also) for also in self.also[word]], ", "))
        return said

    def _condition(self, node: tree.Node, *, holds: bool) -> str:
        match node:
            case tree.Numbers() | tree.Dates():
                return self._bounds(node, holds=holds)
            case tree.Choice("ever", value):
                return self._say("had", holds=holds, value=self._choice("ever", value))
            case tree.Choice(scope, value):
                return self._say("is", holds=holds, where=self._where(scope), value=self._choice(scope, value))
            case tree.Key(scope, value):
                return self._say("is", holds=holds, where=self._where(scope), value=value)
            case tree.Present(scope):
                return self._say("present", holds=holds, where=self._where(scope))
            case tree.FigureTest():
                return self._figure(node, holds=holds)
            case _:
                return self._say("everything" if holds else "impossible")

    def _bounds(self, node: tree.Numbers | tree.Dates, *, holds: bool) -> str:
        low, high = node.low, node.high
        both, since, until, exact = _BOUNDS[type(node)]
        kind = since if high is None else until if low is None else exact if low == high else both
        shown = [self._day(bound) if isinstance(bound, date) else bound for bound in (low, high)]
        return self._say(kind, holds=holds, where=self._where(node.scope), low=shown[0], high=shown[1], value=shown[0])

    def _figure(self, test: tree.FigureTest, *, holds: bool) -> str:
        """`5..10 a sujet:lits` as people say it: 5 to 10 years, about beds."""
        bounds = ranges.printed_floats(test.low, test.high)
        for sign, shown in ((">=", "≥ "), ("<=", "≤ "), (">", "> "), ("<", "< "), ("..", self._say("to"))):
            bounds = bounds.replace(sign, shown)
        bounds = _POINT.sub(self._say("decimals"), bounds)
        bounds = _LARGE.sub(lambda digits: f"{int(digits[0]):,}".replace(",", self._say("thousands")), bounds)
        unit = "" if test.unit is None else self._named(test.unit)
        parts = (
            f"{bounds} {unit}".strip() if bounds or not unit else self._say("in_unit", unit=unit),
            "" if test.kind is None else self._named(test.kind),
            "" if test.subject is None else self._say("subject", subject=self._quote(test.subject)),
        )
        return self._say("figure", holds=holds, value=", ".join(part for part in parts if part))

    def _named(self, name: str) -> str:
        """A unit or kind of figure as people call it."""
        french, english = fields.shown(name)
        return french if self.language is Language.FR else english

    def _where(self, scope: str | None) -> str:
        if scope is None:
            return self._say("text")
        field = fields.fields()[scope]
        return field.fr if self.language is Language.FR else field.en

    def _choice(self, scope: str, value: str) -> str:
        return fields.choice_name(scope, value) if self.language is Language.FR else value.replace("_", " ")

    def _day(self, day: date) -> str:
        number = "1er" if self.language is Language.FR and day.day == 1 else str(day.day)
        return f"{number} {MONTHS[self.language][day.month - 1]} {day.year}"

    def _quote(self, text: str) -> str:
        return f"« {text} »" if self.language is Language.FR else f"“{text}”"

    def _listed(self, items: list[str], joint: str, unlisted: int = 0) -> str:
        """The first few, and how many there are beside them."""
        more = len(items[_SHOWN:]) + unlisted
        return joint.join(items[:_SHOWN]) + (self._counted("one_more", "more", more) if more else "")

    def _counted(self, one: str, several: str, number: int) -> str:
        return self._say(one) if number == 1 else self._say(several, number=number)

    def _say(self, phrase: str, *, holds: bool = True, **parts: object) -> str:
        verbs = {name: forms[0 if holds else 1] for name, forms in VERBS[self.language].items()}
        return PHRASES[self.language][phrase].format(**verbs, **parts)
