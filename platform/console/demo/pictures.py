"""Drawn pictures for the demo: silhouettes of mountains, gardens and houses in a community's colour. No photographs."""

from __future__ import annotations

import math
import random
from io import BytesIO

from PIL import Image, ImageDraw, ImageFilter

SIZE = (1200, 750)
Colour = tuple[int, int, int]
PAPER: Colour = (250, 247, 244)
SUN: Colour = (255, 191, 71)
NIGHT: Colour = (18, 24, 29)


def _rgb(code: str) -> Colour:
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)


def _mix(one: Colour, other: Colour, share: float) -> Colour:
    """`share` of the second colour, 0..1."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _ridge(chance: random.Random, base: float, height: float) -> list[tuple[float, float]]:
    """A line of mountains from left to right."""
    waves = [
        (chance.uniform(0.5, 1.5) / (n + 1), chance.uniform(2, 4) * (n + 1), chance.uniform(0, 6)) for n in range(5)
    ]
    width, bottom = SIZE
    points = [
        (x, base - height * sum(size * math.sin(pace * x / width + start) for size, pace, start in waves) / 2)
        for x in range(0, width + 12, 12)
    ]
    return [*points, (width + 12, bottom), (0, bottom)]


def _trees(draw: ImageDraw.ImageDraw, chance: random.Random, colour: Colour, fruit: Colour) -> None:
    for number in range(14):
        x, y = number * 90 + chance.randint(0, 40), 640 + chance.randint(0, 60)
        draw.rectangle((x - 3, y, x + 3, y + 40), fill=_mix(colour, NIGHT, 0.5))
        draw.ellipse((x - 32, y - 44, x + 32, y + 12), fill=colour)
        for _fruit in range(5):
            at_x, at_y = x + chance.randint(-22, 18), y + chance.randint(-34, 2)
            draw.ellipse((at_x, at_y, at_x + 7, at_y + 7), fill=fruit)


def _houses(draw: ImageDraw.ImageDraw, chance: random.Random, colour: Colour, roof: Colour) -> None:
    for number in range(9):
        x, y, wide = 60 + number * 130 + chance.randint(0, 30), 600 + chance.randint(0, 60), chance.randint(70, 100)
        draw.rectangle((x, y, x + wide, y + 70), fill=colour)
        draw.polygon([(x - 8, y), (x + wide / 2, y - 36), (x + wide + 8, y)], fill=roof)
        draw.rectangle((x + wide / 2 - 9, y + 26, x + wide / 2 + 9, y + 50), fill=SUN)


def _water(draw: ImageDraw.ImageDraw, chance: random.Random, colour: Colour) -> None:
    draw.rectangle((0, 610, *SIZE), fill=colour)
    for _line in range(40):
        x, y = chance.randint(0, SIZE[0]), chance.randint(620, 740)
        draw.line((x, y, x + chance.randint(40, 160), y), fill=_mix(colour, PAPER, 0.5), width=2)


def landscape(seed: str, accent: str, subject: str) -> bytes:
    """A JPEG of 1200 × 750. `subject`: garden, village or water. The same seed gives the same picture."""
    chance = random.Random(seed)  # noqa: S311 - a drawing, no secret
    colour = _rgb(accent)
    sky = _mix(colour, PAPER, 0.82)
    image = Image.new("RGB", SIZE, sky)
    draw = ImageDraw.Draw(image)
    x, y = chance.randint(200, 1000), chance.randint(110, 230)
    draw.ellipse((x - 52, y - 52, x + 52, y + 52), fill=SUN)
    for number in range(5):
        shade = _mix(_mix(colour, PAPER, 0.65), _mix(colour, NIGHT, 0.35), number / 4)
        draw.polygon(_ridge(chance, 300 + number * 85, 110 - number * 12), fill=shade)
    if subject == "garden":
        _trees(draw, chance, (31, 90, 58), _mix(colour, SUN, 0.25))
    elif subject == "village":
        _houses(draw, chance, (232, 222, 208), _mix(colour, NIGHT, 0.2))
    else:
        _water(draw, chance, _mix((11, 90, 130), colour, 0.15))
    buffer = BytesIO()
    image.filter(ImageFilter.SMOOTH).save(buffer, "JPEG", quality=82)
    return buffer.getvalue()


def arms(accent: str) -> bytes:
    """A neutral shield as a placeholder of a coat of arms: a PNG of 480 × 480 with a transparent ground."""
    colour = _rgb(accent)
    image = Image.new("RGBA", (480, 480), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    shield = [(60, 40), (420, 40), (420, 250), (390, 330), (330, 395), (240, 450), (150, 395), (90, 330), (60, 250)]
    draw.polygon(shield, fill=colour)
    draw.line([*shield, shield[0]], fill=_mix(colour, NIGHT, 0.4), width=10, joint="curve")
    draw.polygon([(90, 300), (180, 170), (235, 240), (300, 130), (392, 300)], fill=PAPER)
    for step in range(3):
        draw.arc((120, 270 + step * 34, 360, 350 + step * 34), 200, 340, fill=PAPER, width=8)
    buffer = BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()
