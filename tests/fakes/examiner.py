"""An examiner that says what it was told to say."""

from sgd_resources.errors import SgdError
from sgd_resources.ports.examination import Cleaning, Detection, InnerScan


class FakeExaminer:
    """Implements `Examiner`; by default everything is text and clean."""

    def __init__(
        self,
        *,
        detection: Detection | None = None,
        cleaning: Cleaning | None = None,
        error: SgdError | None = None,
        scan: InnerScan | None = None,
    ) -> None:
        self._scan = scan or InnerScan("rules 1", "set 1")
        self._detection = detection or Detection("text/plain", is_text=True)
        self._cleaning = cleaning
        self._error = error
        self.cleaned = 0

    def detect(self, data: bytes) -> Detection:
        """The told detection."""
        return self._detection

    def scan(self, data: bytes, media_type: str) -> InnerScan:
        """The told scan; by default nothing was found."""
        return self._scan

    def clean(self, data: bytes, media_type: str, *, wants_parts: bool = False) -> Cleaning:
        """The told cleaning, or the bytes unchanged; raises the told error."""
        self.cleaned += 1
        if self._error is not None:
            raise self._error
        return self._cleaning or Cleaning(data, "")

    def close(self) -> None:
        """Holds nothing."""
