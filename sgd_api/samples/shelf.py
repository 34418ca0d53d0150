"""Where the sample brand kits lie: org id to the folder with its evidence. Truth: `truth.json` beside it."""

from pathlib import Path

KITS_DIR = Path(__file__).resolve().parent / "kits"


def sample_kits() -> dict[str, Path]:
    """Name of each sample brand and its evidence folder, by name."""
    return {path.parent.name: path for path in sorted(KITS_DIR.glob("*/evidence"))}
