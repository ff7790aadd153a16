"""Which layout a page is in, from its content alone: one address has served three layouts over time.

The anchor that comes first on the page decides, so that prose that quotes another page cannot.
"""

import re
from collections.abc import Sequence

from pipelines.parse.text import key

AN_TEXT_A, AN_TEXT_C, AN_TEXT_D = "an_text_a", "an_text_c", "an_text_d"
SENAT_TEXT, NOSDEPUTES_TEXT = "senat_text", "nosdeputes_text"

_LONGEST_ANCHOR = 400
_ANCHORS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        SENAT_TEXT,
        re.compile(r"question (?:[^\d(:]{4,60} )?(?:n° ?\d+[a-z]? )?de (?:m\.|m|mme|mlle) [^:]{2,200}\(.*\).*"),
    ),
    (NOSDEPUTES_TEXT, re.compile(r"question n° ?\d+ (?:au |a la |a l'|aux ).*")),
    (AN_TEXT_D, re.compile(r"question (?:ecrite|orale(?: sans debat)?|au gouvernement) n° ?\d+ ?(?::.*)?")),
    (AN_TEXT_D, re.compile(r"(?:question de|type de question|auteur) ?:.*")),
    (AN_TEXT_D, re.compile(r"(?:reponse|question posee en seance,? et) publiee le \d{1,2}(?:er)? [a-z]{3,9} \d{4}")),
    (AN_TEXT_A, re.compile(r"texte de la (?:question|reponse) ?:.*")),
    (AN_TEXT_A, re.compile(r"question n ?[°ºo]? ?:.*")),
    (AN_TEXT_C, re.compile(r"question n ?[°ºo]? ?\d+.*")),
    (AN_TEXT_A, re.compile(r"(?:ministere (?:interroge|attributaire)|rubrique) ?:.*")),
    (AN_TEXT_C, re.compile(r"(?:ministere (?:interroge|attributaire)|rubrique) ?>.*")),
    (AN_TEXT_C, re.compile(r"(?:question|reponse) publiee au jo le .*")),
    (AN_TEXT_C, re.compile(r"texte de la (?:question|reponse)")),
    (NOSDEPUTES_TEXT, re.compile(r"(?:cette question n'a pas encore de|aucun commentaire n'a encore ete) .{5,60}")),
)
# how all of them begin, before a line is folded: most lines of a page are none
_BEGINS = re.compile("question|type|auteur|texte|minist|rubrique|r.{1,3}ponse|cette|aucun", re.IGNORECASE)
_CAPITALS = re.compile(r"Texte de la (?:QUESTION|R.{1,2}PONSE)\b.*|(?:Texte du )?D.{1,2}BAT ?:.*")
_CLOSED_LABEL = re.compile(r"(?:Minist.{1,2}re (?:interrog.{1,2}|attributaire)|Rubrique) ?>", re.IGNORECASE)
_COLON_LABEL = re.compile(r"(?:Minist.{1,2}re (?:interrog.{1,2}|attributaire)|Rubrique) ?:", re.IGNORECASE)
_CHAIR = re.compile(r"(?:m|m\.|mme) l[ea] presidente? ?[.,:] ?(?:[^.]{0,80}[.,] )?la parole est .{3,}")
_ASKER = re.compile(r"Question de ?:", re.IGNORECASE)
_TEXT_HEADING = re.compile(r"(?:Texte de la (?:question|r.{1,2}ponse)|(?:Texte du )?D.{1,2}BAT ?:)", re.IGNORECASE)
_MARKUP = re.compile(r"<(?:!doctype html|html|head|body|section|div|meta|script|title)\b", re.IGNORECASE)
_CLOSING_TAG = re.compile(r"</[a-z]", re.IGNORECASE)
_FEW_TAGS = 5


def is_markup(text: str) -> bool:
    """Whether a body is HTML rather than the visible text of a page."""
    start = text.lstrip()
    if start.startswith("<"):
        return True
    return bool(_MARKUP.search(start)) and len(_CLOSING_TAG.findall(start)) >= _FEW_TAGS


def layout_of(lines: Sequence[str]) -> str | None:
    """The layout of a page by its visible lines, or None when no anchor of any layout is there."""
    first = next((layout for line in lines if (layout := _anchor(line))), None)
    if first in (AN_TEXT_D, SENAT_TEXT) and any(map(_CLOSED_LABEL.match, lines)):  # neither closes its labels by `>`
        first = AN_TEXT_C
    if first in (AN_TEXT_A, AN_TEXT_C) and not any(map(_is_of_headed, lines)) and any(map(_ASKER.match, lines)):
        first = AN_TEXT_D  # its title is as the head of the others: `Question n°6287 - 17e législature`
    if first in (AN_TEXT_A, AN_TEXT_C):
        return AN_TEXT_A if shows_capital_headings(lines) else AN_TEXT_C
    return first


def _is_of_headed(line: str) -> bool:
    """Whether a line is of a layout that heads its texts, or closes its labels by `>`."""
    return _CLOSED_LABEL.match(line) is not None or _TEXT_HEADING.match(line) is not None


def is_debate_alone(lines: Sequence[str]) -> bool:
    """Whether page text without any label is the debate of an oral question: its chair gives the floor."""
    return any(_CHAIR.match(key(line[:_LONGEST_ANCHOR])) for line in lines)


def shows_capital_headings(lines: Sequence[str]) -> bool:
    """Whether the texts are headed in capitals, as layout A alone does: `Texte de la QUESTION :`."""
    return any(_CAPITALS.fullmatch(line) for line in lines if len(line) <= _LONGEST_ANCHOR)


def shows_colon_labels(lines: Sequence[str]) -> bool:
    """Whether the labels of the head are closed by a colon, as in layout A, and not by `>` as in B and C."""
    return any(_COLON_LABEL.match(line) for line in lines)


def _anchor(line: str) -> str | None:
    if len(line) > _LONGEST_ANCHOR or not _BEGINS.match(line):
        return None
    plain = key(line) + line[len(line.rstrip(" :>|")) :].rstrip()
    return next((layout for layout, pattern in _ANCHORS if pattern.fullmatch(plain)), None)
