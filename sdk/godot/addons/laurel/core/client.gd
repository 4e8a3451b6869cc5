# One board on a server: what it may be asked, as calls that are polled together. Names and meanings are those of all of Laurel's clients.

const Address = preload("address.gd")
const Exchange = preload("exchange.gd")
const FlushCall = preload("flush_call.gd")
const Live = preload("live.gd")
const Queue = preload("queue.gd")
const ReadCall = preload("read_call.gd")
const Scores = preload("scores.gd")
const SubmitCall = preload("submit_call.gd")

# What differs between engines.
var platform
var key = ""
var board_path = ""
var entries_path = ""
# Milliseconds in which another attempt of a call may begin, and that one attempt may take.
var patience = 30000
var timeout = 10000
# Scores that wait for a connection.
var queue

var _address
var _ended_path = ""
var _running = []
var _following = []


# options: {url, tenant, leaderboard, key, patience?, timeout?, storage?}
func _init(of_platform, options):
	platform = of_platform
	_address = Address.new(options.url)
	key = options.key
	patience = options.get("patience", patience)
	timeout = options.get("timeout", timeout)
	var tenant = platform.encode(options.tenant)
	var leaderboard = platform.encode(options.leaderboard)
	board_path = "/v1/leaderboards/%s/%s" % [tenant, leaderboard]
	entries_path = "/tenants/%s/leaderboards/%s/entries" % [tenant, leaderboard]
	_ended_path = "/v1/snapshots/%s/%s" % [tenant, leaderboard]
	var storage = options.get("storage")
	if storage == null:
		storage = platform.file_storage("user://laurel-%s-%s.json" % [options.tenant, options.leaderboard])
	queue = Queue.new(platform, storage)


# Drives all calls and followed boards; to be called every frame.
func poll():
	for call in _running.duplicate():
		call.poll()
		if call.is_over:
			_running.erase(call)
	for live in _following.duplicate():
		live.poll()


# Submits scores: [{user_id, score, name?, metadata?, timestamp?, idempotency_key?}]
func submit(scores):
	var keyed = []
	for score in scores:
		keyed.append(Scores.with_key(platform, score))
	return _run(SubmitCall.new().of(keyed, patience))


# Sends what the queue holds; another attempt may begin within so many milliseconds.
func flush(within):
	return _run(FlushCall.new().of(queue, within))


# options: {limit?, offset?, window_key?, ranks?}
func page(options):
	return _run(ReadCall.new().of(board_path + _query(options, ["limit", "offset", "window_key", "ranks"]), ""))


# A player with neighbours; its value is null for one who has no entry. options: {around?, window_key?, ranks?}
func around(user_id, options):
	return _find("user", user_id, options)


# A player's rank; likewise. options: {window_key?, ranks?}
func rank(user_id, options):
	return _find("rank", user_id, options)


# A player's score; likewise. options: {window_key?}
func score(user_id, options):
	return _find("score", user_id, options)


# The windows that have ended. options: {from?, to?, limit?}
func snapshots(options):
	return _run(ReadCall.new().of(_ended_path + _query(options, ["from", "to", "limit"]), ""))


# The final standings of a window. options: {limit?, offset?}
func snapshot(window_key, options):
	return _run(ReadCall.new().of("%s/%s%s" % [_ended_path, platform.encode(window_key), _query(options, ["limit", "offset"])], ""))


# A player's place in an ended window with neighbours; its value is null for one who has none. options: {around?}
func snapshot_around(window_key, user_id, options):
	var window = "%s/%s" % [_ended_path, platform.encode(window_key)]
	var path = "%s/user/%s%s" % [window, platform.encode(user_id), _query(options, ["around"])]
	return _run(ReadCall.new().of(path, window + "?limit=1"))


# Follows the first places until the result (live.gd) is closed.
func follow(top):
	var live = Live.new(self, top)
	_following.append(live)
	return live


func unfollow(live):
	live.close()
	_following.erase(live)


# Cancels every call, and follows nothing any more.
func stop():
	for call in _running:
		call.cancel()
	_running = []
	for live in _following:
		live.close()
	_following = []


# For calls: one attempt.
func exchange(request):
	var headers = ["X-API-Key: " + key, "Content-Type: application/json", "Accept: application/json"]
	var whole = {"method": request.method, "path": request.path, "headers": headers, "text": request.text}
	return Exchange.new(platform, _address, whole, timeout)


# For followed boards: one attempt to read, which they poll themselves.
func read_once(path):
	return ReadCall.new().of(path, "").begin(self, 0)


# For followed boards.
func socket_url():
	return "%s://%s:%d%s%s/ws" % ["wss" if _address.is_secure else "ws", _address.host, _address.port, _address.base, board_path]


func _find(what, user_id, options):
	var path = "%s/%s/%s%s" % [board_path, what, platform.encode(user_id), _query(options, ["around", "window_key", "ranks"])]
	return _run(ReadCall.new().of(path, board_path + _query({"limit": 1, "window_key": options.get("window_key")}, ["limit", "window_key"])))


func _query(options, names):
	var parts = []
	for name in names:
		if options.get(name) != null:
			parts.append("%s=%s" % [name, platform.encode(str(options[name]))])
	var text = ""
	for part in parts:
		text += ("?" if text == "" else "&") + part
	return text


func _run(call):
	call.begin(self, patience)
	_running.append(call)
	return call
