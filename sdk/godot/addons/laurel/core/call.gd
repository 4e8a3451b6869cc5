# A call to the server: attempts until one succeeds, another cannot help, or the patience ends. Polled; `done` is emitted when it is
# over, once. Those who wait for it look at `is_over` first.
signal done

const Exchange = preload("exchange.gd")
const Failure = preload("failure.gd")

const SHORTEST_PAUSE = 200.0
const LONGEST_PAUSE = 10000.0

var is_over = false
# Whether it succeeded: then there is a `value`, otherwise an `error` (failure.gd).
var ok = false
var value = null
var error = null

var _client
var _exchange = null
var _failures = 0
var _begin_at = 0
var _give_up_at = 0


# patience: milliseconds in which an attempt may begin.
func begin(client, patience):
	_client = client
	_give_up_at = client.platform.ticks() + patience
	_started()
	return self


func poll():
	if is_over:
		return
	if _exchange == null:
		if _client.platform.ticks() < _begin_at:
			return
		_exchange = _client.exchange(_next_request())
	if not _exchange.poll():
		return
	var answer = _exchange
	_exchange = null
	if answer.status >= 200 and answer.status < 300 and answer.body != null:
		_answered(answer.body)
	else:
		_refused(_failure_of(answer))


# Ends it; what has been sent may have been taken in.
func cancel():
	if is_over:
		return
	if _exchange != null:
		_exchange.stop()
	_fail(Failure.new("cancelled", 0, "", "The call was cancelled"))


# To be overridden: the next attempt's {method, path, text}.
func _next_request():
	return null


# To be overridden: what an answer means.
func _answered(body):
	_succeed(body)


func _refused(failure):
	_try_again(failure)


func _started():
	pass


# Makes another attempt after a pause, if that may help and begins in time.
func _try_again(failure):
	if not failure.may_pass():
		_fail(failure)
		return
	_failures += 1
	var pause = max(pause_after(_failures), failure.retry_after * 1000.0)
	_begin_at = _client.platform.ticks() + int(pause)
	if _begin_at > _give_up_at:
		_fail(failure)


func _succeed(with):
	ok = true
	value = with
	is_over = true
	emit_signal("done")


func _fail(failure):
	error = failure
	is_over = true
	emit_signal("done")


# Milliseconds after so many failures in a row: 0.2 s, doubling up to 10 s, spread so that not all players come back at once.
static func pause_after(failures):
	return min(SHORTEST_PAUSE * pow(2.0, failures - 1), LONGEST_PAUSE) * (1.0 + randf() * 0.25)


func _failure_of(answer):
	if answer.status == 0 or answer.status < 300:
		var why = answer.failure if answer.status == 0 else "it answered with something other than JSON"
		return Failure.new("unavailable", answer.status, "", "No answer from the server: " + why)
	var code = ""
	var message = "The server answered %d" % answer.status
	var details = []
	if typeof(answer.body) == TYPE_DICTIONARY and typeof(answer.body.get("error")) == TYPE_DICTIONARY:
		var told = answer.body["error"]
		code = told.get("code", code)
		message = told.get("message", message)
		details = told.get("details", details)
	var failure = Failure.new(_kind_of(answer.status), answer.status, code, message)
	failure.details = details
	if failure.kind == "rate_limited":
		failure.retry_after = max(1, answer.retry_after)
	return failure


func _kind_of(status):
	match status:
		401:
			return "unauthorized"
		403:
			return "forbidden"
		404:
			return "not_found"
		429:
			return "rate_limited"
		408:
			return "unavailable"
	return "unavailable" if status >= 500 else "invalid_request"
