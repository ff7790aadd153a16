"""The figure a mention becomes, with its offsets and the sentence it stands in."""

from pipelines.figures.mention import Mention, Sentence
from schemas.figure import Figure, Section
from schemas.units import in_base


def as_figure(sentence: Sentence, mention: Mention, written: str, section: Section | None = None) -> Figure:
    """The record of a mention; `written` is its sentence."""
    start, end = sentence.starts[mention.first], sentence.end_of(mention.end - 1)
    is_range = mention.high is not None
    base_unit, factor = in_base(mention.unit)
    return Figure.model_validate(  # not by keywords: that takes half as long again
        {
            "start": start,
            "end": end,
            "text": sentence.text[start:end],
            "kind": mention.kind,
            "value": None if is_range else mention.value,
            "low": mention.value if is_range else None,
            "high": mention.high,
            "unit": mention.unit,
            "approx": mention.approx,
            "direction": mention.direction,
            "per": mention.per,
            "subject": mention.subject,
            "base_unit": base_unit,
            "base_low": mention.value * factor,
            "base_high": (mention.value if mention.high is None else mention.high) * factor,
            "sentence": written,
            "section": section,
            "rule": mention.rule,
        }
    )
