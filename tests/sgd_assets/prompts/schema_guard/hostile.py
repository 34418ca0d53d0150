"""Schemas that nobody honest sends: each is refused by name, or judged within its steps.

`REFUSED` has the word that the refusal says, `TAKEN` a value that would cost most.
"""

from collections.abc import Callable
from typing import Any


def nested(depth: int, keyword: str = "properties") -> Any:
    """Schemas one in the other."""
    found: Any = {"type": "string"}
    for _ in range(depth):
        found = {keyword: {"properties": {"a": found}, "allOf": [found]}.get(keyword, found)}
    return found


def inside(times: int, wrap: Callable[[Any], Any]) -> Any:
    """A value in a value in a value."""
    found: Any = {}
    for _ in range(times):
        found = wrap(found)
    return found


def doubled(steps: int, keyword: str = "allOf") -> Any:
    """Each step applies the next one twice: 2^steps checks of one value."""
    defs: dict[str, Any] = {
        f"s{n}": {keyword: [{"$ref": f"#/$defs/s{n + 1}"}, {"$ref": f"#/$defs/s{n + 1}"}]} for n in range(steps)
    }
    return {"$ref": "#/$defs/s0", "$defs": {**defs, f"s{steps}": {"type": "string"}}}


def chained(steps: int) -> Any:
    """Each step refers to the next."""
    defs: dict[str, Any] = {f"s{n}": {"$ref": f"#/$defs/s{n + 1}"} for n in range(steps)}
    return {"$ref": "#/$defs/s0", "$defs": {**defs, f"s{steps}": {}}}


