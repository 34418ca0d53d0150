"""A pattern of words that is asked of the same texts again and again: in lower case, with its last answers kept.

A heading is asked for every block below it, a block by every reader; letter case costs Python's matcher twice the time.
What must not live here: the words (`words/topics.py`).
"""

import re
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache

from sgd_assets.canon.words.vocabulary import beside, english

_KEPT = 1024  # texts remembered per pattern: about a document's headings, so that they are searched once
_SHORT = 400
"""Characters of a text whose answer is kept: what is longer is seldom asked twice and would fill the memory."""
_UPPER_CASE = re.compile(r"(?<!\\)(?:\\\\)*[A-Z]")
Search = Callable[[str], re.Match[str] | None]


class Topic:
    """A pattern that knows no letter case. Matches of `search` and `fullmatch` are of the text in lower case.

    It is compiled when it is first asked: all topics in all languages are a second of work, and most processes that
    import a reader derive no canon.

    Raises:
        ValueError: the pattern names capital letters, which it could never meet.
    """

    def __init__(self, expression: str) -> None:
        words = expression.removeprefix("(?i)")
        if _UPPER_CASE.search(words):
            raise ValueError("the words of a topic are in lower case")
        self.pattern = f"(?i){words}"
        self._words = words

    @cached_property
    def search(self) -> Search:
        """The first place in a text."""
        return _remembered(re.compile(self._words).search)

    @cached_property
    def fullmatch(self) -> Search:
        """A text that is nothing else."""
        return _remembered(re.compile(self._words).fullmatch)

    @cached_property
    def finditer(self) -> Callable[[str], Iterator[re.Match[str]]]:
        """All places, each as it is written."""
        return re.compile(self.pattern).finditer


def topic(name: str, *, also: str = "") -> Topic:
    """What all languages say of a topic; `also`: another pattern that counts as this topic."""
    own = english(name)
    return topic_beside(f"{also}|{own}" if also else own, name)


def topic_beside(own: str, name: str) -> Topic:
    """A reader's own English pattern, or the terms of the topic in the other languages."""
    return Topic(beside(own, name))


def _remembered(search: Search) -> Search:
    kept = lru_cache(_KEPT)(lambda text: search(text.lower()))

    def answer(text: str) -> re.Match[str] | None:
        return kept(text) if len(text) <= _SHORT else search(text.lower())

    return answer
