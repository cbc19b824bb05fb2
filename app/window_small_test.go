package app

import (
	"slices"
	"testing"
)

// paneOfGlass is a window that only remembers what was asked of it.
type paneOfGlass struct {
	now   windowFrame
	x, y  int
	asked []string
}

func (p *paneOfGlass) frame() *windowFrame  { frame := p.now; return &frame }
func (p *paneOfGlass) position() (x, y int) { return p.x, p.y }
func (p *paneOfGlass) float(width, height int) {
	p.now, p.asked = windowFrame{Width: width, Height: height}, append(p.asked, "float")
}

func (p *paneOfGlass) land(before windowFrame, x, y int) {
	p.now, p.x, p.y, p.asked = before, x, y, append(p.asked, "land")
}

func TestTheSmallWindowGoesBackToWhatItWas(t *testing.T) {
	large := windowFrame{Width: 1280, Height: 860, Maximised: true}
	window := &paneOfGlass{now: large, x: 40, y: 60}
	var f floating
	f.set(window, true)
	f.set(window, true) // two pages ask
	if window.now.Width != smallWidth || f.frameToKeep(window.now) != large {
		t.Errorf("small: %+v, and %+v is kept", window.now, f.frameToKeep(window.now))
	}
	window.x, window.y = 900, 10
	f.set(window, false)
	f.set(window, false)
	if window.now != large || window.x != 40 || window.y != 60 || f.frameToKeep(window.now) != large {
		t.Errorf("back: %+v at %d, %d", window.now, window.x, window.y)
	}
	if want := []string{"float", "land"}; !slices.Equal(window.asked, want) {
		t.Errorf("asked for %v", window.asked)
	}
}
