"""Which engine answers: Elasticsearch where the settings name a server, else the embedded one."""

from pipelines.search.backend import SearchBackend
from pipelines.search.embedded.backend import EmbeddedBackend
from schemas.settings import Settings


def open_backend(settings: Settings) -> SearchBackend:
    """The engine of these settings; nothing is read or reached before its first use."""
    if settings.elasticsearch_url:
        from pipelines.search.elastic.backend import ElasticBackend  # its client takes longer to load than a search
        from pipelines.search.elastic.mapping import Layout

        layout = Layout(settings.elasticsearch_shards, settings.elasticsearch_replicas)
        return ElasticBackend.connect(settings.elasticsearch_url, settings.elasticsearch_index, layout)
    return EmbeddedBackend(settings.index_dir)
