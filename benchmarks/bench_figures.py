"""How fast figures are read: megabytes of prose a second on one core, beside others, and the growth of hostile inputs.

Run `python -m benchmarks.bench_figures [FILE…]`: with files, their text is read too. Processor time of the thread that
reads, not wall time. The others (`figure_peers`) read the beginning of the same texts in the same run, where they are
installed.
"""

import gc
import sys
import time
from pathlib import Path

from benchmarks.figure_peers import DUCKLING_IN_HASKELL, HOW_TO_INSTALL, Reader, peers
from pipelines.figures.extract import extract
from pipelines.flow.garbage import ALLOCATED

MEGABYTE = 1_000_000
LEAST_SPEED = 3.0  # MB/s of prose on one core, the stated limit
PEERS_READ = 20_000  # characters of each text that the others read too: duckling takes a minute for a megabyte
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


def processor_seconds(text: str, read: Reader = extract) -> float:
    """Processor time to read a text, the best of three; what Java compiles and collects beside it is left out."""
    times = []
    for _ in range(3):
        start = time.thread_time()
        read(text)
        times.append(time.thread_time() - start)
    return min(times)


def speed(text: str, read: Reader = extract) -> float:
    """Megabytes a second of one text."""
    return len(text.encode()) / MEGABYTE / processor_seconds(text, read)


def report_prose(name: str, text: str, others: dict[str, Reader]) -> None:
    """Print megabytes a second for one text, and beside the others for its beginning."""
    size, ours = len(text.encode()) / MEGABYTE, speed(text)
    print(
        f"{name:24s} {size:6.2f} MB  {ours:6.2f} MB/s ({ours / LEAST_SPEED:.2f} × the limit, "
        f"{ours / DUCKLING_IN_HASKELL:.0f} × what is stated for duckling in Haskell), "
        f"{len(extract(text)) / size:.0f} figures a MB"
    )
    beginning = text[:PEERS_READ]
    for other, read in others.items():
        ours, theirs = speed(beginning), speed(beginning, read)
        print(f"  beside {other:18s} {ours:6.2f} MB/s against {theirs:.3f}: {ours / theirs:.1f} × as fast")


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
    others = peers()
    if len(others) < 2:
        print(HOW_TO_INSTALL)
    report_prose("prose of the benchmark", PROSE * (2 * MEGABYTE // len(PROSE)), others)
    for path in paths:
        report_prose(Path(path).name, Path(path).read_text("utf-8"), others)
    for name, unit in HOSTILE.items():
        report_hostile(name, unit)


if __name__ == "__main__":
    main(sys.argv[1:])
