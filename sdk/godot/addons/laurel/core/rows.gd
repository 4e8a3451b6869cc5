# The first rows of a board that is followed. It knows nothing of connections.

var _top
# user_id: {rank, user_id, name, score}
var _rows = {}


func _init(top):
	_top = top


# In rank order.
func list():
	var by_rank = {}
	for row in _rows.values():
		by_rank[row.rank] = row
	var ordered = []
	for rank in range(1, _top + 1):
		if by_rank.has(rank):
			ordered.append(by_rank[rank])
	return ordered


# Takes a whole state over. Returns what became of each row that has changed: [{user_id, before, now}], where `now` is null for a row
# that has left, and `before` for one that was not there; those that left are first.
func reset(entries):
	var before = _rows
	_rows = {}
	for entry in entries:
		_put(entry)
	return _changes_since(before, {})


# Takes changes over, and returns the same.
func apply(changes):
	var before = _rows.duplicate()
	var told = {}
	for change in changes:
		told[change.user_id] = change
		if change.type == "DELETE" or change.rank == null or change.score == null or change.rank > _top:
			_rows.erase(change.user_id)
		else:
			_put(change)
	return _changes_since(before, told)


func _put(entry):
	_rows[entry.user_id] = {"rank": int(entry.rank), "user_id": entry.user_id, "name": entry.name, "score": entry.score}


func _changes_since(before, told):
	var changes = []
	for user_id in before.keys():
		if not _rows.has(user_id):
			changes.append({"user_id": user_id, "before": before[user_id], "now": null})
	for now in list():
		var was = before.get(now.user_id)
		if was == null:
			changes.append({"user_id": now.user_id, "before": _former_of(told.get(now.user_id)), "now": now})
		elif was.rank != now.rank or was.score != now.score or was.name != now.name:
			changes.append({"user_id": now.user_id, "before": was, "now": now})
	return changes


# What a row was that others have let in; null when it was not there.
func _former_of(change):
	if change == null or change.type == "INSERT" or change.old_score == null:
		return null
	var rank = null if change.old_rank == null else int(change.old_rank)
	return {"rank": rank, "user_id": change.user_id, "name": change.name, "score": change.old_score}
