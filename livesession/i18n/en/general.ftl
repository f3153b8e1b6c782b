colon = : { "" }
error-internal = Something unexpected went wrong. Nothing was half recorded; try again, then tell the operator.
