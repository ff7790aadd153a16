"""How fast figures are read: megabytes of prose a second on one core, beside a peer, and the growth of hostile inputs.

Run `python -m benchmarks.bench_figures [FILE…]`: with files, their text is read too. Processor time, not wall time. The
peer is text2num, where it is installed (`pip install text2num`): compiled, it only writes spelled numbers in digits.
duckling and Recognizers-Text, which read quantities, have no Python package that installs today: the speed beside which
prose is put is the one stated for duckling.
"""

import gc
import sys
import time
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from pipelines.figures.extract import extract
from pipelines.flow.garbage import ALLOCATED

MEGABYTE = 1_000_000
LEAST_SPEED = 3.0  # MB/s of prose on one core, the stated limit
DUCKLING_SPEED = 0.16  # MB/s, as stated in the comparison of systems that the limit comes from
PROSE = (
    "M. le député appelle l'attention de Mme la ministre des solidarités et de la santé sur la situation des "
    "hôpitaux de proximité. Depuis plusieurs années, les personnels dénoncent la dégradation de leurs conditions "
    "de travail et l'allongement des délais d'attente. Le décret n° 2016-524 du 27 avril 2016 a organisé les "
    "groupements hospitaliers de territoire, sans que les moyens nécessaires aient été accordés aux établissements "
    "concernés. Dans le département, les effectifs ont diminué de 12 % tandis que le nombre de passages aux urgences "
    "est passé de 27 000 à 30 000. Les élus locaux, les usagers et leurs associations s'inquiètent de cette évolution "
    "et demandent un moratoire sur les fermetures annoncées. Cette situation, que connaissent de nombreux territoires "
    "ruraux, appelle une réponse rapide de l'État, garant de la continuité du service public et de l'accès aux soins. "
    "Le maintien d'une présence médicale de jour comme de nuit demeure la première attente des habitants et de leurs "
    "représentants, qui ne comprennent pas les choix de l'agence régionale de santé. Le coût du projet est estimé à "
    "3,1 millions d'euros. Il lui demande quelles mesures le Gouvernement entend prendre pour garantir l'égal accès "
    "de tous à des soins de qualité et s'il envisage de réunir l'ensemble des acteurs du territoire.\n"
)
HOSTILE = {
    "digits": "1",
    "spaces": " ",
    "cent": "cent ",
    "groups of digits": "123 ",
    "hyphened digits": "1-",
    "percentages": "10 % et ",
    "digits and commas": "1,",
    "a figure a sentence": "Ce taux est de 1 %. ",
    "brackets": "(",
    "one word": "a",
}


def processor_seconds(text: str, read: Callable[[str], object] = extract) -> float:
    """Processor time to read a text, the best of three."""
    times = []
    for _ in range(3):
        start = time.process_time()
        read(text)
        times.append(time.process_time() - start)
    return min(times)


def report_prose(name: str, text: str) -> None:
    """Print megabytes a second for one text."""
    size = len(text.encode()) / MEGABYTE
    seconds = processor_seconds(text)
    figures = len(extract(text)) / size
    other = peer()
    beside = "" if other is None else f"  {processor_seconds(text, other) / seconds:6.2f} × as fast as text2num"
    speed = size / seconds
    print(
        f"{name:24s} {size:6.2f} MB  {speed:6.2f} MB/s ({speed / LEAST_SPEED:.2f} × the limit, "
        f"{speed / DUCKLING_SPEED:.0f} × duckling), {figures:.0f} figures a MB{beside}"
    )


def peer() -> Callable[[str], object] | None:
    """text2num's reading of a text, None where it is not installed."""
    if find_spec("text_to_num") is None:
        return None
    alpha2digit = import_module("text_to_num").alpha2digit
    return lambda text: alpha2digit(text, "fr")


def report_hostile(name: str, unit: str) -> None:
    """Print the time for a megabyte of a repetition, and how it grows from half of it (2 is linear)."""
    whole = unit * (MEGABYTE // len(unit))
    half = processor_seconds(whole[: len(whole) // 2])
    full = processor_seconds(whole)
    print(
        f"{name:24s} {full:6.2f} s for 1 MB, {full / max(half, 1e-6):5.2f} × its half, {len(extract(whole)):6d} figures"
    )


def main(paths: list[str]) -> None:
    """Print every measurement."""
    extract(PROSE)  # loads the vocabulary
    gc.set_threshold(ALLOCATED)  # as in the processes of a build that read texts
    report_prose("prose of the benchmark", PROSE * (2 * MEGABYTE // len(PROSE)))
    for path in paths:
        report_prose(Path(path).name, Path(path).read_text("utf-8"))
    for name, unit in HOSTILE.items():
        report_hostile(name, unit)


if __name__ == "__main__":
    main(sys.argv[1:])
