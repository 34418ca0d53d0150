"""`sgd canon confirm|correct|reject|withdraw`: people decide on facts of an org's canon."""

from collections.abc import Mapping
from typing import Annotated, Any

import typer
from rich.text import Text

from sgd_api.cli.terminal import out, print_json
from sgd_resources.errors import NotFound

Fact = Annotated[str, typer.Argument(help="Id of a fact, or its value as `sgd canon show` prints it.")]
Org = Annotated[str, typer.Option("--org", help="Organisation id.")]
Reason = Annotated[str, typer.Option("--reason", help="Why; stands as the source of the fact.")]
Json = Annotated[bool, typer.Option("--json", help="Print the canon that follows as JSON and nothing else.")]


def confirm(fact: Fact, org: Org, reason: Reason, as_json: Json = False) -> None:
    """Say that a fact is right: it stays whatever files say later."""
    _put(org, fact, {"verb": "confirm", "reason": reason}, as_json=as_json)


def correct(
    fact: Fact,
    org: Org,
    reason: Reason,
    value: Annotated[str | None, typer.Option("--value", help="What is right.")] = None,
    kind: Annotated[str | None, typer.Option("--kind", help="Its side, e.g. logo_dont for a logo_do.")] = None,
    role: Annotated[str | None, typer.Option("--role", help="A colour's part or a font's use.")] = None,
    as_json: Json = False,
) -> None:
    """Say what is right in the place of a fact."""
    given = {"value": value, "kind": kind, "role": role}
    body = {"verb": "correct", "reason": reason, **{name: one for name, one in given.items() if one is not None}}
    _put(org, fact, body, as_json=as_json)


def reject(fact: Fact, org: Org, reason: Reason, as_json: Json = False) -> None:
    """Say that a fact is wrong: it goes, and does not come back."""
    _put(org, fact, {"verb": "reject", "reason": reason}, as_json=as_json)


def withdraw(fact: Fact, org: Org, as_json: Json = False) -> None:
    """Take back what was said of a fact: the files decide again."""
    _change(org, fact, None, as_json=as_json)


def _put(org: str, fact: str, body: Mapping[str, Any], *, as_json: bool) -> None:
    _change(org, fact, body, as_json=as_json)


def _change(org: str, fact: str, body: Mapping[str, Any] | None, *, as_json: bool) -> None:
    from sgd_api.local.stack import local_stack
    from sgd_resources.settings import load_settings

    with local_stack(load_settings(), workers=1) as stack, stack.client(org, decides=True) as client:
        fact_id = _id_of(client.get("/canon"), fact)
        path = f"/canon/facts/{fact_id}"
        canon = client.put(path, body) if body is not None else client.delete(path)
        canon = client.get("/canon") if "palette_hex" not in canon else canon
    if as_json:
        print_json(canon)
        return
    said = Text.assemble(
        ("canon ", "dim"), canon["version"][:12], f" {canon['status']}: {', '.join(canon['palette_hex'])}"
    )
    out.print(said, soft_wrap=True)


def _id_of(canon: Mapping[str, Any], wanted: str) -> str:
    """The id of the one fact that is called so. Raises NotFound when none or several are."""
    spoken = [(one["fact_id"], one["value"]) for one in canon.get("statements", ())]
    facts = [(fact["id"], fact["value"]) for fact in canon["facts"]]
    found: set[str] = {
        fact_id for fact_id, value in facts if wanted == fact_id or wanted.casefold() == value.casefold()
    }
    found = found or {fact_id for fact_id, value in spoken if wanted in (fact_id, value)}
    if len(found) != 1:
        few = "no fact is" if not found else "several facts are"
        raise NotFound(f"{few} called {wanted}; give the id of one")
    return found.pop()
