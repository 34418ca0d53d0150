"""A thin HTTP client of our own API, for the command line and the demo. Errors become ours again.

What must not live here: business rules; this only sends, waits and translates.
"""

import time
from collections.abc import Callable, Mapping
from typing import IO, Any, BinaryIO

import httpx

from sgd_resources.errors import InvalidInput, SgdError, Unavailable

_POLL_S = 0.2


class ApiClient:
    """Speaks to one API as one org. Use as a context manager."""

    def __init__(self, base_url: str, api_key: str, *, check: Callable[[], None] = lambda: None) -> None:
        """Connect lazily.

        Args:
            base_url: of the API.
            api_key: of the org to speak as.
            check: asked while waiting; raises when nobody is left who could do the work.
        """
        self._check = check
        self._http = httpx.Client(
            base_url=base_url, headers={"Authorization": f"Bearer {api_key}"}, timeout=httpx.Timeout(60.0, connect=5.0)
        )

    def __enter__(self) -> "ApiClient":
        return self

    def __exit__(self, *exc: object) -> None:
        self._http.close()

    def get(self, path: str, params: Mapping[str, Any] | None = None) -> Any:
        """The JSON body of a GET. Raises InvalidInput (4xx) or Unavailable (5xx, no answer)."""
        return self._json(self._send("GET", path, params=dict(params or {})))

    def post(self, path: str, body: Any, *, headers: Mapping[str, str] | None = None, wait_s: float = 25.0) -> Any:
        """POST a JSON body and wait until the work is done: follows a 202 to its status URL.

        Raises:
            InvalidInput: the API answered 4xx. Unavailable: 5xx, or the work took over ten minutes.
        """
        response = self._send("POST", path, json=body, headers={"Prefer": f"wait={wait_s:.0f}", **(headers or {})})
        return self._follow(response)

    def put(self, path: str, body: Any, *, wait_s: float = 25.0) -> Any:
        """PUT a JSON body and wait until the work is done. Raises as `post`."""
        return self._follow(self._send("PUT", path, json=body, headers={"Prefer": f"wait={wait_s:.0f}"}))

    def delete(self, path: str, *, wait_s: float = 25.0) -> Any:
        """DELETE and wait until the work is done. Raises as `post`."""
        return self._follow(self._send("DELETE", path, headers={"Prefer": f"wait={wait_s:.0f}"}))

    def begin(self, path: str, body: Any) -> Any:
        """POST a JSON body and return what is answered at once, also when the work has only begun.

        Raises:
            InvalidInput: the API answered 4xx. Unavailable: 5xx, no answer.
        """
        return self._json(self._send("POST", path, json=body))

    def save(self, path: str, target: IO[bytes]) -> None:
        """Write the body of a GET into a file, piece by piece. Raises as `get`; then what was written is not whole."""
        try:
            with self._http.stream("GET", path) as response:
                if response.status_code != httpx.codes.OK:
                    response.read()
                    raise _error(response)
                for piece in response.iter_bytes():
                    target.write(piece)
        except httpx.TransportError as error:
            raise Unavailable(f"{path} ended before it was whole: {type(error).__name__}") from error

    def check(self) -> None:
        """Raises when nobody is left who could do the work."""
        self._check()

    def wait_for(self, status_url: str) -> Any:
        """The body of a job that has ended.

        Raises:
            InvalidInput: 4xx, or the job failed. Unavailable: 5xx, or the work took over ten minutes.
        """
        return self._follow(self._send("GET", status_url))

    def upload(self, file_name: str, stream: BinaryIO, *, project_id: str) -> Any:
        """Upload one file into quarantine; returns the API's answer."""
        files = {"files": (file_name, stream, "application/octet-stream")}
        return self._json(self._send("POST", "/uploads", files=files, data={"project_id": project_id}))

    def send_file(self, path: str, fields: Mapping[str, Any], file: tuple[str, bytes, str]) -> Any:
        """The JSON body of a form with one file, (name, bytes, media type), in the field `file`. Raises as `begin`."""
        return self._json(self._send("POST", path, data=dict(fields), files={"file": file}))

    def ingest(self, upload_ids: list[str], *, project_id: str) -> Any:
        """POST /ingest and wait; the answer says what became of each file, also when the work took long."""
        answer = self.post("/ingest", {"project_id": project_id, "assets": upload_ids})
        if "files" in answer:
            return answer
        # A slow ingest is read from its job, which knows the run but not the rows of the files.
        return {**answer, "files": [self.get(f"/uploads/{upload_id}") for upload_id in dict.fromkeys(upload_ids)]}

    def download(self, url: str) -> bytes:
        """The bytes behind a signed URL; the API key is not sent along."""
        response = httpx.get(httpx.URL(str(self._http.base_url)).join(url), timeout=60.0)
        if response.status_code != httpx.codes.OK:
            raise _error(response)
        return response.content

    def _follow(self, response: httpx.Response) -> Any:
        deadline = time.monotonic() + 600.0
        while response.status_code == httpx.codes.ACCEPTED:
            if time.monotonic() > deadline:
                raise Unavailable(
                    "the work did not finish within ten minutes", details={"status_url": str(response.url)}
                )
            location = response.headers.get("Location") or str(response.request.url)
            time.sleep(_POLL_S)
            self._check()
            response = self._send("GET", location)
        body = self._json(response)
        if isinstance(body, dict) and body.get("status") == "failed" and body.get("error"):
            raise InvalidInput(f"{body['error']['code']}: {body['error']['message']}", details=body["error"])
        if isinstance(body, dict) and "status_url" in body and body.get("result"):
            return body["result"]
        return body

    def _send(self, method: str, path: str, **kwargs: Any) -> httpx.Response:
        try:
            response = self._http.request(method, path, **kwargs)
        except httpx.TransportError as error:
            raise Unavailable(f"the API at {self._http.base_url} does not answer: {type(error).__name__}") from error
        if response.status_code >= httpx.codes.BAD_REQUEST:
            raise _error(response)
        return response

    def _json(self, response: httpx.Response) -> Any:
        return response.json() if response.content else None


def _error(response: httpx.Response) -> SgdError:
    try:
        error = response.json()["error"]
        message, details = f"{error['code']}: {error['message']}", dict(error.get("details") or {})
    except (ValueError, KeyError, TypeError):
        message, details = f"HTTP {response.status_code} from {response.request.url.path}", {}
    if (
        response.status_code < httpx.codes.INTERNAL_SERVER_ERROR
        and response.status_code != httpx.codes.TOO_MANY_REQUESTS
    ):
        return InvalidInput(message, details=details)
    return Unavailable(message, details=details)
