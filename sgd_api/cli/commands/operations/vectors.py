"""`sgd vectors rebuild`: every org's search, made anew from its stored documents and canon."""

from contextlib import ExitStack, closing
from functools import cache
from typing import TYPE_CHECKING, Annotated

import typer

from sgd_api.cli.terminal import EXIT_FAILED, err, out, print_json

if TYPE_CHECKING:
    from sgd_resources.embedded.services import ServiceUrls
    from sgd_resources.settings import Settings

app = typer.Typer(help="The vectors that search looks through; they can always be made anew.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Keeps `rebuild` a command of its own while it is the only one."""


@app.command("rebuild")
def rebuild(
    org: Annotated[str | None, typer.Option("--org", help="Only this organisation. [none: all]")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False,
) -> None:
    """Embed what a vector store lacks and remove what it should not hold: after a loss, or with another model."""
    from sgd_resources.embedded.services import embedded_services
    from sgd_resources.settings import load_settings

    settings = load_settings()
    with embedded_services(settings) as urls:
        points = rebuild_vectors(settings, urls, org, is_told=not as_json)
    if as_json:
        print_json({"points": points})


def rebuild_vectors(settings: "Settings", urls: "ServiceUrls", org: str | None, *, is_told: bool) -> dict[str, int]:
    """Points by org, after each org's collection was brought to its documents and canon.

    An org that fails is named and the others go on; then the exit code is 1.
    """
    from sgd_assets.documents.shelf import DocumentShelf
    from sgd_assets.embeddings.rebuild import rebuild_org
    from sgd_resources.errors import NotFound, SgdError
    from sgd_resources.redis.cache import RedisCache
    from sgd_resources.sandbox.parser import ParserOfChildren, build_sandboxed_parser
    from sgd_resources.storage.select import build_object_store
    from sgd_resources.vectors.embedder import build_embedder
    from sgd_resources.vectors.select import build_vector_store

    store, embedder, vectors = build_object_store(settings), build_embedder(settings), build_vector_store(settings)
    kept, points, failed = RedisCache(urls.redis_url), dict[str, int](), 0
    with ExitStack() as stack:

        @cache  # started only when a stored document has to be read again
        def parser() -> ParserOfChildren:
            return stack.enter_context(closing(build_sandboxed_parser(settings)))

        shelf = DocumentShelf(store, parser)
        for org_id in [org] if org is not None else store.folders("org/"):
            try:
                made = rebuild_org(org_id, store=store, shelf=shelf, embedder=embedder, cache=kept, vectors=vectors)
            except NotFound:
                if org is not None:
                    raise
                continue  # an org without a canon has no search
            except SgdError as error:
                err.print(f"{org_id}: {error.message}", markup=False)
                failed += 1
                continue
            points[org_id] = made.points
            if is_told:
                out.print(f"{org_id}: {made.points} points, {made.embedded_now} of them new")
    if failed:
        raise typer.Exit(EXIT_FAILED)
    return points
