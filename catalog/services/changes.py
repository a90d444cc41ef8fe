from catalog.selectors.home import CATALOGUE
from vod.lib.cache import new_edition


def catalogue_changed() -> None:
    """To be said by whoever changes which titles there are, or who may see them: all pages choose anew."""
    new_edition(CATALOGUE)
