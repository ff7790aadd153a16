"""Normalise: the revisions of one question become one record: names in order, ministries identified, events joined."""
