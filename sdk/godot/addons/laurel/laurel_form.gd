## A name and a button that submits a score. What cannot be sent at once is kept, and sent when there is a connection.
class_name LaurelForm
extends HBoxContainer

## The score has been submitted: see [method LaurelClient.submit] for the outcome.
signal submitted(outcome: Dictionary)
## The score has been kept for later, with why.
signal kept(error: RefCounted)
## The score was refused for good, with why.
signal refused(error: RefCounted)

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
	add_child(_name)
	add_child(_button)


## Submits, as the button does.
func press() -> void:
	if _button.disabled:
		return
	_button.disabled = true
	var options := {} if player_name == "" else {"name": player_name}
	# Kept for later under the same idempotency key, it counts once, whatever became of the first attempts.
	options["idempotency_key"] = Client.Engine4.new().random_hex(16)
	var value := score
	var result: RefCounted = await client.submit(user_id, value, options)
	_button.disabled = false
	if result.ok:
		submitted.emit(result.value)
	elif result.error.may_pass() and client.enqueue(user_id, value, options):
		kept.emit(result.error)
	else:
		refused.emit(result.error)


static func _own_id() -> String:
	const PATH := "user://laurel-player.txt"
	if FileAccess.file_exists(PATH):
		return FileAccess.get_file_as_string(PATH)
	var id: String = Client.Engine4.new().random_hex(16)
	var file := FileAccess.open(PATH, FileAccess.WRITE)
	if file != null:
		file.store_string(id)
	return id
