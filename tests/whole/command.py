"""The `questarium` command run as a person runs it: another process, a data folder of its own."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

QUESTARIUM = Path(sys.executable).with_name("questarium")


@dataclass(frozen=True)
class Ran:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class Command:
    """The command over one data folder."""

    home: Path
    elasticsearch_url: str | None = None

    def __call__(self, *words: str, stdin: str = "") -> Ran:
        ran = subprocess.run(
            [QUESTARIUM, *words], input=stdin, capture_output=True, text=True, env=self.environment, timeout=150
        )
        assert "Traceback" not in ran.stderr, ran.stderr
        return Ran(ran.returncode, ran.stdout, ran.stderr)

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("QUESTARIUM_")}
        own = {"QUESTARIUM_HOME": str(self.home)}
        if self.elasticsearch_url:
            own["QUESTARIUM_ELASTICSEARCH_URL"] = self.elasticsearch_url
        return {**kept, **own}
