// Package appended reads the pages of a PDF that is evidence, as form objects that can be drawn on other pages.
//
// Such a file comes from anywhere. It is read by pdfcpu's parser, which repairs what is damaged, and within bounds of
// pages, objects, bytes and time. What is filled in and written on it (form fields, notes, stamps) is drawn with it, its
// pages stand upright, and nothing in it acts: no links, scripts or files come along.
package appended

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
)

// Why a file's pages can't be shown.
var (
	ErrProtected = errors.New("protected by a password")
	ErrDamaged   = errors.New("damaged beyond repair")
	ErrTooLarge  = errors.New("more pages or objects than are shown")
)

// The bounds of what is read.
const (
	// MaxBytes is the size of a file.
	MaxBytes = 64 << 20
	// MaxPages is the number of pages of a file.
	MaxPages      = 600
	maxObjects    = 200_000
	maxDepth      = 60
	maxDecoded    = 128 << 20 // bytes of a stream
	maxAltogether = 256 << 20 // bytes of all that is taken over
	// patience is for files that are made to keep a reader busy. No ordinary file takes a hundredth of it.
	patience = 30 * time.Second
)

// Document is what a file's pages need: objects by their ids, with the places in each where the id of another stands.
// gofpdf puts the numbers of objects there; see its ImportObjects and ImportObjPos.
type Document struct {
	Pages     []Page
	Objects   map[string][]byte
	Positions map[string]map[int]string
	// Deviation is the first rule of PDF/A-3b that they were found to break, with its section in ISO 19005-3; empty when
	// they follow all that were looked at.
	Deviation string
	// Undrawn are the fields of forms that the pages do not show.
	Undrawn []Field
}

// Page is a page as a form object (ISO 32000-1, section 8.10) whose lower left corner is 0, 0.
type Page struct {
	Form          string // the id of its object
	Width, Height float64
}

// Read reads the pages of a PDF. key tells its objects from those of other files: use its SHA-256.
//
// Errors: [ErrProtected], [ErrDamaged], [ErrTooLarge], those of ctx.
func Read(ctx context.Context, data []byte, key string) (Document, error) {
	if len(data) > MaxBytes {
		return Document{}, ErrTooLarge
	}
	type outcome struct {
		document Document
		err      error
	}
	limited, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	done := make(chan outcome, 1)
	go func() {
		document, err := read(limited, data, key)
		done <- outcome{document, err}
	}()
	select {
	case o := <-done:
		if ctx.Err() != nil {
			return Document{}, ctx.Err()
		}
		return o.document, o.err
	case <-limited.Done(): // the parser may be in a loop that does not ask
		if ctx.Err() != nil {
			return Document{}, ctx.Err()
		}
		return Document{}, ErrTooLarge
	}
}

// read does so as long as ctx lasts. A parser that panics on what it did not expect must not take the dossier with it.
func read(ctx context.Context, data []byte, key string) (document Document, err error) {
	defer func() {
		if recovered := recover(); recovered != nil {
			document, err = Document{}, fmt.Errorf("%w: %v", ErrDamaged, recovered)
		}
	}()
	file, err := pdfcpu.ReadWithContext(ctx, bytes.NewReader(data), configuration())
	switch {
	case errors.Is(err, pdfcpu.ErrWrongPassword):
		return Document{}, ErrProtected
	case err != nil:
		return Document{}, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if err := file.EnsurePageCount(); err != nil {
		return Document{}, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	switch {
	case file.PageCount < 1:
		return Document{}, ErrDamaged
	case file.PageCount > MaxPages:
		return Document{}, ErrTooLarge
	}
	i := newImporter(ctx, file, key)
	for number := 1; number <= file.PageCount; number++ {
		page, err := i.page(number)
		if err != nil {
			return Document{}, err
		}
		i.document.Pages = append(i.document.Pages, page)
	}
	i.document.Deviation = i.archivist.verdict()
	return i.document, nil
}

// init keeps the parser from writing a folder for its settings: where that is, is a variable of its package, which nothing
// may set once readers run beside each other.
func init() { model.ConfigPath = "disable" }

// configuration keeps the parser from asking the network, and within bounds.
func configuration() *model.Configuration {
	c := model.NewDefaultConfiguration()
	c.Offline = true
	c.ValidationMode = model.ValidationRelaxed
	c.Limits.MaxStreamBytes = MaxBytes
	c.Limits.MaxDecodeBytes = maxDecoded
	c.Limits.MaxObjectCount, c.Limits.MaxXRefEntries, c.Limits.MaxObjectStreamCount = maxObjects, maxObjects, maxObjects
	c.Limits.MaxRecursionDepth = maxDepth
	return c
}
