## What the network core needs of Godot 4.
extends RefCounted


## Milliseconds since the engine started.
func ticks() -> int:
	return Time.get_ticks_msec()


## Milliseconds since the Unix epoch.
func unix_time() -> int:
	return int(Time.get_unix_time_from_system() * 1000.0)


func connect_http(client: HTTPClient, address) -> Error:
	return client.connect_to_host(address.host, address.port, TLSOptions.client() if address.is_secure else null)


## What a JSON text means; null when it is none.
func parse(text: String) -> Variant:
	var json := JSON.new()
	return json.data if json.parse(text) == OK else null


func to_json(value: Variant) -> String:
	return JSON.stringify(value, "", false, true)


func encode(text: String) -> String:
	return text.uri_encode()


## So many random bytes in hexadecimal digits.
func random_hex(count: int) -> String:
	return Crypto.new().generate_random_bytes(count).hex_encode()


func open_socket(url: String, key: String) -> Socket:
	return Socket.new(url, key)


func file_storage(path: String) -> FileStorage:
	return FileStorage.new(path)


class Socket:
	const BUFFER := 1 << 21

	var _peer := WebSocketPeer.new()
	var _refused := false

	func _init(url: String, key: String) -> void:
		_peer.inbound_buffer_size = BUFFER
		if OS.has_feature("web"):
			# Browsers set no headers.
			url += "?access_token=" + key.uri_encode()
		else:
			_peer.handshake_headers = PackedStringArray(["X-API-Key: " + key])
		_refused = _peer.connect_to_url(url) != OK

	func poll() -> void:
		_peer.poll()

	func is_open() -> bool:
		return _peer.get_ready_state() == WebSocketPeer.STATE_OPEN

	func is_closed() -> bool:
		return _refused or _peer.get_ready_state() == WebSocketPeer.STATE_CLOSED

	## The next message; null when there is none.
	func receive() -> Variant:
		return _peer.get_packet().get_string_from_utf8() if _peer.get_available_packet_count() > 0 else null

	func send(text: String) -> void:
		_peer.send_text(text)

	func close() -> void:
		_peer.close()


## A file, of which a crash leaves the text before or the text after, never a part.
class FileStorage:
	var _path: String

	func _init(path: String) -> void:
		_path = path

	func read() -> Variant:
		return FileAccess.get_file_as_string(_path) if FileAccess.file_exists(_path) else null

	func write(text: String) -> bool:
		var next := _path + ".next"
		var file := FileAccess.open(next, FileAccess.WRITE)
		if file == null or not file.store_string(text):
			return false
		file.close()
		return DirAccess.rename_absolute(next, _path) == OK
