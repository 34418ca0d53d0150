"""`python -m tools.dashboards`: writes the dashboards anew; `--check` only says whether they are up to date."""

import json
import sys
from pathlib import Path

from tools.dashboards.boards import BOARDS
from tools.dashboards.grafana import Board, dashboard

FOLDER = Path(__file__).resolve().parents[2] / "deploy" / "grafana" / "dashboards"


def text_of(board: Board) -> str:
    """The file of a board."""
    return json.dumps(dashboard(board), indent=1, ensure_ascii=False) + "\n"


def main() -> None:
    """Write or check; exit code 1 when a file is stale."""
    stale = False
    for board in BOARDS:
        path = FOLDER / f"{board.uid.removeprefix('sgd-')}.json"
        if "--check" in sys.argv[1:]:
            stale |= not path.is_file() or path.read_text("utf-8") != text_of(board)
        else:
            path.write_text(text_of(board), "utf-8")
    sys.exit(1 if stale else 0)


if __name__ == "__main__":
    main()
