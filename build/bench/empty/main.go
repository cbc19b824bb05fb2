// The empty window that the start of the real one is compared with: the same toolkit and the same kind of build, a page
// with one heading, and one method that the page calls before it shows it.
package main

import (
	"fmt"
	"net/http"
	"os"

	"github.com/wailsapp/wails/v2"
	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/options/assetserver"
	"github.com/wailsapp/wails/v2/pkg/options/linux"
)

const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Empty</title></head><body><main></main>
<script src="/main.js"></script></body></html>`

const script = `window.go.main.Window.Ready().then((said) => {
	document.querySelector('main').innerHTML = '<h1>' + said + '</h1>';
});`

// Window is what the page calls.
type Window struct{}

// Ready gives the heading.
func (*Window) Ready() string { return "Empty" }

func serve(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/main.js" {
		w.Header().Set("Content-Type", "text/javascript")
		_, _ = fmt.Fprint(w, script)
		return
	}
	w.Header().Set("Content-Type", "text/html")
	_, _ = fmt.Fprint(w, page)
}

func main() {
	err := wails.Run(&options.App{
		Title: "Empty", Width: 1280, Height: 860,
		AssetServer: &assetserver.Options{Handler: http.HandlerFunc(serve)},
		Bind:        []any{&Window{}},
		Linux:       &linux.Options{WebviewGpuPolicy: linux.WebviewGpuPolicyNever},
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
