package app

import "os"

// prepareEnvironment sets what WebKitGTK reads when it starts. Its DMA-BUF renderer shows an empty window on many
// drivers, so it is off unless the person said otherwise; and nobody may attach an inspector to the page of a released
// program.
func prepareEnvironment() {
	if _, said := os.LookupEnv("WEBKIT_DISABLE_DMABUF_RENDERER"); !said {
		_ = os.Setenv("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
	}
	if inspectable {
		return
	}
	_ = os.Unsetenv("WEBKIT_INSPECTOR_SERVER")
	_ = os.Unsetenv("WEBKIT_INSPECTOR_HTTP_SERVER")
}
