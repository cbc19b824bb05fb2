package provider

// links are the pages that steps and ways speak of, by their codes. Each stands in their words as well.
var links = map[string]string{
	"google_two_step":     "https://myaccount.google.com/security",
	"google_app_password": "https://myaccount.google.com/apppasswords",
	"apple_app_password":  "https://account.apple.com",
	"google_takeout":      "https://takeout.google.com",
	"outlook_save":        "https://outlook.com",
}

// LinkOf is the page that a step before the sign-in, or a way to save emails as files, speaks of; empty when it speaks of
// none.
func LinkOf(code string) string { return links[code] }
