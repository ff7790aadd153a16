"""The visible text of a page as its lines, whatever tool wrote them down.

Crawlers and converters fold lines at a width, run a whole head into one line, or leave Markdown signs; each is undone
only where the text itself proves it. What the lines say is read elsewhere.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipelines.parse.labels import one_label_a_line, read_label
from pipelines.parse.run_in import split_at_labels
from pipelines.parse.text import clean

_LINE_BREAK = re.compile(r"\r\n|[\r\n\x0b\x0c\u2028\u2029]")
_WIDEST_FOLD = 132  # columns; nobody folds wider
_FEWEST_FOLDS = 3
_FOLDED_SHARE = 0.75
_SENTENCE_ENDS = (".", "!", "?", ":", ";")
_HEADING = re.compile(r"#{1,6} +")
_RULE = re.compile(r"[|: -]{3,400}")
_LINK = re.compile(r"\[([^\[\]]{1,200})\]\([^()\s]{1,400}\)")
_FEWEST_SIGNS = 2


def page_lines(text: str) -> list[str]:
    """The lines of a page, cleaned; empty ones are left out."""
    lines = [clean(line) for line in _LINE_BREAK.split(text)]
    lines = _without_markdown(_unfolded(lines))
    return [part for line in lines if line for part in _one_part_a_line(line)]


def _unfolded(lines: Sequence[str]) -> list[str]:
    """Lines folded at a width put together again.

    A text is folded when most of its long lines end where the next word would not have fitted any more, and most
    of them within a sentence.
    """
    width = max(map(len, lines), default=0)
    if width > _WIDEST_FOLD:
        return list(lines)
    long = [each for each in pairwise(lines) if len(each[0]) * 3 > width * 2 and each[1] and not read_label(each[0])]
    folds = [line for line, following in long if _is_fold(line, following, width)]
    within = sum(not line.endswith(_SENTENCE_ENDS) for line in folds)
    if len(folds) < _FEWEST_FOLDS or len(folds) < _FOLDED_SHARE * len(long) or within * 2 < len(folds):
        return list(lines)
    whole = [lines[0]]
    for line, following in pairwise(lines):
        if _is_fold(line, following, width) or _goes_on(line, following):
            whole[-1] = f"{whole[-1]} {following}"
        else:
            whole.append(following)
    return whole


def _is_fold(line: str, following: str, width: int) -> bool:
    """Whether the line broke off because the next word did not fit; a label begins a line of its own."""
    if not line or not following or read_label(following):
        return False
    return len(line) + 1 + len(following.partition(" ")[0]) > width


def _goes_on(line: str, following: str) -> bool:
    """Whether a line of a folded text goes on with the next although both were short: the fold counted tags too."""
    if not line or not following[:1].islower() or read_label(line) or read_label(following):
        return False
    return line[-1].isalnum() or line[-1] in ",'’"


def _without_markdown(lines: Sequence[str]) -> list[str]:
    """Lines without the signs of Markdown: headings, bold, links, rules of tables."""
    signs = sum(bool(_HEADING.match(line)) or line.count("**") >= 2 or _is_rule(line) for line in lines)
    if signs < _FEWEST_SIGNS:
        return list(lines)
    kept = (line for line in lines if not _is_rule(line))
    return [_LINK.sub(r"\1", _HEADING.sub("", line, count=1).replace("**", "")).strip() for line in kept]


def _is_rule(line: str) -> bool:
    """Whether a line only parts the head of a table from its rows: `| --- | --- |`."""
    return "---" in line and _RULE.fullmatch(line) is not None


def _one_part_a_line(line: str) -> Iterator[str]:
    """A line that holds several labels of a head, taken apart; any other as it is."""
    parts = split_at_labels(line)
    if len(parts) == 1:
        yield line
        return
    for part in parts:
        yield from one_label_a_line(part)
