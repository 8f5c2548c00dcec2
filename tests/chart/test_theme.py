import pytest

from helpers.chart import theme


def luminance(colour: str) -> float:
    """Give the relative luminance of a colour (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("mark", [theme.BLUE, theme.VERMILION, theme.RULE, *theme.EDGE.values()])
def test_marks_stand_out_from_the_paper(mark):
    assert contrast(mark, theme.PAPER) >= 3


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        (theme.INK, theme.PAPER),
        (theme.SOFT, theme.PAPER),
        (theme.SOFT, theme.GAP),
        (theme.PAPER, theme.BLUE),
        (theme.BLACK, theme.VERMILION),
    ],
)
def test_texts_can_be_read_on_their_ground(text, ground):
    assert contrast(text, ground) >= 4.5


def test_no_form_is_told_by_colour_alone():
    looks = {(theme.SHAPE[form], theme.FILL[form] == theme.PAPER) for form in theme.FILL}
    assert len(looks) == 3
