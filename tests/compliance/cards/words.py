"""Copy for cards in several languages, and ways to get a word of it wrong.

No line breaks a rule of a voice guide of these brands. What must not live here: setting words.
"""

import random
from collections.abc import Sequence

HEADLINES = (
    "Open studio night", "Harbour walk at dawn", "Repair cafe on Sunday", "New routes from October",
    "The winter reading list", "Meet the people behind the map", "Bread, butter and good company",
    "Quiet rooms, bright ideas", "Annual report", "Measure what matters", "Field notes from the valley",
    "Doors open at seven", "Learn to mend a bicycle", "The garden in November", "Early morning ferry",
    "Twelve short films", "Plant swap in the courtyard", "A table for everyone", "Workshop for beginners",
    "Evening concert by the river", "Volunteers wanted", "Batteries that last the week", "Your summer programme",
    "Charging points in the north", "Stories from the archive", "Sommerfest im Hafen", "Neue Fahrzeiten ab Montag",
    "Lesung mit Musik", "Werkstatt am Samstag", "Concert en plein air", "Nouvelle saison au jardin",
    "Atelier de printemps", "Programma di primavera", "Mercado de verano", "Concierto en la plaza",
    "Passeio de barco", "Zomer in de haven",
)  # fmt: skip
BODIES = (
    "Join us on Saturday from ten until four.", "Bring a friend and a warm jacket.",
    "Free entry for all members of the house.", "Tickets at the desk or by telephone.",
    "Every figure in this report names its source.", "Tea and cake from three in the afternoon.",
    "Trains leave every twenty minutes from platform four.", "Please register before the twelfth of June.",
    "Exhibition on the second floor, room fourteen.", "The library opens its new wing this spring.",
    "We print, bind and deliver within the week.", "Charged in forty minutes, measured at twelve degrees.",
    "Treffpunkt vor dem Bahnhof um zehn Uhr.", "Der Eintritt kostet zwei Euro.", "Rendez-vous devant la gare.",
    "Ingresso da via Garibaldi, secondo piano.", "Entrada por la puerta norte.",
    "Ask at the counter for the evening timetable.", "Three courses, one long table, forty neighbours.",
)  # fmt: skip
CALLS = (
    "Book a place", "Read the report", "Plan your visit", "See the timetable", "Reserve a seat", "Find your route",
    "Join the workshop", "Jetzt anmelden", "Plus d'informations", "Prenota un posto",
)  # fmt: skip
LABELS = (
    "North",
    "South",
    "East",
    "West",
    "Spring",
    "Summer",
    "Autumn",
    "Winter",
    "Monday",
    "Friday",
    "Harbour",
    "Valley",
)
STRAY = (
    "lorem ipsum", "Draft version three", "insert caption", "sample watermark", "Placeholder", "photo credit missing",
    "edit before sending", "Unregistered trial", "final copy two", "your text here",
)  # fmt: skip
_ALIKE = ("il1jtfr", "rnmhu", "ceoaq", "uvyw", "bd69", "gqp", "sz52", "kx")


def misspelt(word: str, rng: random.Random) -> str:
    """The word with one plain mistake that no reader takes for the shape of a letter."""
    for _ in range(60):
        made = rng.choice((_swapped, _without, _doubled, _replaced))(word, rng)
        if made.lower() != word.lower() and not _looks_alike(made, word):
            return made
    return word[:2] + word[3:]


def long_words(text: str, least: int = 5) -> list[str]:
    """Words of plain letters, long enough that a mistake shows."""
    return [word for word in text.split() if word.isalpha() and word.isascii() and len(word) >= least]


def banned_line(words: Sequence[str], rng: random.Random) -> str:
    """A line that holds one of the banned words."""
    word = rng.choice(tuple(words))
    return rng.choice(("The {} way to travel", "Simply {}", "A {} offer for today", "Now even more {}")).format(word)


def _swapped(word: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(word) - 2)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _without(word: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(word) - 1)
    return word[:at] + word[at + 1 :]


def _doubled(word: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(word) - 1)
    return word[: at + 1] + word[at] + word[at + 1 :]


def _replaced(word: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(word) - 1)
    return word[:at] + rng.choice("aeioukmnprstvz") + word[at + 1 :]


def _looks_alike(made: str, word: str) -> bool:
    changed = [pair for pair in zip(made.lower(), word.lower(), strict=False) if pair[0] != pair[1]]
    if not changed:
        return False
    same_length = len(made) == len(word)
    return same_length and all(any(a in group and b in group for group in _ALIKE) for a, b in changed)
