"""The embedded engine: tantivy in this process, the default when no Elasticsearch is configured."""
