"""Deadlines and delays: pure functions of a question and a day."""
