package app

import (
	"github.com/wailsapp/wails/v2/pkg/menu"
	"github.com/wailsapp/wails/v2/pkg/menu/keys"
)

// eventMenu carries the id of an action to the page, which does it as its palette would.
const eventMenu = "menu"

// menuFor is the native menu. macOS needs one: its Edit menu is what makes copy and paste work.
func menuFor(d *desk) *menu.Menu {
	own := menu.NewMenu()
	texts := d.texts()
	for _, item := range menuItems {
		var accelerator *keys.Accelerator
		if item.key != "" {
			accelerator = keys.CmdOrCtrl(item.key)
		}
		own.AddText(texts.Text(item.label), accelerator, func(*menu.CallbackData) { d.tellMenu(item.action) })
	}
	return menu.NewMenuFromItems(
		menu.AppMenu(), menu.SubMenu("Constancia", own), menu.EditMenu(), menu.WindowMenu())
}

// tellMenu has the page do an action.
func (d *desk) tellMenu(action string) {
	select {
	case <-d.begun:
	default:
		return // the page is not there yet
	}
	if d.refused == nil {
		d.emit(eventMenu, action)
	}
}
