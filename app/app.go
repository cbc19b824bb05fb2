// Package app is the desktop: the one package that imports Wails. It binds small services to the page, turns the words
// of casework into the page's, and keeps what belongs to the window: settings, drafts, jobs, dialogs, the window itself.
//
// The page is never trusted with more than it needs: it gets ids and gives ids, and paths stay here. No rule of the
// domain is here either: what a person does goes to package casework.
package app

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"github.com/gofrs/flock"
	"github.com/wailsapp/wails/v2"
	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/options/assetserver"
	"github.com/wailsapp/wails/v2/pkg/options/linux"
	"github.com/wailsapp/wails/v2/pkg/options/windows"
	"github.com/wailsapp/wails/v2/pkg/runtime"

	"constancia/internal/casework"
	"constancia/internal/problem"
)

// Options say what the window shows.
type Options struct {
	// Page holds the built page: index.html at its root.
	Page fs.FS
	// Icon is the window's picture, PNG.
	Icon []byte
	// Library is the folder of the person's library; empty is the usual place.
	Library string
}

// uniqueID names this program among all that run, for the second window that raises the first.
const uniqueID = "constancia-7d0c1a52"

// Run opens the window and returns when it is closed.
//
// Problems: no_window when this build has none, no_home.
func Run(o Options) error {
	if !HasWindow {
		return problem.New(problem.NoWindow, nil)
	}
	if o.Library == "" {
		library, err := casework.DefaultDirectory()
		if err != nil {
			return err
		}
		o.Library = library
	}
	state, err := casework.DefaultState()
	if err != nil {
		return err
	}
	prepareEnvironment()
	held, first := holdWindow(state)
	if held != nil {
		defer func() { _ = held.Unlock() }()
	}
	desk := newDesk(o.Library, state)
	desk.lookupKeys = casework.DefaultLookup()
	frame := readFrame(state)
	var placed sync.Once // the page is ready again after each time it is loaded

	return wails.Run(&options.App{
		Title:     "Constancia",
		Width:     frame.Width,
		Height:    frame.Height,
		MinWidth:  minWidth,
		MinHeight: minHeight,
		// What shows for a moment before the page does.
		BackgroundColour:         options.NewRGB(0xf7, 0xf5, 0xf0),
		AssetServer:              &assetserver.Options{Assets: o.Page, Middleware: desk.middleware},
		Bind:                     desk.services(),
		ErrorFormatter:           formatError,
		Logger:                   cautious(os.Stderr),
		EnableDefaultContextMenu: false,
		DragAndDrop:              &options.DragAndDrop{EnableFileDrop: true, DisableWebViewDrop: false},
		SingleInstanceLock: &options.SingleInstanceLock{
			UniqueId:               uniqueID,
			OnSecondInstanceLaunch: func(options.SecondInstanceData) { desk.raise() },
		},
		Menu:    menuFor(desk),
		Linux:   &linux.Options{Icon: o.Icon, ProgramName: "constancia", WebviewGpuPolicy: linux.WebviewGpuPolicyNever},
		Windows: &windows.Options{Theme: windows.SystemDefault},
		OnStartup: func(ctx context.Context) {
			if !first {
				// On Linux the second window's start-up runs before it finds the first one, and without a session bus it
				// never does: it must not touch anything.
				desk.refuse(problem.New(problem.WindowOpen, nil))
				return
			}
			desk.begin(ctx, systemDialogs{ctx}, func(name string, data any) { runtime.EventsEmit(ctx, name, data) })
			// The library opens while the page loads. What is wrong with it is told when the page asks.
			desk.background.Go(func() { _, _ = desk.work() })
			runtime.OnFileDrop(ctx, func(_, _ int, paths []string) { desk.dropped(paths) })
		},
		OnBeforeClose: func(ctx context.Context) bool {
			writeFrame(state, frame.closed(desk.floating.frameToKeep(frameOf(ctx))))
			return false
		},
		OnDomReady:       func(ctx context.Context) { placed.Do(func() { frame.place(ctx) }) },
		OnShutdown:       func(context.Context) { desk.end() },
		WindowStartState: frame.startState(),
	})
}

// holdWindow takes the lock that says a window is open. first is false when another process holds it. Without a place
// for the lock there is nothing to tell windows apart by, and this one counts as the first.
func holdWindow(state string) (held *flock.Flock, first bool) {
	if bindingsBuild || os.MkdirAll(state, 0o700) != nil {
		return nil, true
	}
	lock := flock.New(filepath.Join(state, "window.lock"), flock.SetPermissions(0o600))
	taken, err := lock.TryLock()
	if err != nil {
		return nil, true
	}
	if !taken {
		return nil, false
	}
	return lock, true
}
