"""What titles and genres are called in other languages than the library's own."""

import random

from catalog.services.seeding.tongues import Tongue, tongues

# German and French, by the library's own name.
CALLED: dict[str, dict[str, str]] = {
    "Drama": {"fr": "Drame"},
    "Comedy": {"de": "Komödie", "fr": "Comédie"},
    "Documentary": {"de": "Dokumentation", "fr": "Documentaire"},
    "Romance": {"de": "Liebesfilm"},
    "Horror": {"fr": "Horreur"},
    "Crime": {"de": "Krimi", "fr": "Policier"},
    "Family": {"de": "Familie", "fr": "Famille"},
    "Science fiction": {"de": "Science-Fiction", "fr": "Science-fiction"},
    "Adventure": {"de": "Abenteuer", "fr": "Aventure"},
    "Mystery": {"de": "Rätsel", "fr": "Mystère"},
    "History": {"de": "Geschichte", "fr": "Histoire"},
    "Music": {"de": "Musik", "fr": "Musique"},
    "Biography": {"de": "Biografie", "fr": "Biographie"},
    "War": {"de": "Krieg", "fr": "Guerre"},
    "Silent": {"de": "Stummfilm", "fr": "Muet"},
}
_LANGUAGES = ("de", "fr", "es", "it")
_SYNOPSES = {
    "de": (
        "In {place} beginnt es mit einem Brief. {given} glaubt kein Wort davon.",
        "Ein Winter in {place}.",
    ),
    "fr": (
        "À {place}, personne ne pose de questions, sauf {given}.",
        "Un été à {place}, et ce qui en reste.",
    ),
    "es": ("En {place} nadie pregunta nada. {given} sí.", "Una noche en {place} lo cambia todo."),
    "it": ("A {place} tutti sanno, tranne {given}.", "Un inverno a {place}, e poi il silenzio."),
}


def translated(
    dice: random.Random, tongue: Tongue, name: str, original_name: str
) -> tuple[dict[str, str], dict[str, str]]:
    """Names and synopses by language: two titles in five have some."""
    names: dict[str, str] = {}
    synopses: dict[str, str] = {}
    if dice.random() > 0.4:
        return names, synopses
    for code in dice.sample(_LANGUAGES, dice.choice((1, 1, 2, 3))):
        if code == tongue.code:
            names[code] = original_name or name
        else:
            names[code] = tongues()[code].film(dice)[:200]
        if dice.random() < 0.5:
            words = dice.choice(_SYNOPSES[code])
            synopses[code] = words.format(place=tongue.place(dice), given=dice.choice(tongue.latin_givens))
    return names, synopses
