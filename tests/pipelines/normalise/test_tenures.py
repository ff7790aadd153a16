"""Ministers by the files of members, over the bundled registry."""

from datetime import date

from pipelines.normalise.registry import bundled_registry
from pipelines.normalise.tenures import overruled, tenures_of
from schemas.people import Mandate, Member, Organ, People, PeopleSource, Tenure

FIRST, LAST = date(2019, 7, 17), date(2020, 7, 4)


def people(quality: str = "Ministre", last: date | None = LAST) -> People:
    return People(
        members=(Member(id="PA1", civility="Mme", first_name="Élisabeth", last_name="Borne"),),
        mandates=(
            Mandate(
                id="PM1", member="PA1", organ="PO1", kind="MINISTERE", term=None, quality=quality,
                first_day=FIRST, last_day=last,
            ),
        ),
        organs=(
            Organ(
                id="PO1", kind="MINISTERE", label="Ministère de la transition écologique et solidaire",
                short_label="Transition écologique et solidaire", abbreviation="TRE", term=None,
                first_day=FIRST, last_day=last,
            ),
        ),
    )  # fmt: skip


def bundled(person: str, first: date, last: date | None) -> Tenure:
    return Tenure(
        person=person,
        office="Transition écologique et solidaire",
        ministry_id="transition-ecologique-solidaire",
        portfolio="ecologie",
        first_day=first,
        last_day=last,
    )


def test_a_mandate_in_a_ministry_is_a_tenure() -> None:
    (tenure,) = tenures_of(people(), bundled_registry())
    assert (tenure.person, tenure.ministry_id, tenure.portfolio) == (
        "Élisabeth Borne",
        "transition-ecologique-solidaire",
        "ecologie",
    )
    assert (tenure.first_day, tenure.last_day, tenure.source) == (FIRST, LAST, PeopleSource.AMO)


def test_a_deputy_on_a_mission_is_no_minister() -> None:
    assert tenures_of(people("en mission"), bundled_registry()) == []


def test_the_files_overrule_the_registry() -> None:
    (known,) = tenures_of(people(), bundled_registry())
    before = bundled("François de Rugy", date(2018, 9, 5), date(2019, 7, 16))
    wrong = bundled("Somebody Else", date(2019, 7, 20), date(2020, 7, 6))
    assert overruled([before, wrong], [known]) == [before, known]


def test_the_same_person_holds_the_office_until_the_later_end() -> None:
    (known,) = tenures_of(people(), bundled_registry())
    (found,) = overruled([bundled("Elisabeth Borne", date(2019, 7, 18), date(2020, 7, 6))], [known])
    assert (found.first_day, found.last_day) == (FIRST, date(2020, 7, 6))
    (lasting,) = overruled([bundled("Élisabeth Borne", FIRST, None)], [known])
    assert lasting.last_day is None
