"""The tables of a data version: their names, columns and Arrow types; one subject, the shape on disk.

Every table has `partition`, the term's key (`fr-an-15`), by which its files are split; captures that belong to no
term yet are in the partition `unplaced`. Texts are apart from metadata, so that metadata stay quick to read. The
data dictionary in docs/ is made from these descriptions.
"""

from typing import Final

import pyarrow as pa

UNPLACED: Final = "unplaced"

_TEXT = pa.string()
_DAY = pa.date32()
_TIME = pa.timestamp("us", tz="UTC")
_INT = pa.int32()


def _table(columns: dict[str, tuple[pa.DataType, str]]) -> pa.Schema:
    return pa.schema([pa.field(name, kind, metadata={"description": text}) for name, (kind, text) in columns.items()])


QUESTIONS: Final = _table(
    {
        "id": (_TEXT, "stable id: parliament, term, type, number"),
        "partition": (_TEXT, "key of the term, such as fr-an-15"),
        "parliament": (_TEXT, "code of the parliament, such as fr-an"),
        "term": (_INT, "number of the term (législature)"),
        "type": (_TEXT, "procedure: QE, QG, QOSD"),
        "number": (_INT, "number of the question in its term"),
        "source_id": (_TEXT, "the source's own id"),
        "source_url": (_TEXT, "address of the newest capture it was read from"),
        "author_name": (_TEXT, "asker, first name before surname"),
        "author_civility": (_TEXT, "M., Mme or Mlle as published"),
        "author_group": (_TEXT, "parliamentary group as shown by the source"),
        "author_constituency": (_TEXT, "constituency as shown by the source"),
        "author_source_id": (_TEXT, "the source's id of the asker"),
        "ministry_asked": (_TEXT, "ministry asked, label as published"),
        "ministry_asked_id": (_TEXT, "its stable id, null when the label is not in the registry"),
        "ministry_assigned": (_TEXT, "last ministry in charge, label as published"),
        "ministry_assigned_id": (_TEXT, "its stable id"),
        "ministry_answered": (_TEXT, "ministry that answered, where the source shows it"),
        "ministry_answered_id": (_TEXT, "its stable id"),
        "rubric": (_TEXT, "rubrique"),
        "heading": (_TEXT, "tête d'analyse, where the source has three levels"),
        "title": (_TEXT, "titre or analyse"),
        "status": (_TEXT, "pending, answered, withdrawn, lapsed, converted or closed_other"),
        "published_date": (_DAY, "day of the JO that published the question"),
        "due_date": (_DAY, "last day to answer in time"),
        "answered_date": (_DAY, "day of the JO that published the first answer"),
        "closed_date": (_DAY, "day of the event that closed it, the answer included"),
        "delay_days": (_INT, "days from publication to the answer; null while open"),
        "renewals": (_INT, "number of renewals"),
        "answered_with": (pa.list_(_TEXT), "ids of the other questions of a joint answer, as the JO joins them"),
        "flags": (pa.list_(_TEXT), "what is notable of the record: partial, unknown_ministry, …"),
        "corrections": (pa.list_(_TEXT), "reviewed corrections of it, each as JSON; null without any"),
        "captures": (pa.list_(_TEXT), "ids of the captures it was read from, newest first"),
    }
)

TEXTS: Final = _table(
    {
        "id": (_TEXT, "id of the question"),
        "partition": (_TEXT, "key of the term"),
        "question": (_TEXT, "text of the question, paragraphs separated by a line break"),
        "answer": (_TEXT, "text of the answer"),
    }
)

EVENTS: Final = _table(
    {
        "id": (_TEXT, "id of the question"),
        "partition": (_TEXT, "key of the term"),
        "ordinal": (_INT, "place in the question's history, from 0"),
        "kind": (_TEXT, "published, answered, reassigned, renewed, …"),
        "date": (_DAY, "day of the JO; null when the source shows none"),
        "page": (_INT, "page of the JO"),
        "cause": (_TEXT, "cause of a reassignment"),
        "reason": (_TEXT, "motive as published"),
        "corrects": (_TEXT, "question or answer, for an erratum"),
        "related": (_TEXT, "the other question it speaks of"),
        "capture_id": (_TEXT, "capture that first showed it"),
        "known_at": (_TIME, "when that capture was made"),
    }
)

