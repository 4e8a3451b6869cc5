# A call that submits scores, in requests of a hundred, one after another, so that a player's scores keep their order. What failed on the
# server alone is sent again by itself. Its value is the scores' outcomes, in order.
extends "call.gd"

const CHUNK = 100

const LOST = "internal-server-error"

var _scores = []
var _chunk = CHUNK
var _outcomes = []
# The places of the scores that the next request has.
var _open = []
var _next = 0
var _patience = 0


# scores: [{user_id, score, name?, metadata?, timestamp?, idempotency_key}]
func of(scores, patience):
	_scores = scores
	_patience = patience
	for _score in scores:
		_outcomes.append(null)
	return self


func _started():
	_open_chunk()


func _next_request():
	var entries = []
	for place in _open:
		entries.append(_scores[place])
	return {"method": HTTPClient.METHOD_POST, "path": _client.entries_path, "text": _client.platform.to_json({"entries": entries})}


func _answered(body):
	var results = body.get("results") if typeof(body) == TYPE_DICTIONARY else null
	if typeof(results) != TYPE_ARRAY or results.size() != _open.size():
		_try_again(Failure.new("unavailable", 200, "", "The answer does not have an outcome for each score"))
		return
	var again = []
	for index in range(_open.size()):
		if results[index].status == LOST:
			again.append(_open[index])
		else:
			_outcomes[_open[index]] = _outcome_of(results[index])
	_open = again
	if again.size() > 0:
		_try_again(Failure.new("unavailable", 200, LOST, "The server could not keep %d of the scores" % again.size()))
	else:
		_open_chunk()


func _refused(failure):
	# The server's answer when every score of a request conflicts.
	if failure.status == 409:
		for place in _open:
			_outcomes[place] = _outcome_of({"status": "conflict"})
		_open_chunk()
	# One that is too large by itself must not hold up the others.
	elif failure.status == 413 and _open.size() == 1:
		_outcomes[_open[0]] = _outcome_of({"status": "validation", "message": failure.message})
		_chunk = CHUNK
		_open_chunk()
	elif failure.status == 413:
		_chunk = int(_open.size() / 2.0)
		_next = _open[0]
		_open_chunk()
	else:
		_try_again(failure)


func _open_chunk():
	if _next >= _scores.size():
		_succeed(_outcomes)
		return
	_open = range(_next, int(min(_next + _chunk, _scores.size())))
	_next += _open.size()
	_failures = 0
	_begin_at = 0
	_give_up_at = _client.platform.ticks() + _patience


func _fail(failure):
	for place in range(_scores.size()):
		if _outcomes[place] == null:
			failure.unsettled.append(_scores[place])
		else:
			failure.settled.append({"score": _scores[place], "outcome": _outcomes[place]})
	error = failure
	is_over = true
	emit_signal("done")


func _outcome_of(result):
	var outcome = {
		"status": result.status,
		"ok": result.status in ["applied", "unchanged", "duplicate"],
		"previous_score": result.get("previous_score"),
		"score": result.get("score"),
		"previous_rank": _rank_of(result.get("previous_rank")),
		"rank": _rank_of(result.get("rank")),
	}
	if result.has("message"):
		outcome["message"] = result.message
	return outcome


func _rank_of(number):
	return null if number == null else int(number)
