"""The visible text of a page as its lines, whatever tool wrote them down.

Crawlers and converters fold lines at a width, run a whole head into one line, or leave Markdown signs; each is undone
only where the text itself proves it. What the lines say is read elsewhere.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipelines.parse.furniture import is_furniture, without_run_in_footer
from pipelines.parse.labelled import begins_head, read_term
from pipelines.parse.labels import DATED, one_label_a_line, read_label
from pipelines.parse.run_in import split_at_labels
from pipelines.parse.text import clean, unfold
from pipelines.parse.types import question_type

_LINE_BREAK = re.compile(r"\r\n|[\r\n\x0b\x0c\u2028\u2029]")
_WIDEST_FOLD = 132  # columns; nobody folds wider
_FEWEST_FOLDS = 3
_FOLDED_SHARE = 0.75
_SENTENCE_ENDS = (".", "!", "?", ":", ";")
_HEADING = re.compile(r"#{1,6} +")
_RULE = re.compile(r"[|: -]{3,400}")
_LINK = re.compile(r'\[([^\[\]]{0,200})\]\([^()\s]{1,400}(?: "[^"]{0,200}")?\)')
_IMAGE = re.compile(r'!\[[^\[\]]{0,200}\]\([^()\s]{1,400}(?: "[^"]{0,200}")?\)')
_BULLET = re.compile(r"[*+-] +")
_BOLD = re.compile(r"\*\*(.{1,400}?)\*\*")
_UNDERLINE = re.compile(r"={3,}|-{3,}")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>])")
_FEWEST_BOLD = 2
_BRACES = re.compile(r"\{\{|\}\}")  # how SPIP writes bold
_BAR = "|"


def page_lines(text: str) -> list[str]:
    """The lines of a page, cleaned; empty ones are left out."""
    lines = [clean(_BRACES.sub("", line)) for line in _LINE_BREAK.split(text)]
    if _is_markdown(lines):
        lines = ["" if _is_rule(line) else line for line in lines]
        lines = _unfolded(lines, [_plain(line) for line in lines])
    else:
        lines = _unfolded(lines, lines)
    return [part for line in lines if line for cell in _row_apart(line) for part in _one_part_a_line(cell)]


def _unfolded(lines: Sequence[str], plain: Sequence[str]) -> list[str]:
    """Lines folded at a width put together again, without their signs of Markdown.

    A text is folded when most of its long lines end where the next word would not have fitted any more, and most
    of them within a sentence. The fold has counted the signs, so that the lines are measured with them.

    Args:
        lines: the lines as they were folded.
        plain: the same lines without signs.
    """
    width = max(map(len, lines), default=0)
    if width > _WIDEST_FOLD:
        return list(plain)
    pairs = list(zip(pairwise(lines), pairwise(plain), strict=True))
    breaks = [_is_fold(*folded, width) and not _is_part(following) for folded, (_, following) in pairs]
    long = [
        (line, is_break)
        for ((line, following), (said, _)), is_break in zip(pairs, breaks, strict=True)
        if len(line) * 3 > width * 2 and following and not read_label(said)
    ]
    folds = [line for line, is_break in long if is_break]
    within = sum(not line.endswith(_SENTENCE_ENDS) for line in folds)
    if len(folds) < _FEWEST_FOLDS or len(folds) < _FOLDED_SHARE * len(long) or within * 2 < len(folds):
        return list(plain)
    whole = [plain[0]]
    for (_, said), is_break in zip(pairs, breaks, strict=True):
        if is_break or _goes_on(*said):
            whole[-1] = unfold(whole[-1], said[1])
        else:
            whole.append(said[1])
    return whole


def _is_fold(line: str, following: str, width: int) -> bool:
    """Whether the line broke off because the next word did not fit."""
    return bool(line and following) and len(line) + 1 + len(following.partition(" ")[0]) > width


def _is_part(line: str) -> bool:
    """Whether a line is a part of a page, and not the rest of a folded one."""
    return bool(read_label(line) or begins_head(line) or read_term(line) or question_type(line))


def _goes_on(line: str, following: str) -> bool:
    """Whether a line of a folded text goes on with the next although both were short: the fold counted tags too."""
    if not line or not following[:1].islower() or read_label(line) or read_label(following):
        return False
    return line[-1].isalnum() or line[-1] in ",'’"


def _is_markdown(lines: Sequence[str]) -> bool:
    """Whether the lines have such signs: a heading or a rule is one in itself, two asterisks may be a footnote's."""
    bold = sum(line.count("**") >= 2 for line in lines)
    return bold >= _FEWEST_BOLD or any(_HEADING.match(line) or _is_rule(line) for line in lines)


def _plain(line: str) -> str:
    """A line without the signs of Markdown: heading, bold, links, pictures, escapes, bullets of menus and labels."""
    plain = _LINK.sub(r"\1", _IMAGE.sub("", _HEADING.sub("", line, count=1)))
    plain = _BOLD.sub(lambda bold: bold[1].replace(" '", "'"), plain).replace("**", "")  # some set `**d 'eau**`
    plain = _ESCAPED.sub(r"\1", plain).strip()
    listed = _BULLET.sub("", plain, count=1) if _BULLET.match(plain) else plain
    return listed if read_label(listed) or is_furniture(listed) else plain


def _is_rule(line: str) -> bool:
    """Whether a line underlines a heading, or parts the head of a table from its rows: `| --- | --- |`."""
    return ("---" in line and _RULE.fullmatch(line) is not None) or _UNDERLINE.fullmatch(line) is not None


def _row_apart(line: str) -> list[str]:
    """The cells of a row of a table that the page itself is made of, label and value: `| Rubrique : | eau |`."""
    if _BAR not in line:
        return [line]
    cells = [cell for each in line.split(_BAR) if (cell := each.strip())]
    if not cells or not (begins_head(cells[0]) or _is_label(cells[0])):
        return [line]
    return cells


def _is_label(cell: str) -> bool:
    """Whether a cell is a label with its closing sign, or begins with a label and its date."""
    known = read_label(cell)
    return known is not None and (cell.endswith((":", ">")) or (known.field in DATED and bool(known.value)))


def _one_part_a_line(line: str) -> Iterator[str]:
    """A line that holds several labels of a head, taken apart; any other as it is."""
    parts = split_at_labels(line)
    if len(parts) == 1:
        yield line
        return
    for part in [*parts[:-1], without_run_in_footer(parts[-1])]:
        yield from one_label_a_line(part)
