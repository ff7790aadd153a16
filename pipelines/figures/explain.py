"""How each number of a text was read, step by step, and why some were not taken.

The steps of `extract` are run one by one; what each changes in a mention is its trace.
"""

from collections.abc import Callable
from dataclasses import fields

from pipelines.figures.exclusions import drop_excluded, exclusion
from pipelines.figures.extract import STEPS
from pipelines.figures.mention import Mention, Sentence
from pipelines.figures.numbers import read_numbers
from pipelines.figures.sentences import figure_sentences
from pipelines.figures.subject import find_subjects
from pipelines.figures.topics import Thread
from schemas.record import Record

_TOLD = ("value", "high", "kind", "unit", "approx", "direction", "per", "subject", "rule")
_State = dict[str, object]


class Trace(Record):
    """One number of a text: where it stands, what each step made of it, and why it is no figure, if it is none."""

    start: int
    end: int
    text: str
    sentence: str
    tokens: tuple[str, ...]
    steps: tuple[str, ...]
    excluded_by: str | None = None


class _Tracing:
    """The mentions of one sentence and the lines written about each, by identity."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.mentions = read_numbers(sentence, names=True)
        self.known: list[tuple[Mention, list[str], str | None]] = []
        self._states: dict[int, _State] = {}
        for mention in self.mentions:
            self._meet(mention, "numbers")

    def run(self, step: Callable[[Sentence, list[Mention]], list[Mention]]) -> None:
        """One step, and what it changed."""
        name = step.__name__.replace("_", " ")
        reasons = {}
        if step is drop_excluded:
            reasons = {id(mention): exclusion(self.sentence, mention) for mention in self.mentions}
        self.mentions = step(self.sentence, self.mentions)
        kept = {id(mention) for mention in self.mentions}
        for mention in self.mentions:
            self._meet(mention, name)
        for at, (mention, lines, reason) in enumerate(self.known):
            if id(mention) not in kept and reason is None:
                self.known[at] = (mention, lines, reasons.get(id(mention)) or f"joined with its neighbour by {name}")

    def _meet(self, mention: Mention, name: str) -> None:
        state = {field.name: getattr(mention, field.name) for field in fields(mention)}
        before = self._states.get(id(mention), {})
        self._states[id(mention)] = state
        changed = [f"{key} {state[key]}" for key in _TOLD if state[key] != before.get(key) and state[key] is not None]
        covered = self.sentence.slice(mention.first, mention.end)
        lines = next((lines for known, lines, _ in self.known if known is mention), None)
        if lines is None:
            lines = []
            self.known.append((mention, lines, None))
        if changed:
            lines.append(f"{name}: “{covered}”, {', '.join(changed)}")


def trace(text: str) -> tuple[Trace, ...]:
    """Every number read in a text, in order, whether it became a figure or not."""
    found: list[Trace] = []
    thread = Thread()
    for start, end in figure_sentences(text):
        tracing = _Tracing(Sentence.read(text, start, end))
        for step in STEPS:
            tracing.run(step)
        tracing.run(_subjects(thread))
        thread.add(tracing.sentence, tracing.mentions)
        found += [_trace(tracing.sentence, *known) for known in tracing.known]
    return tuple(found)


def _subjects(thread: Thread) -> Callable[[Sentence, list[Mention]], list[Mention]]:
    def find_subject(sentence: Sentence, mentions: list[Mention]) -> list[Mention]:
        return find_subjects(sentence, mentions, thread.told(sentence, mentions))

    return find_subject


def _trace(sentence: Sentence, mention: Mention, lines: list[str], reason: str | None) -> Trace:
    return Trace(
        start=sentence.starts[mention.first],
        end=sentence.end_of(mention.end - 1),
        text=sentence.slice(mention.first, mention.end),
        sentence=sentence.text[sentence.start : sentence.end].strip(),
        tokens=tuple(sentence.words[mention.first : mention.end]),
        steps=tuple(lines),
        excluded_by=reason,
    )
