# What submissions and the queue know of scores.


# A score that keeps its idempotency key from here on.
static func with_key(platform, score):
	var keyed = score.duplicate()
	if not keyed.has("idempotency_key"):
		keyed["idempotency_key"] = platform.random_hex(16)
	return keyed
