//go:build production || dev || bindings

package app

// HasWindow tells whether this build can open a window.
const HasWindow = true
