package library

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"encoding/hex"
	"errors"

	"constancia/internal/casefile"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// Log is one log: what one device wrote about one case, or about the library.
type Log struct {
	ID string
	// CaseID is empty for a log of the library itself.
	CaseID   string
	DeviceID string
	// Letter begins the exhibit numbers of this device in the case.
	Letter string
	// Key is what the log's heads are signed with; nil in a log of a trial version that nobody went on with.
	Key  ed25519.PublicKey
	Size int64 // entries
	// First and Last are when its first and last entries were recorded, in [record.TimeLayout].
	First, Last string
	// Own says that this device writes it.
	Own bool
}

// Logs lists the logs of a case; of all cases and the library itself when caseID is empty.
func (l *Library) Logs(ctx context.Context, caseID string) ([]Log, error) {
	var logs []Log
	err := l.inSnapshot(ctx, func(tx *sql.Tx) (err error) {
		logs, err = logsOf(ctx, tx, caseID)
		return err
	})
	return logs, err
}

func logsOf(ctx context.Context, from querier, caseID string) ([]Log, error) {
	rows, err := from.QueryContext(ctx, `SELECT log.log_id, coalesce(log.case_id, ''), log.device_id, log.device_id = own.value,
			last.sequence, last.recorded_at, first.recorded_at,
			coalesce(json_extract(device.body, '$.letter'), ''), coalesce(json_extract(device.body, '$.key'), '')
		FROM log JOIN setting own ON own.name = 'device_id'
		JOIN entry last ON last.log_id = log.log_id AND last.sequence = (SELECT max(sequence) FROM entry WHERE log_id = log.log_id)
		JOIN entry first ON first.log_id = log.log_id AND first.sequence = 1
		LEFT JOIN thing device ON device.kind = 'device' AND device.case_id = coalesce(log.case_id, '') AND device.log_id = log.log_id
		WHERE ?1 = '' OR log.case_id = ?1 ORDER BY log.case_id, log.log_id`, caseID)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var logs []Log
	for rows.Next() {
		var log Log
		var key string
		if err := rows.Scan(&log.ID, &log.CaseID, &log.DeviceID, &log.Own, &log.Size, &log.Last, &log.First, &log.Letter, &key); err != nil {
			return nil, err
		}
		if decoded, err := base64.StdEncoding.DecodeString(key); err == nil && len(decoded) == ed25519.PublicKeySize {
			log.Key = decoded
		}
		logs = append(logs, log)
	}
	return logs, rows.Err()
}

// Heads gives the heads of a case's logs in order of log id, all at one moment; of every log when caseID is empty.
func (l *Library) Heads(ctx context.Context, caseID string) ([]record.Head, error) {
	var heads []record.Head
	err := l.inSnapshot(ctx, func(tx *sql.Tx) (err error) {
		heads, err = headsOf(ctx, tx, caseID)
		return err
	})
	return heads, err
}

func headsOf(ctx context.Context, from querier, caseID string) ([]record.Head, error) {
	rows, err := from.QueryContext(ctx, `SELECT log_id, (SELECT max(sequence) FROM entry WHERE entry.log_id = log.log_id)
		FROM log WHERE ?1 = '' OR case_id = ?1 ORDER BY log_id`, caseID)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var heads []record.Head
	for rows.Next() {
		var head record.Head
		if err := rows.Scan(&head.LogID, &head.Size); err != nil {
			return nil, err
		}
		heads = append(heads, head)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return nil, err
	}
	for i := range heads {
		if heads[i].Tree, err = record.TreeOf(heads[i].Size, treeHashes{ctx: ctx, from: from, logID: heads[i].LogID}); err != nil {
			return nil, err
		}
	}
	return heads, nil
}

// Fingerprint is the SHA-256 over the heads' texts, one behind the other, as lower-case hex.
func Fingerprint(heads []record.Head) string {
	digest := sha256.New()
	for _, head := range heads {
		digest.Write([]byte(head.Text()))
	}
	return hex.EncodeToString(digest.Sum(nil))
}

