"""Google's own client of Document AI (extra `[documentai]`), over REST: credentials, one call, what its errors mean.

Credentials are Google's default ones, or those of the file that GOOGLE_APPLICATION_CREDENTIALS names: service account,
user or workload identity. The library fetches tokens and renews them, so none is kept here. What must not live here:
what an answer says (`documentai_wire`), or how often it is asked (`documentai`).
"""

import importlib.util
import threading
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sgd_resources.errors import ProviderRefused, ValidationFailed
from sgd_resources.parsers.engines.documentai_layout import Json
from sgd_resources.parsers.engines.documentai_wire import process_options

_SCOPE = "https://www.googleapis.com/auth/cloud-platform"
_TIMEOUT_S = 60.0  # of one request, which may be 15 pages long; not measured
_NO_CREDENTIALS = (ValueError, TypeError, AttributeError, KeyError, OSError)
"""What the library raises on a file of another shape, beside its own errors."""
_REASONS = {
    403: "the project may not use the processor, or its quota is used up",
    404: "the processor does not exist in this region",
    429: "the quota is used up",
}


class CallFailed(Exception):
    """One call gave no reading; the message says why, in words for the document's warnings.

    Attributes:
        is_lasting: the answer is about the file and will not change.
        retry_after_s: a call may be tried again after so long; None where only an operator or hours can help.
    """

    def __init__(self, message: str, *, is_lasting: bool = False, retry_after_s: float | None = None) -> None:
        super().__init__(message)
        self.is_lasting, self.retry_after_s = is_lasting, retry_after_s


class GoogleProcessor:
    """One processor of Document AI. Connects when first asked; thread-safe.

    Args:
        name: `projects/P/locations/L/processors/I`.
        endpoint: base URL of the region.
        credentials_file: other credentials than the machine's default ones.

    Raises:
        ValidationFailed: the extra is not installed, or the file is not there; the operator must mend it.
    """

    def __init__(self, name: str, *, endpoint: str, credentials_file: Path | None = None) -> None:
        if not is_installed():
            raise ValidationFailed("parser documentai is not installed: add the extra [documentai]")
        _check_is_there(credentials_file)
        self.name = f"{endpoint.rstrip('/')}/v1/{name}:process"
        self._resource = name
        self._endpoint = endpoint.rstrip("/")
        self._credentials_file = credentials_file
        self._lock = threading.Lock()
        self._client: Any = None

    def ask(self, data: bytes, media_type: str, pages: Sequence[int]) -> Json:
        """The answer as the JSON of `:process`, for some pages (1-based; none: all).

        Raises:
            CallFailed: no reading came of it.
            ProviderRefused: the credentials are missing or not accepted; the operator must change them.
        """
        from google.cloud import documentai_v1 as documentai
        from google.protobuf import json_format

        options = documentai.ProcessOptions()
        json_format.ParseDict(process_options(pages), documentai.ProcessOptions.pb(options))
        request = documentai.ProcessRequest(
            name=self._resource,
            skip_human_review=True,
            raw_document=documentai.RawDocument(content=data, mime_type=media_type),
            process_options=options,
        )
        try:
            # Its own retries are off: calls are spaced here, and a pause that is too long is the run's to wait.
            answer = self._connected().process_document(request=request, retry=None, timeout=_TIMEOUT_S)
        except Exception as error:
            failure = failure_of(error)
            if failure is None:
                raise
            raise failure from error
        said: dict[str, Any] = json_format.MessageToDict(documentai.ProcessResponse.pb(answer))
        return said

    def close(self) -> None:
        """Close its connections."""
        with self._lock:
            if self._client is not None:
                self._client.transport.close()
                self._client = None

    def _connected(self) -> Any:
        from google.api_core.client_options import ClientOptions
        from google.cloud import documentai_v1 as documentai

        with self._lock:
            if self._client is None:
                self._client = documentai.DocumentProcessorServiceClient(
                    transport="rest",
                    credentials=load_credentials(self._credentials_file),
                    client_options=ClientOptions(api_endpoint=self._endpoint),
                )
            return self._client


def failure_of(error: Exception) -> CallFailed | ProviderRefused | None:
    """What an error of Google's client means to us; None for any other."""
    import requests
    from google.api_core import exceptions as answers
    from google.auth import exceptions as auth
    from google.protobuf import json_format

    if isinstance(error, requests.RequestException | auth.TransportError):
        return CallFailed("it could not be reached", retry_after_s=1.0)
    if isinstance(error, auth.GoogleAuthError) and error.retryable:
        return CallFailed("Google's token service failed", retry_after_s=1.0)
    if isinstance(error, answers.Unauthorized | auth.GoogleAuthError):
        return ProviderRefused("Document AI does not accept the credentials", details={"kind": "key"})
    if isinstance(error, answers.GoogleAPICallError):
        return _failure_of_answer(error.code or 500, getattr(error.response, "headers", None) or {})
    if isinstance(error, json_format.ParseError):
        return CallFailed("it answered in an unknown shape")
    return None


def _failure_of_answer(status: int, headers: Any) -> CallFailed:
    reason = _REASONS.get(status, f"it answered {status}")
    # what an operator or time can mend is no word on the file
    is_lasting = 400 <= status < 500 and status not in (*_REASONS, 408)
    if status != 429 and status < 500:
        return CallFailed(reason, is_lasting=is_lasting)
    value = str(headers.get("Retry-After", ""))
    return CallFailed(reason, retry_after_s=float(value) if value.isdecimal() else 1.0)


def load_credentials(file: Path | None) -> Any:
    """Google's credentials of the file, or the machine's default ones; whether they are accepted is seen at a call.

    Raises:
        ValidationFailed: the file is not there.
        ProviderRefused: it holds none, or the machine has none; the operator must change them.
    """
    import google.auth
    from google.auth import exceptions as auth

    _check_is_there(file)
    try:
        if file is None:
            return google.auth.default(scopes=[_SCOPE])[0]
        load: Any = google.auth.load_credentials_from_file
        with warnings.catch_warnings():
            # It warns of files from strangers; this one is the operator's own.
            warnings.simplefilter("ignore", DeprecationWarning)
            return load(str(file), scopes=[_SCOPE])[0]
    except (auth.DefaultCredentialsError, auth.MalformedError, *_NO_CREDENTIALS) as error:
        # Their own words may repeat what the file holds.
        where = "this machine has no credentials of Google" if file is None else f"{file.name} holds no credentials"
        raise ProviderRefused(f"{where} that Document AI could be asked with", details={"kind": "key"}) from error


def is_installed() -> bool:
    """Whether the extra is."""
    try:
        return importlib.util.find_spec("google.cloud.documentai_v1") is not None
    except ModuleNotFoundError:  # there is not even the namespace `google.cloud`
        return False


def _check_is_there(file: Path | None) -> None:
    if file is not None and not file.is_file():
        raise ValidationFailed("GOOGLE_APPLICATION_CREDENTIALS names a file that is not there")
