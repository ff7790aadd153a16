"""The local stand-in of the sources: a synthetic corpus and a small server that renders it as the sources do."""
