"""Colours that a PDF's shading runs through, read from its function. Where it is painted is `content`."""

import pikepdf


def stops(function: pikepdf.Object | None, depth: int = 0) -> list[tuple[float, ...]]:
    """Colours at the ends of an interpolation function; of each piece of a stitched one; samples of a table's ends."""
    if function is None or depth > 4:
        return []
    if isinstance(function, pikepdf.Array):
        columns = [stops(part, depth + 1) for part in function]
        if not columns or any(len(column) != len(columns[0]) for column in columns):
            return []
        return [tuple(column[index][0] for column in columns) for index in range(len(columns[0]))]
    kind = int(function.get("/FunctionType", -1))
    if kind == 2:
        return [
            tuple(round(float(value), 5) for value in function.get(key, [fallback]))
            for key, fallback in (("/C0", 0.0), ("/C1", 1.0))
        ]
    if kind == 3:
        found: list[tuple[float, ...]] = []
        for part in function["/Functions"]:
            for stop in stops(part, depth + 1):
                if stop not in found:
                    found.append(stop)
        return found
    if kind == 0 and int(function.get("/BitsPerSample", 0)) == 8:
        size = len(function["/Range"]) // 2
        data = function.read_bytes()
        if len(function["/Size"]) == 1 and size and len(data) >= 2 * size:
            count = len(data) // size
            picks = sorted({0, count - 1})
            return [tuple(round(byte / 255, 5) for byte in data[pick * size : pick * size + size]) for pick in picks]
    return []
