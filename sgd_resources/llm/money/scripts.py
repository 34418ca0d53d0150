"""The steps of the budget in Redis, one Lua script each, so that no two processes can race.

Keys: `epoch` (a hash: which life of Redis the books belong to), `open` (all that is held, by time), `held:<id>`,
`pots:<period>` (a hash: `<pot>|s` spent, `<pot>|r` reserved, `<pot>|a<percent>` told, `requests:<org>|q` when all that
the org's requests spent is in it: one that is not there has spent nothing), `alive:<process>`. Every script first
compares the epoch with the server's own run id: a Redis that was started again, empty or from an old snapshot, or
another one after a failover, is never taken for the one whose books are whole.

What must not live here: when they are run (`budget.py`, `epochs.py`).
"""

from sgd_resources.redis.shared_state import PREFIX

BASE = f"{PREFIX}:budget"
EPOCH = f"{BASE}:epoch"
OPEN = f"{BASE}:open"
HELD = f"{BASE}:held:"
POTS = f"{BASE}:pots:"
ALIVE = f"{BASE}:alive:"
JOB = f"{BASE}:job:"
POTS_TTL_S = 40 * 86_400
"""A month and some days: the last pot of a month is asked for until its last call has settled."""

NO_EPOCH, NO_POT, GATHERING, LOST_POTS, JOB_FULL = -1, -3, -4, -5, -2

_HEAD = """
local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
local epoch = redis.call('HMGET', KEYS[1], 'id', 'run', 'state')
"""

# Whether the pot of a scope can be drawn from: nil, or why not. A request's pot is begun at nothing, in the same step,
# where all requests of its org that had spent any are known.
_POT_OF = """
local function fault_of(pots, pot, period, all_known)
  if redis.call('HEXISTS', pots, pot .. '|s') == 1 then return nil end
  if all_known ~= '' and redis.call('HEXISTS', pots, all_known) == 1 then
    redis.call('HSET', pots, pot .. '|s', 0)
    return nil
  end
  if redis.call('EXISTS', pots) == 0 and redis.call('HEXISTS', KEYS[1], 'p:' .. period) == 1 then return -5 end
  return -3
end
"""

# KEYS epoch, open, held, job, pots of each scope. ARGV amount, id, owner, row, scopes, job limit, ttl, n, then pot
# names, limits, alerted flags, periods, and the field by which all pots of the kind are known ('' for none).
RESERVE = (
    _HEAD
    + _POT_OF
    + """
if not epoch[1] or epoch[2] ~= run then return {-1} end
if epoch[3] ~= 'open' then return {-4, epoch[1]} end
if redis.call('EXISTS', KEYS[3]) == 1 then return {1, epoch[1]} end
local amount, n = tonumber(ARGV[1]), tonumber(ARGV[8])
for i = 1, n do
  local fault = fault_of(KEYS[4 + i], ARGV[8 + i], ARGV[8 + 3 * n + i], ARGV[8 + 4 * n + i])
  if fault then return {fault, epoch[1]} end
end
for i = 1, n do
  local limit = tonumber(ARGV[8 + n + i])
  if limit >= 0 then
    local pots, pot = KEYS[4 + i], ARGV[8 + i]
    local found = redis.call('HMGET', pots, pot .. '|r', pot .. '|s')
    local reserved, spent = tonumber(found[1] or 0), tonumber(found[2] or 0)
    if reserved + spent + amount > limit then
      local is_first = 0
      if ARGV[8 + 2 * n + i] == '1' and spent * 100 >= limit * 80 and spent + amount > limit then
        is_first = redis.call('HSETNX', pots, pot .. '|a100', 1)
      end
      return {0, i, spent, reserved, is_first}
    end
  end
end
local job_limit = tonumber(ARGV[6])
if job_limit >= 0 then
  if tonumber(redis.call('GET', KEYS[4]) or 0) >= job_limit then return {-2} end
  redis.call('INCR', KEYS[4])
  redis.call('EXPIRE', KEYS[4], ARGV[7])
end
for i = 1, n do redis.call('HINCRBY', KEYS[4 + i], ARGV[8 + i] .. '|r', amount) end
redis.call('HSET', KEYS[3], 'amount', amount, 'scopes', ARGV[5], 'owner', ARGV[3], 'row', ARGV[4], 'state', 'flying',
  'epoch', epoch[1])
redis.call('ZADD', KEYS[2], redis.call('TIME')[1], ARGV[2])
return {1, epoch[1]}
"""
)

