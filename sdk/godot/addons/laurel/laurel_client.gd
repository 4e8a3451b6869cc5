## One board on a Laurel server: submits scores, reads standings and follows them live.
##
## Every call is awaited and returns a result: [code]ok[/code] says whether it succeeded, [code]value[/code] what the server answered,
## [code]error[/code] why it failed ([code]kind[/code], [code]status[/code], [code]code[/code], [code]message[/code]; see
## [code]core/failure.gd[/code]). Attempts that get no answer, or are told to wait, are made again for [member patience] seconds. What is
## submitted twice on the way counts once.
## [codeblock]
## var result = await $LaurelClient.submit("ada", 1500, {"name": "Ada"})
## if result.ok:
##     print("Place ", result.value.rank)
## [/codeblock]
class_name LaurelClient
extends Node

## Scores of the queue have left it: an array of [code]{score, outcome}[/code].
signal flushed(settled: Array)

const Core := preload("core/client.gd")
const Engine4 := preload("engine4.gd")

## The server's address.
@export var url := "http://127.0.0.1:5080"
## The tenant's id.
@export var tenant := ""
## The board's id.
@export var leaderboard := ""
## A board key of that board. Whoever has the game can find it, and can submit what they like: give the board limits.
@export var key := ""
## Seconds in which another attempt of a call may begin.
@export_range(0, 600, 1, "or_greater") var patience := 30.0
## Seconds that one attempt may take.
@export_range(1, 60, 1, "or_greater") var timeout := 10.0
## Seconds between attempts to send what the queue holds; 0 leaves that to [method flush].
@export_range(0, 600, 1, "or_greater") var flush_every := 10.0

var _core: RefCounted = null
var _flush_at := 0
var _is_flushing := false


## Submits a score. options: [code]name[/code], [code]metadata[/code] (a dictionary), [code]timestamp[/code] (ISO 8601),
## [code]idempotency_key[/code]. The value is the outcome: [code]status[/code] ([code]applied[/code], [code]unchanged[/code],
## [code]duplicate[/code], or why it did not count), [code]ok[/code], [code]score[/code], [code]rank[/code],
## [code]previous_score[/code], [code]previous_rank[/code].
func submit(user_id: String, score: float, options := {}) -> RefCounted:
	var result: RefCounted = await submit_all([_score(user_id, score, options)])
	if result.ok:
		result.value = result.value[0]
	return result


## Submits any number of scores, each [code]{user_id, score}[/code] with the options of [method submit], in requests of a hundred. The
## value has an outcome for each, in order.
func submit_all(scores: Array) -> RefCounted:
	return await _over(_made().submit(scores))


## Keeps a score until there is a connection, also when the game ends before that; false when a thousand are kept already.
func enqueue(user_id: String, score: float, options := {}) -> bool:
	_flush_at = 0
	return _made().queue.add(_score(user_id, score, options))


## How many scores are kept.
func queued() -> int:
	return _made().queue.size()


## Sends the scores that are kept. The value is an array of [code]{score, outcome}[/code]. within: seconds in which another attempt may
## begin; [member patience] unless given.
func flush(within := -1.0) -> RefCounted:
	_is_flushing = true
	var result: RefCounted = await _over(_made().flush(int((patience if within < 0.0 else within) * 1000.0)))
	_is_flushing = false
	_flush_at = Time.get_ticks_msec() + int(flush_every * 1000.0)
	var settled: Array = result.value if result.ok else result.error.settled
	if not settled.is_empty():
		flushed.emit(settled)
	return result


## A page of the standings. options: [code]limit[/code] (1 to 1000), [code]offset[/code], [code]window_key[/code], [code]ranks[/code]
## ([code]standard[/code] for shared ranks).
func page(options := {}) -> RefCounted:
	return await _over(_made().page(options))


## A player with neighbours; the value is null for one who has no entry. options: [code]around[/code] (on each side),
## [code]window_key[/code], [code]ranks[/code].
func around(user_id: String, options := {}) -> RefCounted:
	return await _over(_made().around(user_id, options))


## A player's rank; the value is null for one who has no entry.
func rank(user_id: String, options := {}) -> RefCounted:
	return await _over(_made().rank(user_id, options))


## A player's score; the value is null for one who has no entry.
func score(user_id: String, options := {}) -> RefCounted:
	return await _over(_made().score(user_id, options))


## The windows that have ended. options: [code]from[/code], [code]to[/code], [code]limit[/code].
func snapshots(options := {}) -> RefCounted:
	return await _over(_made().snapshots(options))


## The final standings of a window. options: [code]limit[/code], [code]offset[/code].
func snapshot(window_key: String, options := {}) -> RefCounted:
	return await _over(_made().snapshot(window_key, options))


## A player's place in an ended window; the value is null for one who has none. options: [code]around[/code].
func snapshot_around(window_key: String, user_id: String, options := {}) -> RefCounted:
	return await _over(_made().snapshot_around(window_key, user_id, options))


## Follows the first places (1 to 1000). The result has [code]rows[/code], [code]total[/code], [code]window_key[/code],
## [code]state[/code] and the signals [code]changed(rows, changes)[/code], [code]closed(window_key, next_window, is_final)[/code] and
## [code]state_changed(state, error)[/code]. It comes back by itself after a break, until [method unfollow].
func follow(top := 10) -> RefCounted:
	return _made().follow(top)


func unfollow(live: RefCounted) -> void:
	if _core != null:
		_core.unfollow(live)


func _process(_delta: float) -> void:
	if _core == null:
		return
	_core.poll()
	if flush_every > 0.0 and not _is_flushing and Time.get_ticks_msec() >= _flush_at:
		_flush_at = Time.get_ticks_msec() + int(flush_every * 1000.0)
		if queued() > 0:
			flush()


func _exit_tree() -> void:
	if _core != null:
		_core.stop()
	_core = null


func _made() -> RefCounted:
	if _core == null:
		_core = Core.new(Engine4.new(), {
			"url": url, "tenant": tenant, "leaderboard": leaderboard, "key": key,
			"patience": int(patience * 1000.0), "timeout": int(timeout * 1000.0),
		})
	return _core


func _over(call: RefCounted) -> RefCounted:
	if not call.is_over:
		await call.done
	return call


func _score(user_id: String, score: float, options: Dictionary) -> Dictionary:
	var whole := options.duplicate()
	whole["user_id"] = user_id
	# Whole numbers are sent as such.
	whole["score"] = int(score) if score == floorf(score) and absf(score) < 9007199254740992.0 else score
	return whole
