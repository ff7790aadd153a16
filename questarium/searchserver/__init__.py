"""A real Elasticsearch server on this machine, from package registries alone: no container, no system Java."""
