# A call that reads. Its value is the answer's body as the server names its fields, with whole numbers where it has ranks and counts.
extends "call.gd"

const WHOLE = ["rank", "total", "limit", "offset"]

var _path = ""
# Read when the first path is not found, to tell a player without an entry, whose value is null, from a board that is not there.
var _whole = ""
var _is_missing = false


func of(path, whole):
	_path = path
	_whole = whole
	return self


func _next_request():
	return {"method": HTTPClient.METHOD_GET, "path": _whole if _is_missing else _path, "text": ""}


func _answered(body):
	_succeed(null if _is_missing else _with_whole(body))


func _refused(failure):
	if failure.kind == "not_found" and _whole != "" and not _is_missing:
		_is_missing = true
	else:
		_try_again(failure)


func _with_whole(body):
	if typeof(body) == TYPE_ARRAY:
		for item in body:
			_with_whole(item)
	elif typeof(body) == TYPE_DICTIONARY:
		for field in body.keys():
			if field in WHOLE:
				body[field] = int(body[field])
			elif field != "metadata":
				_with_whole(body[field])
	return body
