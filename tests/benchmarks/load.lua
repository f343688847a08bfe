-- Sends the requests of a file one after the other, and tells as JSON how they were answered.
-- Arguments: the file (requests parted by NUL), the status that is right, how many (0: no end), and
-- the file to tell it to.
local ffi = require("ffi")
ffi.cdef [[
typedef struct { long seconds; long nanoseconds; } instant;
int clock_gettime(int clock, instant *now);
]]
local MONOTONIC = 1
local requests, number, most, right = {}, 0, 0, 200
answered, wrong, first, target = 0, 0, 0, ""

local function now()
    local instant = ffi.new("instant")
    ffi.C.clock_gettime(MONOTONIC, instant)
    return tonumber(instant.seconds) + tonumber(instant.nanoseconds) / 1e9
end

function tell(path, count, seconds, median, p99, wrong)
    local file = io.open(path .. ".part", "w")
    file:write(string.format(
        '{"count": %d, "seconds": %f, "median": %f, "p99": %f, "wrong": %d}',
        count, seconds, median, p99, wrong))
    file:close()
    os.rename(path .. ".part", path)
end

function setup(thread)
    worker = thread
end

function init(args)
    local file = io.open(args[1], "rb")
    for one in (file:read("*a") .. "\0"):gmatch("(.-)%z") do
        requests[#requests + 1] = one
    end
    file:close()
    right, most, target = tonumber(args[2]), tonumber(args[3]), args[4]
end

function request()
    if number == 0 then
        first = now()
    end
    number = number + 1
    return requests[(number - 1) % #requests + 1]
end

function response(status)
    answered = answered + 1
    if status ~= right then
        wrong = wrong + 1
    end
    if answered == most then
        tell(target, answered, now() - first, 0, 0, wrong)
        wrk.thread:stop()
    end
end

function done(summary, latency)
    local errors = summary.errors
    local lost = errors.connect + errors.read + errors.write + errors.timeout
    tell(worker:get("target"), summary.requests, summary.duration / 1e6,
        latency:percentile(50) / 1e6, latency:percentile(99) / 1e6, worker:get("wrong") + lost)
end
