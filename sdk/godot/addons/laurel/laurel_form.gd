## A name and a button that submits a score. It is kept until the server has it: what cannot be sent at once is sent when there is a
## connection, also when the game has ended meanwhile.
class_name LaurelForm
extends HBoxContainer

## The server has decided on a score: see [method LaurelClient.submit] for the outcome.
signal submitted(outcome: Dictionary)
## A score could not be sent now and is kept, with why.
signal kept(error: RefCounted)
## A score is lost: as many wait as are kept.
signal refused

const Client := preload("laurel_client.gd")

@export var client: Client
## What the button submits.
@export var score := 0.0
## Whose it is. When it is empty one is made, and kept in the game's user folder.
@export var user_id := ""
@export var name_placeholder := "Your name"
@export var button_text := "Submit"

## The player's name as it stands in the form.
var player_name: String:
	get:
		return _name.text.strip_edges()
	set(value):
		_name.text = value

# The idempotency keys of scores without an outcome.
var _waiting := {}
var _name := LineEdit.new()
var _button := Button.new()


func _ready() -> void:
	if user_id == "":
		user_id = _own_id()
	_name.placeholder_text = name_placeholder
	_name.max_length = 32
	_name.size_flags_horizontal = SIZE_EXPAND_FILL
	_name.text_submitted.connect(func(_text: String) -> void: press())
	_button.text = button_text
	_button.pressed.connect(press)
	client.flushed.connect(_on_flushed)
	add_child(_name)
	add_child(_button)


## Submits, as the button does.
func press() -> void:
	if _button.disabled:
		return
	var options := {} if player_name == "" else {"name": player_name}
	var idempotency_key: String = Client.Engine4.new().random_hex(16)
	options["idempotency_key"] = idempotency_key
	if not client.enqueue(user_id, score, options):
		refused.emit()
		return
	_waiting[idempotency_key] = true
	_button.disabled = true
	var result: RefCounted = await client.flush(0.0)
	_button.disabled = false
	if not result.ok and _waiting.has(idempotency_key):
		kept.emit(result.error)


func _on_flushed(settled: Array) -> void:
	for one: Dictionary in settled:
		if _waiting.erase(one.score.idempotency_key):
			submitted.emit(one.outcome)


static func _own_id() -> String:
	const PATH := "user://laurel-player.txt"
	if FileAccess.file_exists(PATH):
		return FileAccess.get_file_as_string(PATH)
	var id: String = Client.Engine4.new().random_hex(16)
	var file := FileAccess.open(PATH, FileAccess.WRITE)
	if file != null:
		file.store_string(id)
	return id
