package app

import "github.com/wailsapp/wails/v2/pkg/menu"

// menuFor is the native menu. macOS needs one: its Edit menu is what makes copy and paste work.
func menuFor() *menu.Menu {
	return menu.NewMenuFromItems(menu.AppMenu(), menu.EditMenu(), menu.WindowMenu())
}
