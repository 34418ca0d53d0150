"""The set of one seed: so many cases of each kind of spoiling, and clean pictures of the same sources.

A case is the same for the same seed, kind and number, whatever else is asked for. What must not live here: any single
way of drawing or spoiling.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from PIL import Image

from tests.compliance.brands.kit import OrgKit
from tests.compliance.cards import charts, html
from tests.compliance.cards.card import Card
from tests.compliance.cards.charts import draw_chart
from tests.compliance.cards.layout import random_card
from tests.compliance.cards.pillow import draw_pillow
from tests.compliance.cards.proportions import keeps_proportions
from tests.compliance.case import Case, MediaFormat, Source, Verdict
from tests.compliance.renders.own import OwnRender, own_render
from tests.compliance.spoilers.logo_on_cards import LOGO_SPOILERS
from tests.compliance.spoilers.on_cards import CARD_SPOILERS
from tests.compliance.spoilers.on_files import FILE_SPOILERS, encoded
from tests.compliance.spoilers.on_renders import RENDER_SPOILERS
from tests.compliance.spoilers.spoiled import Question

CLEAN = "clean"
ON_CARDS = {**CARD_SPOILERS, **LOGO_SPOILERS}
KINDS = (*ON_CARDS, *FILE_SPOILERS)
KNOWN_KINDS = (*RENDER_SPOILERS, *FILE_SPOILERS)
"""Kinds that a render of our own can have while its plan is known."""
_NEEDS_COPY = {"misspelt_word", "missing_word", "stray_text"}
_TRIES = 120
_OWN_PER_BRAND = 8


@dataclass
class CaseMaker:
    """Draws cases for brands. `known`: only own renders, each with its plan; `painters`: only those sources."""

    kits: Sequence[OrgKit]
    seed: int
    browser: html.Browser
    known: bool = False
    painters: tuple[Source, ...] = ("pillow", "own", "matplotlib", "html")
    _own: dict[tuple[str, int], OwnRender | None] = field(default_factory=dict)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds that there are cases of."""
        return KNOWN_KINDS if self.known else KINDS

    def cases(self, kind: str, count: int) -> Iterator[Case]:
        """Up to `count` cases of a kind, or clean ones; fewer where the brands at hand do not offer more."""
        made, tries = 0, 0
        while made < count and tries < count * 6 + _TRIES:
            tries += 1
            rng = random.Random(f"{self.seed}/{'known' if self.known else 'pixels'}/{kind}/{tries}")
            kit = self.kits[(tries + self.seed) % len(self.kits)]
            case = self._case(f"{kind}-{tries:04}", kind, kit, rng)
            if case is not None:
                made += 1
                yield case

    def _case(self, name: str, kind: str, kit: OrgKit, rng: random.Random) -> Case | None:
        source = "own" if self.known else self._source(kind, rng)
        if source == "own":
            return self._own_case(name, kind, kit, rng)
        card = random_card(kit, rng, is_chart=source == "matplotlib")
        if card is None:
            return None
        verdict, note = Verdict(), ""
        if kind in ON_CARDS:
            spoiled = ON_CARDS[kind](card, kit, rng)
            if spoiled is None:
                return None
            card, verdict, note = spoiled
        verdict = _with_proportions(verdict, card, kit)
        question = self._question(kind, card.copy, (card.width, card.height), rng)
        others = [other for other in [random_card(kit, rng)] if other is not None] if rng.random() < 0.3 else []
        question = question.asking(others=tuple(encoded(draw_pillow(other), "jpg", rng) for other in others))
        return _finished(name, kind, source, kit, self._drawn(card, source), question, verdict, note, rng)

    def _own_case(self, name: str, kind: str, kit: OrgKit, rng: random.Random) -> Case | None:
        render = self._render(kit, rng)
        if render is None:
            return None
        image, verdict, note = render.image, Verdict(), ""
        if kind in RENDER_SPOILERS:
            spoiled = RENDER_SPOILERS[kind](render, rng)
            if spoiled is None:
                return None
            image, verdict, note = spoiled
        elif kind in CARD_SPOILERS:
            return None
        if kit.proportions:  # our layouts do not weigh colours by a guide's shares
            verdict = Verdict(verdict.must, verdict.may | {"proportions"})
        question = self._question(kind, render.copy, render.image.size, rng)
        plan = render.plan if self.known else None
        if kind == CLEAN and rng.random() < 0.6:  # as it was delivered
            return Case(
                name, kind, "own", kit, render.data, render.media_format, verdict,
                expected_copy=question.copy, expected_size=question.size, plan=plan,
            )  # fmt: skip
        return _finished(name, kind, "own", kit, image, question, verdict, note, rng, plan=plan)

    def _render(self, kit: OrgKit, rng: random.Random) -> OwnRender | None:
        number = rng.randrange(_OWN_PER_BRAND)
        key = (kit.slug, number)
        if key not in self._own:
            self._own[key] = own_render(kit, random.Random(f"{self.seed}/own/{kit.slug}/{number}"))
        return self._own[key]

    def _source(self, kind: str, rng: random.Random) -> Source:
        sources: list[Source] = ["pillow", "pillow", "pillow"]
        if kind in RENDER_SPOILERS or kind in FILE_SPOILERS or kind == CLEAN:
            sources += ["own", "own"]
        if charts.missing() is None:
            sources.append("matplotlib")
        if html.missing() is None:
            sources += ["html", "html"]
        return rng.choice([source for source in sources if source in self.painters])

    def _question(self, kind: str, copy: tuple[str, ...], size: tuple[int, int], rng: random.Random) -> Question:
        return Question(
            copy=copy if kind in _NEEDS_COPY or rng.random() < 0.6 else None,
            size=size if rng.random() < 0.5 else None,
        )

    def _drawn(self, card: Card, source: Source) -> Image.Image:
        if source == "html":
            return self.browser.draw(card)
        return draw_chart(card) if source == "matplotlib" else draw_pillow(card)


def _finished(
    name: str, kind: str, source: Source, kit: OrgKit, image: Image.Image, question: Question, verdict: Verdict,
    note: str, rng: random.Random, *, plan: object = None,
) -> Case:  # fmt: skip
    """Spoiled as a file where the kind says so, and coded."""
    if kind in FILE_SPOILERS:
        may = verdict.may
        image, question, verdict, note = FILE_SPOILERS[kind](image, question, rng)
        verdict = Verdict(verdict.must, verdict.may | may)
    media_format: MediaFormat = rng.choice(("png", "png", "jpg", "jpg", "webp"))
    formats: tuple[MediaFormat, ...] = ("png", "jpg", "webp")
    wrong = kind == "wrong_format"
    asked = rng.choice([f for f in formats if (f != media_format) is wrong]) if wrong or rng.random() < 0.3 else None
    return Case(
        name, kind, source, kit, encoded(image, media_format, rng), media_format, verdict, note,
        expected_copy=question.copy, expected_size=question.size, expected_format=asked, others=question.others,
        plan=plan,  # type: ignore[arg-type]  # the plan of an own render, or None
    )  # fmt: skip


def _with_proportions(verdict: Verdict, card: Card, kit: OrgKit) -> Verdict:
    """A card that does not happen to keep the guide's shares of colours may be told so."""
    if not kit.proportions or verdict.must == "proportions" or keeps_proportions(card, kit):
        return verdict
    return Verdict(verdict.must, verdict.may | {"proportions"})
