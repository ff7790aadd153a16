from pipelines.figures.explain import trace


def test_every_number_says_how_it_was_read_or_why_it_was_not() -> None:
    year, low, high, article = trace("En 2019, entre 3 et 5 millions de lettres ; l'article 7 le dit.")
    assert year.excluded_by is not None
    assert year.excluded_by.startswith("year: ")
    assert (low.text, low.excluded_by) == ("3 et 5 millions", None)
    assert any("join ranges" in step and "high 5000000" in step for step in low.steps)
    assert any("subject lettres" in step for step in low.steps)
    assert high.excluded_by == "joined with its neighbour by join ranges"
    assert article.excluded_by is not None
    assert article.excluded_by.startswith("named: ")


def test_the_tokens_are_shown() -> None:
    assert trace("Il manque 3,1 milliards d'euros.")[0].tokens == ("3,1", "milliards", "d'", "euros")


def test_references_and_dates_that_prose_passes_over_are_listed_too() -> None:
    numbers = trace("La loi n° 2018-1021 de juin 2018 crée 12 postes.")
    assert [(number.text, number.excluded_by is None) for number in numbers] == [
        ("2018", False),
        ("1021", False),
        ("2018", False),
        ("12", True),
    ]
