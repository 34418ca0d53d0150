"""Schemas as callers write them, each with values that keep it and values that break it.

Decided by hand from the text of the standards, before the validator was run.
"""

from typing import Any

D7 = "http://json-schema.org/draft-07/schema#"
D12 = "https://json-schema.org/draft/2020-12/schema"
TREE = {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}, "kids": {"type": "array", "items": {"$ref": "#"}}}}  # fmt: skip
EVENT = {
    "oneOf": [
        {"type": "object", "required": ["kind", "at"], "properties": {"kind": {"const": "meeting"}, "at": {"type": "string", "format": "date-time"}}},
        {"type": "object", "required": ["kind", "due"], "properties": {"kind": {"const": "task"}, "due": {"type": "string", "format": "date"}}},
    ]
}  # fmt: skip


def wrapped(schema: Any, times: int) -> Any:
    """The schema of `a` of `a` of ... `a`."""
    return wrapped({"properties": {"a": schema}}, times - 1) if times else schema


def within(value: Any, times: int) -> Any:
    """The value as `a` of `a` of ... `a`."""
    return within({"a": value}, times - 1) if times else value


TORTURE: list[tuple[str, Any, list[Any], list[Any]]] = [
    ("empty", {}, [1, None, "x", [], {}], []),
    ("flat object", {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]}, [{"a": ""}], [{}, {"a": 1}, []]),
    ("closed object", {"properties": {"a": True}, "additionalProperties": False}, [{}, {"a": None}, 7], [{"b": 1}]),
    ("false property", {"properties": {"a": False}}, [{}, {"b": 1}], [{"a": 1}]),
    ("several types", {"type": ["string", "null"]}, ["x", None], [1, [], True]),
    ("integer of a float", {"type": "integer"}, [1, 1.0, -3], [1.5, "1", True]),
    ("number is no boolean", {"type": "number"}, [0, 1.5], [True, False, "1"]),
    ("enum of kinds", {"enum": [1, "1", None, [1], {"a": 1}]}, [1, 1.0, "1", None, [1], {"a": 1.0}], [True, 2, [2], {"a": 2}]),
    ("enum tells 1 from true", {"enum": [1, 0]}, [1, 0.0], [True, False]),
    ("const object", {"const": {"a": [1, {"b": None}]}}, [{"a": [1, {"b": None}]}], [{"a": [1, {}]}, {}]),
    ("const false", {"const": False}, [False], [0, None, ""]),
    ("big enum", {"enum": [f"code-{n}" for n in range(3_000)]}, ["code-0", "code-2999"], ["code-3000", ""]),
    ("unicode names", {"required": ["größe", "色"], "properties": {"größe": {"type": "integer"}, "色": {"enum": ["赤", "青"]}}}, [{"größe": 3, "色": "赤"}], [{"größe": 3}, {"größe": 3, "色": "緑"}]),
    ("emoji names", {"properties": {"🎉": {"maxLength": 1}}}, [{"🎉": "🎊"}], [{"🎉": "🎊🎊"}]),
    ("length in characters", {"minLength": 2, "maxLength": 2}, ["ab", "日本", "🎉🎉", 3], ["a", "abc"]),
    ("names like keywords", {"properties": {"$ref": {"type": "string"}, "type": {"type": "integer"}}, "required": ["$ref"]}, [{"$ref": "x", "type": 1}], [{}, {"$ref": 1}, {"$ref": "x", "type": "y"}]),
    ("names with slashes", {"$defs": {"a/b~c%d": {"type": "integer"}}, "$ref": "#/$defs/a~1b~0c%25d"}, [1], ["x"]),
    ("empty name", {"properties": {"": {"type": "integer"}}, "required": [""]}, [{"": 1}], [{}, {"": "x"}]),
    ("multiple of a decimal", {"multipleOf": 0.1}, [0.3, 1, 0, 1.1, "x"], [0.35, 0.05]),
    ("multiple of cents", {"multipleOf": 0.01}, [19.99, 4.35, 1e3], [0.001]),
    ("huge multiples", {"multipleOf": 3}, [9007199254740993], [9007199254740992]),
    ("closed range", {"minimum": 0, "maximum": 1}, [0, 1, 0.5, "x"], [-0.1, 1.01]),
    ("open range", {"exclusiveMinimum": 0, "exclusiveMaximum": 1}, [0.5], [0, 1]),
    ("array of objects", {"type": "array", "minItems": 1, "maxItems": 2, "items": TREE | {"properties": {"name": {"type": "string"}}}}, [[{"name": "a"}]], [[], [{}], [{"name": "a"}] * 3]),
    ("unique items", {"uniqueItems": True}, [[1, 2], [1, True], [[1], [2]], [{}, []], "aa"], [[1, 1.0], [[1], [1.0]], [{"a": 1, "b": 2}, {"b": 2, "a": 1}]]),
    ("contains", {"contains": {"const": 5}}, [[5], [1, 5]], [[], [1]]),
    ("contains some", {"contains": {"type": "integer"}, "minContains": 2, "maxContains": 3}, [[1, 2], [1, "x", 2, 3]], [[1], [1, 2, 3, 4]]),
    ("contains none", {"contains": {"const": 1}, "minContains": 0}, [[], [2], [1]], []),
    ("prefix items", {"prefixItems": [{"type": "string"}, {"type": "integer"}], "items": False}, [["a", 1], ["a"], []], [["a", 1, 2], [1]]),
    ("prefix items and rest", {"prefixItems": [{"type": "string"}], "items": {"type": "integer"}}, [["a", 1, 2]], [["a", "b"]]),
    ("draft 7 tuple", {"$schema": D7, "items": [{"type": "string"}, {"type": "integer"}], "additionalItems": False}, [["a", 1], ["a"]], [["a", 1, 2], [1]]),
    ("draft 7 open tuple", {"$schema": D7, "items": [{"type": "string"}]}, [["a", 1, None]], [[1]]),
    ("draft 7 ref hides its siblings", {"$schema": D7, "definitions": {"s": {"type": "string"}}, "properties": {"a": {"$ref": "#/definitions/s", "maxLength": 1}}}, [{"a": "long"}], [{"a": 1}]),
    ("2020-12 ref has siblings", {"$schema": D12, "$defs": {"s": {"type": "string"}}, "properties": {"a": {"$ref": "#/$defs/s", "maxLength": 1}}}, [{"a": "l"}], [{"a": "long"}, {"a": 1}]),
    ("draft 7 dependencies", {"$schema": D7, "dependencies": {"card": ["name"], "gift": {"required": ["to"]}}}, [{}, {"card": 1, "name": 2}, {"gift": 1, "to": 2}], [{"card": 1}, {"gift": 1}]),
    ("draft 7 named schema", {"$schema": D7, "definitions": {"x": {"$id": "#pos", "minimum": 1}}, "properties": {"n": {"$ref": "#pos"}}}, [{"n": 1}], [{"n": 0}]),
    ("draft 7 recursion", {"$schema": D7, **TREE}, [{"name": "a", "kids": [{"name": "b", "kids": []}]}], [{"name": "a", "kids": [{"kids": []}]}]),
    ("draft 7 if", {"$schema": D7, "if": {"properties": {"a": {"const": 1}}, "required": ["a"]}, "then": {"required": ["b"]}, "else": {"required": ["c"]}}, [{"a": 1, "b": 1}, {"c": 1}], [{"a": 1}, {"a": 2}]),
    ("dependent required", {"dependentRequired": {"a": ["b", "c"]}}, [{}, {"b": 1}, {"a": 1, "b": 1, "c": 1}, 3], [{"a": 1, "b": 1}]),
    ("dependent schemas", {"dependentSchemas": {"a": {"properties": {"b": {"type": "integer"}}, "required": ["b"]}}}, [{}, {"a": 1, "b": 2}], [{"a": 1}, {"a": 1, "b": "x"}]),
    ("tree", TREE, [{"name": "a"}, {"name": "a", "kids": [{"name": "b", "kids": [{"name": "c"}]}]}], [{"name": "a", "kids": [{}]}, {"name": "a", "kids": [{"name": "b", "kids": [{"name": 3}]}]}]),
    ("two schemas that name each other", {"$ref": "#/$defs/a", "$defs": {"a": {"properties": {"b": {"$ref": "#/$defs/b"}}, "required": ["b"]}, "b": {"anyOf": [{"type": "null"}, {"$ref": "#/$defs/a"}]}}}, [{"b": None}, {"b": {"b": None}}], [{}, {"b": {}}]),
    ("expression grammar", {"$defs": {"e": {"oneOf": [{"type": "number"}, {"type": "array", "prefixItems": [{"enum": ["+", "*"]}, {"$ref": "#/$defs/e"}, {"$ref": "#/$defs/e"}], "minItems": 3, "items": False}]}}, "$ref": "#/$defs/e"}, [1, ["+", 1, ["*", 2, 3]]], [["-", 1, 2], ["+", 1], ["+", 1, ["*", "2", 3]]]),
    ("anchor", {"$defs": {"x": {"$anchor": "word", "type": "string"}}, "items": {"$ref": "#word"}}, [["a"], []], [[1]]),
    ("dynamic anchor", {"$dynamicAnchor": "node", "type": "object", "properties": {"next": {"$dynamicRef": "#node"}}}, [{}, {"next": {"next": {}}}], [{"next": 1}, {"next": {"next": []}}]),
    ("reference to a property", {"properties": {"a": {"type": "integer"}, "b": {"$ref": "#/properties/a"}}}, [{"b": 1}], [{"b": "x"}]),
    ("reference by its own address", {"$id": "https://example.com/s.json", "$defs": {"n": {"type": "integer"}}, "items": {"$ref": "https://example.com/s.json#/$defs/n"}}, [[1]], [["x"]]),
    ("any of", {"anyOf": [{"type": "integer", "minimum": 2}, {"type": "string", "minLength": 2}]}, [2, "ab"], [1, "a", None]),
    ("one of", EVENT, [{"kind": "meeting", "at": "2026-01-02T03:04:05Z"}, {"kind": "task", "due": "2026-02-28"}], [{"kind": "task", "due": "2026-02-30"}, {"kind": "party"}, {}]),
    ("one of two that both hold", {"oneOf": [{"minimum": 2}, {"maximum": 5}]}, [1, 6], [3, "x"]),
    ("all of", {"allOf": [{"minimum": 1}, {"maximum": 3}, {"type": "integer"}]}, [1, 3], [0, 4, 2.5]),
    ("not", {"not": {"type": "string", "pattern": "^x"}}, ["a", 1], ["xa"]),
    ("never", {"not": {}}, [], [1, None, {}]),
    ("if without then", {"if": {"const": 1}, "else": {"const": 2}}, [1, 2], [3]),
    ("nested conditions", {"if": {"required": ["a"]}, "then": {"if": {"required": ["b"]}, "then": {"required": ["c"]}}}, [{}, {"a": 1}, {"a": 1, "b": 1, "c": 1}], [{"a": 1, "b": 1}]),
    ("pattern properties", {"patternProperties": {"^x-": {"type": "string"}, "\\d$": {"type": "integer"}}, "additionalProperties": False}, [{"x-a": "b", "a1": 1}], [{"x-1": "s"}, {"a": 1}, {"x-a": 1}]),
    ("property names", {"propertyNames": {"pattern": "^[a-z]+$", "maxLength": 3}}, [{"abc": 1}, {}], [{"ABC": 1}, {"abcd": 1}]),
    ("how many properties", {"minProperties": 1, "maxProperties": 2}, [{"a": 1}], [{}, {"a": 1, "b": 2, "c": 3}]),
    ("unevaluated properties", {"allOf": [{"properties": {"a": True}}], "properties": {"b": True}, "unevaluatedProperties": False}, [{"a": 1, "b": 2}], [{"c": 1}]),
    ("unevaluated behind any of", {"anyOf": [{"properties": {"a": {"const": 1}}, "required": ["a"]}, {"properties": {"b": {"const": 2}}, "required": ["b"]}], "unevaluatedProperties": False}, [{"a": 1}, {"b": 2}, {"a": 1, "b": 2}], [{"a": 1, "b": 3}, {"a": 1, "c": 1}]),
    ("unevaluated behind a reference", {"$ref": "#/$defs/base", "properties": {"b": True}, "unevaluatedProperties": False, "$defs": {"base": {"properties": {"a": {"type": "integer"}}}}}, [{"a": 1, "b": 1}], [{"a": 1, "c": 1}]),
    ("unevaluated behind if", {"if": {"properties": {"k": {"const": 1}}, "required": ["k"]}, "then": {"properties": {"a": True}}, "else": {"properties": {"b": True}}, "unevaluatedProperties": False}, [{"k": 1, "a": 1}, {"b": 1}], [{"k": 1, "b": 1}, {"k": 2, "b": 1}]),
    ("unevaluated items", {"prefixItems": [{"type": "string"}], "contains": {"type": "integer"}, "unevaluatedItems": False}, [["a", 1], ["a", 1, 2]], [["a"], ["a", 1, "b"]]),
    ("date-time", {"format": "date-time"}, ["2026-11-30T08:00:00Z", "2026-11-30t08:00:00.123+05:30", 3], ["2026-11-30", "2026-13-01T00:00:00Z", "2026-11-30T25:00:00Z"]),
    ("date and time", {"properties": {"d": {"format": "date"}, "t": {"format": "time"}}}, [{"d": "2024-02-29", "t": "23:59:60Z"}], [{"d": "2023-02-29"}, {"t": "08:00"}, {"t": "12:00:60Z"}]),
    ("email", {"format": "email"}, ["kim@example.org", "a.b+c@mail.example.co"], ["kim", "@example.org", "kim@", "k im@example.org"]),
    ("addresses", {"properties": {"v4": {"format": "ipv4"}, "v6": {"format": "ipv6"}, "h": {"format": "hostname"}}}, [{"v4": "127.0.0.1", "v6": "::1", "h": "a-b.example"}], [{"v4": "256.0.0.1"}, {"v4": "1.2.3"}, {"v6": ":::"}, {"h": "-a.example"}, {"h": "a_b"}]),
    ("uri", {"format": "uri"}, ["https://example.com/a?b=c#d", "urn:isbn:0451450523", "mailto:kim@example.org"], ["/relative", "https://a b", "http://[::1", "nothing"]),
    ("uuid and duration", {"properties": {"u": {"format": "uuid"}, "d": {"format": "duration"}}}, [{"u": "123e4567-e89b-12d3-a456-426614174000", "d": "P1Y2M3DT4H5M6S"}, {"d": "P4W"}, {"d": "PT36H"}], [{"u": "123e4567e89b12d3a456426614174000"}, {"d": "P"}, {"d": "PT"}, {"d": "1Y"}]),
    ("pattern is searched for", {"pattern": "b+"}, ["abc", "b"], ["ac", ""]),
    ("anchors mean the whole text", {"pattern": "^[0-9]{3}$"}, ["123"], ["123\n", "1234", "a123"]),
    ("pattern of classes", {"pattern": "^\\w+\\s\\d{2}[^\\W_]$"}, ["ab 12c", "a_ 12c"], ["ä 12c", "ab 12_", "ab 1٢c"]),
    ("pattern of unicode", {"pattern": "^\\p{L}+ \\u00e9\\x41\\/\\-$"}, ["äß日 éA/-"], ["12 éA/-"]),
    ("pattern with literal braces", {"pattern": "^{\\w+}$"}, ["{name}"], ["name"]),
    ("default and examples ask nothing", {"type": "string", "default": 3, "examples": [4], "description": "x", "readOnly": True, "$comment": "c"}, ["x"], [3]),
    ("numbers at the edge", {"maximum": 9223372036854775807, "minimum": -9223372036854775808}, [9223372036854775807, 1e18], [1e19]),
    ("ten levels", wrapped({"type": "integer"}, 9), [{}, within(1, 9)], [within("x", 9)]),
    ("an invoice", {"type": "object", "required": ["number", "lines", "total"], "properties": {"number": {"type": "string", "pattern": "^INV-\\d{4,}$"}, "currency": {"enum": ["EUR", "USD"]}, "lines": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/line"}}, "total": {"type": "number", "exclusiveMinimum": 0, "multipleOf": 0.01}}, "additionalProperties": False, "$defs": {"line": {"type": "object", "required": ["text", "price"], "properties": {"text": {"type": "string", "minLength": 1}, "price": {"type": "number"}, "count": {"type": "integer", "minimum": 1}}, "additionalProperties": False}}}, [{"number": "INV-0001", "lines": [{"text": "Mug", "price": 3.5, "count": 2}], "total": 7.0}], [{"number": "INV-1", "lines": [{"text": "Mug", "price": 3.5}], "total": 7}, {"number": "INV-0001", "lines": [], "total": 7}, {"number": "INV-0001", "lines": [{"text": "", "price": 3.5}], "total": 7}, {"number": "INV-0001", "lines": [{"text": "Mug", "price": 3.5}], "total": 7.005}]),
]  # fmt: skip
"""(name, schema, values that keep it, values that break it)."""
