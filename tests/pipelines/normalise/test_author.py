"""The asker on the day of the question, by the files of members."""

from datetime import date

import pytest

from pipelines.normalise.author import asked_by
from pipelines.normalise.groups import bundled_groups
from pipelines.normalise.people import Members
from schemas.identity import TermKey
from schemas.people import Mandate, Member, Organ, People
from schemas.question import Author, PrintedAuthor

TERM = TermKey.parse("fr-an-14")
BEFORE, AFTER = date(2014, 1, 7), date(2016, 1, 5)


def organ(id_: str, label: str, short: str, first: date) -> Organ:
    return Organ(
        id=id_, kind="GP", label=label, short_label=short, abbreviation=short, term=14, first_day=first, last_day=None
    )


def mandate(id_: str, member: str, organ_id: str, first: date, last: date | None, **more: object) -> Mandate:
    kind = "ASSEMBLEE" if more else "GP"
    fields = {"id": id_, "member": member, "organ": organ_id, "kind": kind, "term": 14, "quality": "Membre"}
    return Mandate.model_validate(fields | {"first_day": first, "last_day": last} | more)


MEMBERS = Members(
    People(
        members=(
            Member(id="PA923", civility="M.", first_name="François", last_name="Cornut-Gentille"),
            Member(id="PA1", civility="Mme", first_name="Ada", last_name="Martin"),
            Member(id="PA2", civility="Mme", first_name="Ada", last_name="Martin"),
        ),
        mandates=(
            mandate("PM1", "PA923", "PO1", date(2012, 6, 26), date(2015, 6, 1)),
            mandate("PM2", "PA923", "PO2", date(2015, 6, 2), None),
            mandate("PM3", "PA923", "PO0", date(2012, 6, 20), None, departement="Haute-Marne", constituency=2),
            mandate("PM4", "PA1", "PO1", date(2012, 6, 26), None),
            mandate("PM5", "PA2", "PO2", date(2015, 6, 2), None),
            mandate("PM6", "PA2", "PO0", date(2015, 6, 2), None, departement="Ain", constituency=1),
        ),
        organs=(
            organ("PO1", "Union pour un Mouvement Populaire", "UMP", date(2012, 6, 26)),
            organ("PO2", "Les Républicains", "LES-REP", date(2015, 6, 2)),
        ),
    )
)


def asked(printed: PrintedAuthor, day: date | None = BEFORE, members: Members = MEMBERS) -> tuple[Author | None, bool]:
    found = asked_by([printed], TERM, day, members, bundled_groups())
    return found.author, found.later_group


def test_an_id_alone_gets_name_group_and_constituency_of_the_day() -> None:
    author, later = asked(PrintedAuthor(name=None, source_id="PA923"))
    assert author == Author(
        name="François Cornut-Gentille",
        civility="M.",
        group="Union pour un Mouvement Populaire",
        constituency="Haute-Marne (2e circonscription)",
        source_id="PA923",
    )
    assert not later


def test_the_group_of_a_later_day_gives_way_and_is_flagged() -> None:
    shown = PrintedAuthor(name="François Cornut-Gentille", group="Les Républicains", source_id="PA923")
    author, later = asked(shown)
    assert author is not None
    assert (author.group, later) == ("Union pour un Mouvement Populaire", True)
    author, later = asked(shown, AFTER)
    assert author is not None
    assert (author.group, later) == ("Les Républicains", False)


@pytest.mark.parametrize("label", ["UMP", "Union pour un mouvement populaire"])
def test_another_label_of_the_same_group_stays_as_published(label: str) -> None:
    author, later = asked(PrintedAuthor(name=None, group=label, source_id="PA923"))
    assert author is not None
    assert (author.group, later) == (label, False)


def test_a_page_without_ids_is_joined_by_the_whole_name() -> None:
    author, _ = asked(PrintedAuthor(name="Cornut-Gentille François", surname_first=True, constituency="Haute-Marne"))
    assert author is not None
    assert (author.source_id, author.group) == ("PA923", "Union pour un Mouvement Populaire")
    assert author.constituency == "Haute-Marne"  # as published


def test_a_name_that_two_members_bear_is_not_guessed() -> None:
    author, _ = asked(PrintedAuthor(name="Ada Martin"))
    assert author == Author(name="Ada Martin")


def test_without_a_day_there_is_no_group_and_the_only_seat() -> None:
    author, _ = asked(PrintedAuthor(name=None, source_id="PA923"), None)
    assert author is not None
    assert (author.group, author.constituency) == (None, "Haute-Marne (2e circonscription)")


def test_the_first_constituency_is_a_feminine() -> None:
    author, _ = asked(PrintedAuthor(name=None, source_id="PA2"), AFTER)
    assert author is not None
    assert author.constituency == "Ain (1re circonscription)"


def test_without_files_the_page_stands_and_the_registry_of_groups_tells_a_later_one() -> None:
    shown = PrintedAuthor(name="Ada Martin", group="Les Républicains")
    assert asked(shown, BEFORE, Members(People())) == (Author(name="Ada Martin", group="Les Républicains"), True)


def test_the_version_is_that_of_the_term() -> None:
    assert MEMBERS.version(TERM) != ""
    assert MEMBERS.version(TermKey.parse("fr-an-15")) == ""
    assert MEMBERS.version(TermKey.parse("fr-senat-14")) == ""
