"""Lua scripts that the store runs in one step. A value and its time to live are written together or not at all, since a
connection may break between two commands. Each script uses the keys of one caller, or one key, so a cluster can run it
too. A script costs half of what a pipeline of its commands does (docs/speed.md), so several that are needed at once are
run together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from redis.cluster import RedisCluster

PUT = """
redis.call('HSET', KEYS[1], unpack(ARGV, 2))
return redis.call('EXPIRE', KEYS[1], ARGV[1])
"""

ADD = """
for field = 2, #ARGV, 2 do
  redis.call('HINCRBY', KEYS[1], ARGV[field], ARGV[field + 1])
end
return redis.call('EXPIRE', KEYS[1], ARGV[1])
"""

RAISE = """
if tonumber(redis.call('HGET', KEYS[1], ARGV[2]) or '0') < tonumber(ARGV[3]) then
  redis.call('HSET', KEYS[1], ARGV[2], ARGV[3])
end
return redis.call('EXPIRE', KEYS[1], ARGV[1])
"""
"""Sets a number that only grows: of two writers, the one with the larger number wins, whoever comes last."""

SKETCH = """
redis.call('PFADD', KEYS[1], ARGV[2])
redis.call('EXPIRE', KEYS[1], ARGV[1])
return redis.call('PFCOUNT', KEYS[1])
"""

STANDING = """
local function time_of(value)
  return tonumber(string.match(value or '', '^%d+') or 0)
end
local stopped = redis.call('GET', KEYS[1])
local since, places, lifted, latest = time_of(stopped), {}, {}, time_of(stopped)
for place in string.gmatch(stopped or '', ' (%S+)') do
  places[place] = true
end
local found = redis.call('HGETALL', KEYS[2])
for field = 1, #found, 2 do
  lifted[found[field]] = tonumber(found[field + 1])
  latest = math.max(latest, lifted[found[field]])
end
local function is_stopped(place)
  return since > math.max(lifted[place] or 0, lifted['*'] or 0)
end
"""
"""Defines what the other scripts need to know of a caller's wish (memory/wishes.py). KEYS[1]: `stopped`; KEYS[2]:
`started`."""

WISH = (
    STANDING
    + """
local kind, at, place, ours = ARGV[1], tonumber(ARGV[2]), ARGV[3], {unpack(ARGV, 6)}
if ARGV[4] == 'now' then
  at = math.max(at, latest + 1)
end
local function is_over()
  for named in pairs(places) do
    if is_stopped(named) then return false end
  end
  for _, named in ipairs(ours) do
    if is_stopped(named) then return false end
  end
  return #ours > 0
end
local function written(time)
  return string.format('%.0f', time)
end
if kind == 'stop' then
  if at <= since and places[place] then return 0 end
  since, places[place] = math.max(since, at), true
  if is_over() then return 0 end
  local value = written(since)
  for named in pairs(places) do
    value = value .. ' ' .. named
  end
  redis.call('SET', KEYS[1], value)
  for named, time in pairs(lifted) do
    if time <= since then redis.call('HDEL', KEYS[2], named) end
  end
  redis.call('PERSIST', KEYS[2])
  return 1
end
if at <= since or at <= (lifted[place] or 0) then return 0 end
lifted[place] = at
redis.call('HSET', KEYS[2], place, written(at))
if since > 0 and not is_over() then
  redis.call('PERSIST', KEYS[2])
else
  redis.call('EXPIRE', KEYS[2], ARGV[5])
  redis.call('DEL', KEYS[1])
end
return 1
"""
)
"""Adds a wish. Returns 1, or 0 if it was there already or a newer one overrides it. Wishes may come in any order, and
repeatedly: the time of each decides. `now`: the wish is new, so it comes after all others, whatever the clocks say."""

CLAIM = (
    STANDING
    + """
if is_stopped(ARGV[4]) then
  return {1, 0}
