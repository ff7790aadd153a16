"""The settings: the only place where the names of environment variables are written."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Read once, at the edge (`QUESTARIUM_…` variables), and handed down as a value."""

    model_config = SettingsConfigDict(env_prefix="QUESTARIUM_", frozen=True)

    home: Path = Field(default=Path("data"), description="data folder: archive, dataset, index and run history")
    elasticsearch_url: str | None = Field(
        default=None, description="use this server instead of the embedded index; nodes of a cluster by commas"
    )
    elasticsearch_index: str = Field(default="questarium", description="alias of the index on that server")
    elasticsearch_shards: int = Field(default=1, ge=1, description="parts of a new index; one is best below 50 GB")
    elasticsearch_replicas: int | None = Field(
        default=None, ge=0, description="further copies of each part; by default one where there is a second node"
    )
    contact: str = Field(
        default="https://github.com/questarium/questarium",
        description="address shown to the sites in the user agent: an e-mail or a page about your crawl",
    )
    download_delay_s: float = Field(default=1.0, ge=0, description="seconds between two requests to one site")
    terms: tuple[str, ...] = Field(default=("fr-an-17",), description="terms that the schedules refresh (JSON list)")
    corrections: Path | None = Field(
        default=None, description="file of reviewed corrections; `corrections.yaml` in the data folder by default"
    )
    workers: int | None = Field(default=None, ge=1, description="processes that read captures in a build; all cores")
    server_home: Path | None = Field(default=None, description="where the local Elasticsearch server is installed")

    @property
    def archive_dir(self) -> Path:
        """Raw captures and ledger."""
        return self.home / "archive"

    @property
    def dataset_dir(self) -> Path:
        """Data versions."""
        return self.home / "dataset"

    @property
    def corrections_file(self) -> Path:
        """Reviewed corrections; there need not be any."""
        return self.corrections or self.home / "corrections.yaml"

    @property
    def known_dir(self) -> Path:
        """Datasets of what was known on past days; they can be made again."""
        return self.home / "known"

    @property
    def index_dir(self) -> Path:
        """The embedded index."""
        return self.home / "index"

    @property
    def dagster_dir(self) -> Path:
        """Run history of the refresh jobs."""
        return self.home / "dagster"
