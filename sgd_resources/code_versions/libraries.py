"""Which installed distribution an import name comes from, for the libraries that can decide what our code makes.

A table, because asking the installation (`importlib.metadata.packages_distributions`) reads every package's file list
(half a second). A test compares it with that answer for all that our packages import.
"""

from collections.abc import Iterable
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version

DISTRIBUTIONS = {
    "PIL": "pillow", "brotli": "brotli", "c2pa": "c2pa-python", "coloraide": "coloraide", "cssselect2": "cssselect2",
    "cv2": "opencv-python-headless", "docutils": "docutils", "docx": "python-docx", "fontTools": "fonttools",
    "html5lib": "html5lib-modern", "icu4py": "icu4py",
    "lxml": "lxml", "magic": "python-magic", "markdown_it": "markdown-it-py", "numpy": "numpy",
    "onnxruntime": "onnxruntime", "pikepdf": "pikepdf", "pptx": "python-pptx", "pylibmagic": "pylibmagic",
    "pyphen": "pyphen",    "pypdfium2": "pypdfium2", "rapidocr": "rapidocr", "resvg": "resvg", "tinycss2": "tinycss2",
    "tokenizers": "tokenizers", "uharfbuzz": "uharfbuzz", "unstructured": "unstructured",
    "webencodings": "webencodings", "yaml": "PyYAML",
}  # fmt: skip


def versions_of(import_names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """(distribution, installed version) of each; the version is `absent` where it is not installed."""
    return tuple((DISTRIBUTIONS[name], _version(DISTRIBUTIONS[name])) for name in import_names)


@lru_cache(maxsize=len(DISTRIBUTIONS))
def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "absent"
