"""Draws a card with Pillow, as a simple banner tool does."""

from PIL import Image, ImageDraw

from tests.compliance.cards.card import Card, Shape


def draw_pillow(card: Card) -> Image.Image:
    """The card as RGB pixels."""
    image = Image.new("RGB", (card.width, card.height), card.ground)
    for one in card.photos:
        image.paste(one.image, one.box[:2])
    image = _shaped(image, card.shapes)
    if card.logo is not None:
        layer = Image.new("RGBA", image.size)
        layer.paste(card.logo.image, card.logo.box[:2])
        image = Image.alpha_composite(image.convert("RGBA"), layer).convert("RGB")
    pen = ImageDraw.Draw(image)
    for line in card.lines:
        pen.text((line.x, line.y), line.text, fill=line.hex, font=line.face.at(line.size_px))
    return _shaped(image, card.over)


def _shaped(image: Image.Image, shapes: tuple[Shape, ...]) -> Image.Image:
    """Rectangles have hard edges; ellipses are drawn large and shrunk."""
    pen = ImageDraw.Draw(image)
    for shape in shapes:
        x0, y0, x1, y1 = shape.box
        if not shape.is_round:
            pen.rectangle((x0, y0, x1 - 1, y1 - 1), fill=shape.hex)
            continue
        mask = Image.new("L", (max(1, x1 - x0) * 3, max(1, y1 - y0) * 3))
        ImageDraw.Draw(mask).ellipse((0, 0, mask.width - 1, mask.height - 1), fill=255)
        image.paste(
            shape.hex, (x0, y0, x1, y1), mask.resize((max(1, x1 - x0), max(1, y1 - y0)), Image.Resampling.LANCZOS)
        )
    return image
