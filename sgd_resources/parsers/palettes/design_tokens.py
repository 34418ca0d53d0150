"""JSON design tokens (DTCG `$value`/`$type`, Style Dictionary `value`, plain name: value trees) -> colours and fonts.

References (`{color.brand.primary}`) are resolved, also past the name of a token set that holds them; one whose target
stands in another file stays as a line of code at its place. A JSON without colours gives its strings as text and
nothing else.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from sgd_resources.colour import hex_of
from sgd_resources.errors import RejectedEvidence
from sgd_resources.parsed_document import ColourUse, FontUse, Location, TextBlock
from sgd_resources.parsers.colours.css_colour import CssColour, parse_css_colour
from sgd_resources.parsers.font_names import is_generic_family, split_font_name
from sgd_resources.parsers.hidden_text import unseen_characters
from sgd_resources.parsers.palettes.channels import from_channels, is_channels
from sgd_resources.parsers.palettes.token_references import REFERENCE, References
from sgd_resources.parsers.parts import ParsedParts, decode_text
from sgd_resources.parsers.web.css import families

_FONT_KEY = re.compile(
    r"font[-_]?family|fontfamilies|typeface|(?:\b|_)font(?:\b|_(?!size|weight|style|scale))|font[-_]?stack",
    re.IGNORECASE,
)
_FONT_HANDLE = re.compile(r"([a-z0-9]+(?:_[a-z0-9]+)*)_[no][1-9]")
"""A family, its style and weight as Shopify's themes write them: 'work_sans_n4'.
Source: shopify.dev/docs/storefronts/themes/architecture/settings/fonts."""
_BARE_HEX = re.compile(r"0[xX]([0-9A-Fa-f]{6})|((?=.*\d)(?=.*[A-Fa-f])[0-9A-Fa-f]{6})|([0-9A-Fa-f]{6})")
_COLOUR_PATH = re.compile(r"(?i)colou?rs?|palette|brand|swatch|primary|secondary|accent")
_MAX_LEAVES = 20_000  # more than a design system names; bounds the time of one file


def parse_design_tokens(data: bytes, suffix: str) -> ParsedParts:
    """Tokens in file order.

    Raises:
        RejectedEvidence: not JSON, or nested deeper than any token file.
    """
    del suffix
    try:
        tree = json.loads(decode_text(data))
    except (ValueError, RecursionError) as error:
        raise RejectedEvidence("reject", "JSON cannot be read") from error
    return token_parts(tree)


def token_parts(tree: Any) -> ParsedParts:
    """The parts of a parsed tree."""
    parts = ParsedParts()
    told: dict[str, int] = {}
    own = dict(_leaves(tree, (), "", 0, told))
    # token sets are top-level keys that references leave out
    leaves = {**{path[1:]: leaf for path, leaf in reversed(own.items()) if len(path) > 1}, **own}
    references = References({path: leaf[0] for path, leaf in leaves.items()})
    endless = not_colours = 0
    for path, leaf in own.items():
        value, kind, words = leaf
        resolved, is_endless = references.resolve(value)
        endless += is_endless
        name = ".".join(path)
        place = Location(selector=f"$.{name}"[:300])
        is_font = kind in ("fontFamily", "fontFamilies") or (
            kind in ("", "other", "string")  # 'string' is what Figma calls a family
            and (
                bool(_FONT_KEY.search(path[-1] if path else ""))
                or _is_family_path(path)
                or _is_use_of_type(path, value)
            )
        )
        colour = (
            _colour(resolved, path, is_known=kind in ("color", "colour"))
            if not is_font and kind in ("", "color", "colour", "other")
            else None
        )
        if kind == "color" and colour is None and resolved != value and not is_endless:
            # one whose last target stands in another file says so by its line of code
            not_colours += not REFERENCE.search(str(resolved))
        if colour:
            parts.colours.append(
                ColourUse(
                    hex=colour.hex,
                    space=colour.space,
                    components=colour.components,
                    source="design_token",
                    name=name,
                    label=words or None,
                    operator=value if isinstance(value, str) else json.dumps(value, sort_keys=True)[:200],
                    alpha=colour.alpha,
                    location=place,
                )
            )
        elif is_font:
            _add_font(parts, name, resolved, place)
        elif kind == "typography" and isinstance(resolved, dict):
            _add_font(parts, name, references.resolve(resolved.get("fontFamily")).value, place)
        elif isinstance(resolved, str) and REFERENCE.fullmatch(resolved.strip()):
            parts.text_blocks.append(TextBlock(text=str(value), kind="code", location=place))
        elif isinstance(value, str) and len(value) > 20 and " " in value:
            reason = unseen_characters(value)
            parts.text_blocks.append(
                TextBlock(text=value, location=place, is_hidden=reason is not None, hidden_reason=reason)
            )
    parts.warnings += _left_out(endless, not_colours, told.get("deprecated", 0))
    return parts


def _left_out(endless: int, not_colours: int, deprecated: int) -> list[str]:
    """What a person is told of tokens whose references came to nothing."""
    told = []
    if endless:
        told.append(f"tokens whose references are not followed because they grow or go on without end: {endless}")
    if not_colours:
        told.append(f"colour tokens whose references end at no colour: {not_colours}")
    if deprecated:
        told.append(f"tokens and groups left out because the file calls them deprecated: {deprecated}")
    return told


def _is_family_path(path: tuple[str, ...]) -> bool:
    """'type.family.body', 'font.families.mono': the group says what the name below it does not."""
    return len(path) > 1 and bool(re.fullmatch(r"(?i)(?:font[-_]?)?famil(?:y|ies)", path[-2]))


def _is_use_of_type(path: tuple[str, ...], value: Any) -> bool:
    """'typography.fonts.0.family', 'typography.headings' (`_brand.yml`): a family named by its use, capital first."""
    if len(path) < 2 or not isinstance(value, str) or not value.strip(" \"'")[:1].isupper():
        return False
    is_in_type = any(re.fullmatch(r"(?i)typography|type|fonts?", key) for key in path[:-1])
    return is_in_type and bool(re.fullmatch(r"(?i)family|base|body|headings?|display|mono(?:space)?", path[-1]))


Leaf = tuple[Any, str, str]


def _leaves(
    node: Any, path: tuple[str, ...], kind: str, depth: int, told: dict[str, int]
) -> Iterator[tuple[tuple[str, ...], Leaf]]:
    if depth > 40:
        return
    if isinstance(node, dict):
        if node.get("$deprecated"):
            told["deprecated"] = told.get("deprecated", 0) + 1
            return
        path = _named(path, node)
        if is_channels(node):
            yield path, (node, "color", "")
            return
        kind = str(node.get("$type") or node.get("type") or kind) if not isinstance(node.get("type"), dict) else kind
        words = str(node.get("$description") or node.get("description") or node.get("comment") or "")[:160]
        for key in ("$value", "value", "Value"):
            if key in node and not (key != "$value" and isinstance(node[key], dict) and "value" in node[key]):
                yield path, (node[key], kind, words)
                return
        is_palette = _holds_colours(node)
        for key, child in node.items():
            if is_palette and _is_colour_number(child):
                yield (*path, str(key)), (child, "color", "")
            elif not str(key).startswith("$"):
                yield from _leaves(child, (*path, str(key)), kind, depth + 1, told)
    elif isinstance(node, list):
        if path and _FONT_KEY.search(path[-1]) and all(isinstance(item, str) for item in node):
            yield path, (node, kind, "")
            return
        for index, child in enumerate(node[:_MAX_LEAVES]):
            yield from _leaves(child, (*path, str(index)), kind, depth + 1, told)
    elif isinstance(node, str):
        yield path, (node, kind if path and kind in ("color",) else "", "")


def _holds_colours(node: dict[str, Any]) -> bool:
    """Whether two of the texts right in a group are colours: a number beside them may be one too."""
    texts = [text.strip() for text in node.values() if isinstance(text, str)]
    return sum(bool(re.fullmatch(r"(?:#|0[xX])?[0-9A-Fa-f]{6}", text)) for text in texts) > 1


def _is_colour_number(value: Any) -> bool:
    """'15985116' for #F3E9DC, as game engines and chat programs write them; small numbers are sizes."""
    return isinstance(value, int) and not isinstance(value, bool) and 0x10000 <= value <= 0xFFFFFF


