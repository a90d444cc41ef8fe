"""A picture for a film that gives none: a beam of light in a dark room, tinted by the name."""

import hashlib

from PIL import Image, ImageChops, ImageDraw, ImageFilter


def beam(name: str, width: int = 1280, height: int = 720) -> Image.Image:
    """The same picture for the same name, RGB."""
    seed = hashlib.sha256(name.encode("utf-8", "replace")).digest()
    ground = Image.new("HSV", (width, height), (seed[0], 120, 46)).convert("RGB")
    light = Image.new("L", (width, height))
    tip = (int(width * (0.15 + 0.7 * seed[1] / 255)), -height // 8)
    foot = int(width * (0.2 + 0.6 * seed[2] / 255))
    ImageDraw.Draw(light).polygon([tip, (foot - width // 4, height), (foot + width // 4, height)], fill=150)
    soft = light.filter(ImageFilter.GaussianBlur(width // 22))
    colour = Image.new("HSV", (width, height), (seed[3], 90, 255)).convert("RGB")
    return ImageChops.screen(ground, ImageChops.multiply(colour, Image.merge("RGB", (soft, soft, soft))))
