"""The query language: from what a person typed to an engine query, with what was understood of it."""
