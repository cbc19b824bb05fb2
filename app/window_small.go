package app

import (
	"sync"

	"github.com/wailsapp/wails/v2/pkg/runtime"
)

// The small form of the panel that a call is written in, in pixels: it floats above the company's own page or app.
const smallWidth, smallHeight = 430, 560

// floating remembers the window as it was before it became the small one.
type floating struct {
	mu     sync.Mutex
	before *windowFrame // nil while the window is not the small one
	x, y   int
}

// Float makes the window small and keeps it above all others, or brings it back to what it was. Where the system does
// not let a program do so, the window stays as it is and the page is the small one in it.
func (s *Window) Float(on bool) (err error) {
	defer guard(&err)
	s.desk.floating.set(windowMeans{s.desk}, on)
	return nil
}

// frameToKeep is the size the window has when it is not the small one.
func (f *floating) frameToKeep(now windowFrame) windowFrame {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.before != nil {
		return *f.before
	}
	return now
}

func (f *floating) set(window frameMeans, on bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if on == (f.before != nil) {
		return
	}
	if on {
		f.before = window.frame()
		f.x, f.y = window.position()
		window.float(smallWidth, smallHeight)
		return
	}
	window.land(*f.before, f.x, f.y)
	f.before = nil
}

// frameMeans is what floating needs of a window. A test stands in for it.
type frameMeans interface {
	frame() *windowFrame
	position() (x, y int)
	float(width, height int)
	land(before windowFrame, x, y int)
}

// windowMeans is the real window.
type windowMeans struct{ desk *desk }

func (w windowMeans) frame() *windowFrame {
	frame := frameOf(w.desk.ctx)
	return &frame
}

func (w windowMeans) position() (x, y int) { return runtime.WindowGetPosition(w.desk.ctx) }

func (w windowMeans) float(width, height int) {
	if runtime.WindowIsMaximised(w.desk.ctx) {
		runtime.WindowUnmaximise(w.desk.ctx)
	}
	runtime.WindowSetMinSize(w.desk.ctx, width, height/2)
	// On Linux the least size is set a moment later and the size at once, which the old least one would hold up. Asking
	// for the size waits for that moment.
	runtime.WindowGetSize(w.desk.ctx)
	runtime.WindowSetSize(w.desk.ctx, width, height)
	runtime.WindowSetAlwaysOnTop(w.desk.ctx, true)
}

func (w windowMeans) land(before windowFrame, x, y int) {
	runtime.WindowSetAlwaysOnTop(w.desk.ctx, false)
	runtime.WindowSetSize(w.desk.ctx, before.Width, before.Height)
	runtime.WindowSetMinSize(w.desk.ctx, minWidth, minHeight)
	runtime.WindowSetPosition(w.desk.ctx, x, y)
	if before.Maximised {
		runtime.WindowMaximise(w.desk.ctx)
	}
}
