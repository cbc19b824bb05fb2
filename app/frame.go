package app

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"

	"github.com/wailsapp/wails/v2/pkg/options"
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
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	file, err := os.CreateTemp(filepath.Dir(path), ".new-*") // 0600
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(file.Name()) }()
	if _, err := file.Write(content); err != nil {
		_ = file.Close()
		return err
	}
	// Synced before it takes the name of the old one: when the power fails, one of the two is there.
	if err := errors.Join(file.Sync(), file.Close()); err != nil {
		return err
	}
	return os.Rename(file.Name(), path)
}
