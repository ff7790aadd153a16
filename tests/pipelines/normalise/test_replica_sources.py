"""Two sources of the replica's questions: equal records where they say the same, every planted difference told."""

import copy
import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import orjson
import pytest

from pipelines.normalise.question import normalise
from pipelines.normalise.reference import bundled_reference
from pipelines.parse.read import read
from questarium.replica.corpus import SyntheticQuestion, synthetic
from questarium.replica.layouts import question_page
from questarium.replica.open_data import record, xml_file
from questarium.replica.pages import question_path
from questarium.replica.weekly import issues_of, texts_file
from questarium.replica.xml_view import xml_view
from schemas.question import Question, RawQuestion
from tests.pipelines.parse.captures import a_capture, only

Told = dict[str, Any]
Planted = dict[int, tuple[str, Told]]
WEEK = timedelta(days=7)


def one_of(body: bytes, url: str, media_type: str, capture_id: str) -> RawQuestion:
    return only(read(a_capture(body, url, media_type, capture_id=capture_id))).model_copy(
        update={"captured_at": a_capture(b"").ref.first_seen.replace(year=2026)}
    )


def page(question: SyntheticQuestion) -> RawQuestion:
    return one_of(question_page(question), f"https://q.example{question_path(question)}", "text/html", "page")


def open_data(told: Told) -> RawQuestion:
    uid = told["uid"]
    return one_of(orjson.dumps({"question": told}), f"https://d.example/q.zip!/{uid}", "application/json", "data")


def told_of(question: SyntheticQuestion) -> Told:
    return copy.deepcopy(record(question))


def joined(*revisions: RawQuestion) -> Question:
    return normalise(revisions, bundled_reference())


def later(told: Told, key: str = "dateJO") -> bool:
    if told[key] is None:
        return False
    told[key] = str(date.fromisoformat(told[key]) + WEEK)
    return True


def listed(node: Any) -> list[Told]:
    return node if isinstance(node, list) else [node]


def texts(told: Told, which: str) -> Told | None:
    holder = told[f"textes{which}"]
    return holder[f"texte{which}"] if holder else None


def reworded(told: Told, which: str) -> bool:
    text = texts(told, which)
    if text is None:
        return False
    text["texte"] = text["texte"].replace(" de ", " du ", 1)
    return True


def other_day(told: Told, which: str) -> bool:
    text = texts(told, which)
    return text is not None and later(text["infoJO"])


def other_page(told: Told, which: str) -> bool:
    text = texts(told, which)
    if text is None or text["infoJO"]["pageJO"] is None:
        return False
    text["infoJO"]["pageJO"] = str(int(text["infoJO"]["pageJO"]) + 1)
    return True


def other_label(told: Told, *path: str) -> bool:
    for name in path[:-1]:
        told = told[name]
    told[path[-1]] = f"{told[path[-1]]} bis"
    return True


def asked_another(told: Told) -> bool:
    told["minInt"]["abrege"] = "Lacs et marais"
    return True


def sent_to_another(told: Told) -> bool:
    attributions = listed(told["minAttribs"]["minAttrib"])
    attributions[-1]["denomination"]["abrege"] = "Lacs et marais"
    return len(attributions) > 1


def sent_later(told: Told) -> bool:
    attributions = listed(told["minAttribs"]["minAttrib"])
    return len(attributions) > 1 and later(attributions[-1]["infoJO"])


def one_renewal_less(told: Told) -> bool:
    renewals = told["renouvellements"]
    told["renouvellements"] = None
    return renewals is not None


def one_renewal_more(told: Told) -> bool:
    renewals = listed(told["renouvellements"]["renouvellement"]) if told["renouvellements"] else []
    added = copy.deepcopy(texts(told, "Question") or {})["infoJO"]
    told["renouvellements"] = {"renouvellement": [*renewals, {"infoJO": added}]}
    return later(added)


def never_signalled(told: Told) -> bool:
    was = told["signalement"]
    told["signalement"] = None
    return was is not None


def signalled_later(told: Told) -> bool:
    return told["signalement"] is not None and later(told["signalement"]["infoJO"])


def erratum_forgotten(told: Told) -> bool:
    text = texts(told, "Question") or {}
    was = text["erratum"]
    text["erratum"] = None
    return was is not None


def closed_later(told: Told) -> bool:
    return told["cloture"] is not None and told["textesReponse"] is None and later(told["cloture"], "dateCloture")


def closed_otherwise(told: Told) -> bool:
    if told["cloture"] is None or told["textesReponse"] is not None:
        return False
    lapsed = told["cloture"]["codeCloture"] == "FIN_MANDAT"
    told["cloture"] |= {"codeCloture": "X", "libelleCloture": "Retrait" if lapsed else "Fin de mandat"}
    return True


def never_closed(told: Told) -> bool:
    was, told["cloture"] = told["cloture"], None
    return was is not None and told["textesReponse"] is None


