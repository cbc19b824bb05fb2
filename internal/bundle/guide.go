package bundle

import (
	"bytes"
	"embed"
	"fmt"
	"text/template"
)

//go:embed guide/*.txt
var guides embed.FS

// guideOf is VERIFY.txt: what somebody does who wants to check a bundle without this program, and what each step proves.
// A language that has none gets the English one.
func guideOf(language string, sealed bool) ([]byte, error) {
	name := "guide/" + language + ".txt"
	if _, err := guides.Open(name); err != nil {
		name = "guide/en.txt"
	}
	guide, err := template.ParseFS(guides, name, "guide/commands.txt")
	if err != nil {
		return nil, fmt.Errorf("failed to read the guide: %w", err)
	}
	var text bytes.Buffer
	if err := guide.ExecuteTemplate(&text, name[len("guide/"):], struct{ Sealed bool }{sealed}); err != nil {
		return nil, fmt.Errorf("failed to write the guide: %w", err)
	}
	return text.Bytes(), nil
}
