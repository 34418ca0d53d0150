"""What pictures show of the set's requests, read back from their pixels."""

import pytest

from sgd_resources.parsers.pixels.ocr import is_ocr_installed
from tests.briefs.pictures import read_share, score_pictures
from tests.briefs.truths import read_set

_EVERY = 9  # of the set, so that each language and the edits come up; the whole is `python -m tests.briefs --pictures`

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not is_ocr_installed(), reason="the recogniser's wheel is not installed"),
]


def test_the_words_asked_for_are_read_on_the_pictures_and_no_instruction_is() -> None:
    scores = list(score_pictures(read_set()[::_EVERY]))

    assert [(score.id, score.leaked) for score in scores if score.leaked] == []
    assert read_share(scores) >= 0.95
