## The first places of a board, live. Rows have the theme type variations [code]LaurelRow[/code], [code]LaurelRowMine[/code],
## [code]LaurelRank[/code], [code]LaurelName[/code] and [code]LaurelScore[/code], by which a theme changes their look.
class_name LaurelList
extends VBoxContainer

## What is shown has changed.
signal changed(rows: Array)

const Client := preload("laurel_client.gd")

## Whose board is shown.
@export var client: Client
## How many places, 1 to 1000.
@export_range(1, 1000) var top := 10
## A player whose row is marked.
@export var highlight := "":
	set(value):
		highlight = value
		_show()
@export var empty_text := "Nobody yet. Be the first."
@export var broken_text := "Reconnecting…"

var _live: RefCounted = null
var _note := Label.new()


func _ready() -> void:
	_note.theme_type_variation = &"LaurelNote"
	_note.horizontal_alignment = HORIZONTAL_ALIGNMENT_CENTER
	add_child(_note)
	if client == null:
		push_warning("%s has no client to show a board of." % name)
		return
	_live = client.follow(top)
	_live.changed.connect(func(rows: Array, _changes: Array) -> void:
		_show()
		changed.emit(rows))
	_live.state_changed.connect(func(_state: String, _error: RefCounted) -> void: _show())
	_show()


func _exit_tree() -> void:
	if _live != null and is_instance_valid(client):
		client.unfollow(_live)
	_live = null


func _show() -> void:
	if _live == null:
		return
	var is_refused: bool = _live.state == "refused"
	var rows: Array = [] if is_refused else _live.rows
	while get_child_count() - 1 > rows.size():
		var last := get_child(get_child_count() - 1)
		remove_child(last)
		last.queue_free()
	for index in rows.size():
		if index + 1 >= get_child_count():
			add_child(_new_row())
		_fill(get_child(index + 1), rows[index])
	match _live.state:
		"live":
			_note.text = empty_text
			_note.visible = rows.is_empty()
		"broken":
			_note.text = broken_text
			_note.visible = true
		_:
			_note.text = "This leaderboard is not available." if is_refused else "…"
			_note.visible = is_refused or rows.is_empty()


func _new_row() -> PanelContainer:
	var row := PanelContainer.new()
	var cells := HBoxContainer.new()
	row.add_child(cells)
	for cell_name: String in ["Rank", "Name", "Score"]:
		var cell := Label.new()
		cell.name = cell_name
		cell.theme_type_variation = "Laurel" + cell_name
		cells.add_child(cell)
	var rank_cell: Label = cells.get_child(0)
	rank_cell.custom_minimum_size.x = 40
	rank_cell.horizontal_alignment = HORIZONTAL_ALIGNMENT_RIGHT
	var name_cell: Label = cells.get_child(1)
	name_cell.size_flags_horizontal = SIZE_EXPAND_FILL
	name_cell.text_overrun_behavior = TextServer.OVERRUN_TRIM_ELLIPSIS
	name_cell.clip_text = true
	return row


func _fill(row: PanelContainer, entry: Dictionary) -> void:
	row.theme_type_variation = &"LaurelRowMine" if entry.user_id == highlight else &"LaurelRow"
	var cells := row.get_child(0)
	cells.get_child(0).text = str(entry.rank)
	cells.get_child(1).text = entry.user_id if entry.name == null else entry.name
	cells.get_child(2).text = str(int(entry.score)) if entry.score == floorf(entry.score) else String.num(entry.score, 6)
