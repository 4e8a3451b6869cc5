@tool
extends EditorPlugin
# The nodes have class names, so that the editor offers them by itself. What a plugin adds is that it can be turned on and off.
