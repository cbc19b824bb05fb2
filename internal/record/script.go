package record

import _ "embed"

// Reader is reader.py, the second reader of the format. Whatever leaves the computer to be checked by others brings it.
//
//go:embed reader.py
var Reader string
