"""What the query language tells people when a query is odd: every sentence in one place, to be translated in one."""

from schemas.search import QueryWarning

MESSAGES: dict[str, str] = {
    "too_long": "the query is longer than {limit} characters: the rest is ignored",
    "too_many_terms": "the query has more than {limit} terms: the rest is ignored",
    "too_many_wildcards": "the query has more than {limit} wildcards: this one is read as a plain word",
    "too_deep": "parentheses are nested deeper than {limit}: the inner ones are ignored",
    "unclosed_quote": "the quotation mark is not closed: the quote ends with the query",
    "unclosed_parenthesis": "the parenthesis is not closed: it ends with the query",
    "unopened_parenthesis": "this parenthesis closes nothing and is ignored",
    "empty_parenthesis": "there is nothing between the parentheses",
    "empty_quote": "there is nothing between the quotation marks",
    "stray_operator": "{operator} stands between nothing and is ignored",
    "bad_proximity": "{operator} needs one word on each side: both sides are searched without it",
    "far": "at most {limit} words may stand between two words: {limit} is used",
    "final_mark": "a question mark after a word ends a question: between letters it stands for one letter",
    "proximity_pairs": "nearness holds between two words: each word is looked for near the next",
    "unknown_field": "no field is called '{name}': searched as words",
    "no_value": "the field '{name}' has no value: searched as a word",
    "bad_value": "'{value}' is no value for the field '{name}': searched as words",
    "unknown_label": "no question has '{value}' as {name}",
    "subject_words": "a figure's subject is one word: '{kept}' is used",
    "wildcard_cut": "'{pattern}' stands for more than {limit} forms: the most frequent are searched",
    "wildcard_empty": "no word looks like '{pattern}'",
    "no_such_word": "no question has '{word}'",
    "nothing_to_search": "there is no word to search in this query",
}


def warning(code: str, at: tuple[int, int], suggestion: str | None = None, **values: str | int) -> QueryWarning:
    """The warning of that code at that place of the query."""
    return QueryWarning(message=MESSAGES[code].format(**values), start=at[0], end=at[1], suggestion=suggestion)
