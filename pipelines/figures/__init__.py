"""Figures: the quantities a text states, found by a chain of small steps; `extract` puts them together."""
