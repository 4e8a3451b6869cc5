# One HTTP request and its answer, over a connection of its own. Polled until it is over.

# The answer's status; 0 without an answer, and then `failure` says why.
var status = 0
# The answer's body as JSON means it; null when it is none.
var body = null
# Seconds, of an answer that says so; otherwise 0.
var retry_after = 0
var failure = ""

var _platform
var _address
var _request
var _client = HTTPClient.new()
var _end = 0
var _is_sent = false
var _is_over = false
var _bytes = null


# request: {method, path, headers, text}; timeout in milliseconds.
func _init(platform, address, request, timeout):
	_platform = platform
	_address = address
	_request = request
	_end = platform.ticks() + timeout
	if platform.connect_http(_client, address) != OK:
		_fail("the address cannot be used")


# Whether it is over. Call it every frame until it is.
func poll():
	if _is_over:
		return true
	if _platform.ticks() > _end:
		return _fail("it took too long")
	_client.poll()
	var state = _client.get_status()
	if state == HTTPClient.STATUS_BODY:
		_read()
	elif state == HTTPClient.STATUS_CONNECTED and not _is_sent:
		_send()
	elif state == HTTPClient.STATUS_CONNECTED:
		_finish()
	elif not state in [HTTPClient.STATUS_RESOLVING, HTTPClient.STATUS_CONNECTING, HTTPClient.STATUS_REQUESTING]:
		_fail("the connection cannot be made, or was lost")
	return _is_over


func stop():
	_is_over = true
	_client.close()


func _send():
	_is_sent = true
	if _client.request(_request.method, _address.base + _request.path, _request.headers, _request.text) != OK:
		_fail("the request could not be sent")


func _read():
	_note_head()
	while _client.get_status() == HTTPClient.STATUS_BODY:
		var chunk = _client.read_response_body_chunk()
		if chunk.size() == 0:
			break
		if _bytes == null:
			_bytes = chunk
		else:
			_bytes.append_array(chunk)
	var state = _client.get_status()
	if state == HTTPClient.STATUS_CONNECTED or state == HTTPClient.STATUS_DISCONNECTED:
		_finish()


func _note_head():
	if status != 0:
		return
	status = _client.get_response_code()
	for line in _client.get_response_headers():
		var colon = line.find(":")
		if line.substr(0, colon).to_lower() == "retry-after":
			retry_after = int(line.substr(colon + 1, line.length() - colon - 1).strip_edges())


func _finish():
	_note_head()
	if _bytes != null:
		body = _platform.parse(_bytes.get_string_from_utf8())
	stop()


func _fail(why):
	status = 0
	failure = why
	stop()
	return true
