package casework

import (
	"constancia/internal/backup"
	"constancia/internal/problem"
	"constancia/internal/secret"
)

// Names under which recovery keys are kept on this computer.
const (
	backupKeyName = "backup-key"
	// newBackupKeyName has a key that no backup was finished with, so nobody was shown it yet.
	newBackupKeyName = "backup-key-new"
)

// backupKeys are the recovery keys of this computer.
type backupKeys struct{ secrets *secret.Store }

// forLooking is the key that was typed, else the one kept here.
//
// Problems: not_a_recovery_key, backup_key_missing, keyring_silent.
func (k backupKeys) forLooking(typed secret.Text) (backup.Key, error) {
	if !typed.Empty() {
		return backup.ParseKey(typed)
	}
	kept, found, err := k.secrets.Get(backupKeyName)
	if err != nil {
		return backup.Key{}, err
	}
	if !found {
		return backup.Key{}, problem.New(problem.BackupKeyMissing, nil)
	}
	return backup.ParseKey(secret.NewText(string(kept)))
}

// forMaking is that key too, or a new one, which is kept before anything is encrypted to it.
func (k backupKeys) forMaking(typed secret.Text) (backup.Key, error) {
	key, err := k.forLooking(typed)
	if err == nil || problem.From(err).Code != problem.BackupKeyMissing {
		return key, err
	}
	begun, found, err := k.secrets.Get(newBackupKeyName)
	if err != nil {
		return backup.Key{}, err
	}
	if found {
		return backup.ParseKey(secret.NewText(string(begun)))
	}
	if key, err = backup.NewKey(); err != nil {
		return backup.Key{}, err
	}
	return key, k.secrets.Put(newBackupKeyName, []byte(key.Text().Reveal()))
}

// keep makes a key that a backup was finished with the one that is used from now on, and gives it back when it was made
// for that backup: then nobody has seen it yet. A key that was used before stays under the name of its public
// half: there may be backups that nothing else opens.
func (k backupKeys) keep(key backup.Key) (unseen secret.Text, err error) {
	text := key.Text().Reveal()
	kept, found, err := k.secrets.Get(backupKeyName)
	if err != nil || found && string(kept) == text {
		return secret.Text{}, err
	}
	if found {
		earlier, err := backup.ParseKey(secret.NewText(string(kept)))
		if err != nil {
			return secret.Text{}, err
		}
		if err := k.secrets.Put(backupKeyName+"-"+earlier.Recipient(), kept); err != nil {
			return secret.Text{}, err
		}
	}
	if err := k.secrets.Put(backupKeyName, []byte(text)); err != nil {
		return secret.Text{}, err
	}
	begun, _, err := k.secrets.Get(newBackupKeyName)
	if err != nil || string(begun) != text {
		return secret.Text{}, err
	}
	return key.Text(), k.secrets.Delete(newBackupKeyName)
}
