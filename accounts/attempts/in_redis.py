"""Counts in Redis: one key a limit, which ends with its time. Each function raises Away where Redis is."""

from math import ceil
from typing import Any

from accounts.attempts.limits import Limit
from vod.lib.redis import ask_redis, key

# Scripts run alone, one after the other: of many attempts at the same moment no more than the limit succeed.
# The first attempt starts the time, and the last that is allowed starts the pause, which is as long for the slow as for
# the quick. Answers the milliseconds to wait.
_TAKE = """
local there = redis.call('EXISTS', KEYS[1]) == 1
local count = tonumber(redis.call('GET', KEYS[1]) or '0')
if count >= tonumber(ARGV[1]) then
    return math.max(1, redis.call('PTTL', KEYS[1]))
end
count = redis.call('INCR', KEYS[1])
if not there or count == tonumber(ARGV[1]) then
    redis.call('PEXPIRE', KEYS[1], ARGV[2])
end
return 0
"""
_GIVE_BACK = """
if tonumber(redis.call('GET', KEYS[1]) or '0') > 0 then
    return redis.call('DECR', KEYS[1])
end
return 0
"""


def take(limit: Limit) -> int:
    """Counts one attempt. The seconds to wait, where it is one too many; else 0."""
    return ceil(_run(_TAKE, limit, limit.tries, limit.seconds * 1000) / 1000)


def give_back(limit: Limit) -> None:
    """Uncounts one attempt."""
    _run(_GIVE_BACK, limit)


def forget(limit: Limit) -> None:
    """Drops all that was counted."""
    ask_redis(lambda client: client.delete(_key(limit)))


def _run(script: str, limit: Limit, *arguments: int) -> int:
    def ask(client: Any) -> int:
        return int(client.eval(script, 1, _key(limit), *arguments))

    return ask_redis(ask)


def _key(limit: Limit) -> str:
    return key("attempts", limit.key)