PLANTED: dict[str, tuple[str, Callable[[Told], bool]]] = {
    "title": ("title", lambda told: other_label(told, "indexationAN", "analyses", "analyse")),
    "rubric": ("rubric", lambda told: other_label(told, "indexationAN", "rubrique")),
    "group": ("author.group", lambda told: other_label(told, "auteur", "groupe", "developpe")),
    "ministry asked": ("ministry_asked", asked_another),
    "ministry assigned": ("ministry_assigned", sent_to_another),
    "word of the question": ("question", lambda told: reworded(told, "Question")),
    "word of the answer": ("answer", lambda told: reworded(told, "Reponse")),
    "day of the question": ("published", lambda told: other_day(told, "Question")),
    "day of the answer": ("answered", lambda told: other_day(told, "Reponse")),
    "page of the question": ("published.page", lambda told: other_page(told, "Question")),
    "page of the answer": ("answered.page", lambda told: other_page(told, "Reponse")),
    "day of a reassignment": ("reassigned", sent_later),
    "renewals left out": ("renewed", one_renewal_less),
    "renewal added": ("renewed", one_renewal_more),
    "signalling left out": ("signalled", never_signalled),
    "day of the signalling": ("signalled", signalled_later),
    "erratum left out": ("corrected", erratum_forgotten),
    "day of the closing": ("closed", closed_later),
    "motive of the closing": ("closed", closed_otherwise),
    "closing left out": ("closed", never_closed),
}


def planted(questions: list[SyntheticQuestion], how_many: int, seed: int) -> Planted:
    """Differences by the place of their question: the field, and the object that differs; each kind as often."""
    chance = random.Random(seed)
    places = list(range(len(questions)))
    chance.shuffle(places)
    found: Planted = {}
    for number in range(how_many):
        field, plant = list(PLANTED.values())[number % len(PLANTED)]
        for place in places:
            told = told_of(questions[place])
            if place not in found and plant(told):
                found[place] = (field, told)
                break
    return found


def differences(
    questions: list[SyntheticQuestion], found: dict[int, tuple[str, Told]]
) -> Iterator[tuple[int, set[str]]]:
    for place, question in enumerate(questions):
        told = found[place][1] if place in found else told_of(question)
        yield place, {each.field for each in joined(page(question), open_data(told)).disagreements}


def check_planted(how_many_questions: int, how_many: int) -> None:
    questions = list(synthetic(how_many_questions, seed=11))
    found = planted(questions, how_many, seed=1)
    assert len(found) == how_many
    told = {place: fields for place, fields in differences(questions, found) if fields}
    assert told == {place: {field} for place, (field, _) in found.items()}


def test_planted_differences_are_told_and_none_is_invented() -> None:
    check_planted(300, 60)


@pytest.mark.campaign
@pytest.mark.timeout(3600)
def test_200_planted_differences_among_10_000_questions() -> None:
    check_planted(10_000, 200)


@pytest.mark.parametrize("name", PLANTED)
def test_the_difference_is_kept_with_both_readings_and_the_rule(name: str) -> None:
    field, plant = PLANTED[name]
    for question in synthetic(400, seed=12):
        told = told_of(question)
        if plant(told):
            break
    (found,) = joined(page(question), open_data(told)).disagreements
    assert (found.field, found.source, found.other_source) == (field, "open_data", "page")
    assert (found.capture_id, found.other_capture_id) == ("data", "page")
    assert found.value != found.other_value
    silent = None in (found.value, found.other_value)
    assert found.rule == ("shown" if silent else "trust")
    assert found.chosen == ("page" if found.value is None else "open_data")


def without_ids(question: Question) -> Told:
    told = question.model_dump(exclude={"source_url", "captures", "comparisons"})
    told["author"] |= {"source_id": None, "name": None, "civility": None, "constituency": None}
    told["events"] = [
        {name: value for name, value in each.items() if name not in {"capture_id", "known_at", "reason", "cause"}}
        for each in told["events"]
    ]
    told["attributions"] = [{name: each[name] for name in ("date", "ministry")} for each in told["attributions"][-1:]]
    return told


def check_equal(how_many: int) -> None:
    for question in synthetic(how_many, seed=13):
        html, data = page(question), open_data(told_of(question))
        assert without_ids(joined(html)) == without_ids(joined(data)), question.key
        assert joined(html, data).disagreements == ()


def test_pages_and_open_data_give_equal_records() -> None:
    check_equal(200)


@pytest.mark.campaign
@pytest.mark.timeout(3600)
def test_10_000_pages_and_open_data_give_equal_records() -> None:
    check_equal(10_000)


def test_every_source_agrees() -> None:
    questions = list(synthetic(40, seed=14))
    weekly: dict[str, list[RawQuestion]] = {}
    for issue in issues_of(questions):
        for found in read(a_capture(texts_file(issue), "file:ANQ.taz!/a", "text/xml", capture_id="weekly")).questions:
            weekly.setdefault(str(found.key), []).append(found)
    for question in questions:
        view = one_of(xml_view(question), "https://q.example/vue/xml", "text/xml", "view")
        file = one_of(xml_file(question), "https://d.example/q.xml", "application/xml", "data")
        made = joined(page(question), view, file, *weekly[str(question.key)])
        assert made.disagreements == ()
        assert len(made.comparisons) == 6
        pairs = {(each.source, each.other_source): set(each.agreed) for each in made.comparisons}
        assert pairs["open_data", "xml_view"] >= {"author.source_id", "ministry_asked", "rubric", "title", "question"}
        assert pairs["page", "weekly"] >= {"author.name", "author.civility", "question", "published"}
        assert ("answer" in pairs["open_data", "weekly"]) == (question.answer is not None)
        family = [each for each in questions if each.family and each.family == question.family and each is not question]
        assert set(made.answered_with) == {str(each.key) for each in family if each.answer}
