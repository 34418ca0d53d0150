"""A Postgres URL that leads through a pooler in transaction mode, and the way past it.

`postgresql://sgd_app@pooler:6432/sgd?direct=postgres:5432` says both: transactions go through the pooler; what needs a
session of its own (LISTEN, locks held for as long as a process lives) goes straight to the address in `direct`: a
`host:port`, or the folder of a unix socket. Without `direct` an address is Postgres itself.

What must not live here: engines (`engine.py`), listening (`notices.py`).
"""

from dataclasses import dataclass

from sqlalchemy.engine import URL, make_url

from sgd_resources.errors import InvalidInput

_DIRECT = "direct"


@dataclass(frozen=True)
class Addresses:
    """Where transactions and sessions go. Both are the URL as it was given where there is no pooler."""

    transactions: str
    sessions: str
    is_pooled: bool


def addresses(url: str) -> Addresses:
    """Both ways of a SQLAlchemy or libpq URL.

    Raises:
        InvalidInput: `direct` is no address.
    """
    if f"{_DIRECT}=" not in url:
        return Addresses(url, url, is_pooled=False)
    parsed = make_url(url)
    direct = parsed.query.get(_DIRECT)
    if not isinstance(direct, str) or not direct:
        raise InvalidInput("`direct` of a database URL names one address, such as postgres:5432")
    pooled = parsed.difference_update_query([_DIRECT])
    if direct.startswith("/"):
        straight = URL.create(
            pooled.drivername, pooled.username, pooled.password, database=pooled.database,
            query={**pooled.query, "host": direct},
        )  # fmt: skip
    else:
        host, _, port = direct.rpartition(":")
        if not host or not port.isdecimal():
            raise InvalidInput("`direct` of a database URL is host:port, or the folder of a socket")
        straight = pooled.set(host=host.strip("[]"), port=int(port))
    return Addresses(
        pooled.render_as_string(hide_password=False), straight.render_as_string(hide_password=False), is_pooled=True
    )
