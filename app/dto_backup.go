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
