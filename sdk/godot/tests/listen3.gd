# How one listens to a signal in Godot 3.


static func listen(source, what, target, method):
	source.connect(what, target, method)
