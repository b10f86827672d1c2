"""Draws pages of text and plain shapes: what screen recordings and title cards are made of."""
from __future__ import annotations

import random
import string
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

PAGE_WIDTH, PAGE_HEIGHT = 900, 700
PAPERS = [(255, 255, 255), (20, 20, 24), (245, 245, 240)]
INKS = [(0, 0, 0), (255, 255, 255)]
CHARACTERS = string.ascii_letters + string.digits + "   .,-()"


def text_page(fonts: list[Path], pictures: list[np.ndarray]) -> np.ndarray:
    """RGB [700,900,3] uint8: shapes and lines of text in many fonts over paper, or over a photo."""
    page = Image.new("RGB", (PAGE_WIDTH, PAGE_HEIGHT), _colour() if random.random() < 0.6 else random.choice(PAPERS))
    if pictures and random.random() < 0.5:
        picture = Image.fromarray(random.choice(pictures))
        left = random.randint(0, max(picture.width - PAGE_WIDTH, 0))
        top = random.randint(0, max(picture.height - PAGE_HEIGHT, 0))
        page.paste(picture.crop((left, top, min(left + PAGE_WIDTH, picture.width), min(top + PAGE_HEIGHT, picture.height))))
    draw = ImageDraw.Draw(page)
    for _ in range(random.randint(5, 25)):
        _draw_shape(draw)
    for _ in range(random.randint(10, 40)):
        _draw_line(draw, random.choice(fonts))
    return np.asarray(page)


def _colour() -> tuple[int, int, int]:
    return random.randrange(256), random.randrange(256), random.randrange(256)


def _draw_shape(draw: ImageDraw.ImageDraw) -> None:
    x, y = random.randint(0, PAGE_WIDTH), random.randint(0, PAGE_HEIGHT)
    box = [x, y, x + random.randint(4, 300), y + random.randint(4, 200)]
    fill = _colour() if random.random() < 0.6 else None
    random.choice([draw.rectangle, draw.ellipse])(box, fill=fill, outline=_colour(), width=random.randint(1, 5))


def _draw_line(draw: ImageDraw.ImageDraw, font_file: Path) -> None:
    try:
        font = ImageFont.truetype(font_file, random.randint(9, 60))
    except OSError:
        return  # some fonts hold only colour bitmaps, which FreeType does not scale
    text = "".join(random.choice(CHARACTERS) for _ in range(random.randint(3, 40)))
    ink = _colour() if random.random() < 0.5 else random.choice(INKS)
    draw.text((random.randint(-40, PAGE_WIDTH), random.randint(-10, PAGE_HEIGHT)), text, fill=ink, font=font)
