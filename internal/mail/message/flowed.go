package message

import "strings"

// unflow joins the lines of a text that were wrapped for transport (RFC 3676). Quoted lines keep their marks.
// deleteSpace is the parameter DelSp=yes: the space at the end of a flowed line goes.
func unflow(text string, deleteSpace bool) string {
	var out strings.Builder
	open, openDepth := false, 0 // whether the last line flows on, and how deep it is quoted
	for i, raw := range strings.Split(text, "\n") {
		depth := len(raw) - len(strings.TrimLeft(raw, ">"))
		content := strings.TrimPrefix(raw[depth:], " ") // space-stuffing, section 4.4
		isSignature := content == "-- "                 // never flows, section 4.3
		// An empty line parts paragraphs, also behind a line that was left open by mistake.
		if open && (depth != openDepth || isSignature || content == "") {
			open = false
		}
		if !open {
			if i > 0 {
				out.WriteByte('\n')
			}
			out.WriteString(quoteMark(depth))
		}
		flows := strings.HasSuffix(content, " ") && !isSignature
		if flows && deleteSpace {
			content = content[:len(content)-1]
		}
		out.WriteString(content)
		open, openDepth = flows, depth
	}
	return out.String()
}

func quoteMark(depth int) string {
	if depth == 0 {
		return ""
	}
	return strings.Repeat(">", depth) + " "
}
