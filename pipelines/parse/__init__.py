"""Parse: one capture becomes the questions it prints, or quarantine; nothing is derived and nothing is fetched."""
