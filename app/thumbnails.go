package app

import (
	"container/list"
	"io"
	"sync"

	"constancia/internal/raster"
)

const (
	// thumbnailSide is the longest side of a thumbnail, in pixels: a tile on a screen with two dots for each.
	thumbnailSide = 480
	// maxThumbnails is how many bytes of thumbnails are kept: those of about a thousand photos.
	maxThumbnails = 32 << 20
)

// thumbnails are small pictures of evidence, by its SHA-256. They are kept in memory and nowhere else: evidence that is
// erased must not live on as a picture in a folder of the window's own.
type thumbnails struct {
	// making is held while one is made: a photo takes a hundred megabytes for a moment, and a screenful comes at once.
	making sync.Mutex

	mu    sync.Mutex
	kept  map[string]*list.Element
	order list.List // of thumbnail; the one that was used last is in front
	size  int
}

// thumbnail is one of them, or why there is none.
type thumbnail struct {
	sha256 string
	small  []byte
	err    error
}

// weight is what keeping one costs, about.
func (t thumbnail) weight() int { return len(t.small) + 256 }

// of gives the small picture of an image that open opens.
func (t *thumbnails) of(sha256 string, open func() (io.ReadSeekCloser, error)) ([]byte, error) {
	if found, ok := t.find(sha256); ok {
		return found.small, found.err
	}
	t.making.Lock()
	defer t.making.Unlock()
	if found, ok := t.find(sha256); ok { // it was made meanwhile
		return found.small, found.err
	}
	content, err := open()
	if err != nil {
		return nil, err
	}
	defer func() { _ = content.Close() }()
	made := thumbnail{sha256: sha256}
	made.small, made.err = raster.Thumbnail(content, thumbnailSide)
	t.keep(made)
	return made.small, made.err
}

func (t *thumbnails) find(sha256 string) (thumbnail, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	element, ok := t.kept[sha256]
	if !ok {
		return thumbnail{}, false
	}
	t.order.MoveToFront(element)
	return element.Value.(thumbnail), true
}

// keep remembers one, and forgets those that were not used for longest when there are too many.
func (t *thumbnails) keep(made thumbnail) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.kept == nil {
		t.kept = map[string]*list.Element{}
	}
	t.kept[made.sha256] = t.order.PushFront(made)
	t.size += made.weight()
	for t.size > maxThumbnails && t.order.Len() > 1 {
		oldest := t.order.Remove(t.order.Back()).(thumbnail)
		delete(t.kept, oldest.sha256)
		t.size -= oldest.weight()
	}
}
