"""One sentence, in French and in English, that says what a query asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pipelines.search.language import fields, tree
from pipelines.search.language.normal import figure_words
from schemas.search import ExpandedWord

_SHOWN = 6
_MONTHS = {
    "fr": "janvier,février,mars,avril,mai,juin,juillet,août,septembre,octobre,novembre,décembre",
    "en": "January,February,March,April,May,June,July,August,September,October,November,December",
}


class Language(StrEnum):
    """The languages of the sentence."""

    FR = "fr"
    EN = "en"


_PHRASES: dict[Language, dict[str, str]] = {
    Language.FR: {
        "sentence": "Les questions où {clause}.",
        "all": "Toutes les questions.",
        "nothing": "Aucune question : il n'y a rien à chercher.",
        "everything": "tout est permis",
        "and": " et ",
        "or": " ou ",
        "not": "il n'est pas vrai que {clause}",
        "text": "le texte",
        "word": "{where} contient « {word} »{forms}",
        "forms": " (sous les formes {forms})",
        "more": " et {number} autres",
        "also": " ou {spellings}",
        "quoted": "{where} contient exactement « {word} »",
        "accents": "{where} contient exactement « {word} », accents compris",
        "near": "{where} contient {left} à {between} mots au plus de {right}",
        "ordered": "{where} contient {left} suivi, à {between} mots au plus, de {right}",
        "labels": "{where} est {labels}",
        "no_label": "{where} est « {word} » (inconnu)",
        "is": "{where} est {value}",
        "had": "la question a été : {value}",
        "between": "{where} va de {low} à {high}",
        "from": "{where} est au moins {low}",
        "until": "{where} est au plus {high}",
        "dates": "{where} est entre le {low} et le {high}",
        "since": "{where} est le {low} ou après",
        "before": "{where} est le {high} ou avant",
        "day": "{where} est le {low}",
        "present": "{where} existe",
        "figure": "un même chiffre répond à « {value} »",
    },
    Language.EN: {
        "sentence": "Questions where {clause}.",
        "all": "All questions.",
        "nothing": "No question: there is nothing to search.",
        "everything": "anything goes",
        "and": " and ",
        "or": " or ",
        "not": "it is not true that {clause}",
        "text": "the text",
        "word": "{where} has “{word}”{forms}",
        "forms": " (as {forms})",
        "more": " and {number} more",
        "also": " or {spellings}",
        "quoted": "{where} has exactly “{word}”",
        "accents": "{where} has exactly “{word}”, accents included",
        "near": "{where} has {left} within {between} words of {right}",
        "ordered": "{where} has {left} followed within {between} words by {right}",
        "labels": "{where} is {labels}",
        "no_label": "{where} is “{word}” (unknown)",
        "is": "{where} is {value}",
        "had": "the question has been: {value}",
        "between": "{where} is from {low} to {high}",
        "from": "{where} is at least {low}",
        "until": "{where} is at most {high}",
        "dates": "{where} is between {low} and {high}",
        "since": "{where} is {low} or later",
        "before": "{where} is {high} or earlier",
        "day": "{where} is {low}",
        "present": "{where} is known",
        "figure": "one figure meets “{value}”",
    },
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

    def _clause(self, node: tree.Node) -> str:
        match node:
            case tree.All(parts):
                return self._say("and").join(self._inner(part) for part in parts)
            case tree.Any(parts):
                return self._say("or").join(self._inner(part) for part in parts)
            case tree.Without(part):
                return self._say("not", clause=self._inner(part))
            case tree.Word() | tree.Wildcard() | tree.Quoted():
                return self._single(node)
            case tree.Proximity():
                left, right = (
                    self._say("or").join(self._quote(_text(leaf)) for leaf in side) for side in (node.left, node.right)
                )
                kind = "ordered" if node.ordered else "near"
                return self._say(kind, where=self._where(node.scope), left=left, right=right, between=node.between)
            case _:
                return self._condition(node)

    def _inner(self, node: tree.Node) -> str:
        return f"({self._clause(node)})" if isinstance(node, tree.All | tree.Any) else self._clause(node)

    def _single(self, leaf: tree.Single) -> str:
        where, word = self._where(leaf.scope), _text(leaf)
        if leaf in self.found:
            values = [self._quote(label) for label in self.found[leaf]]
            return (
                self._say("labels", where=where, labels=self._listed(values, self._say("or")))
                if values
                else self._say("no_label", where=where, word=word)
            )
        if isinstance(leaf, tree.Quoted):
            return self._say("accents" if leaf.accents else "quoted", where=where, word=word)
        expanded = self.words.get(word)
        shown = [form.form for form in expanded.forms] if expanded else []
        forms = "" if shown in ([], [word]) else self._say("forms", forms=self._listed(shown, ", "))
        if self.also.get(word):
            forms += self._say("also", spellings=self._listed([self._quote(also) for also in self.also[word]], ", "))
        return self._say("word", where=where, word=word, forms=forms)

    def _condition(self, node: tree.Node) -> str:
        match node:
            case tree.Numbers(scope, low, high):
                return self._bounds(scope, low, high, ("between", "from", "until", "is"))
            case tree.Dates(scope, low, high):
                return self._bounds(scope, self._day(low), self._day(high), ("dates", "since", "before", "day"))
            case tree.Choice("ever", value):
                return self._say("had", value=self._choice("ever", value))
            case tree.Choice(scope, value):
                return self._say("is", where=self._where(scope), value=self._choice(scope, value))
            case tree.Key(scope, value):
                return self._say("is", where=self._where(scope), value=value)
            case tree.Present(scope):
                return self._say("present", where=self._where(scope))
            case tree.FigureTest():
                return self._say("figure", value=figure_words(node))
            case _:
                return self._say("everything")

    def _bounds(self, scope: str, low: object | None, high: object | None, kinds: tuple[str, str, str, str]) -> str:
        both, since, until, exact = kinds
        kind = since if high is None else until if low is None else exact if low == high else both
        return self._say(kind, where=self._where(scope), low=low, high=high, value=low)

    def _where(self, scope: str | None) -> str:
        if scope is None:
            return self._say("text")
        field = fields.fields()[scope]
        return field.fr if self.language is Language.FR else field.en

    def _choice(self, scope: str, value: str) -> str:
        return fields.choice_name(scope, value) if self.language is Language.FR else value.replace("_", " ")

    def _day(self, day: date | None) -> str | None:
        if day is None:
            return None
        number = "1er" if self.language is Language.FR and day.day == 1 else str(day.day)
        return f"{number} {_MONTHS[self.language].split(',')[day.month - 1]} {day.year}"

    def _quote(self, text: str) -> str:
        return f"« {text} »" if self.language is Language.FR else f"“{text}”"

    def _listed(self, items: list[str], joint: str) -> str:
        more = self._say("more", number=len(items) - _SHOWN) if len(items) > _SHOWN else ""
        return joint.join(items[:_SHOWN]) + more

    def _say(self, phrase: str, **parts: object) -> str:
        return _PHRASES[self.language][phrase].format(**parts)


def _text(leaf: tree.Single) -> str:
    return leaf.pattern if isinstance(leaf, tree.Wildcard) else leaf.text
