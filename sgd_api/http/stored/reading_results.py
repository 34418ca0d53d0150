"""What the parsers said of an org's evidence, for those who ask for uploads or for the canon.

Read from the org's latest documents manifest. What must not live here: parsing, routes.
"""

from collections.abc import Mapping

from sgd_api.http.bodies.listings import ParseResult
from sgd_assets.documents.manifest import DocumentFailure, DocumentsManifest
from sgd_assets.documents.settled.model import Undrawn
from sgd_resources.ports import ObjectStore
from sgd_resources.storage.derived import read_derived
from sgd_resources.storage.keys import manifest_key

_ASSET = "parsed_documents"


def latest_documents(store: ObjectStore, org_id: str) -> DocumentsManifest:
    """What was parsed last; empty before the first run, and while its damaged record waits for the next one.

    Raises:
        Unavailable: the store is down. Retry.
    """
    key = manifest_key(org_id, _ASSET)
    found = read_derived(store, key, DocumentsManifest.model_validate_json, what="the documents manifest")
    return found if found is not None else DocumentsManifest(org_id=org_id)


def parse_results(manifest: DocumentsManifest) -> Mapping[str, ParseResult]:
    """By evidence_sha256: whether a file was read, what was left out of it, or why it was refused."""
    read = {
        entry.evidence_sha256: ParseResult(state="read", notes=entry.warnings) for entry in manifest.documents
    }  # fmt: skip
    refused = {
        failure.evidence_sha256: ParseResult(
            state="refused", reason=failure.reason, notes=(failure.message,) if failure.message else ()
        )
        for failure in manifest.failures
    }
    unused = {one.evidence_sha256: note for one, note in _unused(manifest)}
    return {sha256: _with_note(result, unused.get(sha256)) for sha256, result in {**read, **refused}.items()}


def reading_notes(manifest: DocumentsManifest) -> tuple[str, ...]:
    """One line per file of which the canon knows nothing, or not all, ordered by file name."""
    refused = [(failure.file_name, f"not read: {_why(failure)}") for failure in manifest.failures]
    partly = [(entry.file_name, note) for entry in manifest.documents for note in entry.warnings]
    unused = [(one.file_name, note) for one, note in _unused(manifest)]
    return tuple(f"{file_name}: {note}" for file_name, note in sorted([*refused, *partly, *unused]))


def _unused(manifest: DocumentsManifest) -> list[tuple[Undrawn, str]]:
    """What no render will use, and what is said of it."""
    undrawn = [(one, f"no render uses it: {one.reason}") for one in manifest.undrawn]
    return [*undrawn, *((one, one.reason) for one in manifest.partly_shown)]


def _with_note(result: ParseResult, note: str | None) -> ParseResult:
    return result if note is None else result.model_copy(update={"notes": (*result.notes, note)})


def _why(failure: DocumentFailure) -> str:
    return f"{failure.reason} ({failure.message})" if failure.message else failure.reason
