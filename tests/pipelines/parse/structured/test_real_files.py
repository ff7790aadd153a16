"""The two real files of structured sources: every field of each, and nothing left unread."""

from datetime import date

from pipelines.parse.read import read
from tests.pipelines.parse.captures import a_capture, only
from tests.shared_material import shared


def test_a_view_as_xml() -> None:
    result = read(a_capture(shared("data/an_xml/q14_14-47351QE.xml").read_bytes(), "file:14-47351QE.xml", "text/xml"))
    question = only(result)
    assert result.quarantined == ()
    assert str(question.key) == "fr-an-14-QE-47351"
    assert question.author is not None
    author = question.author
    assert (author.name, author.civility, author.constituency) == ("François Cornut-Gentille", "M.", "Haute-Marne")
    assert (author.source_id, author.mandate_id, author.group_id) == ("PA923", "PM645363", "PO707869")
    assert (author.group, author.group_abbreviation) == ("Les Républicains", "LES-REP")
    assert (question.ministry_asked, question.ministry_assigned) == ("Défense", "Défense")
    assert (question.rubric, question.heading) == ("défense", "équipements")
    assert question.title == "équipements militaires. vieillissement. bilan."
    assert [(each.kind.value, each.date, each.page, each.issue_type) for each in question.events] == [
        ("published", date(2014, 1, 7), 18, "JO_QUESTION"),
        ("answered", date(2014, 5, 13), 3858, None),
        ("reassigned", date(2014, 4, 3), None, "JO_LOI_DECRET"),
        ("renewed", date(2014, 4, 15), None, "JO_QUESTION"),
    ]
    assert (question.question or "").startswith("M. François Cornut-Gentille interroge")
    (table,) = question.tables
    assert (table.header_rows, len(table.rows), len(table.rows[0])) == (2, 18, 7)
    assert table.rows[2][0].startswith("AMX30B2 DT")
    assert table.rows[-2] == ("VAB Génie", "314", "302", "43,10", "36,70", "30", "28\xa0972")


def test_an_object_of_the_open_data() -> None:
    path = shared("data/an_opendata_json/QANR5L17QG1.texte-tronque.json")
    result = read(a_capture(path.read_bytes(), "file:q.json", "application/json"))
    question = only(result)
    assert result.quarantined == ()
    assert str(question.key) == "fr-an-17-QG-1"
    assert question.author is not None
    assert (question.author.name, question.author.source_id) == (None, "PA842279")
    assert (question.author.group, question.ministry_asked) == ("Rassemblement National", "Intérieur")
    assert (question.rubric, question.title) == ("outre-mer", "Situation à Mayotte")
    assert [(each.kind.value, each.date, each.page) for each in question.events] == [
        ("published", date(2024, 10, 3), None),
        ("answered", date(2024, 10, 3), 5283),
    ]
    assert (question.answer or "").startswith("SITUATION À MAYOTTE\nMme la présidente")
