"""PDF colour spaces: what a `cs` name stands for, which inks it has, and the real sRGB of each colour set in it.

Conversion goes through pdfium (`cmyk.resolve_fills`), all colours of a document in one go; DeviceCMYK goes through the
document's OutputIntent profile when it has one for four inks.
"""

import io
from dataclasses import dataclass, field
from typing import Literal

import pikepdf

from sgd_resources.colour import hex_of
from sgd_resources.parsers.colours.cmyk import read_fills
from sgd_resources.parsers.colours.css_colour import Space

_PROCESS = {"Cyan", "Magenta", "Yellow", "Black", "All", "None"}
_DEVICE: dict[str, Literal["gray", "rgb", "cmyk"]] = {
    **dict.fromkeys(("/DeviceGray", "/G", "/CalGray"), "gray"),
    **dict.fromkeys(("/DeviceRGB", "/RGB", "/CalRGB"), "rgb"),
    **dict.fromkeys(("/DeviceCMYK", "/CMYK"), "cmyk"),
}


@dataclass(frozen=True)
class ColourSpace:
    """One colour space. `key` tells two apart; `kind` is the shape of its components."""

    key: str
    kind: Space
    size: int
    spot_name: str | None = None
    is_device: bool = False


GRAY = ColourSpace("DeviceGray", "gray", 1, is_device=True)
RGB = ColourSpace("DeviceRGB", "rgb", 3, is_device=True)
CMYK = ColourSpace("DeviceCMYK", "cmyk", 4, is_device=True)
PATTERN = ColourSpace("Pattern", "rgb", 0)


@dataclass
class ColourSpaces:
    """The spaces of one document, and the colours set in them."""

    document: pikepdf.Pdf
    _objects: dict[str, pikepdf.Object] = field(default_factory=dict)
    _hexes: dict[tuple[str, tuple[float, ...]], str | None] = field(default_factory=dict)
    _wanted: dict[tuple[str, tuple[float, ...]], None] = field(default_factory=dict)

    def named(self, name: str, resources: pikepdf.Object | None) -> ColourSpace:
        """The space that `name cs` selects under these resources."""
        if name in _DEVICE:
            return _device(name)
        if name == "/Pattern":
            return PATTERN
        table = resources.get("/ColorSpace") if isinstance(resources, pikepdf.Dictionary) else None
        found = table.get(name) if isinstance(table, pikepdf.Dictionary) else None
        return self.of(found) if found is not None else GRAY

    def of(self, value: pikepdf.Object, depth: int = 0) -> ColourSpace:
        """The space that an object describes."""
        if isinstance(value, pikepdf.Name):
            return PATTERN if str(value) == "/Pattern" else _device(str(value))
        if not isinstance(value, pikepdf.Array) or not len(value) or depth > 4:
            return GRAY
        family = str(value[0])
        if family in _DEVICE and family not in ("/CalGray", "/CalRGB"):
            return _device(family)
        if family == "/Pattern":
            return PATTERN
        key = self._key(value)
        if family == "/ICCBased":
            size = int(value[1].get("/N", 3))
            kinds: dict[int, Space] = {1: "gray", 3: "rgb", 4: "cmyk"}
            return ColourSpace(key, kinds.get(size, "rgb"), size)
        if family == "/Separation":
            name = str(value[1]).lstrip("/")
            return ColourSpace(key, "cmyk" if name in _PROCESS else "spot", 1, name)
        if family == "/DeviceN":
            names = [str(name).lstrip("/") for name in value[1]]
            spots = [name for name in names if name not in _PROCESS]
            return ColourSpace(key, "spot" if spots else "cmyk", len(names), " + ".join(spots) or None)
        if family == "/Lab":
            return ColourSpace(key, "lab", 3)
        if family in ("/CalGray", "/CalRGB"):
            return ColourSpace(key, "gray" if family == "/CalGray" else "rgb", 1 if family == "/CalGray" else 3)
        if family in ("/Indexed", "/I"):
            return ColourSpace(key, "rgb", 1)
        return GRAY

    def _key(self, value: pikepdf.Object) -> str:
        if not value.is_indirect:
            value = self.document.make_indirect(value)
        key = f"o{value.objgen[0]}.{value.objgen[1]}"
        self._objects[key] = value
        return key

    def want(self, space: ColourSpace, components: tuple[float, ...]) -> None:
        """Note a colour, to be converted with the others."""
        if space.key not in ("DeviceGray", "DeviceRGB"):
            self._wanted.setdefault((space.key, components))

    def hex_of(self, space: ColourSpace, components: tuple[float, ...]) -> str | None:
        """sRGB of a colour noted before `convert`; None when pdfium cannot say."""
        key = (space.key, components)
        if key not in self._hexes and space.key in ("DeviceGray", "DeviceRGB"):
            channels = components * 3 if space.key == "DeviceGray" else components
            self._hexes[key] = hex_of(*(part * 255 for part in channels)) if len(channels) == 3 else None
        return self._hexes.get(key)

    def convert(self) -> None:
        """Convert all noted colours, in one pass through pdfium."""
        wanted = [key for key in self._wanted if key not in self._hexes]
        if not wanted:
            return
        made = pikepdf.new()
        page = made.add_blank_page(page_size=(100, 100))
        table = pikepdf.Dictionary()
        profile = self._output_profile()
        for key in dict.fromkeys(space for space, _ in wanted):
            if key == "DeviceCMYK":
                if profile is not None:
                    stream = made.copy_foreign(profile)
                    stream["/N"] = 4
                    table["/DeviceCMYK1"] = pikepdf.Array([pikepdf.Name("/ICCBased"), stream])
            else:
                table[f"/{key}"] = made.copy_foreign(self._objects[key])
        page.Resources = pikepdf.Dictionary(ColorSpace=table)
        lines = []
        for key, components in wanted:
            numbers = " ".join(f"{part:.5f}" for part in components)
            if key == "DeviceCMYK":
                lines.append(
                    f"q {f'/DeviceCMYK1 cs {numbers} scn' if profile is not None else f'{numbers} k'} 0 0 9 9 re f Q"
                )
            else:
                lines.append(f"q /{key} cs {numbers} scn 0 0 9 9 re f Q")
        page.Contents = made.make_stream("\n".join(lines).encode("latin-1"))
        buffer = io.BytesIO()
        made.save(buffer, deterministic_id=True)
        self._hexes.update(zip(wanted, read_fills(buffer.getvalue(), len(wanted)), strict=True))

    def _output_profile(self) -> pikepdf.Object | None:
        intents = self.document.Root.get("/OutputIntents")
        for intent in intents if isinstance(intents, pikepdf.Array) else ():
            profile = intent.get("/DestOutputProfile") if isinstance(intent, pikepdf.Dictionary) else None
            if isinstance(profile, pikepdf.Stream) and profile.read_bytes()[16:20] == b"CMYK":
                return profile
        return None


def _device(name: str) -> ColourSpace:
    return {"gray": GRAY, "rgb": RGB, "cmyk": CMYK}[_DEVICE.get(name, "gray")]
