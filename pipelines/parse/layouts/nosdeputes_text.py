"""Pages of nosdeputes.fr as page text: a question of the Assemblée nationale as that site reprinted it.

The asker's name on its own line, `Question N° 20984 au Ministère de …`, `Question soumise le …`, the text, then
`Réponse émise le …` with the answer, and `Retirée le … (motif)`. Only written questions; the term is in the address.
Where the ministries asked and in charge differ, the site prints both in one string, `A / B`. Extractors may leave
nothing but the texts and the sentence that there is no answer, or no comment, yet: the question then ends with the
paragraph in which the asker asks.
"""

import re
from collections.abc import Sequence

from pipelines.parse.cut import breaks_off
from pipelines.parse.dated import add_dated
from pipelines.parse.dates import leading_date
from pipelines.parse.draft import Draft
from pipelines.parse.furniture import is_furniture, without_footer
from pipelines.parse.labels import LONGEST_LABEL_LINE, Field, Labelled, read_label
from pipelines.parse.text import join_paragraphs, key
from schemas.identity import QuestionType
from schemas.question import EventKind, PrintedAuthor

# Question N° 20984 au Ministère de la transition écologique (retirée)
_HEAD = re.compile(
    r"Question n ?[°º] ?(\d{1,7}) (?:au|à la|à l['’]|aux) ?(.{3,300}?)"
    r"(?: \((?:retirée|caduque|signalée|renouvelée)[^()]{0,40}\))?",
    re.IGNORECASE,
)
_UNANSWERED = "cette question n'a pas encore de reponse"
_BELOW = re.compile(  # what stands below the texts: the comments
    r"cette question n'a pas encore de reponse|aucun commentaire n'a encore ete formule|\d{1,4} commentaires?$"
    r"|cette legislature etant desormais achevee"
)
_FORM = re.compile(  # the form above the text: Être alerté lorsque cette question aura une réponse, par e-mail
    r"etre alerte lorsque cette(?: question aura une reponse)?|question aura une reponse|(?:par )?e-?mail|reponse"
)
# what a question ends with: elle lui demande, souhaite-t-il, de bien vouloir lui indiquer, il aimerait connaître
_ASKS_AT_LAST = re.compile(
    r"\b(?:ils?|elles?) (?:lui|leur) (?:demande|saurait gre)|\b(?:demande|souhaite|interroge|aimerait)-t-(?:il|elle)\b"
    r"|\b(?:lui|leur) (?:indiquer|preciser|dire|communiquer|faire (?:part|connaitre|savoir))\b"
    r"|\b(?:il|elle) (?:souhait|desir|aimer|voudr)[a-z]{1,6} [a-z' ]{0,20}?(?:savoir|connaitre|obtenir)\b"
)
_ASKS = re.compile(r"(?:m|mme|mlle)\.? [^.]{3,80}? (?:demande|interroge|souhaite|souhaiterait|aimerait|voudrait)\b")
_SIGNS = re.compile(r"!\[[^\]]{0,200}\]\([^()]{0,500}\)|[|]")  # what Markdown leaves of the form's pictures and cells
_LABELS = (Field.PUBLISHED, Field.ANSWERED, Field.WITHDRAWN, Field.RENEWED, Field.SIGNALLED, Field.REASSIGNED)


def parse(lines: Sequence[str]) -> Draft:
    """Read the visible lines of a page."""
    draft = Draft(type=QuestionType.QE)
    for index, line in enumerate(lines):
        if found := (_HEAD.fullmatch(line) if len(line) <= LONGEST_LABEL_LINE else None):
            draft.number = int(found[1])
            asked, _, assigned = found[2].partition(" / ")
            draft.ministry_asked, draft.ministry_assigned = asked.strip(), assigned.strip() or None
            if index and not is_furniture(lines[index - 1]):
                draft.author = PrintedAuthor(name=lines[index - 1])
            _read_body(_without_comments(lines[index + 1 :]), draft)
            _report_cut(draft, is_whole=any(_BELOW.match(key(line[:80])) for line in lines))
            return draft
    _read_texts_alone(lines, draft)
    return draft


def _without_comments(lines: Sequence[str]) -> list[str]:
    """The lines up to the comments, without the form for alerts."""
    end = next((index for index, line in enumerate(lines) if _BELOW.match(key(line[:80]))), len(lines))
    return [line for line in lines[:end] if not _is_form(line)]


def _is_form(line: str) -> bool:
    """Whether a line is one of the form for alerts."""
    words = _SIGNS.sub("", line[:600]).strip()
    return (words != line and not words) or _FORM.fullmatch(key(words[:80])) is not None


def _report_cut(draft: Draft, *, is_whole: bool) -> None:
    """A text that neither comments nor a closing follow may have been cut off."""
    for part, text in (("answer", draft.answer), ("question", draft.question)):
        if text:
            if not is_whole and breaks_off(text) and not draft.shows(EventKind.WITHDRAWN, EventKind.LAPSED):
                draft.report("truncated", part, f"the text ends within a sentence: '{text[-60:]}'")
            return


def _read_texts_alone(lines: Sequence[str], draft: Draft) -> None:
    """Texts without any label: the question, and what follows the paragraph that asks, the answer.

    Where the page does not say that there is no answer, that is a reading and no certainty, and reported.
    """
    texts = [line for line in _without_comments(lines) if not is_furniture(line)]
    end = len(texts)
    if not any(key(line[:80]) == _UNANSWERED for line in lines):
        end = _end_of_question(texts)
        draft.report("truncated", "answer", "the line that parts the question from an answer is not there")
    draft.question, draft.answer = join_paragraphs(texts[:end]), join_paragraphs(texts[end:])


def _end_of_question(texts: Sequence[str]) -> int:
    """The number of paragraphs up to the last one that asks; all of them, where none does."""
    plain = [key(text) for text in texts]
    asking = [number for number, text in enumerate(plain, 1) if _ASKS_AT_LAST.search(text)]
    asking = asking[-1:] or [number for number, text in enumerate(plain, 1) if _ASKS.match(text)]
    return asking[0] if asking else len(texts)


def _read_body(lines: Sequence[str], draft: Draft) -> None:
    """Dated lines, each followed by what it dates: the question, the answer, or nothing."""
    texts: dict[Field, list[str]] = {Field.PUBLISHED: [], Field.ANSWERED: []}
    current: Field | None = None
    for line in lines:
        known = _dated_line(line)
        if known is not None:
            add_dated(draft, known.field, known.value)
            current = known.field
        elif current is None:
            if not is_furniture(line):
                draft.report("unknown_label", "head", f"'{line[:100]}' is not understood")
        elif current in texts:
            texts[current].append(line)
        elif not is_furniture(line):
            break  # after the closing there is only the site
    if current in texts:
        texts[current] = without_footer(texts[current])
    draft.question = join_paragraphs(texts[Field.PUBLISHED])
    draft.answer = join_paragraphs(texts[Field.ANSWERED])


def _dated_line(line: str) -> Labelled | None:
    known = read_label(line) if len(line) <= 120 else None
    return known if known and known.field in _LABELS and leading_date(known.value) else None
