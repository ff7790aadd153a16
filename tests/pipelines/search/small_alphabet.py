"""A random corpus over very few words, dates and values, and random queries over it.

With so few of each, every random query meets repetitions, ties, overlaps and absences. All is drawn from fixed seeds.
"""

from datetime import date, timedelta
from random import Random

from pipelines.search.engine_query import (
    Accents,
    And,
    AnyForm,
    DateRange,
    EngineQuery,
    Exists,
    FigureIs,
    Ids,
    Keyword,
    MatchAll,
    MatchNone,
    Near,
    Not,
    NumberRange,
    Or,
    Phrase,
    TextField,
)
from schemas.figure import Figure
from schemas.search import SearchDocument
from tests.pipelines.search.nasty_corpus import document, figure

_WORDS = ("de", "eau", "été", "ete", "Été", "hôpital", "lac", "18", "cœur")
_MARKS = (" ", " ", " ", ", ", "’", "'", "-", ". ", "\n", " — ", "\u00a0", "_")
_SERIES = (("fr-an", 14, "QE"), ("fr-an", 15, "QE"), ("fr-an", 15, "QG"), ("fr-senat", 14, "QE"), ("fr-senat", 9, "QE"))
_VALUES = ("Santé", "SANTÉ", "Intérieur", "Économie, finances", "eau")
_PORTFOLIOS = ("sante", "interieur", "economie-finances")
_DAYS = tuple(date(2015, 12, 28) + timedelta(days=7 * week) for week in range(4))


def _text(random: Random) -> str | None:
    if random.random() < 0.15:
        return random.choice((None, "—", ""))
    words = random.choices(_WORDS, k=random.randint(1, 14))
    return "".join(word + random.choice(_MARKS) for word in words)


def _figure(random: Random) -> Figure:
    value, low, high = random.choice(((5.0, None, None), (50.0, None, None), (None, 3.0, 60.0), (-1.5, None, None)))
    unit = random.choice(("EUR", "%", None))
    return figure(value, unit, random.choice((None, "lac d'été", "hôpital")), low=low, high=high)


def _document(random: Random, place: int) -> SearchDocument:
    parliament, term, kind = _SERIES[place % len(_SERIES)]
    number = place // len(_SERIES) + 1
    published, answered = random.choice((*_DAYS, None)), random.choice((*_DAYS, None))
    return document(
        number,
        _text(random),
        _text(random),
        id=f"{parliament}-{term}-{kind}-{number}",
        parliament=parliament,
        term=term,
        type=kind,
        title=_text(random),
        heading=_text(random),
        author=random.choice((*_VALUES, None)),
        ministry_assigned=random.choice((*_VALUES, None)),
        rubric=random.choice((*_VALUES, None)),
        published_date=published,
        answered_date=answered,
        renewed_dates=tuple(random.sample(_DAYS, random.randint(0, 3))),
        renewals=random.randint(0, 3),
        portfolios=tuple(random.sample(_PORTFOLIOS, random.randint(0, 2))),
        tables=random.choice((0, 0, 0, 1, 2)),
        figures=tuple(_figure(random) for _ in range(random.choice((0, 0, 1, 2, 3)))),
    )


def _corpus(random: Random, size: int) -> tuple[SearchDocument, ...]:
    documents = [_document(random, place) for place in range(size)]
    random.shuffle(documents)
    return tuple(documents)


CORPUS: tuple[SearchDocument, ...] = _corpus(Random(7), 400)

_FORMS = ("de", "eau", "été", "ete", "hôpital", "lac", "18", "cœur", "absent")
_NUMBERS = ("number", "term", "renewals", "delay_days", "figures_count", "tables")
_DATES = ("published_date", "answered_date", "renewed_dates")
_FOLDED = ("de", "eau", "ete", "hopital", "lac", "18", "coeur", "absent")


def _forms(random: Random, among: tuple[str, ...] = _FORMS) -> tuple[str, ...]:
    return tuple(random.sample(among, random.choice((1, 1, 2, 3))))


def _texts(random: Random) -> tuple[TextField, ...]:
    return tuple(random.sample(tuple(TextField), random.randint(1, 3)))


def _phrase(random: Random) -> Phrase:
    accents = random.choice(tuple(Accents))
    among = _FOLDED if accents is Accents.FOLDED else _FORMS
    return Phrase(tuple(_forms(random, among) for _ in range(random.randint(1, 4))), accents, _texts(random))


def _near(random: Random) -> Near:
    left, right = (tuple(_forms(random) for _ in range(random.choice((1, 1, 1, 2, 3)))) for _ in range(2))
    return Near(left, right, random.randint(0, 7), random.random() < 0.5, _texts(random))


def _figure_is(random: Random) -> FigureIs:
    low, high = random.choice(((None, None), (4.0, None), (None, 4.0), (3.5, 55.0), (61.0, None), (-2.0, 0.0)))
    subject = random.choice(((), (), ("ete",), ("hopital", "absent")))
    return FigureIs(low, high, random.choice((None, "EUR", "%")), random.choice((None, "money", "count")), subject)


def _leaf(random: Random) -> EngineQuery:
    low, high = sorted(random.choices(_DAYS, k=2))
    leaves: tuple[EngineQuery, ...] = (
        AnyForm(_forms(random), _texts(random)),
        AnyForm(_forms(random), _texts(random)),
        _phrase(random),
        _phrase(random),
        _near(random),
        _near(random),
        Keyword(random.choice(("author", "ministry_assigned", "rubric")), tuple(random.sample(_VALUES, 2))),
        Keyword("portfolios", tuple(random.sample(_PORTFOLIOS, random.randint(1, 2)))),
        Keyword("ever", (random.choice(("answered", "published", "renewed")),)),
        NumberRange(random.choice(_NUMBERS), random.choice((None, 1, 7)), random.choice((None, 2, 14))),
        DateRange(random.choice(_DATES), random.choice((None, low)), high),
        Exists(random.choice(("published_date", "delay_days", "author", "renewed_dates", "ministry_assigned"))),
        Ids(tuple(each.id for each in random.sample(CORPUS, 20))),
        _figure_is(random),
        _figure_is(random),
        random.choice((MatchAll(), MatchNone())),
    )
    return random.choice(leaves)


def random_query(random: Random, depth: int = 3) -> EngineQuery:
    """A query at most `depth` operators deep."""
    if depth == 0 or random.random() < 0.3:
        return _leaf(random)
    parts = tuple(random_query(random, depth - 1) for _ in range(random.randint(1, 3)))
    return random.choice((And(parts), And(parts), Or(parts), Not(parts[0])))
