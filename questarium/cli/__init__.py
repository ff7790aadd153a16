"""The `questarium` command."""
