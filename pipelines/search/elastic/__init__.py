"""The Elasticsearch engine: one server or a cluster, through the official client."""
