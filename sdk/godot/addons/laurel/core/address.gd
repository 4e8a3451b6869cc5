# A server's address, taken apart: scheme, host, port and the path that it begins with.

var is_secure = false
var host = ""
var port = 80
var base = ""


func _init(url):
	var rest = url
	if url.begins_with("https://"):
		is_secure = true
		port = 443
		rest = url.substr(8, url.length() - 8)
	elif url.begins_with("http://"):
		rest = url.substr(7, url.length() - 7)
	while rest.ends_with("/"):
		rest = rest.substr(0, rest.length() - 1)
	var slash = rest.find("/")
	if slash >= 0:
		base = rest.substr(slash, rest.length() - slash)
		rest = rest.substr(0, slash)
	var colon = rest.find(":")
	host = rest
	if colon > 0:
		host = rest.substr(0, colon)
		port = int(rest.substr(colon + 1, rest.length() - colon - 1))
