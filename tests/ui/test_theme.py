"""The look keeps its promises: what is read can be read, in every theme and at every size."""

from typing import get_args

import pytest

from victim_id.ui import icons
from victim_id.ui.theme import EDGE_PAIRS, SIZES, TEXT_PAIRS, THEMES, Role, Theme, chosen, contrast, load_fonts


@pytest.mark.parametrize("name", THEMES)
def test_every_theme_names_every_role_and_nothing_else(name: str) -> None:
    assert set(THEMES[name]) == set(get_args(Role))


@pytest.mark.parametrize("name", THEMES)
def test_text_has_at_least_4_5_to_1_on_its_ground(name: str) -> None:
    roles = THEMES[name]
    poor = [(front, back) for front, back in TEXT_PAIRS if contrast(roles[front], roles[back]) < 4.5]
    assert poor == []


@pytest.mark.parametrize("name", THEMES)
def test_lines_that_matter_have_at_least_3_to_1(name: str) -> None:
    roles = THEMES[name]
    assert [(front, back) for front, back in EDGE_PAIRS if contrast(roles[front], roles[back]) < 3] == []


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#ffffff", "#777777") == contrast("#777777", "#ffffff")


@pytest.mark.parametrize(("wished", "scale"), [(50, 1.0), (100, 1.0), (150, 1.5), (200, 2.0), (999, 2.0)])
def test_text_grows_from_100_to_200_per_cent_and_no_further(qapp, wished: int, scale: float) -> None:
    assert chosen("dark", wished) == Theme("dark", scale)


def test_sizes_grow_with_the_text_and_what_is_pressed_is_never_below_44(qapp) -> None:
    for scale in (1.0, 1.25, 1.5, 1.75, 2.0):
        theme = Theme("light", scale)
        assert theme.font("question").pixelSize() == round(SIZES["question"] * scale)
        assert theme.touch >= 44


def test_every_icon_draws_something_and_those_that_point_turn_round(qapp) -> None:
    for name in icons.STROKES:
        drawn = icons.pixmap(name, "#123456", 24).toImage()
        assert any(drawn.pixelColor(x, y).alpha() for x in range(24) for y in range(24)), name
        turned = icons.pixmap(name, "#123456", 24, mirrored=True).toImage()
        assert (turned == drawn) == (name not in icons.DIRECTED), name


def test_shipped_fonts_are_loaded(qapp) -> None:
    assert load_fonts(("NotoSans-",)) == 2