REFUSED: list[tuple[str, Any, str]] = [
    ("eleven properties deep", nested(11), "deeper than 10"),
    ("sixty items deep", nested(60, "items"), "deeper than 10"),
    ("sixty allOf deep", nested(60, "allOf"), "deeper than 10"),
    ("sixty not deep", nested(60, "not"), "deeper than 10"),
    ("deep in a definition", {"$defs": {"a": nested(12)}}, "deeper than 10"),
    ("over 50 KB", {"description": "x" * 51_200}, "bytes are more"),
    ("over 50 KB of names", {"properties": {f"name-{n}": {"type": "string"} for n in range(3_000)}}, "bytes are more"),
    ("over 50 KB of enum", {"enum": [f"value {n}" for n in range(6_000)]}, "bytes are more"),
    ("remote reference", {"$ref": "https://example.com/schema.json"}, "never fetched"),
    ("remote reference with a fragment", {"$ref": "http://127.0.0.1:6379/#/a"}, "never fetched"),
    ("file reference", {"$ref": "file:///etc/passwd"}, "never fetched"),
    ("relative reference", {"$ref": "other.json#/a"}, "never fetched"),
    ("reference to the metaschema", {"$ref": "https://json-schema.org/draft/2020-12/schema"}, "never fetched"),
    ("remote dynamic reference", {"$dynamicRef": "https://example.com/x#node"}, "never fetched"),
    ("reference to nowhere", {"$ref": "#/$defs/none"}, "not in the schema"),
    ("reference to an unknown name", {"$ref": "#none"}, "not in the schema"),
    ("reference that is a number", {"$ref": 5}, "a text"),
    ("reference to itself", {"$ref": "#"}, "refers to itself"),
    ("two references in a circle", {"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}}, "refers to itself"),
    ("a circle through allOf", {"allOf": [{"$ref": "#"}]}, "refers to itself"),
    ("a circle through anyOf and not", {"anyOf": [{"not": {"$ref": "#"}}]}, "refers to itself"),
    ("a circle through if", {"if": {"$ref": "#"}, "then": True}, "refers to itself"),
    ("a circle through dependentSchemas", {"dependentSchemas": {"a": {"$ref": "#"}}}, "refers to itself"),
    ("a circle in draft 7", {"$schema": "http://json-schema.org/draft-07/schema#", "definitions": {"a": {"$ref": "#/definitions/a"}}, "$ref": "#/definitions/a"}, "refers to itself"),
    ("fifteen doublings", doubled(15), "multiply"),
    ("fifteen doublings of anyOf", doubled(15, "anyOf"), "multiply"),
    ("fifteen doublings of oneOf", doubled(15, "oneOf"), "multiply"),
    ("a chain of a thousand", chained(1_000), "one behind the other"),
    ("a chain read from its end", {"$defs": dict(reversed(chained(200)["$defs"].items())), "$ref": "#/$defs/s0"}, "one behind the other"),
    ("repeats of repeats", {"pattern": "((a{1,100}){1,100}){1,100}"}, "states"),
    ("a repeat of a million", {"pattern": "a{1000000}"}, "a repeat of more"),
    ("a repeat of all digits", {"pattern": "a{99999999999999999999}"}, "a repeat of more"),
    ("look-ahead", {"pattern": "^(?=.*a)(?!.*b).*$"}, "look-ahead"),
    ("look-behind", {"pattern": "(?<=a)b"}, "look-ahead and look-behind"),
    ("back-reference", {"pattern": "(a+)\\1+$"}, "back-references"),
    ("named back-reference", {"pattern": "(?<x>a+)\\k<x>"}, "back-references"),
    ("a pattern of 2,000 characters", {"pattern": "a" * 2_000}, "longer than"),
    ("brackets that never close", {"pattern": "(" * 500}, "nested deeper"),
    ("an open class", {"pattern": "[a-z"}, "not closed"),
    ("no regular expression", {"pattern": "*a"}, "nothing to repeat"),
    ("a pattern that is an object", {"pattern": {"a": 1}}, "a text"),
    ("a hostile pattern in a name", {"patternProperties": {"(a|a)*(?=b)": {}}}, "look-ahead"),
    ("a thousand patterns", {"anyOf": [{"pattern": f"^a{n}.*b$"} for n in range(1_000)]}, "patterns"),
    ("patterns that are large together", {"anyOf": [{"pattern": f"{n}[a-z]{{900}}"} for n in range(50)]}, "patterns"),
    ("unicode classes repeated", {"pattern": "\\p{L}{1000}"}, "states"),
    ("an unknown dialect", {"$schema": "https://example.com/my-dialect"}, "2020-12"),
    ("draft 4", {"$schema": "http://json-schema.org/draft-04/schema#"}, "2020-12"),
    ("a dialect that is a list", {"$schema": []}, "2020-12"),
    ("a vocabulary", {"$vocabulary": {"x": True}}, "dialect"),
    ("an address inside", {"$defs": {"a": {"$id": "https://example.com/a", "$ref": "#/x"}}}, "no address"),
    ("one name twice", {"$defs": {"a": {"$anchor": "x"}, "b": {"$anchor": "x"}}}, "twice"),
    ("a type of numbers", {"type": [1, 2]}, "takes"),
    ("a negative length", {"maxLength": -1}, "whole number"),
    ("a length of half", {"minItems": 1.5}, "whole number"),
    ("a multiple of zero", {"multipleOf": 0}, "above 0"),
    ("required that is a text", {"required": "a"}, "list of names"),
    ("required twice", {"required": ["a", "a"]}, "each name once"),
    ("properties that are a list", {"properties": []}, "an object of schemas"),
    ("allOf of nothing", {"allOf": []}, "one or more"),
    ("a property that is a number", {"properties": {"a": 1}}, "true or false"),
    ("tuple items without a dialect", {"items": [{}]}, "prefixItems"),
    ("a list", [], "JSON object"),
    ("a text", "{}", "JSON object"),
    ("a number beyond 64 bits", {"const": 2**70}, "64 bits"),
    ("values nested 500 deep", {"const": inside(500, lambda inner: [inner])}, "nested too deeply"),
]  # fmt: skip

TAKEN: list[tuple[str, Any, Any]] = [
    ("the classic catastrophe", {"pattern": "^(a+)+$"}, "a" * 5_000 + "b"),
    ("alternatives that overlap", {"pattern": "^(a|aa|a?)*$"}, "a" * 5_000 + "b"),
    ("nested stars", {"pattern": "^((a*)*)*$"}, "a" * 5_000 + "b"),
    ("an email pattern of old", {"pattern": "^([a-zA-Z0-9])(([\\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+[.]{1}[a-z]{2,3}$"}, "a" * 5_000),
    ("as large as a pattern may be", {"pattern": "^([a-z]{1,60}[0-9]?){60}$"}, "a" * 20_000),
    ("as many patterns as may be on many names", {"patternProperties": {f"^a{{{n}}}.*b$": {} for n in range(1, 150)}}, {f"name{n}": 1 for n in range(2_000)}),
    ("ten doublings on a long list", {"items": doubled(10) | {"$defs": {}}, **doubled(10)}, [1] * 2_000),
    ("doublings that go deeper", {"$defs": {"n": {"allOf": [{"properties": {"a": {"$ref": "#/$defs/n"}}}, {"properties": {"a": {"$ref": "#/$defs/n"}}}]}}, "$ref": "#/$defs/n"}, inside(60, lambda inner: {"a": inner})),
    ("a recursion on a deep value", {"properties": {"a": {"$ref": "#"}}}, inside(900, lambda inner: {"a": inner})),
    ("unique items of many lists", {"uniqueItems": True}, [[n, [n]] for n in range(20_000)]),
    ("a big enum on many items", {"items": {"enum": [[n] for n in range(5_000)]}}, [[7]] * 5_000),
    ("unevaluated on many names", {"anyOf": [{"properties": {f"p{n}": True for n in range(300)}}] * 3, "unevaluatedProperties": False}, {f"p{n}": n for n in range(3_000)}),
    ("fifty kilobytes of schemas", {"anyOf": [{"required": [f"r{n}"]} for n in range(2_000)]}, {}),
    ("contains on many items", {"contains": {"anyOf": [{"const": n} for n in range(500)]}}, [-1] * 2_000),
    ("property names by a pattern", {"propertyNames": {"pattern": "^(x+x+)+y$"}}, {"x" * 200 + str(n): 1 for n in range(500)}),
]  # fmt: skip
"""(name, a schema that is taken, a value that costs)."""
