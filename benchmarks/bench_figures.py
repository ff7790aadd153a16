"""How fast figures are read: megabytes of prose a second on one core, and the time and growth of hostile inputs.

Run `python benchmarks/bench_figures.py [FILE…]`: with files, their text is read too. Processor time, not wall time.
"""

import sys
import time
from pathlib import Path

from pipelines.figures.extract import extract

MEGABYTE = 1_000_000
PROSE = (
    "M. le député appelle l'attention de Mme la ministre des solidarités et de la santé sur la situation des "
    "hôpitaux de proximité. Depuis plusieurs années, les personnels dénoncent la dégradation de leurs conditions "
    "de travail et l'allongement des délais d'attente. Dans le département, les effectifs ont diminué de 12 % en "
    "cinq ans, tandis que le nombre de passages aux urgences est passé de 27 000 à 30 000 par an. Les élus "
    "locaux, les usagers et leurs associations s'inquiètent de cette évolution et demandent un moratoire sur les "
    "fermetures annoncées. Le coût du projet est estimé à 3,1 millions d'euros, dont près de la moitié à la "
    "charge des collectivités territoriales. Il lui demande quelles mesures le Gouvernement entend prendre pour "
    "garantir l'égal accès de tous à des soins de qualité.\n"
)
HOSTILE = {
    "digits": "1",
    "spaces": " ",
    "cent": "cent ",
    "groups of digits": "123 ",
    "hyphened digits": "1-",
    "percentages": "10 % et ",
    "brackets": "(",
    "one word": "a",
}


def processor_seconds(text: str) -> float:
    """Processor time to read the figures of a text."""
    start = time.process_time()
    extract(text)
    return time.process_time() - start


def report_prose(name: str, text: str) -> None:
    """Print megabytes a second for one text."""
    size = len(text.encode()) / MEGABYTE
    print(f"{name:24s} {size:6.2f} MB  {size / processor_seconds(text):6.2f} MB/s")


def report_hostile(name: str, unit: str) -> None:
    """Print the time for a megabyte of a repetition, and how it grows from half of it (2 is linear)."""
    whole = unit * (MEGABYTE // len(unit))
    half = processor_seconds(whole[: len(whole) // 2])
    full = processor_seconds(whole)
    print(f"{name:24s} {full:6.2f} s for 1 MB, {full / max(half, 1e-6):5.2f} × its half")


def main(paths: list[str]) -> None:
    """Print every measurement."""
    extract(PROSE)  # loads the vocabulary
    report_prose("prose of the benchmark", PROSE * (2 * MEGABYTE // len(PROSE)))
    for path in paths:
        report_prose(Path(path).name, Path(path).read_text("utf-8"))
    for name, unit in HOSTILE.items():
        report_hostile(name, unit)


if __name__ == "__main__":
    main(sys.argv[1:])
