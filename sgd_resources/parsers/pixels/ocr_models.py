"""The two networks that read words in pictures, PP-OCR in ONNX form, as the rapidocr wheel carries them.

One finds lines, one reads a line. Only the wheel's files are used: its own pipeline looks at every pixel of a page and
imports for most of a second. What must not live here: what goes into the networks and what comes out.
"""

import importlib.util
from functools import lru_cache
from pathlib import Path
from typing import Any

_WHEEL = "rapidocr"
_FINDER, _READER = "*_det_*.onnx", "*_rec_*.onnx"


def has_models() -> bool:
    """Whether both networks and what runs them are on this machine."""
    is_runnable = importlib.util.find_spec("onnxruntime") is not None and importlib.util.find_spec("cv2") is not None
    return is_runnable and _model_file(_FINDER) is not None and _model_file(_READER) is not None


def load_models() -> None:
    """Load both, once a process: threads that begin together would each load their own."""
    line_finder(1)
    characters()


@lru_cache(maxsize=2)
def line_finder(threads: int) -> Any:
    """An ONNX session: (1, 3, height, width) in multiples of 32 -> (1, 1, height, width), how likely it is a line.

    The threads share out whole sums, so their number does not change the answer.
    """
    return _session(_FINDER, threads)


@lru_cache(maxsize=1)
def line_reader() -> Any:
    """An ONNX session: (1, 3, 48, width) -> (1, steps, characters), how likely each character is at each step."""
    return _session(_READER, 1)


@lru_cache(maxsize=1)
def characters() -> list[str]:
    """What the reader's columns stand for; the first is the gap between characters."""
    listed = line_reader().get_modelmeta().custom_metadata_map["character"].splitlines()
    return ["", *listed, " "]


def _session(pattern: str, threads: int) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    # a thread that spins while it waits takes the core from whoever has work
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # an arena keeps what the largest picture took, which a confined child has no room for
    options.enable_cpu_mem_arena = False
    # of the orders the sums allow, the one that lets go of what it is done with sooner
    options.execution_order = onnxruntime.ExecutionOrder.PRIORITY_BASED
    return onnxruntime.InferenceSession(str(_model_file(pattern)), options, providers=["CPUExecutionProvider"])


@lru_cache(maxsize=2)
def _model_file(pattern: str) -> Path | None:
    spec = importlib.util.find_spec(_WHEEL)
    folders = (spec.submodule_search_locations or []) if spec is not None else []
    return next((path for folder in folders for path in sorted(Path(folder, "models").glob(pattern))), None)
