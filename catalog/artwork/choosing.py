"""Which of several frames makes the better picture."""

from collections.abc import Sequence

from PIL import Image, ImageFilter, ImageStat


def interest(picture: Image.Image) -> float:
    """How much there is to see, from 0: detail and colour, less where it is nearly black or nearly white."""
    small = picture.convert("RGB").resize((160, 90))
    grey = small.convert("L")
    light = ImageStat.Stat(grey).mean[0] / 255
    contrast = ImageStat.Stat(grey).stddev[0] / 64
    detail = ImageStat.Stat(grey.filter(ImageFilter.FIND_EDGES)).mean[0] / 32
    colour = ImageStat.Stat(small.convert("HSV")).mean[1] / 255
    exposure = max(0.0, 1 - abs(light - 0.42) * 1.8)
    return float(exposure * (contrast + detail + colour + grey.entropy() / 8))


def by_interest(pictures: Sequence[Image.Image]) -> list[int]:
    """Places of `pictures`, the most interesting first; of equals the earlier one."""
    return sorted(range(len(pictures)), key=lambda place: -interest(pictures[place]))
