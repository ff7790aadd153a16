"""Texts of the synthetic corpus: the sentences of a topic with drawn figures, in the typography of the JO.

Pure functions of a random generator; which question gets which topic is decided in `corpus`.
"""

from dataclasses import dataclass
from random import Random

from questarium.replica.material import Topic, people

_HOPES = (
    "Il lui demande quelles mesures le Gouvernement entend prendre pour y remédier.",
    "Il souhaite connaître les intentions du Gouvernement et le calendrier envisagé.",
    "Il lui demande de bien vouloir préciser sa position sur ce sujet et les moyens qui seront mobilisés.",
    "Il voudrait savoir si une évaluation est prévue et, le cas échéant, dans quel délai.",
)
_OPENINGS = (
    "{asker} attire l'attention de {minister} sur {about}.",
    "{asker} interroge {minister} sur {about}.",
    "{asker} appelle l'attention de {minister} sur {about}.",
    "{asker} alerte {minister} sur {about}.",
)
_CLOSINGS = (
    "Le Gouvernement demeure attentif à l'évolution de la situation.",
    "Un bilan de ces mesures sera présenté au Parlement.",
    "La concertation se poursuit avec les élus et les associations concernées.",
    "Ces orientations seront précisées par voie réglementaire.",
)


@dataclass(frozen=True)
class Asker:
    """Who asks, as the text names them."""

    name: str  # civilité included
    female: bool
    departement: str


def question_text(topic: Topic, asker: Asker, minister: str, draw: Random) -> str:
    """One question; two paragraphs when it is long."""
    opening = draw.choice(_OPENINGS)
    body = _some(topic.question, draw)
    hope = draw.choice(_HOPES)
    slots = _slots(draw, asker.departement)
    about = topic.about.format(**slots)
    address = f"{minister}," if "," in minister else minister
    first = opening.format(asker=asker.name, minister=address, about=about)
    sentences = [sentence.format(**slots) for sentence in body]
    ask = hope.replace("Il ", "Elle ", 1) if asker.female else hope
    if len(sentences) > 3:
        return "\n".join((" ".join([first, *sentences[:2]]), " ".join([*sentences[2:], ask])))
    return " ".join([first, *sentences, ask])


def answer_text(topic: Topic, departement: str, draw: Random) -> str:
    """One answer, in one or two paragraphs."""
    body = _some(topic.answer, draw)
    slots = _slots(draw, departement)
    sentences = [sentence.format(**slots) for sentence in body] + [draw.choice(_CLOSINGS)]
    if len(sentences) > 4:
        return "\n".join((" ".join(sentences[:3]), " ".join(sentences[3:])))
    return " ".join(sentences)


def spaced(number: int) -> str:
    """18000 as the JO prints it: 18 000, years and small numbers unbroken."""
    return f"{number:,}".replace(",", " ")


def _some(sentences: tuple[str, ...], draw: Random) -> list[str]:
    """The first sentence and all but at most one of the others, in their order."""
    dropped = draw.randrange(1, len(sentences) + 2)
    return [sentence for place, sentence in enumerate(sentences) if place != dropped]


class _Slot:
    """Fills `{kind:low,high}` with a drawn figure of that kind."""

    def __init__(self, kind: str, draw: Random) -> None:
        self._kind = kind
        self._draw = draw

    def __format__(self, spec: str) -> str:
        low, high = (int(bound) for bound in spec.split(","))
        if self._kind == "span":
            start = self._draw.randint(low, high - 1)
            return f"{start} à {self._draw.randint(start + 1, high)}"
        if self._kind in _DECIMALS:
            tenths = self._draw.randint(low * 10 + 1, high * 10 - 1)
            value = f"{tenths // 10},{tenths % 10}" if tenths % 10 else str(tenths // 10)
            singular = tenths < 20
        else:
            number = _rounded(self._draw.randint(low, high))
            value = _whole(self._kind, number)
            singular = number < 2
        written = _UNITS[self._kind].format(value)
        return _SINGULAR.get(self._kind, written).format(value) if singular else written


def _whole(kind: str, number: int) -> str:
    return str(number) if kind == "year" else spaced(number)


def _rounded(number: int) -> int:
    """Large numbers are quoted round."""
    step = 1 if number < 2500 else 10 if number < 10_000 else 100 if number < 100_000 else 1000
    return number - number % step


_DECIMALS = frozenset({"euros_small", "millions_eur", "billions_eur", "percent_small"})
_UNITS = {
    "count": "{}",
    "year": "{}",
    "times": "{}",
    "span": "{}",
    "euros": "{} euros",
    "euros_small": "{} euros",
    "millions": "{} millions",
    "millions_eur": "{} millions d'euros",
    "billions_eur": "{} milliards d'euros",
    "percent": "{} %",
    "percent_small": "{} %",
    "points": "{} points",
    "days": "{} jours",
    "months": "{} mois",
    "hours": "{} heures",
    "minutes": "{} minutes",
    "meters": "{} mètres",
}


# In French the plural begins at two.
_SINGULAR = {"millions_eur": "{} million d'euros", "billions_eur": "{} milliard d'euros", "points": "{} point"}


def _slots(draw: Random, departement: str) -> dict[str, object]:
    fixed = {
        "town": draw.choice(people().towns),
        "place": f"cette circonscription ({departement})",
        "digit": draw.randint(2, 7),
    }
    return {**{kind: _Slot(kind, draw) for kind in _UNITS}, **fixed}