def _named(path: tuple[str, ...], node: dict[str, Any]) -> tuple[str, ...]:
    """An item of a list by the name that it gives itself beside its value, '/' parting groups."""
    name = next((node[key] for key in ("name", "Name") if isinstance(node.get(key), str)), "").strip()
    if not (name and path and path[-1].isdigit() and any(key in node for key in ("$value", "value", "Value"))):
        return path
    return (*path[:-1], *filter(None, (part.strip() for part in name.split("/"))))


def _colour(value: Any, path: tuple[str, ...], *, is_known: bool) -> CssColour | None:
    if isinstance(value, str):
        if re.match(r"#|[a-z]+\(", value.strip(), re.IGNORECASE):
            return parse_css_colour(value)
        bare = _BARE_HEX.fullmatch(value.strip())
        # digits alone may number anything
        if bare is None or not (is_known or bare[1] or (bare[2] and _COLOUR_PATH.search(".".join(path)))):
            return None
        return parse_css_colour(f"#{bare[1] or bare[2] or bare[3]}")
    if _is_colour_number(value):
        return parse_css_colour(f"#{value:06x}")
    if isinstance(value, dict) and is_channels(value):
        return from_channels(value)
    if isinstance(value, dict) and isinstance(value.get("components"), list):
        return _from_components(value)
    if isinstance(value, dict) and isinstance(value.get("hex"), str):
        return parse_css_colour("#" + value["hex"].lstrip("#"))
    return None


