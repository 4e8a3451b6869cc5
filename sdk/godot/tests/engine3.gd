# What the network core needs of Godot 3, for the tests on machines that have no other.


func ticks():
	return OS.get_ticks_msec()


func unix_time():
	return OS.get_unix_time() * 1000


func connect_http(client, address):
	return client.connect_to_host(address.host, address.port, address.is_secure)


func parse(text):
	var parsed = JSON.parse(text)
	return parsed.result if parsed.error == OK else null


func to_json(value):
	return JSON.print(value)


func encode(text):
	return text.percent_encode()


func random_hex(count):
	var text = ""
	for byte in Crypto.new().generate_random_bytes(count):
		text += "%02x" % byte
	return text


func open_socket(url, key):
	return Socket.new(url, key)


func file_storage(path):
	return FileStorage.new(path)


class Socket:
	var _client = WebSocketClient.new()
	var _state = "connecting"

	func _init(url, key):
		_client.connect("connection_established", self, "_on_open")
		_client.connect("connection_closed", self, "_on_closed")
		_client.connect("connection_error", self, "_on_closed", [false])
		if _client.connect_to_url(url + "?access_token=" + key.percent_encode()) != OK:
			_state = "closed"

	func poll():
		if _state != "closed":
			_client.poll()

	func is_open():
		return _state == "open"

	func is_closed():
		return _state == "closed"

	func receive():
		var peer = _client.get_peer(1)
		return peer.get_packet().get_string_from_utf8() if peer.get_available_packet_count() > 0 else null

	func send(text):
		var peer = _client.get_peer(1)
		peer.set_write_mode(WebSocketPeer.WRITE_MODE_TEXT)
		peer.put_packet(text.to_utf8())

	func close():
		_client.disconnect_from_host()

	func _on_open(_protocol):
		_state = "open"

	func _on_closed(_is_clean):
		_state = "closed"


class FileStorage:
	var _path

	func _init(path):
		_path = path

	func read():
		var file = File.new()
		if not file.file_exists(_path) or file.open(_path, File.READ) != OK:
			return null
		return file.get_as_text()

	func write(text):
		var file = File.new()
		if file.open(_path + ".next", File.WRITE) != OK:
			return false
		file.store_string(text)
		file.close()
		return Directory.new().rename(_path + ".next", _path) == OK
