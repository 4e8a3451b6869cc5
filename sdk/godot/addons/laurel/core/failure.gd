# Why a call failed. `kind` is one of:
#   invalid_request  400 and any other refusal of what was asked; `details` names the mistakes
#   unauthorized     401: there is no such key, or it has been revoked
#   forbidden        403: the key may not do this, or not on this board
#   not_found        404: there is no such board or window, or it is hidden or archived
#   rate_limited     429, after all attempts; `retry_after` seconds from now it may succeed
#   unavailable      no answer, 408 or 5xx, after all attempts
#   cancelled        the game did not want it any more

var kind = ""
# 0 without an answer.
var status = 0
# The server's word for it, such as NOT_FOUND; empty without an answer.
var code = ""
var message = ""
var retry_after = 0
var details = []
# Of a submission: [{score, outcome}] that were decided on before it failed, and the scores that were not. The latter have their
# idempotency keys: submitting them again counts none twice.
var settled = []
var unsettled = []


func _init(of_kind, of_status, of_code, text):
	kind = of_kind
	status = of_status
	code = of_code
	message = text


# Whether trying again may help.
func may_pass():
	return kind == "rate_limited" or kind == "unavailable"
