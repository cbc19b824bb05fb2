package app

// BackupStatus is where backups go and when the last one was made.
type BackupStatus struct {
	Folder string `json:"folder"` // for showing; empty when none was chosen yet
	Last   string `json:"last"`   // instant; empty when there was none
	Due    bool   `json:"due"`
}

// BackupView is one backup in the folder.
type BackupView struct {
	ID      string `json:"id"`
	At      string `json:"at"` // wall time where the person is
	Cases   int64  `json:"cases"`
	Entries int64  `json:"entries"`
	Files   int64  `json:"files"`
}

// FolderChoice is a folder that a person chose. The page knows it by its id.
type FolderChoice struct {
	ID     string `json:"id"` // empty when the person thought better of it
	Folder string `json:"folder"`
}

// BackupInput says where a backup goes.
type BackupInput struct {
	ChoiceID string `json:"choiceId"` // empty is the folder chosen before
	Key      string `json:"key"`      // the recovery key of a folder that was begun on another computer, or empty
}

// SealChoice is which time stamping service the person chose, and those there are.
type SealChoice struct {
	Chosen   string        `json:"chosen"` // the id of one of them, or the address of another; empty when none
	Services []SealService `json:"services"`
}

// SealService is a time stamping service.
type SealService struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	Address   string `json:"address"` // for showing
	Country   string `json:"country"` // ISO 3166-1 alpha-2
	Qualified bool   `json:"qualified"`
}

// RestoreInput says which backup is meant.
type RestoreInput struct {
	ChoiceID string `json:"choiceId"` // empty is the folder where backups go
	BackupID string `json:"backupId"` // empty is the newest
	Key      string `json:"key"`      // the recovery key, or empty for the one that this computer keeps
}

// RestorePlanView is what is in a backup, and in the library that it would take the place of.
type RestorePlanView struct {
	Folder   string         `json:"folder"` // for showing
	BackupID string         `json:"backupId"`
	Backups  []BackupView   `json:"backups"` // those there are, the newest first
	Backup   BackupContent  `json:"backup"`
	Present  *BackupContent `json:"present,omitempty"`
	// Newer says that something was recorded after the backup was made.
	Newer bool `json:"newer"`
}

// BackupContent is how much is in a backup or a library.
type BackupContent struct {
	Cases     int64  `json:"cases"`
	Entries   int64  `json:"entries"`
	Files     int64  `json:"files"`
	LastEntry string `json:"lastEntry"` // wall time where the person is; empty when there is none
}

// RestoredView is what came of bringing a backup back.
type RestoredView struct {
	Kept    string `json:"kept"`    // where the library lies that was there, for showing
	Missing int64  `json:"missing"` // how many files the backup does not have
	Entries int64  `json:"entries"`
}
