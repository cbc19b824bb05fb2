package pdf

import (
	"strings"

	"constancia/internal/dossier"
)

// ahead reads pictures before they are asked for, while pages are laid out: in their order, and two at most are held.
type ahead struct {
	wanted  []string
	next    int
	ready   chan readAhead
	stopped chan struct{}
}

type readAhead struct {
	picture picture
	err     error
}

// readAhead begins to read the pictures of a list of exhibits. stop ends that.
func (i *images) readAhead(exhibits []dossier.Exhibit) (stop func()) {
	a := &ahead{ready: make(chan readAhead), stopped: make(chan struct{})}
	for _, exhibit := range exhibits {
		if isPicture(exhibit) {
			a.wanted = append(a.wanted, exhibit.Content)
		}
	}
	i.ahead = a
	go func() {
		for _, sha256 := range a.wanted {
			shown, err := i.read(sha256)
			select {
			case a.ready <- readAhead{shown, err}:
			case <-a.stopped:
				return
			}
		}
	}()
	return func() { close(a.stopped) }
}

// isPicture reports whether an exhibit is one to show as a picture.
func isPicture(exhibit dossier.Exhibit) bool { return strings.HasPrefix(exhibit.MediaType, "image/") }

// load gives the picture of a file, ready to be shown.
func (i *images) load(sha256 string) (picture, error) {
	a := i.ahead
	if a == nil || a.next >= len(a.wanted) || a.wanted[a.next] != sha256 {
		return i.read(sha256)
	}
	a.next++
	read := <-a.ready
	return read.picture, read.err
}
