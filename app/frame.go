package app

import (
	"encoding/json"
	"io"
	"os"
	"path/filepath"

	"github.com/wailsapp/wails/v2/pkg/options"

	"constancia/internal/durable"
)

// The least window the page is made for, in pixels, and the one it opens with the first time.
const (
	minWidth, minHeight     = 900, 600
	firstWidth, firstHeight = 1280, 860
)

// windowFrame is how large the window was when it was closed.
type windowFrame struct {
	Width     int  `json:"width"`
	Height    int  `json:"height"`
	Maximised bool `json:"maximised"`
}

func (f windowFrame) startState() options.WindowStartState {
	if f.Maximised {
		return options.Maximised
	}
	return options.Normal
}

// readFrame gives the frame that was kept, or the first one.
func readFrame(state string) windowFrame {
	frame := windowFrame{Width: firstWidth, Height: firstHeight}
	text, err := os.ReadFile(framePath(state))
	if err != nil || json.Unmarshal(text, &frame) != nil {
		return windowFrame{Width: firstWidth, Height: firstHeight}
	}
	frame.Width, frame.Height = max(frame.Width, minWidth), max(frame.Height, minHeight)
	return frame
}

// writeFrame keeps the frame. That it can't be kept is no reason to keep the window from closing.
func writeFrame(state string, frame windowFrame) {
	if text, err := json.Marshal(frame); err == nil {
		_ = writePrivately(framePath(state), text)
	}
}

func framePath(state string) string { return filepath.Join(state, "window.json") }

// writePrivately writes a small file of the window's own, readable by its owner only, whole or not at all.
func writePrivately(path string, content []byte) error {
	if err := durable.MakeFolders(filepath.Dir(path)); err != nil {
		return err
	}
	return durable.WriteFile(path, func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	})
}
