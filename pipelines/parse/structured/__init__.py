"""JSON and XML sources as one kind of tree, read strictly: every key is taken, left out on purpose, or told."""
