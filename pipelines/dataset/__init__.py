"""Data versions: immutable Parquet files, one atomic pointer, a change log, and their readers."""
