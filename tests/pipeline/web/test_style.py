"""The style sheet: colours that can be read in the light and in the dark; nothing from elsewhere."""

import re

import pytest

from pipeline.web._render import STATIC

CSS = (STATIC / "page.css").read_text(encoding="utf-8")
LIGHT, DARK = (
    dict(re.findall(r"--([a-z]+): (#[0-9a-f]{3,6});", block)) for block in re.findall(r":root \{([^}]+)\}", CSS)
)
KINDS = ("organization", "cluster", "person", "post", "place", "event", "amount", "mark")
PAIRS = [
    *[(ink, ground) for ink in ("ink", "soft", "link") for ground in ("paper", "ground", "quiet")],
    *[(ink, ground) for ink in ("good", "bad", "wait") for ground in ("paper", "quiet")],
    *[("ink", kind) for kind in KINDS],
    ("paper", "link"),
]


def luminance(colour):
    digits = colour.lstrip("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("pair", PAIRS, ids=" on ".join)
def test_text_stands_out(colours, pair):
    low, high = sorted(luminance(colours[name]) for name in pair)
    assert (high + 0.05) / (low + 0.05) >= 4.5


def test_both_schemes_have_the_same_colours():
    assert LIGHT.keys() == DARK.keys()


def test_nothing_comes_from_elsewhere():
    for path in STATIC.iterdir():
        text = path.read_text(encoding="utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "")
        assert not re.search(r"https?:|//[a-z]|@import|url\(", re.sub(r"^//.*$", "", text, flags=re.MULTILINE)), (
            path.name
        )
