package main

import (
	"embed"
	"io/fs"

	"constancia/app"
)

//go:embed all:frontend/dist
var frontend embed.FS

//go:embed build/appicon.png
var icon []byte

// window opens the window on a library; the usual one when it is empty.
func window(library string) error {
	page, err := fs.Sub(frontend, "frontend/dist")
	if err != nil {
		return err
	}
	return app.Run(app.Options{Page: page, Icon: icon, Library: library})
}
