"""Resources: the data folder and the search server, as the assets see them."""

import dagster as dg

from schemas.settings import Settings


class Place(dg.ConfigurableResource):  # type: ignore[type-arg]  # Dagster leaves its parameter open
    """Where one Questarium keeps its data; built from the settings at the edge, replaced whole in tests."""

    settings_json: str

    @classmethod
    def of(cls, settings: Settings) -> "Place":
        """The place these settings describe."""
        return cls(settings_json=settings.model_dump_json())

    @property
    def settings(self) -> Settings:
        """The settings back."""
        return Settings.model_validate_json(self.settings_json)
