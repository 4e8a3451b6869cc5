# Plays the demo in Godot 4, for the tests: presses, submits under a name, and says what the list shows whenever that changes.
extends SceneTree

var _demo: Node
var _said := ""

var _is_submitted := false


func _initialize() -> void:
	_demo = load("res://demo/demo.tscn").instantiate()
	root.add_child(_demo)


func _process(_delta: float) -> bool:
	if _demo.is_node_ready() and not _is_submitted:
		_is_submitted = true
		for press in 3:
			_demo.get_node("Columns/Game/Hit").pressed.emit()
		var form := _demo.get_node("Columns/Game/LaurelForm")
		form.player_name = "Ada"
		form.press()
	var shown := []
	for row in _demo.get_node("Columns/LaurelList").find_children("*", "PanelContainer", false, false):
		var cells := row.get_child(0).get_children()
		shown.append("%s %s %s" % [cells[0].text, cells[1].text, cells[2].text])
	var text := "shown %s" % JSON.stringify({"rows": shown, "said": _demo.get_node("Columns/Game/Said").text})
	if text != _said:
		_said = text
		print(text)
	return false
