-- What wrk asks for: wrk … URL -- TARGET ORIGIN ACCEPT_ENCODING LICENCES FIRST_PAIR PEOPLE BEFORE
-- Prints one line of JSON at the end. For one thread: the count of pairs is kept in it.

local target, origin, licences, pair, people, before

-- Whole numbers beyond 2^53 need the 64-bit kind.
local STEP, SPREAD, FIRST_STEM = 6180339887497LL, 900000000000000LL, 100000000000000

-- The number of a licence by its serial: bench/look_up.sql counts the same.
local function licence_number(serial)
  local stem = FIRST_STEM + tonumber((STEP * serial) % SPREAD)
  local product, place = 10, FIRST_STEM
  for _ = 1, 15 do
    product = ((product + math.floor(stem / place) % 10 + 9) % 10 + 1) * 2 % 11
    place = place / 10
  end
  return string.format("%.0f%d", stem, (11 - product) % 10)
end

-- A proxy's header gives each request one of 65,536 clients, for limits are counted by client.
local function client()
  return string.format("10.77.%d.%d", math.random(0, 255), math.random(0, 255))
end

-- What every request carries, as a browser behind a proxy sends it; its own address comes last.
local common

local function head(method, path, accept)
  return method .. " " .. path .. " HTTP/1.1\r\nAccept: " .. accept .. common
end

-- Pairs of a person and a programme, none twice; bench/enrol.sql counts the same.
local function enrolment()
  local person = pair % people
  local programme = (pair + math.floor(pair / people)) % 10
  local session = programme * 10 + math.floor(person / 10) % 10
  pair = pair + 1
  return before + 1 + person, string.format("00000000-0000-4000-8000-%d", 100000000000 + session)
end

function init(arguments)
  target, origin = arguments[1], arguments[2]
  common = "\r\nHost: " .. origin:gsub("^https://", "") .. "\r\nAccept-Encoding: " .. arguments[3]
    .. "\r\nAccept-Language: ar\r\nUser-Agent: Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36"
    .. "\r\nX-Forwarded-For: "
  licences, pair = tonumber(arguments[4]), tonumber(arguments[5])
  people, before = tonumber(arguments[6]), tonumber(arguments[7])
  math.randomseed(os.time() + pair)
end

local function get(path, accept)
  return head("GET", path, accept) .. client() .. "\r\n\r\n"
end

local requests = {
  page = function()
    return get("/verify/" .. licence_number(math.random(1, licences)), "text/html,*/*")
  end,
  look_up = function()
    return get("/api/verification/look_up?number=" .. licence_number(math.random(1, licences)), "application/json")
  end,
  api = function()
    return get("/api/v1/licences/" .. licence_number(math.random(1, licences)), "application/json")
  end,
  static = function()
    return get("/mark.svg", "image/*")
  end,
  enrol = function()
    local person, session = enrolment()
    local body = "session=" .. session
    return head("POST", "/api/training/enrol", "application/json") .. client() .. "\r\nOrigin: " .. origin
      .. "\r\nSec-Fetch-Site: same-origin\r\nCookie: __Host-session=bench-" .. person
      .. "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " .. #body .. "\r\n\r\n" .. body
  end,
  -- One's own licence as PDF. Serials that end in 1 are neither revoked nor suspended: see bench/register.sql.
  paper = function()
    local holder = math.random(0, 99) * 10 + 1
    return head("GET", "/account/licences/" .. licence_number(holder) .. ".pdf", "application/pdf") .. client()
      .. "\r\nCookie: __Host-session=bench-" .. holder .. "\r\n\r\n"
  end,
  form = function()
    return get("/verify", "text/html,*/*")
  end,
  health = function()
    return get("/healthz", "*/*")
  end,
  -- All from one client, to see the limit refuse.
  flood = function()
    return head("GET", "/healthz", "*/*") .. "10.78.0.1\r\n\r\n"
  end,
}

function request()
  return requests[target]()
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '{"requests":%d,"seconds":%f,"bytes":%d,"refused":%d,"broken":%d,"p50":%d,"p95":%d,"p99":%d}\n',
    summary.requests, summary.duration / 1e6, summary.bytes, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50), latency:percentile(95), latency:percentile(99)))
end
