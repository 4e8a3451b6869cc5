## Counts presses for ten seconds, submits them, and shows the board live. The server, the board and its key stand in the node
## LaurelClient, or in the environment: LAUREL_URL, LAUREL_TENANT, LAUREL_LEADERBOARD, LAUREL_KEY.
extends PanelContainer

const ROUND_SECONDS := 10.0

var _presses := 0
var _left := 0.0

@onready var _hit: Button = $Columns/Game/Hit
@onready var _score: Label = $Columns/Game/Score
@onready var _form := $Columns/Game/LaurelForm
@onready var _said: Label = $Columns/Game/Said
@onready var _list := $Columns/LaurelList


func _enter_tree() -> void:
	# Before the list, a child, begins to follow the board.
	for property: String in ["url", "tenant", "leaderboard", "key"]:
		var value := OS.get_environment("LAUREL_" + property.to_upper())
		if value != "":
			$LaurelClient.set(property, value)


func _ready() -> void:
	_hit.pressed.connect(_on_hit)
	_form.submitted.connect(func(outcome: Dictionary) -> void:
		_said.text = "You are in place %s." % outcome.rank if outcome.ok else "Not counted: %s." % outcome.status)
	_form.kept.connect(func(error: RefCounted) -> void:
		_said.text = "No connection. Your score is kept and sent later." if error.may_pass() else error.message)
	_form.refused.connect(func() -> void: _said.text = "Too many scores wait to be sent.")
	_list.highlight = _form.user_id


func _process(delta: float) -> void:
	if _left <= 0.0:
		return
	_left -= delta
	_hit.text = "%.1f s" % maxf(_left, 0.0)
	if _left <= 0.0:
		_hit.disabled = true
		_hit.text = "Done: submit it"
		get_tree().create_timer(2.0).timeout.connect(func() -> void:
			_hit.disabled = false
			_hit.text = "Again")


func _on_hit() -> void:
	if _left <= 0.0:
		_presses = 0
		_left = ROUND_SECONDS
	_presses += 1
	_score.text = str(_presses)
	_form.score = _presses
