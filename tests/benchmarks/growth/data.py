"""Constructs of palettes kept as data and in source files."""

from tests.benchmarks.growth.construct import GIMP, JSON, PYTHON, SCRIPT, TOML, YAML, Construct
from tests.benchmarks.growth.repeated import each, hexes


def _token(name: str, value: str) -> str:
    return f'"{name}":{{"$type":"color","$value":"{value}"}}'


def _tokens(*tokens: str) -> str:
    return "{" + ",".join(tokens) + "}"


def _laughs(n: int, each_time: int) -> str:
    first = _token("c0", "#123456")
    return _tokens(first, *(_token(f"c{i + 1}", f"{{c{i}}}" * each_time) for i in range(n)))


TOKENS = (
    Construct("tokens", JSON, lambda n: _tokens(*(_token(f"c{i}", f"#{i % 0xFFFFFF:06x}") for i in range(n)))),
    Construct("bare tokens", JSON, lambda n: "{" + hexes(n, '"c@":"~",') + '"z":"#fff"}'),
    Construct("objects inside each other", JSON, lambda n: '{"a":' * n + '"#123456"' + "}" * n, first=100),
    Construct("lists inside each other", JSON, lambda n: "[" * n + '"#123456"' + "]" * n, first=100),
    Construct(
        "deep names",
        JSON,
        lambda n: "{" + ",".join(f'"k{i}":' + '{"a":' * 30 + '"#123456"' + "}" * 30 for i in range(n)) + "}",
    ),
    Construct(
        "references", JSON, lambda n: _tokens(_token("a", "#123456"), *(_token(f"c{i}", "{a}") for i in range(n)))
    ),
    Construct("references in a chain", JSON, lambda n: _laughs(n, 1)),
    Construct("references that double", JSON, lambda n: _laughs(n, 2), first=8),
    Construct("references that multiply", JSON, lambda n: _laughs(n, 10), first=8),
    Construct("references of one value", JSON, lambda n: _tokens(_token("a", "#123456"), _token("b", "{a} " * n))),
    Construct(
        "references to themselves",
        JSON,
        lambda n: _tokens(*(_token(f"c{i}", f"{{c{i}}} {{c{i}}}") for i in range(n))),
        first=8,
    ),
    Construct("unknown references", JSON, lambda n: _tokens(*(_token(f"c{i}", f"{{x{i}}}") for i in range(n)))),
    Construct("open references", JSON, lambda n: _tokens(_token("a", "{" * n))),
    Construct("items of a list", JSON, lambda n: '{"palette":[' + hexes(n, '"~",') + '"#fff"]}'),
    Construct(
        "families of a stack",
        JSON,
        lambda n: '{"font":{"$type":"fontFamily","$value":[' + each(n, '"Font@",') + '"x"]}}',
    ),
    Construct("texts", JSON, lambda n: "{" + each(n, '"t@":"We speak plainly and warmly",') + '"z":""}'),
    Construct("one long text", JSON, lambda n: '{"t":"' + "We speak plainly. " * n + '"}'),
    Construct("keys", YAML, lambda n: "colors:\n" + hexes(n, "  c@: '~'\n")),
    Construct("items", YAML, lambda n: "colors:\n" + hexes(n, "- name: Sea @\n  hex: '~'\n")),
    Construct("lists inside each other", YAML, lambda n: "a: " + "[" * n + "]" * n, first=100),
    Construct("aliases", YAML, lambda n: "a: &a '#123456'\n" + each(n, "b@: *a\n")),
    Construct("same keys", YAML, lambda n: "colors:\n" + each(n, "  a@:\n    hex: '#123456'\n")),
    Construct("comments", YAML, lambda n: hexes(n, "# Sea @ ~\n")),
    Construct("quotes", YAML, lambda n: "a: " + '"' * n),
    Construct("keys", TOML, lambda n: "[colors]\n" + hexes(n, "c@ = '~'\n")),
    Construct("tables", TOML, lambda n: hexes(n, "[colors.c@]\nhex = '~'\n")),
    Construct("dotted keys", TOML, lambda n: "a." * n + "b = '#123456'\n", first=50),
    Construct("lines", GIMP, lambda n: "GIMP Palette\nName: Sea\n" + each(n, "1 2 3 Sea @\n")),
)
CODE = (
    Construct("assignments", PYTHON, lambda n: hexes(n, "COLOR_@ = '~'\n")),
    Construct("entries", PYTHON, lambda n: "COLORS = {" + hexes(n, "'c@': '~',\n") + "}"),
    Construct("entries of a line", PYTHON, lambda n: "COLORS = {" + hexes(n, "'c@': '~', ") + "}"),
    Construct("brackets", PYTHON, lambda n: "colors = " + "[" * n + "'#123456'" + "]" * n),
    Construct("comments", PYTHON, lambda n: hexes(n, "# Sea @\nCOLOR_@ = '~'\n")),
    Construct("comments of a line", SCRIPT, lambda n: "const colors = [" + hexes(n, "'~' /* Sea @ */, ") + "]"),
    Construct("quotes", PYTHON, lambda n: "'" * n),
    Construct("three quotes", PYTHON, lambda n: '"""a\n' * n),
    Construct("odd quotes", PYTHON, lambda n: "\"'" * n),
    Construct("quotes of lines", PYTHON, lambda n: '"x\n' * n),
    Construct("backslashes", PYTHON, lambda n: '"' + "\\" * n),
    Construct("ticks", SCRIPT, lambda n: "`" * n + "`a"),
    Construct("ticks of lines", SCRIPT, lambda n: "`a\n" * n),
    Construct("openings of comments", SCRIPT, lambda n: "/*" * n),
    Construct("numbers", PYTHON, lambda n: "colors = [" + "1, " * n + "]"),
    Construct("triples", PYTHON, lambda n: "colors = [" + "(1, 2, 3), " * n + "]"),
    Construct("words", PYTHON, lambda n: "a " * n),
    Construct("dotted words", PYTHON, lambda n: "a." * n + "b = '#123456'"),
    Construct("dictionaries inside each other", SCRIPT, lambda n: "colors = " + "{a: " * n + "'#123456'" + "}" * n),
    Construct("one long string", PYTHON, lambda n: "COLOR = '" + "a" * n + "'"),
    Construct("digits of a string", PYTHON, lambda n: "COLOR = '#" + "1" * n + "'"),
)
CONSTRUCTS = (*TOKENS, *CODE)
