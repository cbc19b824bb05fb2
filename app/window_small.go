package app

import (
	goruntime "runtime"
	"sync"
	"time"

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
	w.resize(width, height, width, height/2)
	runtime.WindowSetAlwaysOnTop(w.desk.ctx, true)
}

func (w windowMeans) land(before windowFrame, x, y int) {
	runtime.WindowSetAlwaysOnTop(w.desk.ctx, false)
	w.resize(before.Width, before.Height, minWidth, minHeight)
	runtime.WindowSetPosition(w.desk.ctx, x, y)
	if before.Maximised {
		runtime.WindowMaximise(w.desk.ctx)
	}
}

// resize gives the window a size, and the least one it can be made. On Linux Wails asks for a size beside the thread that
// draws, and now and then that is lost; the least and the greatest size are set in that thread, and hold until the window
// has the size between them. A window manager that decides on sizes itself has the last word.
func (w windowMeans) resize(width, height, leastWidth, leastHeight int) {
	if goruntime.GOOS != "linux" {
		runtime.WindowSetMinSize(w.desk.ctx, leastWidth, leastHeight)
		runtime.WindowSetSize(w.desk.ctx, width, height)
		return
	}
	const tries, pause = 20, 50 * time.Millisecond
	runtime.WindowSetMinSize(w.desk.ctx, width, height)
	runtime.WindowSetMaxSize(w.desk.ctx, width, height)
	for range tries {
		if nowWide, nowHigh := runtime.WindowGetSize(w.desk.ctx); nowWide == width && nowHigh == height {
			break
		}
		runtime.WindowSetSize(w.desk.ctx, width, height)
		time.Sleep(pause)
	}
	runtime.WindowSetMaxSize(w.desk.ctx, 0, 0)
	runtime.WindowSetMinSize(w.desk.ctx, leastWidth, leastHeight)
}
