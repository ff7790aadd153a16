"""What people are shown is what there is."""

from questarium.cli.output import out, print_table


def test_brackets_and_colons_of_a_text_are_shown_as_they_are() -> None:
    with out.capture() as captured:
        print_table("[i]", ("[b]",), [("publiée:[2018 TO 2019]",), ("[/] :smile:",)])
    assert [line.strip() for line in captured.get().splitlines() if line.strip(" ─")] == [
        "[i]",
        "[b]",
        "publiée:[2018 TO 2019]",
        "[/] :smile:",
    ]


def test_long_names_that_begin_a_line_leave_room_for_the_numbers() -> None:
    with out.capture() as captured:
        print_table("", ("name", *(f"answered {number}" for number in range(9))), [("a long name " * 12, *range(9))])
    assert "answered 8" in captured.get()
