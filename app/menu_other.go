//go:build !darwin

package app

import "github.com/wailsapp/wails/v2/pkg/menu"

// menuFor is the native menu: elsewhere than on macOS the menu is in the page.
func menuFor(*desk) *menu.Menu { return nil }
