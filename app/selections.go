package app

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"constancia/internal/casework"
	"constancia/internal/problem"
)

// eventDropped carries a FileSelection to the page.
const eventDropped = "files:dropped"

// mostChosen is how many files are taken at once: more than a person has of one dispute, and less than a home folder that
// fell on the window by mistake.
const mostChosen = 1000

// mostLeftOut is how many names of what was left out are told: nobody reads more.
const mostLeftOut = 100

// selections remember which files a person chose or dropped. The page knows them by an id: paths stay on this side.
type selections struct {
	mu    sync.Mutex
	paths map[string][]string
	given map[string][]string // as the person named them: folders are one thing
}

// add remembers files and tells the page their names. The files in a folder are taken one by one; what can't be taken is
// named.
func (s *selections) add(paths []string) FileSelection {
	chosen := choosing{selection: FileSelection{ID: uuid.NewString(), Files: []ChosenFile{}, LeftOut: []LeftOut{}}}
	for _, path := range paths {
		chosen.take(filepath.Clean(path))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.paths == nil {
		s.paths, s.given = map[string][]string{}, map[string][]string{}
	}
	s.given[chosen.selection.ID] = slices.Clone(paths)
	s.paths[chosen.selection.ID] = chosen.paths
	return chosen.selection
}

// get gives the paths of a selection, in its order; the one of a file that is done is empty.
func (s *selections) get(id string) ([]string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	paths, ok := s.paths[id]
	if !ok {
		return nil, notFound("file", id)
	}
	return slices.Clone(paths), nil
}

// asGiven gives the files and folders of a selection as the person named them.
func (s *selections) asGiven(id string) ([]string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	paths, ok := s.given[id]
	if !ok {
		return nil, notFound("file", id)
	}
	return paths, nil
}

// done marks one file of a selection as one that nothing is left to do with.
func (s *selections) done(id string, place int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if paths := s.paths[id]; place < len(paths) {
		paths[place] = ""
	}
}

func (s *selections) forget(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.paths, id)
	delete(s.given, id)
}

// dropped tells the page which files fell on the window.
func (d *desk) dropped(paths []string) {
	if selection := d.selections.add(paths); len(selection.Files)+len(selection.LeftOut) > 0 {
		d.emit(eventDropped, selection)
	}
}

// choosing is a selection while it is put together.
type choosing struct {
	selection FileSelection
	paths     []string
}

func (c *choosing) leaveOut(path, reason string) {
	if len(c.selection.LeftOut) >= mostLeftOut {
		return
	}
	c.selection.LeftOut = append(c.selection.LeftOut, LeftOut{Name: filepath.Base(path), Reason: reason})
}

// take adds what a person named: a file, or what a folder holds. A link that was named itself stands for what it leads to.
func (c *choosing) take(path string) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		c.leaveOut(path, reasonFor(path, err))
	case info.IsDir():
		c.takeFolder(path)
	default:
		c.takeFile(path, info)
	}
}

func (c *choosing) takeFile(path string, info fs.FileInfo) {
	if c.isFull() {
		c.leaveOut(path, leftOutTooMany)
		return
	}
	mediaType, err := casework.FileMediaType(path)
	if err != nil {
		reason := leftOutUnread
		if problem.From(err).Code == problem.FileNotFound {
			reason = leftOutGone
		}
		c.leaveOut(path, reason)
		return
	}
	c.paths = append(c.paths, path)
	c.selection.Files = append(c.selection.Files, ChosenFile{
		Name: filepath.Base(path), Size: info.Size(), Kind: fileKindOf(mediaType).kind,
		Day: info.ModTime().In(time.Local).Format(time.DateOnly),
	})
}

// takeFolder adds the files in a folder and its folders, in the order of their names. What systems hide there for
// themselves is passed over.
func (c *choosing) takeFolder(folder string) {
	before := len(c.paths) + len(c.selection.LeftOut)
	// What can't be read is named, and the walk goes on: it never returns an error of its own.
	_ = filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			c.leaveOut(path, leftOutNoFolder)
			return fs.SkipDir
		case path == folder:
			return nil
		case isHidden(entry.Name()):
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		case entry.IsDir():
			return nil
		case entry.Type()&fs.ModeSymlink != 0:
			c.leaveOut(path, leftOutLink)
			return nil
		case c.isFull():
			c.leaveOut(folder, leftOutTooMany)
			return fs.SkipAll
		}
		info, err := entry.Info()
		if err != nil {
			c.leaveOut(path, reasonFor(path, err))
			return nil
		}
		c.takeFile(path, info)
		return nil
	})
	if len(c.paths)+len(c.selection.LeftOut) == before {
		c.leaveOut(folder, leftOutNothing)
	}
}

func (c *choosing) isFull() bool { return len(c.paths) >= mostChosen }

// reasonFor tells why something is not there: a link that leads nowhere is one that can't be read.
func reasonFor(path string, err error) string {
	if _, linkErr := os.Lstat(path); linkErr == nil || !os.IsNotExist(err) {
		return leftOutUnread
	}
	return leftOutGone
}

// isHidden reports whether a file belongs to the system: those with a dot before their name, and what Windows keeps about
// a folder.
func isHidden(name string) bool {
	return strings.HasPrefix(name, ".") || strings.EqualFold(name, "Thumbs.db") || strings.EqualFold(name, "desktop.ini")
}
