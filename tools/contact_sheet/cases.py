"""The requests of the sheet: every task and element, every format from 64x64 to 4096x4096."""

from typing import Any

_FULL = {
    "headline": "The garden opens at dawn",
    "body": "Three days of workshops, plant swaps and slow food in the old greenhouse.",
    "date": "12–14 June",
    "price": "€ 24",
    "call_to_action": "Book your place",
    "url": "greenhouse.example/dawn",
    "legal": "Tickets are personal and cannot be refunded. Programme subject to change.",
}
_AGENDA = {
    "headline": "One day, five talks",
    "date": "Saturday 12 June",
    "extra": ["09:00 Doors and coffee", "10:00 Opening", "13:00 Lunch in the yard", "17:00 Closing"],
    "call_to_action": "Save a seat",
}
_SALE = {"headline": "Spring sale", "price": "$19", "call_to_action": "Shop now", "legal": "While stocks last."}
_SHORT = {"headline": "Open day", "body": "Saturday 12 June"}
_LONG = {
    "headline": "What we learned from a year of listening to the people who use our services every single day",
    "body": "Read the report, then tell us what we should do next.",
    "call_to_action": "Read the report",
}

FORMATS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("64x64", _SHORT), ("120x60", _SHORT), ("320x50", _SALE), ("300x250", _SALE), ("336x280", _FULL),
    ("728x90", _SALE), ("728x90", _FULL), ("970x250", _FULL), ("1584x396", _FULL), ("160x600", _FULL),
    ("300x600", _FULL), ("1200x628", _FULL), ("1080x1080", _FULL), ("1080x1350", _FULL), ("1080x1920", _FULL),
    ("1920x1080", _AGENDA), ("1080x1080", _AGENDA), ("1080x1080", _SALE), ("1200x628", _LONG), ("1080x1080", _LONG),
    ("2480x3508", _FULL), ("4096x4096", _SHORT),
)  # fmt: skip
"""(size, copy) of one picture each."""

VARIED: tuple[tuple[str, dict[str, Any]], ...] = (("1080x1080", _SHORT), ("1200x628", _SHORT), ("1080x1350", _FULL))
"""(size, copy) of six variations each."""

TOLD: tuple[tuple[str, str], ...] = (
    ("1080x1080", "No text please, only the logo"),
    ("1200x628", 'Quote card: "Slow is smooth, and smooth is fast." by Ada Moreno'),
    ("1080x1080", 'Typographic poster "Grow slowly"'),
)
"""(size, instruction) of one picture each."""

_HILLS = "with a picture of garden hills at dawn"
PICTURED: tuple[tuple[str, str, int], ...] = (
    ("1080x1080", f'Poster {_HILLS} and the headline "The garden opens"', 6),
    ("1200x628", f'Banner {_HILLS}, headline "The garden opens", date "12 June", button "Book now"', 6),
    ("1080x1920", f'Story {_HILLS} and the headline "The garden opens at dawn"', 1),
    ("970x250", f'Banner {_HILLS} and the headline "The garden opens", button "Book now"', 1),
    ("728x90", f'Banner {_HILLS} and the headline "The garden opens"', 1),
    ("160x600", f'Banner {_HILLS} and the headline "The garden opens"', 1),
    ("300x250", f'Ad {_HILLS} and the headline "The garden opens"', 1),
)
"""(size, instruction, count) of pictures that show one."""

EDITED: tuple[tuple[str, str], ...] = (
    ("1080x1080", "Crop it to a square"),
    ("1080x1920", "Extend the picture"),
    ("1200x628", "Make it a duotone in our colours"),
    ("1200x628", 'Overlay the headline "The garden opens"'),
)
"""(size, change) of a picture from elsewhere, one picture each."""

_DEALT_FROM = 5
"""Brands from which on a sheet of at least 80 pictures comes together with a part of the requests each."""


def request(
    size: str,
    *,
    words: dict[str, Any] | None = None,
    told: str | None = None,
    count: int = 1,
    edited: str | None = None,
) -> dict[str, Any]:
    """A render request; `edited` is the key of a picture to edit."""
    prompts: dict[str, Any] = {"task": "edit" if edited else "variations" if count > 1 else "create"}
    if edited:
        prompts["references"] = [edited]
    if told is not None:
        prompts["instruction"] = told
    body: dict[str, Any] = {
        "project_id": "contact-sheet",
        "prompts": prompts,
        "outputs": {"count": count, "format": "png", "dimensions": size},
    }
    if words is not None:
        body["copy"] = words
    return body


def requests(turn: int, brands: int, picture: str) -> list[dict[str, Any]]:
    """The requests of brand number `turn` of so many: few brands show all, of many each shows a part.

    `picture` is the key of one that is edited.
    """
    is_dealt = brands >= _DEALT_FROM
    formats = [one for index, one in enumerate(FORMATS) if not is_dealt or index % 2 == turn % 2]
    varied = [VARIED[turn % len(VARIED)]] if is_dealt else list(VARIED)
    told = [TOLD[turn % len(TOLD)]] if is_dealt else list(TOLD)
    pictured = [one for index, one in enumerate(PICTURED) if not is_dealt or index % 4 == turn % 4]
    edited = [EDITED[turn % len(EDITED)]] if is_dealt else list(EDITED)
    return [
        *(request(size, words=words) for size, words in formats),
        *(request(size, words=words, count=6) for size, words in varied),
        *(request(size, told=text) for size, text in told),
        *(request(size, told=text, count=count) for size, text, count in pictured),
        *(request(size, told=text, edited=picture) for size, text in edited),
    ]
