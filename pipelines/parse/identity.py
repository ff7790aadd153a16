"""Which question a page is: by its content first, then by its address, then by what was asked for.

A page that shows another question than the one asked for is refused: sites have answered with the wrong page.
"""

from dataclasses import dataclass
from datetime import date

from pipelines.parse.address import Hint, hint_from
from pipelines.parse.draft import Draft
from pipelines.parse.terms import term_on
from schemas.capture import CaptureRef
from schemas.errors import ParseError
from schemas.identity import QuestionKey, QuestionType
from schemas.question import EventKind
from schemas.terms import term as term_of


@dataclass(frozen=True)
class Identity:
    """The question's key, the source's own id, and whether the term had to be inferred from a date."""

    key: QuestionKey
    source_id: str | None
    term_inferred: bool


def identify(draft: Draft, ref: CaptureRef, *, alone: bool) -> Identity:
    """Name the question of a draft; a disagreement with the address is reported in the draft.

    The address of a capture of several questions (not `alone`) names none of them.

    Raises:
        ParseError: `no_identity` or `wrong_question`.
    """
    hint = hint_from(ref.url) if alone else None
    if hint is not None and hint.parliament != draft.parliament:
        _disagree(draft, ref, f"the address names a question of {hint.parliament}")
        hint = None
    asked = ref.question if ref.question and ref.question.parliament == draft.parliament else None
    if ref.question and asked is None:
        raise ParseError("wrong_question", f"{ref.question} was asked for, and the page is of {draft.parliament}")
    if hint is not None and _contradicts(draft, hint.term, hint.type, hint.number):
        _disagree(draft, ref, f"the address names {_name(hint.term, hint.type, hint.number)}")
        hint = None
    if asked is not None and _contradicts(draft, asked.term, asked.type, asked.number):
        raise ParseError(
            "wrong_question", f"{asked} was asked for, and the page shows {_name(draft.term, draft.type, draft.number)}"
        )
    return _complete(draft, hint, asked, ref)


def _contradicts(draft: Draft, term: int | None, type_: QuestionType | None, number: int) -> bool:
    pairs = ((draft.term, term), (draft.type, type_), (draft.number, number))
    return any(shown is not None and named is not None and shown != named for shown, named in pairs)


def _disagree(draft: Draft, ref: CaptureRef, what: str) -> None:
    shown = _name(draft.term, draft.type, draft.number)
    draft.report("address_mismatch", "identity", f"{what}, the page shows {shown}: the page counts ({ref.url})")


def _name(term: int | None, type_: QuestionType | None, number: int | None) -> str:
    return f"{term or '?'}-{number or '?'}{type_ or ''}"


def _complete(draft: Draft, hint: Hint | None, asked: QuestionKey | None, ref: CaptureRef) -> Identity:
    number = draft.number or (hint.number if hint else None) or (asked.number if asked else None)
    type_ = draft.type or (hint.type if hint else None) or (asked.type if asked else None)
    if not number or type_ is None:
        missing = "procedure" if number else "number"
        raise ParseError(
            "no_identity", f"neither the page nor its address shows the {missing} of the question ({ref.url})"
        )
    term = draft.term or (hint.term if hint else None) or (asked.term if asked else None)
    inferred = None if term else _inferred_term(draft, hint)
    if not (term or inferred):
        raise ParseError("no_identity", f"question {number}: no term, and no date to infer it from ({ref.url})")
    key = QuestionKey(parliament=draft.parliament, term=term or inferred or 0, type=type_, number=number)
    if draft.term is None:
        _report_other_term(draft, key)
    return Identity(key, _source_id(key, hint), term_inferred=term is None)


def _report_other_term(draft: Draft, key: QuestionKey) -> None:
    """Tell that the question was published when the term that its address names was not: one of the two is wrong."""
    known, day = term_of(key.term_key), _published(draft)
    if known and day and not known.opened <= day <= (known.closed or day):
        draft.report("term_mismatch", "identity", f"published on {day}, and the address names term {key.term}")


def _published(draft: Draft) -> date | None:
    return next((event.date for event in draft.events if event.kind == EventKind.PUBLISHED and event.date), None)


def _inferred_term(draft: Draft, hint: Hint | None) -> int | None:
    day = _published(draft) or draft.term_day or (hint.month if hint else None)
    return term_on(draft.parliament, day) if day else None


def _source_id(key: QuestionKey, hint: Hint | None) -> str | None:
    """The Assemblée's ids are made of the key (`QANR5L15QE12526`); the Sénat's stand in the address alone."""
    if key.parliament == "fr-an":
        return f"QANR5L{key.term}{key.type}{key.number}"
    return hint.source_id if hint else None
