"""Real texts on both engines: what a query finds is what a plain search through the texts finds.

The expressions on the right are written by hand, without any of our code: they are the French of the queries.
"""

import csv
import re
from collections.abc import Iterator
from datetime import datetime
from uuid import uuid4

import pytest
from elasticsearch import Elasticsearch

from pipelines.search.backend import SearchBackend
from pipelines.search.elastic.backend import ElasticBackend
from pipelines.search.embedded.backend import EmbeddedBackend
from pipelines.search.language.understand import understand
from pipelines.search.vocabulary import Vocabulary
from schemas.search import SearchDocument, Sort
from tests.pipelines.search.nasty_corpus import TODAY, document
from tests.shared_material import shared

_FILE = "data/an_qosd_csv/qosd15_open.csv"
_W = r"(?<!\w)(?:{})(?!\w)"  # whole words

PLAIN: dict[str, str] = {
    "hôpital": "h[oô]pita(?:l|ux)",
    "hopitaux": "h[oô]pita(?:l|ux)",
    "retraite": "retraites?",
    "retraité": "retrait[ée]e?s?(?<!retraite)(?<!retraites)",
    "retrait": "retraits?",
    "l'eau": "eaux?",
    "l’école": "[ée]coles?",
    "fermer": "ferm(?:er|e|es|ent|é|ée|és|ées|ant|ait|aient|era|eront|erait|eraient|ons|ez)",
    "fermeture": "fermetures?",
    "national": "nationa(?:l|le|les|ux)",
    "directeur": "direct(?:eur|rice)s?",
    "agriculteur": "agricult(?:eur|rice)s?",
    "infirmière": "infirmi(?:er|ère)s?",
    "travail": "trava(?:il|ux)",
    "cheval": "cheva(?:l|ux)",
    "maire": "maires?",
    "commune": "communes?",
    "médecin": "médecins?",
    "financer": "finan(?:cer?|ces|cent|cé|cée|cés|cées|çant|çait|cera|ceront|cerait|ceraient|çons|cez)",
    "avions": "avions?",
    "portes": "portes?",
    "fils": "fils",
    "mai": "mai",
    "lorsque": "lorsque|lorsqu",
    "exercer": "exer(?:cer?|ces|cent|cé|cée|cés|cées|çant|çait|cera|ceront|cerait|ceraient)",
    "relève": "rel(?:ever|ève|èves|èvent|evé|evée|evées|evant|evait|èvera|èverait|èveraient)(?<!relevé)",
    "traité": "traités?",
    "plateforme": "plate[- ]?formes?",
    "Paris": "paris",
    "EHPAD": "ehpad|établissements? d['’]hébergement pour personnes? âgées? dépendantes?",
    "SNCF": "sncf|société nationale des chemins de fer français",
    '"transition écologique"': "transition [ée]cologique",
    '"droit à l\'eau"': "droit [àa] l['’]eau",
    '"mise en œuvre"': "mise en (?:œ|oe)uvre",
    '"le maire de"': "le maire de",
    "hospital*": r"hospital\w*",
    "*logie": r"\w*logie",
    "éc?le": r"[ée]c\wle",
    "garde-à-vue": "gardes?[ -][àa][ -]vues?",
    "2018": "2018",
    "eau SAUF eau": "(?!)",
}


def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(_W.format(pattern), re.IGNORECASE)


@pytest.fixture(scope="module")
def documents() -> list[SearchDocument]:
    with shared(_FILE).open(encoding="utf-8", newline="") as file:
        return [_document(number, row) for number, row in enumerate(csv.DictReader(file), start=1)]


def _document(number: int, row: dict[str, str]) -> SearchDocument:
    day = datetime.strptime(row["date_publication"], "%d/%m/%Y").date()  # noqa: DTZ007 (a day of the JO)
    return document(
        number,
        row["question"],
        author=row["nom_depute"],
        ministry_asked=row["ministere_interrogem"],
        published_date=day,
    )


@pytest.fixture(scope="module")
def vocabulary(documents: list[SearchDocument]) -> Vocabulary:
    return Vocabulary.build(documents)


@pytest.fixture(scope="module", params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def engine(
    request: pytest.FixtureRequest, documents: list[SearchDocument], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SearchBackend]:
    if request.param == "embedded":
        backend: SearchBackend = EmbeddedBackend(tmp_path_factory.mktemp("real"))
        assert backend.rebuild(documents, "v1") == []
        yield backend
        return
    url, alias = request.getfixturevalue("elasticsearch_url"), f"test-{uuid4().hex[:12]}"
    backend = ElasticBackend.connect(url, alias)
    assert backend.rebuild(documents, "v1") == []
    yield backend
    with Elasticsearch(url, request_timeout=60) as client:
        for name in client.indices.get(index=f"{alias}-*", features="aliases"):
            client.indices.delete(index=name)


@pytest.mark.parametrize("query", PLAIN)
def test_a_word_finds_the_texts_that_a_plain_search_finds(
    engine: SearchBackend, documents: list[SearchDocument], vocabulary: Vocabulary, query: str
) -> None:
    asked = understand(query, vocabulary, today=TODAY).engine
    answer = engine.search(asked, sort=Sort.NUMBER, offset=0, limit=1000)
    wanted = _whole(PLAIN[query])
    expected = [each.id for each in documents if wanted.search(each.question or "")]
    assert list(answer.ids) == expected


@pytest.mark.parametrize(
    ("one", "other", "between"), [("hôpital", "fermeture", 5), ("eau", "potable", 0), ("loi", "projet", 3)]
)
def test_nearness_is_counted_in_words(
    engine: SearchBackend, documents: list[SearchDocument], vocabulary: Vocabulary, one: str, other: str, between: int
) -> None:
    asked = understand(f'"{one}" PROCHE/{between} "{other}"', vocabulary, today=TODAY).engine
    answer = engine.search(asked, sort=Sort.NUMBER, offset=0, limit=1000)
    assert list(answer.ids) == [each.id for each in documents if _near(each.question or "", one, other, between)]


def _near(text: str, one: str, other: str, between: int) -> bool:
    words = re.findall(r"[^\W_]+", text.lower())
    places = [[at for at, word in enumerate(words) if word == wanted] for wanted in (one, other)]
    return any(0 < abs(first - second) <= between + 1 for first in places[0] for second in places[1])
