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
