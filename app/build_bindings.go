//go:build bindings

package app

// bindingsBuild is the build that writes the page's bindings and ends: nothing may happen before it does.
const bindingsBuild = true
