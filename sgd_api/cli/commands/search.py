"""`sgd search`: an org's evidence and canon by meaning."""

from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from sgd_api.cli.terminal import err, light_table, out, print_json, print_plain


def search(
    query: Annotated[str, typer.Argument(help="What to look for, in plain words.")],
    org: Annotated[str, typer.Option("--org", help="Organisation id.")],
    limit: Annotated[int, typer.Option("--limit", min=1, max=50)] = 5,
    collection: Annotated[
        str, typer.Option("--in", help="brand_assets, style_guides (documents the canon cites), design_examples.")
    ] = "brand_assets",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False,
) -> None:
    """Search an org's evidence; each hit says which file and page it came from."""
    from sgd_api.local.stack import local_stack
    from sgd_resources.settings import load_settings
    from sgd_resources.shown.first_step import first_step

    with local_stack(load_settings(), workers=0) as stack, stack.client(org) as client:
        answer = client.get("/search", {"q": query, "limit": limit, "collection": collection})
        is_empty = not answer["hits"] and not client.get("/evidence", {"limit": 1})["evidence"]
    if as_json:
        print_json(answer)
        return
    if is_empty:
        err.print(f"{org} has no evidence yet: {first_step(org)}", style="yellow", markup=False, soft_wrap=True)
    if not answer["hits"]:
        out.print(Text(f"nothing found for “{query}” in {org}"))
        return
    print_plain(hits_table(answer["hits"], f"“{query}” in {org}"))


def hits_table(hits: list[dict[str, object]], title: str) -> Table:
    """Search hits as a table: score, text, source."""
    table = light_table(title=title)
    table.add_column("score", justify="right")
    table.add_column("text", max_width=72)
    table.add_column("source", style="dim", overflow="fold")
    for hit in hits:
        source = hit.get("source")
        assert isinstance(source, dict)
        is_render = source.get("kind") == "design_example"
        place = [f"render {source['render_id']}/{source['index']}" if is_render else str(source.get("file_name", ""))]
        if source.get("page"):
            place.append(f"p.{source['page']}")
        if source.get("selector"):
            place.append(str(source["selector"]))
        text = " ".join(str(hit["text"]).split())
        score = hit["score"]
        table.add_row(f"{score:.2f}", text if len(text) <= 160 else text[:157] + "...", " · ".join(place))
    return table
