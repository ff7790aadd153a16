"""The synthetic corpus: written questions that never were, the same for the same seed, from ten to 250,000.

`Corpus` writes any question by its number or its place without the others, so that a server can hold a quarter of a
million in no memory; `synthetic` is the plain iterator. What a question holds is what a page of layout C prints.
"""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from random import Random

from questarium.replica.history import answer_day, jo_page, write_history
from questarium.replica.material import Label, Term, Topic, people, term_facts, topics
from questarium.replica.plan import Kinship, Plan, number_of, place_of, plan_of, published_on, seeded
from questarium.replica.prose import Asker, answer_text, question_text
from questarium.replica.source_ids import mandate_id, organ_id, person_id, short_label
from questarium.replica.tabled import Answer, perhaps_tabled
from schemas.figure import Section
from schemas.identity import QuestionKey, QuestionType, TermKey
from schemas.question import EventKind, PrintedAuthor, PrintedEvent
from schemas.record import Record
from schemas.text_table import TextTable

FIFTEENTH = TermKey(parliament="fr-an", term=15)
_DEPUTIES = 577


class SyntheticQuestion(Record):
    """One question as a page of layout C shows it; fields named as those of `schemas.question.RawQuestion`.

    `attributions` are the ministries in charge, each from its day on; the first is the ministry asked. `family` names
    the questions that share its answer (`joint-…`, `campaign-…`).
    """

    key: QuestionKey
    author: PrintedAuthor
    attributions: tuple[tuple[date, str], ...]
    rubric: str
    heading: str | None
    title: str
    events: tuple[PrintedEvent, ...]
    question: str
    answer: str | None
    tables: tuple[TextTable, ...] = ()
    family: str | None = None

    @property
    def ministry_asked(self) -> str:
        """The ministry asked, label as published."""
        return self.attributions[0][1]

    @property
    def ministry_assigned(self) -> str:
        """The last ministry in charge."""
        return self.attributions[-1][1]

    @property
    def published(self) -> date:
        """Day of the JO that published it."""
        return self.attributions[0][0]

    def as_of(self, day: date) -> "SyntheticQuestion | None":
        """The question as its page read on that day; None before its publication."""
        if day < self.published:
            return None
        events = tuple(event for event in self.events if event.date is not None and event.date <= day)
        answered = any(event.kind is EventKind.ANSWERED for event in events)
        return self.model_copy(
            update={
                "events": events,
                "attributions": tuple(entry for entry in self.attributions if entry[0] <= day),
                "answer": self.answer if answered else None,
                "tables": tuple(table for table in self.tables if answered or table.section != Section.ANSWER),
            }
        )


class Corpus:
    """`count` published questions of one term; nothing is kept but the seed.

    Raises:
        UnknownTermError: the corpus cannot be set in that term.
    """

    def __init__(self, count: int, seed: int, term: TermKey = FIFTEENTH) -> None:
        self.count = count
        self.seed = seed
        self.term = term
        self.facts = term_facts(term)

    @property
    def highest(self) -> int:
        """The highest number published; 0 when there is none."""
        return number_of(self.seed, self.count - 1) if self.count else 0

    def published_until(self, day: date) -> int:
        """How many questions were published by that day: they are the places 0 to that number."""
        low, high = 0, self.count
        while low < high:
            middle = (low + high) // 2
            if published_on(self.facts.first_issue, middle) <= day:
                low = middle + 1
            else:
                high = middle
        return low

    def by_number(self, number: int) -> SyntheticQuestion | None:
        """The question of that number; None where it was never published."""
        place = place_of(self.seed, number)
        return None if place is None or place >= self.count else self.at(place)

    def at(self, place: int) -> SyntheticQuestion:
        """The question at that place, 0 to `count` - 1."""
        return _write(self.facts, self.term, self.seed, place)

    def __iter__(self) -> Iterator[SyntheticQuestion]:
        return map(self.at, range(self.count))


def synthetic(count: int, seed: int, term: TermKey = FIFTEENTH) -> Iterator[SyntheticQuestion]:
    """`count` questions in the order of their numbers, which leave some out: those were never published."""
    return iter(Corpus(count, seed, term))


