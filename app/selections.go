package app

import (
	"os"
	"path/filepath"
	"slices"
	"sync"

	"github.com/google/uuid"
)

// eventDropped carries a FileSelection to the page.
const eventDropped = "files:dropped"

// selections remember which files a person chose or dropped. The page knows them by an id: paths stay on this side.
type selections struct {
	mu    sync.Mutex
	paths map[string][]string
}

// add remembers files and tells the page their names. Folders and what is not there are left out.
func (s *selections) add(paths []string) FileSelection {
	selection := FileSelection{ID: uuid.NewString(), Files: []ChosenFile{}}
	var kept []string
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil || !info.Mode().IsRegular() {
			continue
		}
		kept = append(kept, path)
		selection.Files = append(selection.Files, ChosenFile{Name: filepath.Base(path), Size: info.Size()})
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.paths == nil {
		s.paths = map[string][]string{}
	}
	s.paths[selection.ID] = kept
	return selection
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
}

// dropped tells the page which files fell on the window.
func (d *desk) dropped(paths []string) {
	if selection := d.selections.add(paths); len(selection.Files) > 0 {
		d.emit(eventDropped, selection)
	}
}
