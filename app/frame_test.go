package app

import (
	"testing"

	"github.com/wailsapp/wails/v2/pkg/runtime"
)

func screen(width, height int, current bool) runtime.Screen {
	one := runtime.Screen{IsCurrent: current}
	one.Size.Width, one.Size.Height = width, height
	return one
}

func TestAWindowIsPutWhereItWasOnAScreenThatIsThere(t *testing.T) {
	kept := windowFrame{X: 300, Y: 120, Width: 1280, Height: 860, Placed: true}
	at := func(x, y, width, height int) windowFrame {
		return windowFrame{X: x, Y: y, Width: width, Height: height, Placed: true}
	}
	far, above, large := kept, kept, kept
	far.X, far.Y = 2500, 1300
	above.X, above.Y = -400, -30
	large.Width, large.Height = 3800, 2100
	for name, c := range map[string]struct{ kept, want windowFrame }{
		"where it was":                      {kept, kept},
		"that was on a screen that is gone": {far, at(640, 220, 1280, 860)},
		"half out of sight":                 {above, at(0, 0, 1280, 860)},
		"larger than the screen":            {large, at(0, 0, 1920, 1080)},
	} {
		if got := c.kept.within([]runtime.Screen{screen(800, 600, false), screen(1920, 1080, true)}); got != c.want {
			t.Errorf("one %s: got %+v, want %+v", name, got, c.want)
		}
	}
	if got := kept.within(nil); got.Placed {
		t.Error("it is placed where no screen is known")
	}
}

func TestAMaximisedWindowKeepsTheSizeItGoesBackTo(t *testing.T) {
	before := windowFrame{X: 10, Y: 20, Width: 1000, Height: 700, Placed: true}
	got := before.closed(windowFrame{Width: 1920, Height: 1080, Maximised: true})
	if want := (windowFrame{X: 10, Y: 20, Width: 1000, Height: 700, Placed: true, Maximised: true}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got := got.closed(windowFrame{X: 5, Y: 6, Width: 1200, Height: 800}); got.Maximised || got.Width != 1200 || !got.Placed {
		t.Errorf("one that is not maximised any more keeps %+v", got)
	}
}
