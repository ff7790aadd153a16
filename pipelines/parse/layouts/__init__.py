"""The layouts: one module per format, each `parse(…) -> Draft`; a new module needs its fixtures (tests/fixtures)."""
