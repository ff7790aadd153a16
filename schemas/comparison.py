"""What several sources say of one question: where they agree, and each field on which they do not.

A source is one publication of the same facts (the pages, the open data, the weekly files of the JO); revisions of one
source over time are history and no disagreement.
"""

from schemas.record import Record


class Comparison(Record):
    """Two sources of one question, and the fields that both show and on which they agree."""

    source: str
    other_source: str
    agreed: tuple[str, ...]


class Disagreement(Record):
    """One field on which two sources of one question differ: both readings, the one that stands, and why.

    `value` and `other_value` are as printed; a list of days is a list; None is a silence that means "no", of a source
    that would have told. `chosen` is one of the two sources, or a third one whose reading stands. `rule` is `complete`
    (the other reading is of a damaged capture), `newest` (of what changes over time, the later capture counts), `shown`
    (what one source tells stands against the silence of the other) or `trust` (the order of trust).
    """

    field: str
    source: str
    value: str | None
    capture_id: str
    other_source: str
    other_value: str | None
    other_capture_id: str
    chosen: str
    rule: str
