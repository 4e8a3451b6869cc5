# The first places of a board, kept up to date over a WebSocket until it is closed: through breaks of the connection and restarts of the
# server. Polled.

# The rows have changed, or are known for the first time: see rows.gd for what the changes are.
signal changed(rows, changes)
# A window has ended (is_final false), or its standings are final (true). next_window is null when none follows yet.
signal closed(window_key, next_window, is_final)
# `connecting`, `live`, `broken` or `refused`; error says why it is one of the latter two. Both are tried again.
signal state_changed(state, error)

const Rows = preload("rows.gd")
const Call = preload("call.gd")
const Failure = preload("failure.gd")

# Milliseconds.
const CONNECT_WITHIN = 15000
const REFUSED_PAUSE = 20000
# The server pings after 30 s, which the engine does not show. After so long without a message one is asked for, and awaited.
const QUIET = 60000
const ANSWER_WITHIN = 30000

var state = "connecting"
# In rank order; empty before the first change.
var rows = []
# How many the board lists.
var total = 0
# Null on a board that never had a season.
var window_key = null

var _client
var _top
var _rows
var _socket = null
var _why = null
var _failures = 0
var _begin_at = 0
var _heard_at = 0
var _is_asked = false
var _is_configured = false
var _is_known = false
var _is_over = false


# top: 1 to 1000
func _init(client, top):
	_client = client
	_top = top
	_rows = Rows.new(top)


func poll():
	if _is_over:
		return
	if _why != null:
		_poll_why()
	elif _socket == null:
		if _client.platform.ticks() >= _begin_at:
			_open()
	else:
		_poll_socket()


func close():
	_is_over = true
	_drop()
	if _why != null:
		_why.cancel()


func _open():
	_socket = _client.platform.open_socket(_client.socket_url(), _client.key)
	_heard_at = _client.platform.ticks()
	_is_asked = false
	_is_configured = false


func _poll_socket():
	_socket.poll()
	while _socket != null and not _is_over:
		var text = _socket.receive()
		if text == null:
			break
		_heard_at = _client.platform.ticks()
		_is_asked = false
		var message = _client.platform.parse(text)
		if typeof(message) == TYPE_DICTIONARY:
			_take(message)
	if _socket == null or _is_over:
		return
	if _socket.is_open() and not _is_configured:
		_is_configured = true
		_socket.send(_client.platform.to_json({"type": "configure", "page": 1, "page_size": _top}))
	if _socket.is_closed() or _is_silent():
		_drop()
		_why = _client.read_once(_client.board_path + "?limit=1")


func _is_silent():
	var quiet = _client.platform.ticks() - _heard_at
	if not _socket.is_open() or not _is_known:
		return quiet > CONNECT_WITHIN
	if quiet > QUIET and not _is_asked:
		_is_asked = true
		_socket.send(_client.platform.to_json({"type": "request_page", "page": 1, "page_size": 1}))
	return quiet > QUIET + ANSWER_WITHIN


# Why the connection ended, a plain read of the board says more exactly than the socket does.
func _poll_why():
	_why.poll()
	if not _why.is_over:
		return
	var error = _why.error if _why.error != null else Failure.new("unavailable", 0, "", "The connection was lost")
	_why = null
	_failures = 1 if state == "live" else _failures + 1
	var pause = max(Call.pause_after(_failures), error.retry_after * 1000.0) if error.may_pass() else REFUSED_PAUSE
	_begin_at = _client.platform.ticks() + int(pause)
	_enter("broken" if error.may_pass() else "refused", error)


func _take(message):
	match message.get("type"):
		"snapshot":
			# The first one comes before the server knows which part is wanted.
			if int(message.page_size) == _top or not _is_configured:
				_tell(message, _rows.reset(_first(message.entries)), true)
		"update":
			_tell(message, _rows.apply(message.changes), false)
		"window_closed":
			emit_signal("closed", message.window_key, message.get("next"), message.final)


func _first(entries):
	var first = []
	for entry in entries:
		if int(entry.rank) <= _top:
			first.append(entry)
	return first


func _tell(message, changes, is_whole):
	var is_same = is_whole and _is_known and changes.size() == 0 and int(message.total) == total and message.window_key == window_key
	_is_known = true
	rows = _rows.list()
	total = int(message.total)
	window_key = message.window_key
	if not is_same:
		emit_signal("changed", rows, changes)
	if state != "live":
		_enter("live", null)


func _enter(next, error):
	state = next
	emit_signal("state_changed", next, error)


func _drop():
	if _socket != null:
		_socket.close()
	_socket = null