ATTRIBUTIONS: Final = _table(
    {
        "id": (_TEXT, "id of the question"),
        "partition": (_TEXT, "key of the term"),
        "ordinal": (_INT, "0 for the ministry asked"),
        "ministry": (_TEXT, "label as published; null when the source does not show it"),
        "ministry_id": (_TEXT, "its stable id"),
        "date": (_DAY, "first day in charge"),
        "cause": (_TEXT, "transfer, new_government or unknown; null for the first"),
    }
)

TEXT_TABLES: Final = _table(
    {
        "id": (_TEXT, "id of the question"),
        "partition": (_TEXT, "key of the term"),
        "ordinal": (_INT, "place among the question's tables, from 0"),
        "section": (_TEXT, "question or answer"),
        "start": (_INT, "offset of its first character in the text"),
        "end": (_INT, "offset after its last character"),
        "header_rows": (_INT, "leading rows that name the columns"),
        "header_columns": (_INT, "leading columns that name the rows"),
        "rows": (pa.list_(pa.list_(_TEXT)), "cells by row; a cell that spans several places is in each of them"),
    }
)

FIGURES: Final = _table(
    {
        "id": (_TEXT, "id of the question"),
        "partition": (_TEXT, "key of the term"),
        "ordinal": (_INT, "place among the question's figures, from 0"),
        "section": (_TEXT, "question or answer"),
        "start": (_INT, "offset of its first character in the text"),
        "end": (_INT, "offset after its last character"),
        "text": (_TEXT, "the words it was read from"),
        "kind": (_TEXT, "count, money, percentage, percentage_point, duration, ratio, rate or measure"),
        "value": (pa.float64(), "point value"),
        "low": (pa.float64(), "lower bound of a range"),
        "high": (pa.float64(), "upper bound of a range"),
        "unit": (_TEXT, "ISO 4217, UCUM, %, pp, 1, x, /1000…"),
        "approx": (_TEXT, "about, min or max"),
        "direction": (_TEXT, "up, down, from or to"),
        "per": (_TEXT, "denominator"),
        "subject": (_TEXT, "what it is about"),
        "base_unit": (_TEXT, "the unit that figures of its kind are compared in: s, m, EUR, %…"),
        "base_low": (pa.float64(), "value or lower bound in the base unit"),
        "base_high": (pa.float64(), "value or upper bound in the base unit"),
        "row_header": (_TEXT, "header of its row, in a table"),
        "column_header": (_TEXT, "header of its column, in a table"),
        "sentence": (_TEXT, "the sentence it stands in"),
        "rule": (_TEXT, "the step that found it"),
    }
)

COMPARISONS: Final = _table(
    {
        "id": (_TEXT, "id of the question"),
        "partition": (_TEXT, "key of the term"),
        "ordinal": (_INT, "place among the question's pairs of sources, from 0"),
        "source": (_TEXT, "one source: open_data, xml_view, page, page_text, weekly, reprint"),
        "other_source": (_TEXT, "the other source"),
        "agreed": (pa.list_(_TEXT), "fields that both show and on which they agree"),
    }
)

DISAGREEMENTS: Final = _table(
    {
        "id": (_TEXT, "id of the question"),
        "partition": (_TEXT, "key of the term"),
        "ordinal": (_INT, "place among the question's disagreements, from 0"),
        "field": (_TEXT, "field on which two sources differ"),
        "source": (_TEXT, "one source"),
        "value": (_TEXT, "its reading, as printed; null for a silence that means no"),
        "capture_id": (_TEXT, "capture that shows it"),
        "other_source": (_TEXT, "the other source"),
        "other_value": (_TEXT, "its reading"),
        "other_capture_id": (_TEXT, "capture that shows it"),
        "chosen": (_TEXT, "source whose reading stands"),
        "rule": (_TEXT, "why: complete, newest, shown or trust"),
    }
)

