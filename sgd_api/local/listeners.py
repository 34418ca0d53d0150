"""Sockets that are bound before a process is started for them, and the URLs that lead there.

A port that is only looked at, let go and bound later belongs to whoever is quicker: two stacks that started together
spoke to each other's API. What must not live here: what is served.
"""

import socket

from sgd_resources.errors import Unavailable

_PORTS_TRIED = 200
_BACKLOG = 2048
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - compared, not bound


def listen(host: str, wanted: int) -> socket.socket:
    """A listening socket on port `wanted`, or on the next free one above it. Clients wait until it is served.

    Raises:
        Unavailable: the host is none of this machine's, or none of the next 200 ports is free.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    last: OSError | None = None
    for port in range(wanted, min(wanted + _PORTS_TRIED, 65536)):
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
            # With SO_REUSEADDR a second bind succeeds until one of the two listens.
            listener.listen(_BACKLOG)
        except OSError as error:
            listener.close()
            last = error
            continue
        return listener
    raise Unavailable(f"nothing can listen on {host} from port {wanted} on: {last}")


def is_free(host: str, port: int) -> bool:
    """Whether something could listen there now."""
    try:
        with listen(host, port) as listener:
            return port_of(listener) == port
    except Unavailable:
        return False


def port_of(listener: socket.socket) -> int:
    """The port a listener got."""
    port: int = listener.getsockname()[1]
    return port


def local_url(host: str, port: int) -> str:
    """The URL under which this machine reaches a listener; one on every address is reached by the loopback one."""
    name = _EVERYWHERE.get(host, host)
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"
