"""The base of every record: frozen, strict about names, silent about nothing."""

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """An immutable value; an unknown field is an error, never ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid")
