package app

// menuItem is a line of the native menu: an action of the page's.
type menuItem struct {
	action string // its id in the page's list of actions
	label  string // its key in the catalogue
	key    string // pressed together with the platform's own key; empty is none
}

// menuItems are the app's own actions. Letters alone are keys in the page, where they count while nobody types.
var menuItems = []menuItem{
	{"call", "page.nav.call", ""},
	{"log", "page.contact.log", ""},
	{"new-case", "page.cases.new", "n"},
	{"find", "page.shell.find", "k"},
	{"today", "page.nav.today", "1"},
	{"cases", "page.cases.title", "2"},
	{"settings", "page.settings.title", ","},
}
