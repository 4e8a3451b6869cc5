# A call that sends what a queue holds. Its value is [{score, outcome}] of what has left; when it fails the same stands in the error's
# `settled`, and the rest stays in the queue. A score that was sent more than 23 hours ago without an answer leaves as `expired`: the
# server may have forgotten its key, and would count it twice.
extends "call.gd"

const ReadCall = preload("read_call.gd")
const SubmitCall = preload("submit_call.gd")

var _queue
var _patience = 0
var _left = []
var _chunk = []
var _reach = null
var _submission = null


func of(queue, patience):
	_queue = queue
	_patience = patience
	return self


func poll():
	if is_over or not _has_reached():
		return
	if _submission == null and not _begin_chunk():
		_succeed(_left)
		return
	_submission.poll()
	if not _submission.is_over:
		return
	if _submission.ok:
		_queue.remove(_chunk)
		for place in range(_chunk.size()):
			_left.append({"score": _chunk[place], "outcome": _submission.value[place]})
		_submission = null
		return
	var settled = []
	for one in _submission.error.settled:
		settled.append(one.score)
	if settled.size() > 0:
		_queue.remove(settled)
	_submission.error.settled = _left + _submission.error.settled
	_fail(_submission.error)


func cancel():
	if is_over:
		return
	if _submission != null:
		_submission.cancel()
		poll()
	elif _reach != null:
		_reach.cancel()
		poll()
	else:
		var failure = Failure.new("cancelled", 0, "", "The call was cancelled")
		failure.settled = _left
		_fail(failure)


func _started():
	if _queue.size() > 0:
		_reach = ReadCall.new().of("/health", "").begin(_client, _patience)
	else:
		_succeed(_left)


# Whether the server answers at all. A score is in doubt from its first attempt on: without a connection there must be none.
func _has_reached():
	if _reach == null:
		return true
	_reach.poll()
	if not _reach.is_over:
		return false
	var error = null if _reach.ok else _reach.error
	if error != null and error.kind in ["unavailable", "cancelled"]:
		_fail(error)
		return false
	_reach = null
	return true


func _begin_chunk():
	var taken = _queue.take(SubmitCall.CHUNK)
	for score in taken.expired:
		var outcome = {"status": "expired", "ok": false, "previous_score": null, "score": null, "previous_rank": null, "rank": null}
		_left.append({"score": score, "outcome": outcome})
	_chunk = taken.chunk
	if _chunk.size() == 0:
		return false
	_submission = SubmitCall.new().of(_chunk, _patience).begin(_client, _patience)
	return true