CAPTURES: Final = _table(
    {
        "capture_id": (_TEXT, "id made of the address and the payload"),
        "partition": (_TEXT, "key of the term, or unplaced"),
        "question": (_TEXT, "id of a question it shows; a capture of several has a row for each"),
        "source": (_TEXT, "spider, or import"),
        "url": (_TEXT, "address"),
        "digest": (_TEXT, "sha256 of the payload"),
        "media_type": (_TEXT, "as declared"),
        "status": (_INT, "HTTP status"),
        "first_seen": (_TIME, "first capture of these bytes"),
        "warc_file": (_TEXT, "file of the archive"),
        "offset": (pa.int64(), "place in that file, bytes"),
    }
)

QUARANTINE: Final = _table(
    {
        "capture_id": (_TEXT, "capture set aside, whole or in part"),
        "partition": (_TEXT, "key of the term, or unplaced"),
        "url": (_TEXT, "address"),
        "question": (_TEXT, "id of the question, where known"),
        "part": (_TEXT, "the field that could not be read; null when the whole capture is set aside"),
        "reason": (_TEXT, "stable code: empty, truncated, unknown_format, …"),
        "detail": (_TEXT, "what was met and where"),
    }
)

CHANGES: Final = _table(
    {
        "sequence": (pa.int64(), "grows by one with every line, over all versions"),
        "version": (_TEXT, "data version that brought it"),
        "partition": (_TEXT, "key of the term"),
        "id": (_TEXT, "id of the question"),
        "change": (_TEXT, "added, changed or removed"),
        "field": (_TEXT, "field that changed; null when the question was added or removed"),
        "before": (_TEXT, "value before, as JSON"),
        "after": (_TEXT, "value after, as JSON"),
        "valid_date": (_DAY, "day of the JO of the newest event among the change, where it has one"),
        "known_at": (_TIME, "when the capture that shows it was made"),
        "cause": (_TEXT, "source, parser, registry or correction"),
    }
)

MEMBERS: Final = _table(
    {
        "id": (_TEXT, "the source's id of the person, such as PA842279"),
        "partition": (_TEXT, "unplaced: people belong to no term"),
        "civility": (_TEXT, "M. or Mme"),
        "first_name": (_TEXT, "first name"),
        "last_name": (_TEXT, "surname"),
    }
)

MANDATES: Final = _table(
    {
        "id": (_TEXT, "the source's id of the mandate"),
        "partition": (_TEXT, "unplaced"),
        "member": (_TEXT, "id of the person"),
        "organ": (_TEXT, "id of the organ"),
        "kind": (_TEXT, "type of the organ as published: ASSEMBLEE, GP, MINISTERE, …"),
        "term": (_INT, "number of the term, where the mandate is of one"),
        "quality": (_TEXT, "what the person is there, as published"),
        "first_day": (_DAY, "first day"),
        "last_day": (_DAY, "last day; null while it lasts"),
        "departement": (_TEXT, "département of the election, for a seat"),
        "constituency": (_INT, "number of the constituency, for a seat"),
    }
)

ORGANS: Final = _table(
    {
        "id": (_TEXT, "the source's id of the organ"),
        "partition": (_TEXT, "unplaced"),
        "kind": (_TEXT, "type as published: GP, MINISTERE, GOUVERNEMENT, …"),
        "label": (_TEXT, "label as published"),
        "short_label": (_TEXT, "short label: the one that questions print"),
        "abbreviation": (_TEXT, "abbreviation"),
        "term": (_INT, "number of the term, where the organ is of one"),
        "first_day": (_DAY, "first day"),
        "last_day": (_DAY, "last day; null while it lasts"),
    }
)

PEOPLE_TABLES: Final = ("members", "mandates", "organs")
"""The tables of people, filled from the parliament's files of members."""

TABLES: Final[dict[str, pa.Schema]] = {
    "questions": QUESTIONS,
    "texts": TEXTS,
    "events": EVENTS,
    "attributions": ATTRIBUTIONS,
    "tables": TEXT_TABLES,
    "figures": FIGURES,
    "comparisons": COMPARISONS,
    "disagreements": DISAGREEMENTS,
    "captures": CAPTURES,
    "quarantine": QUARANTINE,
    "members": MEMBERS,
    "mandates": MANDATES,
    "organs": ORGANS,
}
"""The tables rebuilt with each version; `changes` is the log beside them, and only grows."""