def _from_components(value: dict[str, Any]) -> CssColour | None:
    space = str(value.get("colorSpace", "srgb"))
    numbers = [0.0 if item == "none" else item for item in value["components"]]
    if len(numbers) != 3 or not all(isinstance(item, int | float) for item in numbers):
        return None
    alpha = value.get("alpha")
    alpha = round(float(alpha), 4) if isinstance(alpha, int | float) and 0 <= alpha < 1 else None
    if space == "srgb":
        rgb = tuple(round(float(item) * 255, 3) for item in numbers)
        return CssColour(hex_of(*rgb), "rgb", rgb, alpha)
    if space in ("hsl", "hwb", "lab", "lch", "oklab", "oklch"):
        marks = ("%", "%") if space in ("hsl", "hwb") else ("", "")
        found = parse_css_colour(f"{space}({numbers[0]} {numbers[1]}{marks[0]} {numbers[2]}{marks[1]})")
    else:
        found = parse_css_colour(f"color({space} {numbers[0]} {numbers[1]} {numbers[2]})")
    return CssColour(found.hex, found.space, found.components, alpha) if found else None


def _add_font(parts: ParsedParts, name: str, value: Any, place: Location) -> None:
    stack = (
        [str(item) for item in value] if isinstance(value, list) else families(value) if isinstance(value, str) else []
    )
    first = next(
        (
            item
            for item in stack
            if not is_generic_family(item) and re.match(r"[A-Za-z]", item) and not REFERENCE.search(item)
        ),
        None,
    )
    if first is None or parse_css_colour(first):
        return
    handle = _FONT_HANDLE.fullmatch(first)
    spoken = handle[1].replace("_", " ").title() if handle else first
    family, style = split_font_name(spoken)
    parts.fonts.append(
        FontUse(
            family=family,
            raw_name=first,
            source="design_token",
            name=name,
            stack=(spoken, *stack[1:]) if handle else tuple(stack),
            style=style,
            location=place,
        )
    )
