# Scores that wait for a connection, however long, at most 1000 of them, kept in a storage until the server has decided on them. The
# oldest are sent first. What is sent twice, because an answer was lost or the game ended, counts once.

const Scores = preload("scores.gd")

const CAPACITY = 1000

const VERSION = 1

# The server remembers idempotency keys for 24 hours; the rest is for slow answers and clocks that are set. Milliseconds.
const TRUST = 23 * 3600 * 1000

var _platform
var _storage


# storage: an object with read(), which returns the text that was written last or null, and write(text), which returns whether it is kept.
func _init(platform, storage):
	_platform = platform
	_storage = storage


# How many wait.
func size():
	return load_waiting().size()


# Keeps a score until it can be sent; false when the queue is full or the storage does not take it.
func add(score):
	var waiting = load_waiting()
	if waiting.size() >= CAPACITY:
		return false
	waiting.append({"score": Scores.with_key(_platform, score)})
	return _save(waiting)


# The next scores to send, after it has been noted when they were sent first; those that are too old to be sent again come with them.
func take(count):
	var now = _platform.unix_time()
	var rest = []
	var expired = []
	var chunk = []
	var waiting = load_waiting()
	if waiting.size() == 0:
		return {"expired": expired, "chunk": chunk}
	for one in waiting:
		if one.has("sent_at") and now - one.sent_at > TRUST:
			expired.append(one.score)
			continue
		if chunk.size() < count:
			chunk.append(one.score)
			if not one.has("sent_at"):
				one["sent_at"] = now
		rest.append(one)
	_save(rest)
	return {"expired": expired, "chunk": chunk}


func remove(scores):
	var keys = {}
	for score in scores:
		keys[score.idempotency_key] = true
	var rest = []
	for one in load_waiting():
		if not keys.has(one.score.idempotency_key):
			rest.append(one)
	_save(rest)


func load_waiting():
	var text = _storage.read()
	var kept = null if text == null else _platform.parse(text)
	if typeof(kept) != TYPE_DICTIONARY or int(kept.get("version", 0)) != VERSION:
		return []
	return kept.waiting


func _save(waiting):
	return _storage.write(_platform.to_json({"version": VERSION, "waiting": waiting}))
