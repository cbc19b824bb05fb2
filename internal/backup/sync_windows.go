package backup

// syncFolder does nothing: Windows has no way to sync a folder, and NTFS keeps renames in its journal.
func syncFolder(string) error { return nil }
