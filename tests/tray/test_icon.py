"""The pictures of the tray icon, measured as an eye would: contrast, difference, growth."""

from itertools import combinations, pairwise
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageColor, ImageFilter

from qlbreak.tray.icon import (
    FILE_SIZE,
    ICO_SIZES,
    SHAPES,
    SHOWN_FRACTION,
    draw,
    emblem,
    pixmap,
    write,
)
from qlbreak.tray.states import PICTURES, SIZES, STATES, STEPS, Picture, picture, pixmaps

FILES = Path(__file__).parents[2] / "icons"
PANELS = ("#ffffff", "#f0f0f0", "#2b2b2b", "#000000")
SITTING = [Picture("sitting", steps) for steps in range(STEPS + 1)]
EVERYTHING = [*PICTURES]
ROUNDING = 8  # of 255: another release of Pillow may round an edge differently


def on_panel(shown: Picture, size: int, panel: str) -> Image.Image:
    canvas = Image.new("RGBA", (size, size), panel)
    canvas.alpha_composite(draw(shown, size))
    return canvas.convert("RGB")


def clearly_different(one: Image.Image, other: Image.Image) -> float:
    """The share of the area whose grey differs by a fifth of the range or more.

    Both are blurred by half a pixel first: at arm's length no eye sees a single pixel's edge.
    """
    blurred = [im.convert("L").filter(ImageFilter.BoxBlur(0.5)) for im in (one, other)]
    counts = ImageChops.difference(*blurred).histogram()
    return sum(counts[51:]) / sum(counts)


def luminance(colour: tuple[int, ...]) -> float:
    """Relative luminance, WCAG 2.2."""
    r, g, b = (
        v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4
        for v in (part / 255 for part in colour[:3])
    )
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def colours(image: Image.Image) -> list[tuple[int, tuple[int, ...]]]:
    found = image.getcolors(image.width * image.height)
    assert found is not None
    return [(count, colour) for count, colour in found if isinstance(colour, tuple)]


def largest_difference(one: Image.Image, other: Image.Image) -> int:
    """Of any pixel's channel, premultiplied: the colour of what is transparent says nothing."""
    assert one.size == other.size
    difference = ImageChops.difference(*(im.convert("RGBA").convert("RGBa") for im in (one, other)))
    return max(difference.tobytes())


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("shown", EVERYTHING, ids=str)
def test_a_picture_is_a_square_with_transparency(shown: Picture, size: int) -> None:
    image = draw(shown, size)
    assert (image.mode, image.size) == ("RGBA", (size, size))
    assert image.getpixel((0, 0)) == (0, 0, 0, 0), "the corners let the panel through"


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize("size", [16, 22])
def test_any_two_states_differ_clearly_without_colour(size: int, panel: str) -> None:
    seen = {shown: on_panel(shown, size, panel) for shown in EVERYTHING}
    alike = {
        (one, other): share
        for one, other in combinations(EVERYTHING, 2)
        if one.state != other.state
        and (share := clearly_different(seen[one], seen[other])) < 0.1  # 26 of 256 pixels
    }
    assert not alike


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize("size", SIZES)
def test_every_state_stands_out_from_every_panel(size: int, panel: str) -> None:
    ground = ImageColor.getrgb(panel)
    for shown in EVERYTHING:
        strong = sum(
            count
            for count, colour in colours(on_panel(shown, size, panel))
            if contrast(colour, ground) >= 3  # WCAG 1.4.11, graphical objects
        )
        assert strong / size**2 >= 0.08, shown


@pytest.mark.parametrize("size", SIZES)
def test_the_ring_only_grows_and_each_step_shows(size: int) -> None:
    rings = [draw(shown, size).convert("L") for shown in SITTING]
    for before, after in pairwise(rings):
        lost = ImageChops.subtract(before, after).getextrema()
        gained = ImageChops.subtract(after, before).histogram()
        assert lost == (0, 0)
        assert sum(gained[40:]) >= 2, "a step that nobody can see is a redraw for nothing"


def test_the_ring_fills_clockwise_from_the_top() -> None:
    empty, quarter = (draw(Picture("sitting", steps), 64) for steps in (0, STEPS // 4))
    assert ImageChops.difference(empty, quarter).convert("RGB").getbbox() == (32, 4, 60, 32)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("state", ["due", "held", "paused", "standing", "away", "error"])
def test_a_sign_with_two_equal_sides_sits_in_the_middle(state: str, size: int) -> None:
    image = on_panel(Picture(state), size, "#ffffff")
    mirrored = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    assert largest_difference(image, mirrored) <= 255 // 4, "shifted by a quarter of a pixel"


@pytest.mark.parametrize("size", SIZES)
def test_no_round_sign_leaves_its_coin(size: int) -> None:
    coins = {state: draw(Picture(state), size).getchannel("A").tobytes() for state in STATES}
    assert {s for s in STATES if coins[s] != coins["sitting"]} == {"away", "error"}


@pytest.mark.parametrize(
    ("fraction", "steps"),
    [(-1, 0), (0, 0), (0.08, 0), (1 / 12, 1), (7 / 12, 7), (0.999, 11), (1, 12), (3, 12)],
)
def test_the_ring_shows_whole_steps_and_is_full_only_at_the_limit(
    fraction: float, steps: int
) -> None:
    assert picture("sitting", fraction) == Picture("sitting", steps)


def test_pictures_without_a_ring_are_the_same_at_any_time() -> None:
    for state in set(STATES) - {"sitting"}:
        assert picture(state, 0.1) == picture(state, 0.9) == Picture(state)


def test_an_unknown_name_is_refused_before_anything_is_drawn() -> None:
    with pytest.raises(ValueError, match="sittting"):
        picture("sittting", 0.5)


def test_the_files_are_what_is_drawn_today(tmp_path: Path) -> None:
    write(tmp_path)
    ours = {file.name for file in FILES.iterdir() if not file.name.startswith(("tick", "arrow"))}
    assert ours == {file.name for file in tmp_path.iterdir()}
    for state in STATES:
        drawn = draw(picture(state, SHOWN_FRACTION), FILE_SIZE)
        with Image.open(FILES / f"{state}.png") as file:
            assert largest_difference(file, drawn) <= ROUNDING, state
    with Image.open(FILES / "qlbreak.png") as file:
        assert largest_difference(file, emblem(256)) <= ROUNDING


@pytest.mark.parametrize("size", ICO_SIZES)
def test_the_windows_icon_holds_each_size_as_drawn_for_it(size: int) -> None:
    with Image.open(FILES / "qlbreak.ico") as file:
        assert file.info["sizes"] == {(side, side) for side in ICO_SIZES}
        file.size = size, size  # type: ignore[misc]
        file.load()
        assert largest_difference(file, emblem(size)) <= ROUNDING


@pytest.mark.parametrize("shown", PICTURES, ids=str)
def test_the_pixels_that_lie_ready_are_what_is_drawn_today(shown: Picture) -> None:
    for ready, size in zip(pixmaps(shown), SIZES, strict=True):
        width, height, drawn = pixmap(draw(shown, size))
        assert ready[:2] == (width, height) == (size, size)
        unlike = max(abs(a - b) for a, b in zip(ready[2], drawn, strict=True))
        assert unlike <= ROUNDING


def test_each_state_has_a_shape() -> None:
    assert tuple(SHAPES) == STATES
