"""Text that repeats, numbered. What must not live here: formats."""


def each(n: int, text: str) -> str:
    """`text` n times, `@` replaced by the number."""
    return "".join(text.replace("@", str(number)) for number in range(n))


def hex_of(number: int) -> str:
    """Another colour for each number."""
    return f"#{number * 7919 % 0xFFFFFF:06x}"


def hexes(n: int, text: str) -> str:
    """`text` n times, `@` replaced by the number and `~` by a colour."""
    return "".join(text.replace("@", str(number)).replace("~", hex_of(number)) for number in range(n))
