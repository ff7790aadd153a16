"""What addresses and file names say."""

from datetime import date

import pytest

from pipelines.parse.address import hint_from


@pytest.mark.parametrize(
    ("url", "named"),
    [
        ("https://questions.assemblee-nationale.fr/q15/15-12526QE.htm", "fr-an 15 QE 12526"),
        ("https://questions.assemblee-nationale.fr/q15/15-12526QE.htm/vue/xml", "fr-an 15 QE 12526"),
        ("file:///depot/q15_15-12526QE.txt", "fr-an 15 QE 12526"),
        ("https://www.assemblee-nationale.fr/dyn/14/questions/QANR5L14QE95669", "fr-an 14 QE 95669"),
        ("QANR5L17QOSD12.json", "fr-an 17 QOSD 12"),
        ("https://2017-2022.nosdeputes.fr/15/question/QE/20984", "fr-an 15 QE 20984"),
        ("https://2007-2012.nosdeputes.fr/question/QE/70910", "fr-an 13 QE 70910"),
        ("https://2022.nosdeputes.fr/question/QE/7", "fr-an 16 QE 7"),
        ("file:///depot/fr-an-9-QG-7.txt", "fr-an 9 QG 7"),
        ("https://www.senat.fr/questions/base/2022/qSEQ220628479.html", "fr-senat None QE 28479"),
        ("https://www.senat.fr/questions/base/1987/qSEQ87120275S.html", "fr-senat None QOSD 275"),
        ("qSEQ11030791G.html", "fr-senat None QG 791"),
        ("qSEQ11030791C.html", "fr-senat None None 791"),
        ("file:///15-1QE/14-2QE.txt", "fr-an 14 QE 2"),
        ("file:///depot/15%2D12526QE.txt", "fr-an 15 QE 12526"),
    ],
)
def test_named(url: str, named: str) -> None:
    hint = hint_from(url)
    assert hint is not None
    assert f"{hint.parliament} {hint.term} {hint.type} {hint.number}" == named


@pytest.mark.parametrize("url", ["", "file:///depot/page.txt", "https://x.example/2018-10-02", "115-12QEX", "qSEQ1"])
def test_unnamed(url: str) -> None:
    assert hint_from(url) is None


@pytest.mark.parametrize(
    ("name", "month"),
    [
        ("qSEQ87120275S", date(1987, 12, 1)),
        ("qSEQ500100275", date(1950, 1, 1)),
        ("qSEQ491200275", date(2049, 12, 1)),
        ("qSEQ87130275S", None),
        ("qSEQ87000275S", None),
    ],
)
def test_the_month_is_coded_in_the_senate_s_ids(name: str, month: date | None) -> None:
    hint = hint_from(f"{name}.html")
    assert hint is not None
    assert (hint.month, hint.source_id) == (month, name)
