"""Whether a text that nothing follows was cut off: extractors and archives keep the first so many characters."""

import re

_SHORT = 80  # characters
_OPEN_ENDS = ",;:'’-–("
_ROW = "|"
_FIGURE = re.compile(r"\d{1,3}")  # a year or the number of a question may end a text
_WORDS = re.compile(  # words that no line ends with
    r"(?:à|au|aux|avec|ce|ces|cette|dans|de|des|du|elle|en|entre|est|et|il|ils|la|le|les|leur|leurs|mais|ne|nos|notre|on|ou|où|par"
    r"|pour|que|qui|sa|sans|se|ses|si|son|sont|sous|sur|très|un|une|vos|votre)",
    re.IGNORECASE,
)


def breaks_off(text: str, *, all_sentences: bool = False) -> bool:
    """Whether the last paragraph breaks off within a sentence.

    Short ones, addresses and rows of tables may end without a stop; a text that is one short line has no sentence
    before it that would be whole.

    Args:
        text: the text.
        all_sentences: each of its paragraphs is made of sentences, as in a debate.
    """
    before, _, last = text.rpartition("\n")
    word = last.rpartition(" ")[2]
    if not word or _ROW in last:
        return False
    if before and len(last) < _SHORT and not all_sentences:
        return word[-1] in "'’," or _WORDS.fullmatch(word) is not None
    if _FIGURE.fullmatch(word):
        return True
    return word[-1] in _OPEN_ENDS or (word[-1].isalpha() and not {".", "/", "@"} & set(word))
