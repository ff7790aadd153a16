"""The reader's choice of forms, applied to a whole query: a form is dropped from every word that has it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final, Self

from pipelines.search.analysis import tokens
from pipelines.search.language import fields, tree
from pipelines.search.vocabulary import Vocabulary


@dataclass(frozen=True)
class FormChoice:
    """Forms to drop from the words that have them, and near ones to take in where they were left out."""

    without: frozenset[str] = frozenset()
    also: frozenset[str] = frozenset()

    @classmethod
    def of(cls, without: Iterable[str] = (), also: Iterable[str] = ()) -> Self:
        """The choice of forms as they are typed."""
        return cls(*(frozenset(token.plain for form in forms for token in tokens(form)) for forms in (without, also)))


EVERY_FORM: Final = FormChoice()


def with_forms(root: tree.Node, vocabulary: Vocabulary, choice: FormChoice) -> tree.Node:
    """The query whose words lose these forms, and take those of the near ones left out."""

    def chosen(word: tree.Word) -> tree.Word:
        parts = tokens(word.text)
        if len(parts) != 1 or _is_label(word):
            return word
        expanded = vocabulary.forms_of(parts[0].plain)
        dropped = {each.form for each in expanded.forms if each.form in choice.without}
        added = {each.form for each in expanded.left_out if each.form in choice.also}
        return replace(
            word,
            dropped=tuple(sorted({*word.dropped, *dropped} - added)),
            added=tuple(sorted({*word.added, *added} - dropped)),
        )

    return _mapped(root, chosen) if choice != EVERY_FORM else root


def idle(root: tree.Node, choice: FormChoice) -> list[str]:
    """The chosen forms that change no word of a query that `with_forms` made."""
    changed: set[str] = set()

    def noted(word: tree.Word) -> tree.Word:
        changed.update((*word.dropped, *word.added))
        return word

    _mapped(root, noted)
    return sorted((choice.without | choice.also) - changed)


def _is_label(word: tree.Word) -> bool:
    return word.scope is not None and fields.fields()[word.scope].kind is fields.Kind.LABEL


def _mapped(node: tree.Node, change: Callable[[tree.Word], tree.Word]) -> tree.Node:
    match node:
        case tree.Word():
            return change(node)
        case tree.All(parts) | tree.Any(parts):
            return replace(node, parts=tuple(_mapped(part, change) for part in parts))
        case tree.Without(part):
            return replace(node, part=_mapped(part, change))
        case tree.Proximity(left, right):
            return replace(node, left=_side(left, change), right=_side(right, change))
        case _:
            return node


def _side(side: tuple[tree.Single, ...], change: Callable[[tree.Word], tree.Word]) -> tuple[tree.Single, ...]:
    return tuple(change(leaf) if isinstance(leaf, tree.Word) else leaf for leaf in side)
