"""Whether a source still shows what it used to: how often each field is filled, and how much is set aside.

A layout that has changed reads without an error and with less in it. So the pages of a build are compared with the last
5,000 of their format: a field that is filled two points less often, or more than half a percent of pages set aside, is
an alarm, in the very run in which it happens.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from schemas.question import EventKind, RawQuestion

COLLECTED: Final = frozenset({"assemblee", "opendata", "oral", "dila"})
"""Sources whose pages are whole; files that were imported may be parts of pages."""

_LAST = 5000  # pages compared with
_ENOUGH = 20  # pages from which on a share says something
_DROP = 0.02
_SET_ASIDE = 0.005
_FILL, _ALARMS = "fill", "alarms"
_WITHOUT_RUBRIC = frozenset({"dila"})  # formats that have no place for it
_ENDED = frozenset({EventKind.WITHDRAWN, EventKind.LAPSED, EventKind.CONVERTED, EventKind.CLOSED_OTHER})


@dataclass
class Fill:
    """By format and field, how many pages should show the field and how many do; and how many pages were set aside."""

    fields: dict[str, dict[str, tuple[int, int]]] = field(default_factory=dict[str, dict[str, tuple[int, int]]])
    pages: int = 0
    set_aside: int = 0

    def add(self, questions: Iterable[RawQuestion], *, set_aside: bool) -> None:
        """Count the readings of one page, and whether anything of it was set aside."""
        self.pages += 1
        self.set_aside += set_aside
        for question in questions:
            shown = self.fields.setdefault(question.format, {})
            for name, filled in expected(question).items():
                due, there = shown.get(name, (0, 0))
                shown[name] = (due + 1, there + filled)

    def __iadd__(self, other: "Fill") -> "Fill":
        self.pages += other.pages
        self.set_aside += other.set_aside
        for format_, shown in other.fields.items():
            mine = self.fields.setdefault(format_, {})
            for name, (due, there) in shown.items():
                known = mine.get(name, (0, 0))
                mine[name] = (known[0] + due, known[1] + there)
        return self


def expected(question: RawQuestion) -> dict[str, bool]:
    """The fields that a page of this question should show, and whether it does; a title comes late, with the index."""
    kinds = {event.kind for event in question.events}
    dated = {event.kind for event in question.events if event.date}
    fields = {
        "author": question.author is not None and bool(question.author.name or question.author.source_id),
        "ministry asked": bool(question.ministry_asked),
        "publication date": EventKind.PUBLISHED in dated,
    }
    if question.format not in _WITHOUT_RUBRIC:
        fields["rubric"] = bool(question.rubric)
    if not kinds & _ENDED:
        fields["question"] = bool(question.question)
    if EventKind.ANSWERED in kinds:
        fields |= {
            "title": bool(question.title or question.heading),
            "answer": bool(question.answer),
            "answer date": EventKind.ANSWERED in dated,
        }
    return fields


def alarms(before: Fill, now: Fill) -> list[str]:
    """What is filled less often than before, and too much set aside; none when all is well."""
    found: list[str] = []
    if now.pages and now.set_aside / now.pages > _SET_ASIDE:
        found.append(f"{now.set_aside} of {now.pages} captures were set aside, in whole or in part")
    for format_, shown in now.fields.items():
        for name, (due, there) in shown.items():
            known_due, known_there = before.fields.get(format_, {}).get(name, (0, 0))
            share = known_there / known_due if known_due >= _ENOUGH else 0.0
            if due * share - there >= 1 and there / due < share - _DROP:
                told = f"filled in {there} of {due} pages, and before in {known_there} of {known_due}"
                found.append(f"{format_}: {name} is {told}")
    return found


def rolled(before: Fill, now: Fill) -> Fill:
    """The last 5,000 pages of each format, those of this run among them."""
    last = Fill()
    last += now
    for format_, shown in before.fields.items():
        mine = last.fields.setdefault(format_, {})
        for name, (due, there) in shown.items():
            new_due, new_there = mine.get(name, (0, 0))
            kept = min(due, max(0, _LAST - new_due))
            mine[name] = (new_due + kept, new_there + (round(there * kept / due) if due else 0))
    return last


def noted(inputs: Mapping[str, str], read: Iterable[Fill]) -> dict[str, str]:
    """What a partition's inputs say of its pages after a run; a run that read none leaves them as they are.

    After an alarm the pages before it stay the measure, until a run is well again.
    """
    now = Fill()
    for each in read:
        now += each
    if not now.pages:
        return {name: inputs[name] for name in (_FILL, _ALARMS) if name in inputs}
    before = Fill(_read(inputs.get(_FILL)))
    found = alarms(before, now)
    kept = before if found else rolled(before, now)
    told = {_FILL: json.dumps(kept.fields, sort_keys=True)}
    return told | ({_ALARMS: json.dumps(found, ensure_ascii=False)} if found else {})


def alarms_noted(inputs: Mapping[str, str]) -> list[str]:
    """The alarms of the last run that read pages."""
    return list(json.loads(inputs.get(_ALARMS, "[]")))


def _read(text: str | None) -> dict[str, dict[str, tuple[int, int]]]:
    stored = json.loads(text) if text else {}
    return {format_: {name: (due, there) for name, (due, there) in shown.items()} for format_, shown in stored.items()}
