"""Opens an Office or OpenDocument zip: parts by name, relationships, pictures. Bounded; runs and fetches nothing."""

import hashlib
import io
import posixpath
import zipfile
import zlib

from lxml import etree
from PIL import Image

from sgd_resources.errors import RejectedEvidence
from sgd_resources.parsed_document import ImageUse, Location
from sgd_resources.parsers.xml_tree import parse_xml

_MAX_PART_BYTES = 60_000_000  # the gate has counted the whole file; one part of a real file stays far below
_MAX_TOTAL_BYTES = 400_000_000  # as much as a reader's child may hold beside the trees it builds of it
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class OfficePackage:
    """Parts of one package. Reading counts bytes, so that a bomb ends as a rejection."""

    def __init__(self, data: bytes) -> None:
        """Raises RejectedEvidence when `data` is no readable zip, or is encrypted."""
        if data.startswith(b"\xd0\xcf\x11\xe0"):
            raise RejectedEvidence("reject", "encrypted")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise RejectedEvidence("reject", "office document is damaged") from error
        if any(info.flag_bits & 1 for info in self._zip.infolist()):
            raise RejectedEvidence("reject", "encrypted")
        self._left = _MAX_TOTAL_BYTES

    def names(self) -> list[str]:
        """Part names, sorted."""
        return sorted(self._zip.namelist())

    def read(self, name: str) -> bytes | None:
        """Bytes of a part, or None when there is none.

        Raises:
            RejectedEvidence: damaged, or larger than any real part.
        """
        try:
            with self._zip.open(name) as stream:
                data = stream.read(_MAX_PART_BYTES + 1)
        except KeyError:
            return None
        except (
            zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError, ValueError,
        ) as error:  # fmt: skip
            raise RejectedEvidence("reject", "office document is damaged") from error
        self._left -= len(data)
        if len(data) > _MAX_PART_BYTES or self._left < 0:
            raise RejectedEvidence("reject", "office document inflates beyond the limit")
        return data

    def xml(self, name: str) -> etree._Element | None:
        """Root of an XML part, or None when there is none."""
        data = self.read(name)
        return None if data is None else parse_xml(data, "office document")

    def main_part(self, usual: str, what: str) -> tuple[str, etree._Element]:
        """Name and root of the part the package is about; `usual` is its name where the package does not say.

        Raises:
            RejectedEvidence: there is no such part, or it is damaged.
        """
        named = (target for kind, target in self.relations("").values() if kind == "officeDocument")
        name = next(named, usual)
        root = self.xml(name)
        if root is None:
            raise RejectedEvidence("reject", f"office document has no {what} part")
        return name, root

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Relationship id -> (last word of its type, target part name); external targets are left out."""
        folder, name = posixpath.split(part)
        root = self.xml(f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels")
        found: dict[str, tuple[str, str]] = {}
        for relation in root.iter(_RELATION) if root is not None else ():
            if relation.get("TargetMode") == "External":
                continue
            target = relation.get("Target") or ""
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[relation.get("Id") or ""] = ((relation.get("Type") or "").rpartition("/")[2], path)
        return found

    def pictures(self, folder: str) -> list[ImageUse]:
        """Raster pictures below a folder, each once, by name."""
        found: list[ImageUse] = []
        for name in self.names():
            if not name.startswith(folder) or not name.lower().endswith(
                (".png", ".jpg", ".jpeg", ".gif", ".webp", ".tif", ".tiff")
            ):
                continue
            data = self.read(name) or b""
            try:
                with Image.open(io.BytesIO(data)) as image:
                    size, mode, kind = image.size, image.getbands(), Image.MIME.get(image.format or "")
            except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
                continue
            found.append(
                ImageUse(
                    width_px=max(1, size[0]),
                    height_px=max(1, size[1]),
                    media_type=kind,
                    sha256=hashlib.sha256(data).hexdigest(),
                    has_alpha="A" in mode,
                    location=Location(xml_path=name),
                )
            )
        return found
