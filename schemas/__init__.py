"""The records, their shapes, the settings and the errors: what every other package may know; no behaviour."""
