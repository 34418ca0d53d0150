"""`sgd cache stats|invalidate`: the cache of model answers."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from sgd_api.cli.terminal import light_table, out, print_json

if TYPE_CHECKING:
    from sgd_resources.llm.answers.cache import ResponseCache

T = TypeVar("T")
app = typer.Typer(help="Look at and empty the cache of model answers.", no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]


@app.command("stats")
def stats(as_json: Json = False) -> None:
    """Show how many answers each layer holds."""
    found = _with_cache(lambda cache: cache.stats())
    facts = {"redis_entries": found.redis_entries, "disk_entries": found.disk_entries}
    if as_json:
        print_json(facts)
        return
    table = light_table("layer", "answers")
    table.add_row("redis", str(found.redis_entries))
    table.add_row("disk", str(found.disk_entries))
    out.print(table)


@app.command("invalidate")
def invalidate(
    org: Annotated[str | None, typer.Option("--org", help="Only this organisation's answers.")] = None,
    task: Annotated[str | None, typer.Option("--task", help="Only this task's answers.")] = None,
    as_json: Json = False,
) -> None:
    """Drop cached answers; running processes follow within half a minute."""
    dropped = _with_cache(lambda cache: cache.invalidate(org_id=org, task=task))
    if as_json:
        print_json({"dropped": dropped})
        return
    out.print(f"dropped {dropped}")


def _with_cache(ask: "Callable[[ResponseCache], Awaitable[T]]") -> T:
    from sgd_resources.embedded.services import embedded_services
    from sgd_resources.llm.answers.cache import ResponseCache
    from sgd_resources.llm.answers.disk_cache import DiskCache
    from sgd_resources.redis.shared_state import SharedState
    from sgd_resources.settings import load_settings

    settings = load_settings()

    async def run(url: str) -> T:
        state = SharedState(url)
        disk = None if settings.redis_url else DiskCache(settings.var_dir / "llm-cache")
        try:
            return await ask(ResponseCache(state, disk=disk))
        finally:
            await state.close()

    with embedded_services(settings) as urls:
        return asyncio.run(run(urls.redis_url))
