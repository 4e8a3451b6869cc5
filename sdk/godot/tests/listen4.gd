# How one listens to a signal in Godot 4.


static func listen(source, what, target, method):
	source.connect(what, Callable(target, method))
