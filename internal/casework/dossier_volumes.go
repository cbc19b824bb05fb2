package casework

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"constancia/internal/dossier/pdf"
	"constancia/internal/dossier/seal"
	"constancia/internal/durable"
	"constancia/internal/i18n"
)

// volumes are the pages of a dossier while they are divided.
type volumes struct {
	ctx   context.Context
	made  compiledDossier
	pages []byte
	drawn pdf.Drawn
	// seal is how much larger each volume gets by its time stamp, in bytes; 0 without a service.
	seal int64
}

// drawVolumes draws the pages of a dossier with a line at their foot.
func drawVolumes(ctx context.Context, made compiledDossier, small bool, foot func(page int) string) (*volumes, error) {
	var pages bytes.Buffer
	drawn, err := pdf.Write(ctx, &pages, made.model, pdf.Options{Open: made.open, Apart: true, Small: small, Foot: foot})
	return &volumes{ctx: ctx, made: made, pages: pages.Bytes(), drawn: drawn}, err
}

// write writes the pages of a volume.
func (v *volumes) write(part seal.Excerpt, w io.Writer, pictures map[string]seal.Picture) error {
	o := v.drawn.Options
	o.Pictures, o.Excerpt = pictures, part
	return seal.Finish(v.ctx, w, v.pages, o)
}

// size is how large a volume gets, in bytes. No picture is read for it.
func (v *volumes) size(part seal.Excerpt) (int64, error) {
	var largest int
	for _, picture := range v.drawn.Pictures {
		largest = max(largest, picture.Size)
	}
	blank := make([]byte, largest)
	blanks := map[string]seal.Picture{}
	for key, picture := range v.drawn.Pictures {
		blanks[key] = seal.Picture{Size: picture.Size, Read: func() ([]byte, error) { return blank[:picture.Size], nil }}
	}
	counted := &counter{Writer: io.Discard}
	err := v.write(part, counted, blanks)
	return counted.bytes + v.seal, err
}

// divide cuts the pages into volumes of at most most bytes each, as many as files and total allow. Pages that fit no
// volume, and those for which none is left, are unfit.
func (v *volumes) divide(files int, most, total int64) (parts []seal.Excerpt, unfit []int, err error) {
	for first := 1; first <= v.drawn.Pages; {
		last, size := 0, int64(0)
		if len(parts) < files {
			if last, size, err = v.reach(first, min(most, total)); err != nil {
				return nil, nil, err
			}
		}
		if last < first { // not even this page
			unfit = append(unfit, first)
			first++
			continue
		}
		parts = append(parts, seal.Excerpt{First: first, Last: last})
		total -= size
		first = last + 1
	}
	return parts, unfit, nil
}

// reach is the last page up to which a volume from first takes at most most bytes, before a part begins where that costs no
// more than half of it; less than first when not even one page fits.
func (v *volumes) reach(first int, most int64) (last int, size int64, err error) {
	last = first - 1
	for low, high := first, v.drawn.Pages; low <= high; {
		middle := (low + high + 1) / 2
		if low == first && last < first && high == v.drawn.Pages {
			middle = high // often all the rest fits
		}
		tried, err := v.size(seal.Excerpt{First: first, Last: middle})
		if err != nil {
			return 0, 0, err
		}
		if tried <= most {
			last, size, low = middle, tried, middle+1
		} else {
			high = middle - 1
		}
	}
	if last < first || last == v.drawn.Pages {
		return last, size, nil
	}
	breaks := slices.DeleteFunc(slices.Clone(v.drawn.Breaks), func(page int) bool { return page <= (first+last)/2 || page > last+1 })
	if len(breaks) == 0 {
		return last, size, nil
	}
	last = slices.Max(breaks) - 1
	size, err = v.size(seal.Excerpt{First: first, Last: last})
	return last, size, err
}

// footRoom is how much larger a volume may get by what stands at the foot of its pages, as a part of its size.
const footRoom = 40