# KEYS epoch, open, held, pots of each scope. ARGV id, cost, amount, row, keeps row, n, n percents, percents, then pot
# names, limits, alerted flags, periods, and the field by which all pots of the kind are known ('' for none).
SETTLE = (
    _HEAD
    + _POT_OF
    + """
if not epoch[1] or epoch[2] ~= run then return {-1} end
if epoch[3] ~= 'open' then return {-4, epoch[1]} end
local held = redis.call('HMGET', KEYS[3], 'amount', 'state')
if held[2] == 'settled' then return {0} end
if not held[1] then
  -- Evicted, or settled long ago: only the last one needs nothing.
  if redis.call('ZSCORE', KEYS[2], ARGV[1]) then held[1] = ARGV[3] else return {0} end
end
local cost, n, percents = tonumber(ARGV[2]), tonumber(ARGV[6]), tonumber(ARGV[7])
local at = 7 + percents
for i = 1, n do
  local fault = fault_of(KEYS[3 + i], ARGV[at + i], ARGV[at + 3 * n + i], ARGV[at + 4 * n + i])
  if fault then return {fault, epoch[1]} end
end
local alerts = {}
for i = 1, n do
  local pots, pot = KEYS[3 + i], ARGV[at + i]
  if redis.call('HINCRBY', pots, pot .. '|r', 0 - tonumber(held[1])) < 0 then
    redis.call('HSET', pots, pot .. '|r', 0)
  end
  local spent = redis.call('HINCRBY', pots, pot .. '|s', cost)
  local limit = tonumber(ARGV[at + n + i])
  if limit > 0 and ARGV[at + 2 * n + i] == '1' then
    for p = 1, percents do
      local percent = tonumber(ARGV[7 + p])
      if spent * 100 >= limit * percent and redis.call('HSETNX', pots, pot .. '|a' .. percent, 1) == 1 then
        alerts[#alerts + 1] = {i, percent, spent}
      end
    end
  end
end
if ARGV[5] == '1' then
  -- Kept until the row is written: should this process die before, another one writes it.
  redis.call('HSET', KEYS[3], 'state', 'settled', 'row', ARGV[4], 'amount', cost)
else
  redis.call('DEL', KEYS[3])
  redis.call('ZREM', KEYS[2], ARGV[1])
end
return {1, alerts}
"""
)

# KEYS epoch, open, held. ARGV generation id, row. What is not known yet, for whoever has to look it up.
MARK = """
if redis.call('EXISTS', KEYS[3]) == 0 then return 0 end
redis.call('HSET', KEYS[3], 'state', 'unknown', 'generation', ARGV[1], 'row', ARGV[2])
return 1
"""

# KEYS open. ARGV held prefix, ids: their rows are written.
WRITTEN = """
for i = 2, #ARGV do
  redis.call('DEL', ARGV[1] .. ARGV[i])
  redis.call('ZREM', KEYS[1], ARGV[i])
end
return #ARGV - 1
"""

# KEYS epoch, pots. ARGV epoch id, period, ttl, then field, value pairs. What is known stays as it is.
SEED = """
if redis.call('HGET', KEYS[1], 'id') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'p:' .. ARGV[2], 1)
for i = 4, #ARGV, 2 do redis.call('HSETNX', KEYS[2], ARGV[i], ARGV[i + 1]) end
redis.call('EXPIRE', KEYS[2], ARGV[3])
return 1
"""

# KEYS epoch, open. ARGV new id, pots prefix, held prefix, id to replace ('' for none). What an old snapshot still holds
# is held on; what it had spent is forgotten, for the ledger knows better.
BEGIN = (
    _HEAD
    + """
if epoch[1] and epoch[2] == run and epoch[1] ~= ARGV[4] then return {epoch[1], epoch[3]} end
local facts = redis.call('HKEYS', KEYS[1])
for _, name in ipairs(facts) do
  if string.sub(name, 1, 2) == 'p:' then redis.call('DEL', ARGV[2] .. string.sub(name, 3)) end
end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'id', ARGV[1], 'run', run, 'state', 'gathering', 'began', redis.call('TIME')[1])
for _, id in ipairs(redis.call('ZRANGE', KEYS[2], 0, -1)) do
  local key = ARGV[3] .. id
  local held = redis.call('HMGET', key, 'amount', 'scopes', 'state')
  if not held[1] then
    redis.call('ZREM', KEYS[2], id)
  else
    for _, scope in ipairs(cjson.decode(held[2])) do
      redis.call('HINCRBY', ARGV[2] .. scope[2], scope[3] .. '|r', held[1])
      redis.call('HSET', KEYS[1], 'p:' .. scope[2], 1)
    end
    if held[3] == 'settled' then redis.call('HSET', key, 'state', 'final') end
    redis.call('HSET', key, 'epoch', ARGV[1])
  end
end
return {ARGV[1], 'gathering'}
"""
)