// HeadOf gives the head that one log had when it was of a size, and the signed note of it. Size 0 is its present one.
//
// Problems: not_found for a log that is not there, that another device writes, or whose key is not here.
func (l *Library) HeadOf(ctx context.Context, logID string, size int64) (head record.Head, signed []byte, err error) {
	err = l.inSnapshot(ctx, func(tx *sql.Tx) error {
		l.device.mu.Lock()
		defer l.device.mu.Unlock()
		writing, err := l.knownDevice(ctx, tx)
		if err != nil {
			return err
		}
		head = record.Head{LogID: logID, Tree: record.Tree{Size: size}}
		var last sql.NullInt64
		err = tx.QueryRowContext(ctx, `SELECT max(sequence) FROM entry JOIN log USING (log_id) WHERE log_id = ? AND device_id = ?`,
			logID, writing.device).Scan(&last)
		if err != nil {
			return err
		}
		if size > last.Int64 || last.Int64 == 0 || writing.key == nil {
			return problem.New(problem.NotFound, problem.Values{"kind": "log", "value": logID})
		}
		if size == 0 {
			head.Size = last.Int64
		}
		if head.Tree, err = record.TreeOf(head.Size, treeHashes{ctx: ctx, from: tx, logID: logID}); err != nil {
			return err
		}
		signed, err = head.Sign(writing.key)
		return err
	})
	return head, signed, err
}

// ReadHashes lends do the stored hashes of a log's tree, all of one moment, and its size.
func (l *Library) ReadHashes(ctx context.Context, logID string, do func(size int64, hashes record.HashReader) error) error {
	return l.inSnapshot(ctx, func(tx *sql.Tx) error {
		var size int64
		err := tx.QueryRowContext(ctx, "SELECT coalesce(max(sequence), 0) FROM entry WHERE log_id = ?", logID).Scan(&size)
		if err != nil {
			return err
		}
		return do(size, treeHashes{ctx: ctx, from: tx, logID: logID})
	})
}

// treeHashes reads a log's tree from its table.
type treeHashes struct {
	ctx   context.Context
	from  querier
	logID string
	// known are some of its hashes, by their position.
	known map[int64][32]byte
}

func (t treeHashes) ReadHashes(indexes []int64) ([][32]byte, error) {
	hashes := make([][32]byte, len(indexes))
	for i, index := range indexes {
		if known, is := t.known[index]; is {
			hashes[i] = known
			continue
		}
		var hash []byte
		err := t.from.QueryRowContext(t.ctx, "SELECT hash FROM tree_hash WHERE log_id = ? AND position = ?", t.logID, index).Scan(&hash)
		if err != nil {
			return nil, err
		}
		copy(hashes[i][:], hash)
	}
	return hashes, nil
}

// growTree stores the hashes that an entry adds to the tree of a log of size entries, and adds them to those that are known.
func growTree(ctx context.Context, tx *sql.Tx, rows *gatheredRows, logID string, known map[int64][32]byte, size int64, leafHash [32]byte) error {
	first, added, err := record.GrowTree(size, leafHash, treeHashes{ctx, tx, logID, known})
	if err != nil {
		return err
	}
	for i, hash := range added {
		known[first+int64(i)] = hash
		if err := rows.add(ctx, tx, &intoTreeHash, logID, first+int64(i), hash[:]); err != nil {
			return err
		}
	}
	return nil
}

var intoTreeHash = insertionInto("tree_hash", "log_id, position, hash")

// LogHeads writes heads as other entries name them.
func LogHeads(heads []record.Head) []casefile.LogHead {
	list := make([]casefile.LogHead, len(heads))
	for i, head := range heads {
		list[i] = casefile.LogHead{LogID: head.LogID, Size: head.Size, Root: hex.EncodeToString(head.Root[:])}
	}
	return list
}
