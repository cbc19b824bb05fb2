package app

import (
	"context"
	"path/filepath"
	"slices"
	"sync"

	"github.com/google/uuid"

	"constancia/internal/casework"
)

// mailFiles remember in which files and folders emails are looked for. A folder stays one thing, however much is in it:
// package casework walks through it.
type mailFiles struct {
	mu    sync.Mutex
	paths map[string][]string
}

// add remembers files and folders, and tells their names.
func (m *mailFiles) add(ctx context.Context, paths []string) MailFiles {
	if len(paths) == 0 {
		return MailFiles{Names: []string{}}
	}
	chosen := MailFiles{SelectionID: uuid.NewString(), Names: make([]string, len(paths)), Size: casework.SizeOfFiles(ctx, paths)}
	for i, path := range paths {
		chosen.Names[i] = filepath.Base(path)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.paths == nil {
		m.paths = map[string][]string{}
	}
	m.paths[chosen.SelectionID] = slices.Clone(paths)
	return chosen
}

func (m *mailFiles) get(id string) ([]string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	paths, ok := m.paths[id]
	if !ok {
		return nil, notFound("file", id)
	}
	return paths, nil
}