// writeVolumes divides the dossier into files that its addressee takes, with small pictures when it would not fit.
func (c *Casework) writeVolumes(ctx context.Context, folder string, made compiledDossier, set *UploadSetMade) error {
	most, total := set.Limits.FileBytes-set.Limits.FileBytes/footRoom, set.Limits.TotalBytes-set.Limits.TotalBytes/footRoom
	made.model.Integrity.Volume = true
	// The line at the foot is drawn at first as long as it will be, so that only its figures change.
	drafted := footOf(made, set, []seal.Excerpt{{First: 1, Last: 1 << 20}}, nil)
	room, err := c.roomForSeal(ctx, set)
	if err != nil {
		return err
	}
	var parts []seal.Excerpt
	for _, small := range []bool{false, true} {
		draft, err := drawVolumes(ctx, made, small, drafted)
		if err != nil {
			return err
		}
		draft.seal = room
		if parts, set.Unfit, err = draft.divide(set.Limits.Files, most, total); err != nil {
			return err
		}
		set.SmallPictures, set.UnfitRows = small, rowsOn(set.Unfit, draft.drawn.Places)
		if len(set.Unfit) == 0 {
			break
		}
	}
	final, err := drawVolumes(ctx, made, set.SmallPictures, footOf(made, set, parts, set.Unfit))
	if err != nil {
		return err
	}
	for i, part := range parts {
		name := volumeName(made, i+1, len(parts))
		written := Exported{Unstamped: set.Unstamped}
		err := durable.WriteAndReadBack(filepath.Join(folder, name), func(file *os.File) error {
			buffered := bufio.NewWriterSize(file, 1<<16)
			if err := errors.Join(final.write(part, buffered, final.drawn.Pictures), buffered.Flush()); err != nil {
				return err
			}
			return c.stampAndReadBack(ctx, file, &written)
		})
		if err != nil {
			return err
		}
		set.Unstamped = written.Unstamped
		set.Volumes = append(set.Volumes, UploadVolume{Name: name, First: part.First, Last: part.Last, Size: written.Size, SHA256: written.SHA256,
			StampedAt: written.StampedAt, StampedBy: written.StampedBy})
	}
	return nil
}

// roomForSeal is how much larger a volume gets by its time stamp, in bytes.
func (c *Casework) roomForSeal(ctx context.Context, set *UploadSetMade) (int64, error) {
	service, err := c.SealService(ctx)
	if err != nil || service == "" || set.Unstamped != nil {
		return 0, err
	}
	return seal.Added, nil
}

// volumeName is a file name of ASCII characters, of fewer than 50.
func volumeName(made compiledDossier, number, count int) string {
	return fmt.Sprintf("%s-%s.pdf", made.model.Reference, i18n.For(made.model.Language).Text("dossier.volume.file",
		i18n.Values{"number": number, "count": count}))
}

// footOf says at the foot of a page of which volume it is, and of which dossier.
func footOf(made compiledDossier, set *UploadSetMade, parts []seal.Excerpt, unfit []int) func(page int) string {
	words := i18n.For(made.model.Language)
	missing := ""
	if len(unfit) > 0 {
		missing = "\n" + words.Text("dossier.volume.unfit", i18n.Values{"pages": PageRanges(unfit)})
	}
	return func(page int) string {
		for i, part := range parts {
			if page >= part.First && page <= part.Last {
				return words.Text("dossier.volume.foot", i18n.Values{"number": i + 1, "count": len(parts), "first": part.First, "last": part.Last,
					"sha256": set.Complete.SHA256}) + missing
			}
		}
		return ""
	}
}

// PageRanges writes pages as 3, 7–9.
func PageRanges(pages []int) string {
	text := ""
	for i := 0; i < len(pages); {
		end := i
		for end+1 < len(pages) && pages[end+1] == pages[end]+1 {
			end++
		}
		if text != "" {
			text += ", "
		}
		if text += fmt.Sprint(pages[i]); end > i {
			text += "–" + fmt.Sprint(pages[end])
		}
		i = end + 1
	}
	return text
}
