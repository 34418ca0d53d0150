"""A migration leaves the version before it working: it may only expand what is there.

While pods are replaced one by one the old code runs on the new schema, and after a rollback for longer. What takes
something away belongs into a later release, in a migration that says so: `contracts_since = "0019"` names the revision
since which no code uses it. Migrations that were released before this rule stay as they are.
"""

import ast
import re
from pathlib import Path

import pytest

import sgd_resources.postgres.migrations.versions as versions

FOLDER = Path(next(iter(versions.__path__)))
BEFORE_THE_RULE = "0019"
BREAKS_OLD_CODE = {
    "drops a table": r"\bDROP\s+TABLE\b",
    "drops a column": r"\bDROP\s+COLUMN\b",
    "renames": r"\bRENAME\s+(TO|COLUMN|TABLE)\b",
    "changes a type": r"\bALTER\s+COLUMN\s+\w+\s+(SET\s+DATA\s+)?TYPE\b",
    "demands a value": r"\bALTER\s+COLUMN\s+\w+\s+SET\s+NOT\s+NULL\b",
    "adds a column that old code cannot fill": (
        r"\bADD\s+COLUMN\s+(IF\s+NOT\s+EXISTS\s+)?\w+\s+[^,;]*\bNOT\s+NULL\b[^,;]*"
    ),
}
CALLS = {"drop_table": "drops a table", "drop_column": "drops a column", "rename_table": "renames"}


def revisions() -> list[Path]:
    return sorted(FOLDER.glob("[0-9]*.py"))


def faults(source: str) -> set[str]:
    """What the upgrade does to code that runs already; nothing when it says since when nobody needs it."""
    tree = ast.parse(source)
    assigned = {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    if "contracts_since" in assigned:
        return set()
    kept = [node for node in tree.body if not _is_the_way_back(node)]
    found = set()
    for part in kept:
        for node in ast.walk(part):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                sql = re.sub(r"--.*", "", node.value)
                # What a function will do when it is called is not what the migration does.
                sql = re.sub(r"CREATE (?:OR REPLACE )?FUNCTION\b.*?(\$\w*\$).*?\1", "", sql, flags=re.I | re.S)
                found |= {name for name, rule in BREAKS_OLD_CODE.items() if _breaks(rule, sql)}
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                found |= {CALLS[node.func.attr]} if node.func.attr in CALLS else set()
                found |= _alterations(node)
    return found


def _is_the_way_back(node: ast.stmt) -> bool:
    """It is not looked at: nothing runs it while old code waits."""
    names = [node.name] if isinstance(node, ast.FunctionDef) else []
    if isinstance(node, ast.Assign):
        names = [target.id for target in node.targets if isinstance(target, ast.Name)]
    return any(name.lower().strip("_").startswith("down") for name in names)


def _breaks(rule: str, sql: str) -> bool:
    for match in re.finditer(rule, sql, flags=re.I):
        if "ADD" in match[0].upper().split()[0] and re.search(r"\bDEFAULT\b", match[0], flags=re.I):
            continue
        return True
    return False


def _alterations(call: ast.Call) -> set[str]:
    assert isinstance(call.func, ast.Attribute)
    if call.func.attr != "alter_column":
        return set()
    given = {keyword.arg: keyword.value for keyword in call.keywords}
    found = {"renames"} if "new_column_name" in given else set()
    found |= {"changes a type"} if "type_" in given else set()
    nullable = given.get("nullable")
    return found | ({"demands a value"} if isinstance(nullable, ast.Constant) and nullable.value is False else set())


@pytest.mark.parametrize("path", revisions(), ids=lambda path: path.name)
def test_code_of_the_version_before_can_live_with_it(path: Path) -> None:
    if path.name[:4] > BEFORE_THE_RULE:
        assert faults(path.read_text("utf-8")) == set()


@pytest.mark.parametrize(
    ("sql", "name"),
    [
        ("DROP TABLE old", "drops a table"),
        ("ALTER TABLE a DROP COLUMN b", "drops a column"),
        ("ALTER TABLE a RENAME TO b", "renames"),
        ("ALTER TABLE a ALTER COLUMN b TYPE bigint", "changes a type"),
        ("ALTER TABLE a ALTER COLUMN b SET NOT NULL", "demands a value"),
        ("ALTER TABLE a ADD COLUMN b text NOT NULL", "adds a column that old code cannot fill"),
    ],
)
def test_what_old_code_would_break_on_is_found(sql: str, name: str) -> None:
    assert faults(f'def upgrade():\n    op.execute("{sql}")\n') == {name}
    assert faults(f'contracts_since = "0001"\ndef upgrade():\n    op.execute("{sql}")\n') == set()
    assert faults(f'def downgrade():\n    op.execute("{sql}")\n') == set()


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE a (b text NOT NULL)",
        "ALTER TABLE a ADD COLUMN b text",
        "ALTER TABLE a ADD COLUMN b integer NOT NULL DEFAULT 0",
        "ALTER TABLE a ADD COLUMN b integer DEFAULT 0 NOT NULL",
        "-- DROP TABLE old",
        "DROP FUNCTION f()",
    ],
)
def test_what_only_adds_is_let_through(sql: str) -> None:
    assert faults(f'def upgrade():\n    op.execute("{sql}")\n') == set()


def test_what_a_function_does_when_it_is_called_is_no_step_of_the_migration_and_a_block_is() -> None:
    body = "AS $f$ BEGIN EXECUTE 'DROP TABLE month'; END $f$"
    assert faults(f'UP = """CREATE OR REPLACE FUNCTION drop_months() RETURNS void {body}"""\n') == set()
    assert faults('UP = """DO $$ BEGIN DROP TABLE month; END $$"""\n') == {"drops a table"}
