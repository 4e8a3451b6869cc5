# Runs one scenario of the network core, in either engine, for the tests: they name it and the board in the environment, and read lines
# of a kind and a JSON text.
extends SceneTree

const Client = preload("res://addons/laurel/core/client.gd")

# Not plain ASCII, which must pass through paths unharmed.
const PLAYER = "player ü/2"

var _platform
var _client
var _steps = []
var _call = null
var _live = null


func _init():
	randomize()
	var version = Engine.get_version_info().major
	_platform = load("res://addons/laurel/engine4.gd" if version >= 4 else "res://tests/engine3.gd").new()
	_client = Client.new(_platform, _options())
	_tell("engine", version)
	match OS.get_environment("LAUREL_SCENARIO"):
		"submit":
			_begin(_client.submit(_scores()))
		"queue":
			for score in _scores():
				if not _client.queue.add(score):
					_tell("full", null)
			_begin(_client.flush(_client.patience))
		"flush":
			_begin(_client.flush(_client.patience))
		"reads":
			_steps = [
				_client.page({"limit": 2, "offset": 1}),
				_client.around(PLAYER, {"around": 1}),
				_client.rank(PLAYER, {}),
				_client.score(PLAYER, {}),
				_client.rank("nobody", {}),
				_client.snapshots({}),
				_client.snapshot("spring", {}),
				_client.snapshot_around("spring", "nobody", {}),
				_client.page({"limit": 0}),
			]
			_begin(_steps.pop_front())
		"follow":
			_live = _client.follow(3)
			_listen("changed")
			_listen("closed")
			_listen("state_changed")


func _idle(_delta):
	_step()


func _process(_delta):
	_step()


func _step():
	_client.poll()
	if _call == null or not _call.is_over:
		return
	_tell_result(_call)
	_call = _steps.pop_front()
	if _call == null:
		_client.stop()
		quit()


func _begin(call):
	_call = call


func _tell_result(call):
	if call.ok:
		_tell("value", call.value)
		return
	var error = call.error
	_tell("error", {
		"kind": error.kind, "status": error.status, "code": error.code, "message": error.message, "retry_after": error.retry_after,
		"details": error.details, "settled": error.settled.size(), "unsettled": error.unsettled.size(),
	})


func _listen(what):
	load("res://tests/listen%d.gd" % Engine.get_version_info().major).listen(_live, what, self, "_on_" + what)


func _on_changed(rows, changes):
	_tell("changed", {"rows": rows, "changes": changes, "total": _live.total, "window_key": _live.window_key})


func _on_closed(window_key, next_window, is_final):
	_tell("closed", {"window_key": window_key, "next": next_window, "final": is_final})


func _on_state_changed(state, error):
	_tell("state", {"state": state, "error": null if error == null else error.kind})


func _options():
	var options = _platform.parse(OS.get_environment("LAUREL_OPTIONS"))
	if OS.has_environment("LAUREL_QUEUE"):
		options["storage"] = _platform.file_storage(OS.get_environment("LAUREL_QUEUE"))
	return options


func _scores():
	return _platform.parse(OS.get_environment("LAUREL_SCORES"))


func _tell(kind, what):
	print("%s %s" % [kind, _platform.to_json(what)])