end
local before = redis.call('GET', KEYS[3])
if before and string.sub(before, 1, #ARGV[1] + 1) == ARGV[1] .. ' ' then
  return {0, 0, string.sub(before, #ARGV[1] + 2)}
end
redis.call('SET', KEYS[3], ARGV[1] .. ' ', 'EX', ARGV[2])
local number = redis.call('INCR', KEYS[4])
if redis.call('TTL', KEYS[4]) < 0 then
  redis.call('EXPIRE', KEYS[4], ARGV[3])
end
return {0, number}
"""
)
"""One step, so that of two deliveries at the same time only one is new. KEYS[3]: the last wish of this kind and its
outcome; KEYS[4]: how many there were."""

OUTCOME = """
if redis.call('GET', KEYS[1]) == ARGV[1] .. ' ' then
  redis.call('SET', KEYS[1], ARGV[1] .. ' ' .. ARGV[2], 'EX', ARGV[3])
end
return 1
"""
"""Writes nothing for a caller who was forgotten meanwhile, nor for a wish that a later one has replaced."""

RECALL = """
return {redis.pcall('HMGET', KEYS[1], unpack(ARGV)), redis.pcall('EXISTS', KEYS[2])}
"""
"""If one value is damaged or refused, the others are returned all the same."""

OPEN_TEXT = """
return {
  redis.pcall('HMGET', KEYS[1], unpack(ARGV, 2)),
  redis.pcall('GET', KEYS[2]),
  redis.pcall('HMGET', KEYS[3], ARGV[1], '*'),
  redis.pcall('HEXISTS', KEYS[4], ARGV[1]),
  redis.pcall('GET', KEYS[5])
}
"""
"""The same for several: KEYS[1], `caller`, and its fields; `stopped`, `started` and `blocked`, at one place; and
`question`."""

READ = """
return redis.call('GET', KEYS[1])
"""

KEEP_TEXT = """
if (redis.call('HGET', KEYS[1], 'turn') or '') ~= ARGV[1] then
  return 0
end
redis.call('HSET', KEYS[1], 'turn', ARGV[2], unpack(ARGV, 6))
redis.call('EXPIRE', KEYS[1], ARGV[3])
if ARGV[4] == '' then
  redis.call('DEL', KEYS[2])
else
  redis.call('SET', KEYS[2], ARGV[4], 'EX', ARGV[5])
end
return 1
"""
"""Returns 0, and writes nothing, if another text was answered since this one's memory was read. KEYS[2]: the question
that is now open."""

UNCOUNT = """
local number = tonumber(redis.call('GET', KEYS[1]) or '0')
if number > 0 then
  redis.call('SET', KEYS[1], number - 1, 'KEEPTTL')
end
return 1
"""
"""Takes back the last count: nobody tried to meet that wish."""

TAKE_LOST = """
local found = redis.call('GET', KEYS[1])
if found == '1' then
  redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
  return 1
end
return found == ARGV[1] and 1 or 0
"""
"""Returns 1 to one turn only. The turn's name is kept for a while, so that the same turn gets 1 again if it is
delivered twice."""

FORGET = """
if redis.call('EXISTS', KEYS[1]) == 0 then
  redis.call('DEL', KEYS[2])
end
return redis.call('DEL', unpack(KEYS, 3))
"""
"""KEYS[1], `stopped`, stays, and as long as it does KEYS[2], `started`, stays too."""


TOGETHER = """
local steps = {%s}
local told, key, given = {}, 1, 2 * #steps + 1
for nth, step in ipairs(steps) do
  local keys, arguments = tonumber(ARGV[2 * nth - 1]), tonumber(ARGV[2 * nth])
  local own = {unpack(KEYS, key, key + keys - 1)}
  local done, answer = pcall(step, own, {unpack(ARGV, given, given + arguments - 1)})
  key, given = key + keys, given + arguments
  if not done and type(answer) ~= 'table' then
    answer = {err = 'ERR ' .. tostring(answer)}
  elseif answer == nil then
    answer = false
  end
  told[nth] = answer
end
return told
"""
"""Runs each script with its own keys and arguments. If one fails, the others still run."""


@dataclass(frozen=True, slots=True)
class ScriptCall:
    """A script, with its keys and arguments."""

    script: str
    keys: Sequence[str]
    given: Sequence[str | int] = ()


def together(client: Any, *steps: ScriptCall) -> list[Any]:
    """The answer of each, in one round trip; an exception for one that is refused. A single server runs them as one
    script. In a cluster, where the keys of two steps may be on different nodes, they go into a pipeline."""
    if isinstance(client, RedisCluster):
        return _in_turn(client, steps)
    sizes = [size for step in steps for size in (len(step.keys), len(step.given))]
    keys = [key for step in steps for key in step.keys]
    given = [one for step in steps for one in step.given]
    return list(run_script(client, _joined(tuple(step.script for step in steps)), keys, *sizes, *given))


def _in_turn(client: Any, steps: Iterable[ScriptCall]) -> list[Any]:
    pipe = client.pipeline(transaction=False)
    for step in steps:
        run_script(pipe, step.script, step.keys, *step.given)
    return list(pipe.execute(raise_on_error=False))


@lru_cache
def _joined(scripts: tuple[str, ...]) -> str:
    return TOGETHER % ", ".join(f"function(KEYS, ARGV) {script} end" for script in scripts)


def run_script(client: Any, script: str, keys: Sequence[str], *given: str | int) -> Any:
    """Runs a script. Does not use the client's own `eval`: a cluster's pipeline refuses that, because keys may be on
    any node. These all belong to one sender."""
    return client.execute_command("EVAL", script, len(keys), *keys, *given)


def put(client: Any, key: str, seconds: int, values: Mapping[str, str | int]) -> Any:
    return run_script(client, PUT, [key], seconds, *flat(values.items()))


def add(client: Any, key: str, seconds: int, numbers: Mapping[str, int]) -> Any:
    return run_script(client, ADD, [key], seconds, *flat(numbers.items()))


def raise_to(client: Any, key: str, seconds: int, name: str, number: int) -> Any:
    return run_script(client, RAISE, [key], seconds, name, number)


def sketch(client: Any, key: str, seconds: int, one: str) -> Any:
    """Adds `one` and returns about how many different ones there have been."""
    return run_script(client, SKETCH, [key], seconds, one)


def flat(pairs: Iterable[tuple[str, str | int]]) -> list[str | int]:
    return [one for pair in pairs for one in pair]