def _write(facts: Term, term: TermKey, seed: int, place: int) -> SyntheticQuestion:
    plan = plan_of(seed, place)
    draw = seeded(seed, f"question:{place}")
    topic = _topic(seed, place, plan)
    published = published_on(facts.first_issue, place)
    author = _deputy(seed, draw.randrange(_DEPUTIES), facts.groups)
    answered, shared = _shared_answer(facts, seed, plan, topic)
    history = write_history(facts, topic.portfolio, published, plan.fate, answered, draw)
    answer, tables = shared or _own_answer(topic, author, published, draw)
    closed = any(event.kind is EventKind.ANSWERED for event in history.events)
    label = facts.label(topic.portfolio, published)
    return SyntheticQuestion(
        key=QuestionKey(
            parliament=term.parliament, term=term.term, type=QuestionType.QE, number=number_of(seed, place)
        ),
        author=author,
        attributions=history.attributions,
        rubric=topic.rubric,
        heading=topic.heading if facts.levels == 3 else None,
        title=_text_draw(seed, place, plan).choice(topic.titles),
        events=_on_one_page(history.events, seed, plan),
        question=_question(topic, author, label, _text_draw(seed, place, plan)),
        answer=answer if closed else None,
        tables=tables if closed else (),
        family=plan.family.id if plan.family and closed else None,
    )


def _on_one_page(events: tuple[PrintedEvent, ...], seed: int, plan: Plan) -> tuple[PrintedEvent, ...]:
    """The events; an answer to several questions is printed once, on one page."""
    if plan.family is None:
        return events
    draw = seeded(seed, f"page:{plan.family.id}")
    return tuple(
        event.model_copy(update={"page": jo_page(event.date, draw)})
        if event.kind is EventKind.ANSWERED and event.date
        else event
        for event in events
    )


def _topic(seed: int, place: int, plan: Plan) -> Topic:
    return seeded(seed, f"topic:{plan.family.id if plan.family else place}").choice(topics())


def _text_draw(seed: int, place: int, plan: Plan) -> Random:
    """The members of a campaign draw the same words and figures; only who signs differs."""
    same = plan.family is not None and plan.family.kinship is Kinship.CAMPAIGN
    return seeded(seed, f"text:{plan.family.id if plan.family and same else place}")


def _own_answer(topic: Topic, author: PrintedAuthor, published: date, draw: Random) -> Answer:
    return perhaps_tabled(answer_text(topic, author.constituency or "", draw), published.year, draw)


def _shared_answer(facts: Term, seed: int, plan: Plan, topic: Topic) -> tuple[date | None, Answer | None]:
    """Day and text of a family's answer, after the last of its questions; nothing for a question answered alone."""
    if plan.family is None:
        return None, None
    draw = seeded(seed, f"answer:{plan.family.id}")
    asked = published_on(facts.first_issue, plan.family.last_place)
    day = answer_day(facts, topic.portfolio, asked, draw)
    if day is None:
        return None, None
    return day, perhaps_tabled(answer_text(topic, draw.choice(people().departements), draw), asked.year, draw)


def _question(topic: Topic, author: PrintedAuthor, label: Label, draw: Random) -> str:
    asker = Asker(f"{author.civility} {author.name}", author.civility == "Mme", author.constituency or "")
    return question_text(topic, asker, label.minister, draw)


@lru_cache(maxsize=4 * _DEPUTIES)
def _deputy(seed: int, seat: int, groups: tuple[str, ...]) -> PrintedAuthor:
    draw = seeded(seed, f"deputy:{seat}")
    parts = people()
    female = draw.random() < 0.4
    first = draw.choice(parts.women if female else parts.men)
    name, group = f"{first} {draw.choice(parts.surnames)}", draw.choice(groups)
    return PrintedAuthor(
        name=name,
        civility="Mme" if female else "M.",
        group=group,
        constituency=draw.choice(parts.departements),
        source_id=person_id(f"{seed}:{seat}"),
        mandate_id=mandate_id(f"{seed}:{seat}"),
        group_id=organ_id(group),
        group_abbreviation=short_label(group),
    )