# KEYS epoch, open. ARGV epoch id, process, pots prefix, held prefix, alive key, alive s, then id, amount, scopes, row,
# state, generation of each reservation this process holds.
ANNOUNCE = (
    _HEAD
    + """
if epoch[1] ~= ARGV[1] or epoch[2] ~= run then return 0 end
redis.call('SET', ARGV[5], 1, 'EX', ARGV[6])
for i = 7, #ARGV, 6 do
  local key = ARGV[4] .. ARGV[i]
  if redis.call('HGET', key, 'epoch') ~= ARGV[1] then
    for _, scope in ipairs(cjson.decode(ARGV[i + 2])) do
      redis.call('HINCRBY', ARGV[3] .. scope[2], scope[3] .. '|r', ARGV[i + 1])
      redis.call('HSET', KEYS[1], 'p:' .. scope[2], 1)
    end
    redis.call('ZADD', KEYS[2], redis.call('TIME')[1], ARGV[i])
  end
  redis.call('HSET', key, 'amount', ARGV[i + 1], 'scopes', ARGV[i + 2], 'owner', ARGV[2], 'row', ARGV[i + 3],
    'state', ARGV[i + 4], 'generation', ARGV[i + 5], 'epoch', ARGV[1])
end
local mine = {}
for i = 7, #ARGV, 6 do mine[ARGV[i]] = true end
-- What an old snapshot says this process holds, and it does not: it was settled, and its row is written.
for _, id in ipairs(redis.call('ZRANGE', KEYS[2], 0, -1)) do
  local key = ARGV[4] .. id
  local held = redis.call('HMGET', key, 'amount', 'scopes', 'owner')
  if held[3] == ARGV[2] and not mine[id] then
    for _, scope in ipairs(cjson.decode(held[2])) do
      redis.call('HINCRBY', ARGV[3] .. scope[2], scope[3] .. '|r', 0 - tonumber(held[1]))
    end
    redis.call('DEL', key)
    redis.call('ZREM', KEYS[2], id)
  end
end
redis.call('HSET', KEYS[1], 'a:' .. ARGV[2], 1)
return 1
"""
)

# KEYS epoch. ARGV epoch id, the processes that have to announce. 1 when open, 0 when it waits, -1 for another epoch.
TRY_OPEN = (
    _HEAD
    + """
if epoch[1] ~= ARGV[1] or epoch[2] ~= run then return -1 end
if epoch[3] == 'open' then return 1 end
for i = 2, #ARGV do
  if redis.call('HEXISTS', KEYS[1], 'a:' .. ARGV[i]) == 0 then return 0 end
end
redis.call('HSET', KEYS[1], 'state', 'open')
return 1
"""
)

# KEYS epoch. ARGV alive key, alive s. Says that this process lives; the epoch's id and state, '' in another Redis.
BEAT = (
    _HEAD
    + """
redis.call('SET', ARGV[1], 1, 'EX', ARGV[2])
if not epoch[1] or epoch[2] ~= run then return {'', ''} end
return {epoch[1], epoch[3]}
"""
)

# KEYS epoch, open. ARGV process, held prefix, alive prefix, most, youngest epoch s. What dead processes left becomes
# this process's to settle.
ADOPT = (
    _HEAD
    + """
if epoch[3] ~= 'open' or epoch[2] ~= run then return {} end
local now = tonumber(redis.call('TIME')[1])
-- The living say so again after a loss of Redis, within seconds: before, nobody can be told from the dead.
if now - tonumber(redis.call('HGET', KEYS[1], 'began')) < tonumber(ARGV[5]) then return {} end
local found = {}
for _, id in ipairs(redis.call('ZRANGE', KEYS[2], 0, -1)) do
  local key = ARGV[2] .. id
  local held = redis.call('HMGET', key, 'amount', 'scopes', 'row', 'state', 'generation', 'owner')
  if not held[1] then
    redis.call('ZREM', KEYS[2], id)
  elseif held[6] ~= ARGV[1] and redis.call('EXISTS', ARGV[3] .. (held[6] or '')) == 0 then
    redis.call('HSET', key, 'owner', ARGV[1])
    found[#found + 1] = {id, held[1], held[2], held[3] or '', held[4] or '', held[5] or ''}
    if #found >= tonumber(ARGV[4]) then break end
  end
end
return found
"""
)
