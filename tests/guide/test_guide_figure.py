"""The figure in the guide's window, as it is seen: still before the work, then the step's pose."""

from itertools import groupby

import pytest
from PIL import Image, ImageChops, ImageStat

from qlbreak.core.model.terms import Side
from qlbreak.figures import moving
from qlbreak.figures.moving import Between
from rig.desktop import Desktop
from rig.guideuser import GuideUser
from rig.privatebus import need
from rig.waiting import wait_for

FIGURES = moving.load()
# Where the figure is in a window of the usual size, inside its card.
CARD = (26, 112, 484, 540)


@pytest.fixture
def home(bare_desktop: Desktop) -> Desktop:
    need("xprop")
    bare_desktop.wait_managed()
    return bare_desktop


def seen(user: GuideUser) -> Image.Image:
    """The figure, cut out of the window."""
    card = user.picture().convert("RGB").crop(CARD)
    ground = Image.new("RGB", card.size, card.getpixel((2, 2)))
    box = ImageChops.difference(card, ground).convert("L").point(lambda v: 255 * (v > 8)).getbbox()
    return card.crop(box) if box else card  # which is like no pose


def unlike(picture: Image.Image, name: str, side: Side, pose: int) -> float:
    """How much it differs from this pose, a grey level a pixel."""
    figure = FIGURES[name]
    now = Between(figure.poses[pose], figure.poses[pose])
    drawn = moving.draw(figure, side, now, 480, still=True)
    flat = Image.new("RGB", drawn.size, (255, 255, 255))
    flat.paste(drawn, (0, 0), drawn)
    wanted = flat.crop(drawn.getbbox()).resize(picture.size, Image.Resampling.BOX)
    return sum(ImageStat.Stat(ImageChops.difference(picture, wanted)).mean) / 3


def pose_of(picture: Image.Image, name: str, side: Side) -> int:
    """The pose that it is most like."""
    poses = range(len(FIGURES[name].poses))
    return min(poses, key=lambda pose: unlike(picture, name, side, pose))


def test_it_gets_ready_in_the_starting_pose_and_does_not_move(home: Desktop) -> None:
    user = GuideUser(home, "r60-desk", QLBREAK_THEME="light", QLBREAK_GUIDE_SPEED="0.2")
    user.wait_title("Get ready")
    wait_for(lambda: unlike(seen(user), "reset-rock", Side.BOTH, 0) < 8, 3, "it is drawn")
    first, later = seen(user), seen(user)
    assert "Get ready" in user.title
    assert first.tobytes() == later.tobytes()
    assert pose_of(first, "reset-rock", Side.BOTH) == 0
    user.press("Escape")


def test_each_side_begins_in_its_own_starting_pose(home: Desktop) -> None:
    user = GuideUser(home, "r60-desk", QLBREAK_THEME="light", QLBREAK_GUIDE_SPEED="0.4")
    user.wait_title("Both sides")
    user.focus()
    user.press("Right")
    user.wait_title("Get ready: left side")

    def like(side: Side) -> bool:
        return unlike(seen(user), "len-seat-reach", side, 0) < 8

    wait_for(lambda: like(Side.LEFT), 3, "the start for the left side")
    assert "Get ready: left" in user.title
    user.press("Right")
    user.wait_title("Change sides: right")
    wait_for(lambda: like(Side.RIGHT), 3, "the start for the right side")
    assert "Change sides: right" in user.title
    assert pose_of(seen(user), "len-seat-reach", Side.RIGHT) == 0
    user.press("Escape")


def test_the_poses_come_in_the_order_of_the_steps(home: Desktop) -> None:
    """Where no motion is wanted one sees it best: getting ready and the first second, then reached
    over, until the sides are changed."""
    user = GuideUser(home, "r60-desk", QLBREAK_THEME="light", QLBREAK_MOTION="reduced")
    user.wait_title("Get ready: left side: Seated side reach")
    pictures: list[Image.Image] = []

    def drawn() -> bool:
        return pose_of(seen(user), "len-seat-reach", Side.LEFT) == 0

    def done() -> bool:
        """Looked at later: to tell a pose takes so long that the next would be missed."""
        picture, title = seen(user), user.titles[-1]
        if "eft side" in title and (not pictures or pictures[-1].tobytes() != picture.tobytes()):
            pictures.append(picture)
        return "Change sides" in title or "Right side" in title

    wait_for(drawn, 3, "its figure, which comes after the title")
    wait_for(done, 30, "the left side is over")
    poses = [pose_of(picture, "len-seat-reach", Side.LEFT) for picture in pictures]
    poses = [pose for pose, _ in groupby(poses)]
    assert poses == [0, 2], poses
    user.press("Escape")
