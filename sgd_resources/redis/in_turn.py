"""Scripts of several parties run one after another in one step of Redis, as long as each says yes.

What must not live here: what the scripts do, or sending them (`shared_state.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

YES = 1
"""First element of an answer after which the next step is taken."""

# Each script stands in a function of its own, whose parameters take the place of Redis' KEYS and ARGV.
# ARGV: keys and arguments that each step has, then the arguments of all. Returns the answers of the steps taken.
_TURNS = f"""
local function part(list, at, size)
  local found = {{}}
  for i = 1, size do found[i] = list[at + i] end
  return found
end
local answers, key_at, arg_at = {{}}, 0, 2 * #steps
for i, step in ipairs(steps) do
  local n_keys, n_args = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
  answers[i] = step(part(KEYS, key_at, n_keys), part(ARGV, arg_at, n_args))
  if answers[i][1] ~= {YES} then break end
  key_at, arg_at = key_at + n_keys, arg_at + n_args
end
return answers
"""


@dataclass(frozen=True)
class Step:
    """One script with its keys and arguments; it returns a list."""

    script: str
    keys: Sequence[str]
    args: Sequence[str | int | bytes]


def in_turn(steps: Sequence[Step]) -> Step:
    """The steps as one: it returns a list with the answer of each that was taken."""
    sizes = [size for step in steps for size in (len(step.keys), len(step.args))]
    return Step(
        _together(tuple(step.script for step in steps)),
        [key for step in steps for key in step.keys],
        [*sizes, *(arg for step in steps for arg in step.args)],
    )


@lru_cache(maxsize=64)
def _together(scripts: tuple[str, ...]) -> str:
    functions = ",\n".join(f"function(KEYS, ARGV)\n{script}\nend" for script in scripts)
    return f"local steps = {{{functions}}}\n{_TURNS}"
