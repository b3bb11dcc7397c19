"""A colour of the organisation's, and what the pages make of it: always readable (WCAG 2.2, 1.4.3)."""

from coloraide import Color

READABLE = 4.5  # contrast of text
PAPERS = {
    "light": ("#fbfaf6", "#ffffff", "#f3f1ea"),
    "dark": ("#16181d", "#1e2128", "#121419"),
}  # static/css/tokens.css
SOFT = {"light": 0.1, "dark": 0.16}  # how much of the colour its soft ground has
STEP = 0.01  # of lightness in OKLCH


class ColourTooLight(ValueError):
    """Text in this colour could not be read on the page; `nearest` could."""

    def __init__(self, nearest: str) -> None:
        super().__init__(nearest)
        self.nearest = nearest


def grounds(colour: Color, theme: str) -> list[Color]:
    """What words in this colour stand on: the page, its cards, what is sunk, and the colour's own soft ground."""
    papers = [Color(paper) for paper in PAPERS[theme]]
    return [*papers, soft(colour, theme)]


def soft(colour: Color, theme: str) -> Color:
    return Color(PAPERS[theme][1]).mix(colour, SOFT[theme], space="srgb")


def is_readable(colour: Color, theme: str) -> bool:
    return all(colour.contrast(ground, method="wcag21") >= READABLE for ground in grounds(colour, theme))


def readable(colour: Color, theme: str) -> Color:
    """The nearest colour of the same hue that can be read: darker on a light page, lighter on a dark one."""
    step = -STEP if theme == "light" else STEP
    found = colour.convert("oklch")
    while not is_readable(hexed(found), theme) and 0 <= found["lightness"] <= 1:
        found["lightness"] += step
    return hexed(found)


def hexed(colour: Color) -> Color:
    """The colour as a screen shows it and a stylesheet says it."""
    return Color(colour.convert("srgb").fit().to_string(hex=True))


def palette(chosen: str) -> dict[str, tuple[str, str]]:
    """Token → its value on a light and on a dark page, for the colour `#rrggbb`. Raises ColourTooLight."""
    light = Color(chosen)
    if not is_readable(light, "light"):
        raise ColourTooLight(readable(light, "light").to_string(hex=True))
    dark = readable(light, "dark")
    pairs = {
        "thread": (light, dark),
        "thread-deep": (light.mix("#000000", 0.25, space="srgb"), dark.mix("#ffffff", 0.25, space="srgb")),
        "thread-soft": (soft(light, "light"), soft(dark, "dark")),
    }
    return {token: (hexed(a).to_string(hex=True), hexed(b).to_string(hex=True)) for token, (a, b) in pairs.items()}
