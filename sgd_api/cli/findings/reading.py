"""Who reads documents here: our own parsers, then each other engine of the chain, usable or why not.

Asks nobody: whether Google's answers is seen at the first document. What must not live here: what an engine needs
(`sgd_resources/parsers/engines/usable.py`).
"""

from sgd_api.cli.findings.finding import Finding
from sgd_resources.errors import ValidationFailed
from sgd_resources.settings import Settings

_POLICY = "policies/parser_policy.json"


def local(settings: Settings) -> Finding:
    """Our own parsers, and in which order others are asked after them."""
    from sgd_resources.parsers.select import LocalParser

    state = f"local {LocalParser().version}"
    try:
        others = _asked_when(settings)
    except ValidationFailed as error:
        return Finding("fail", "parser", error.message, f"edit {_POLICY}")
    order = [state, *(f"{name} {when}" for name, when in others.items())]
    return Finding("ok", "parser", f"SGD_PARSER={settings.sgd_parser}: {', then '.join(order)}")


def unstructured(settings: Settings) -> Finding:
    """The library, its language model and what it imports for the types that it reads."""
    from sgd_resources.parsers.engines.usable import unstructured_fault

    return _engine(settings, "unstructured", unstructured_fault())


def documentai(settings: Settings) -> Finding:
    """Google's client, the processor's settings and the credentials, which are loaded and not tried."""
    from sgd_resources.parsers.engines.usable import documentai_fault

    return _engine(settings, "documentai", documentai_fault(settings))


def _engine(settings: Settings, name: str, fault: tuple[str, str] | None) -> Finding:
    try:
        is_asked = name in _asked_when(settings)
    except ValidationFailed:
        is_asked = False  # told beside the local parser
    if fault is None:
        return Finding("ok", name, "usable" if is_asked else f"usable, not asked: SGD_PARSER={settings.sgd_parser}")
    why, mend = fault
    if is_asked:
        way_out = (
            f", or take it out of {_POLICY}" if settings.sgd_parser == "chain" else ", or choose another SGD_PARSER"
        )
        return Finding("fail", name, f"not usable: {why}", mend + way_out)
    return Finding(
        "info", name, f"not usable: {why}; not asked: SGD_PARSER={settings.sgd_parser}", f"to use it: {mend}"
    )


def _asked_when(settings: Settings) -> dict[str, str]:
    """The engines beside the local parser, in their order, each with when it is asked."""
    if settings.sgd_parser == "chain":
        from sgd_resources.contracts import load_policy

        steps = load_policy("parser_policy")["chain"]
        return {step["engine"]: f"({', '.join(step['asked_when'])})" for step in steps}
    return {} if settings.sgd_parser == "pdfium" else {settings.sgd_parser: "(always)"}
