package app

import (
	"path/filepath"
	"slices"
	"strings"
)

// harmless are the endings of file names that systems open in a viewer. Anything else could be a program, a script, a
// page with scripts or a shortcut, and an attachment comes from somebody the person is in dispute with.
var harmless = []string{
	".pdf", ".txt", ".csv", ".eml", ".log",
	".jpg", ".jpeg", ".png", ".gif", ".webp", ".heic", ".heif", ".tif", ".tiff", ".bmp",
	".mp3", ".m4a", ".aac", ".amr", ".ogg", ".opus", ".wav", ".flac", ".3gp", ".mp4", ".mov", ".webm", ".avi", ".mkv",
	".doc", ".docx", ".odt", ".rtf", ".xls", ".xlsx", ".ods", ".ppt", ".pptx", ".odp",
}

// isHarmless reports whether a file may be handed to the system's own program. The system goes by the last ending, and
// Windows passes over dots and spaces behind it.
func isHarmless(name string) bool {
	return slices.Contains(harmless, strings.ToLower(filepath.Ext(strings.TrimRight(name, ". "))))
}
