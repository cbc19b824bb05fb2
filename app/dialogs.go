package app

import (
	"context"
	"path/filepath"
	"strings"
	"sync"

	"github.com/wailsapp/wails/v2/pkg/runtime"
)

// dialogs are the system's questions for files. A test stands in for them.
type dialogs interface {
	// openFiles asks for files; none when the person thought better of it.
	openFiles(title string) ([]string, error)
	// openFolder asks for a folder; empty when the person thought better of it.
	openFolder(title string) (string, error)
	// saveFile asks where to write a file; empty when the person thought better of it. The system asks before a file is
	// written over.
	saveFile(title, name string) (string, error)
}

// systemDialogs are the native ones. On Linux they share one channel for their results: one at a time.
type systemDialogs struct{ ctx context.Context }

var oneDialog sync.Mutex

func (s systemDialogs) openFiles(title string) ([]string, error) {
	if paths, answered := answeredOpen(); answered {
		return paths, nil
	}
	oneDialog.Lock()
	defer oneDialog.Unlock()
	return runtime.OpenMultipleFilesDialog(s.ctx, runtime.OpenDialogOptions{Title: title})
}

func (s systemDialogs) openFolder(title string) (string, error) {
	if path, answered := answeredFolder(); answered {
		return path, nil
	}
	oneDialog.Lock()
	defer oneDialog.Unlock()
	return runtime.OpenDirectoryDialog(s.ctx, runtime.OpenDialogOptions{Title: title, CanCreateDirectories: true})
}

func (s systemDialogs) saveFile(title, name string) (string, error) {
	if path, answered := answeredSave(name); answered {
		return path, nil
	}
	oneDialog.Lock()
	defer oneDialog.Unlock()
	options := runtime.SaveDialogOptions{Title: title, DefaultFilename: name}
	if ending := filepath.Ext(name); len(ending) > 1 {
		options.Filters = []runtime.FileFilter{{DisplayName: strings.ToUpper(ending[1:]), Pattern: "*" + ending}}
	}
	return runtime.SaveFileDialog(s.ctx, options)
}
