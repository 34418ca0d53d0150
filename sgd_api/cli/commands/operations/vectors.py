"""`sgd vectors rebuild`: every org's search, made anew from its stored documents, canon and pictures."""

from contextlib import ExitStack, closing
from functools import cache
from typing import TYPE_CHECKING, Annotated

import typer

from sgd_api.cli.terminal import EXIT_FAILED, err, out, print_json

if TYPE_CHECKING:
    from sgd_api.http.services import Services
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


def rebuild_vectors(
    settings: "Settings", urls: "ServiceUrls", org: str | None, *, is_told: bool
) -> dict[str, dict[str, int]]:
    """As `rebuild_collections`, of the installation that the settings describe."""
    from sgd_api.http.services import build_services

    with closing(build_services(settings, urls)) as services:
        return rebuild_collections(services, org, is_told=is_told)


def rebuild_collections(services: "Services", org: str | None, *, is_told: bool) -> dict[str, dict[str, int]]:
    """Points by org and collection, after each was brought to the org's documents, canon and pictures.

    An org that fails is named and the others go on; then the exit code is 1.
    """
    from sgd_api.http.stored.collections import bring_up_to_date, vectors_of
    from sgd_assets.documents.shelf import DocumentShelf
    from sgd_assets.embeddings.rebuild import rebuild_org
    from sgd_resources.errors import NotFound, SgdError
    from sgd_resources.sandbox.parser import ParserOfChildren, build_sandboxed_parser
    from sgd_resources.vectors.select import OTHER_COLLECTIONS

    store, points, failed = services.store, dict[str, dict[str, int]](), 0
    with ExitStack() as stack:

        @cache  # started only when a stored document has to be read again
        def parser() -> ParserOfChildren:
            return stack.enter_context(closing(build_sandboxed_parser(services.settings)))

        shelf = DocumentShelf(store, parser)
        for org_id in [org] if org is not None else store.folders("org/"):
            try:
                made = rebuild_org(
                    org_id,
                    store=store,
                    shelf=shelf,
                    embedder=services.embedder.client(),
                    cache=services.vector_cache,
                    vectors=services.vectors.client(),
                )
                new = {kind: bring_up_to_date(services, org_id, kind) for kind in OTHER_COLLECTIONS}
                held = {kind: vectors_of(services, kind).count(org_id) for kind in OTHER_COLLECTIONS}
            except NotFound:
                if org is not None:
                    raise
                continue  # an org without a canon has no search
            except SgdError as error:
                err.print(f"{org_id}: {error.message}", markup=False)
                failed += 1
                continue
            points[org_id] = {"brand_assets": made.points} | {str(kind): count for kind, count in held.items()}
            if is_told:
                counts = {"brand_assets": (made.points, made.embedded_now)}
                counts |= {kind: (held[kind], new[kind]) for kind in OTHER_COLLECTIONS}
                told = "; ".join(
                    f"{kind} {count} points, {added} of them new" for kind, (count, added) in counts.items()
                )
                out.print(f"{org_id}: {told}", markup=False, soft_wrap=True)
    if failed:
        raise typer.Exit(EXIT_FAILED)
    return points
