package app

import (
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/runtime"

	"constancia/internal/durable"
)

// The least window the page is made for, in pixels, and the one it opens with the first time.
const (
	minWidth, minHeight     = 900, 600
	firstWidth, firstHeight = 1280, 860
)

// windowFrame is how large the window was when it was closed, and where.
type windowFrame struct {
	X int `json:"x"`
	Y int `json:"y"`
	// Placed is false before the window was closed for the first time: then the system chooses its place.
	Placed    bool `json:"placed"`
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

// closed is the frame to keep when the window closes as it is now. A maximised window keeps the size it would go back to.
func (f windowFrame) closed(now windowFrame) windowFrame {
	if now.Maximised {
		f.Maximised = true
		return f
	}
	now.Placed = true
	return now
}

// within moves the frame to where all of it is on the screen, as far as it is not larger: a screen may have gone since it
// was kept.
func (f windowFrame) within(screens []runtime.Screen) windowFrame {
	at := slices.IndexFunc(screens, func(s runtime.Screen) bool { return s.IsCurrent })
	if at < 0 {
		at = slices.IndexFunc(screens, func(s runtime.Screen) bool { return s.IsPrimary })
	}
	if at < 0 {
		f.Placed = false
		return f
	}
	screen := screens[at].Size
	f.Width, f.Height = max(minWidth, min(f.Width, screen.Width)), max(minHeight, min(f.Height, screen.Height))
	f.X, f.Y = max(0, min(f.X, screen.Width-f.Width)), max(0, min(f.Y, screen.Height-f.Height))
	return f
}

// place puts the window where it was. A maximised one fills its screen already, and on Wayland the system has the say.
func (f windowFrame) place(ctx context.Context) {
	screens, err := runtime.ScreenGetAll(ctx)
	if err != nil || f.Maximised {
		return
	}
	fitting := f.within(screens)
	if fitting.Width != f.Width || fitting.Height != f.Height {
		runtime.WindowSetSize(ctx, fitting.Width, fitting.Height)
	}
	if fitting.Placed {
		runtime.WindowSetPosition(ctx, fitting.X, fitting.Y)
	}
}

// frameOf is the frame of the window as it is.
func frameOf(ctx context.Context) windowFrame {
	frame := windowFrame{Maximised: runtime.WindowIsMaximised(ctx)}
	frame.Width, frame.Height = runtime.WindowGetSize(ctx)
	frame.X, frame.Y = runtime.WindowGetPosition(ctx)
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
