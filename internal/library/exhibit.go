package library

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"

	"constancia/internal/casefile"
	"constancia/internal/record"
)

// numberExhibit gives an exhibit the next number of its log. The entries of a log come in its order.
func numberExhibit(ctx context.Context, tx *sql.Tx, h record.Header) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO exhibit_number (exhibit_id, log_id, number)
		SELECT ?1, ?2, coalesce(max(number), 0) + 1 FROM exhibit_number WHERE log_id = ?2`, h.EntryID, h.LogID)
	return err
}

// letters gives each log's letter by its id, no two the same. Devices that took one letter without knowing of each other
// keep it in the order in which they began: the first as it is, the next with a 2 behind it, and so on. A log of a trial
// version has A.
func letters(logs []Log) map[string]string {
	logs = slices.Clone(logs)
	slices.SortFunc(logs, func(a, b Log) int { return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(a.ID, b.ID)) })
	taken, byLog := map[string]bool{}, map[string]string{}
	for _, log := range logs {
		letter := unambiguous(cmp.Or(log.Letter, "A"), taken)
		taken[letter], byLog[log.ID] = true, letter
	}
	return byLog
}

func unambiguous(letter string, taken map[string]bool) string {
	for i := 1; ; i++ {
		candidate := letter
		if i > 1 {
			candidate += strconv.Itoa(i)
		}
		if !taken[candidate] {
			return candidate
		}
	}
}

// labelsOf gives the labels of all exhibits of a case by their ids, of those too that count no longer.
func labelsOf(ctx context.Context, from querier, caseID string) (map[string]string, error) {
	logs, err := logsOf(ctx, from, caseID)
	if err != nil {
		return nil, err
	}
	type number struct {
		exhibitID, logID string
		number           int64
	}
	numbers, err := collect(ctx, from, func(rows *sql.Rows) (n number, err error) {
		return n, rows.Scan(&n.exhibitID, &n.logID, &n.number)
	}, "SELECT exhibit_id, log_id, number FROM exhibit_number JOIN log USING (log_id) WHERE case_id = ?", caseID)
	if err != nil {
		return nil, err
	}
	byLog, labels := letters(logs), map[string]string{}
	for _, n := range numbers {
		labels[n.exhibitID] = fmt.Sprintf("%s-%d", byLog[n.logID], n.number)
	}
	return labels, nil
}

// exhibitsOf gives the exhibits of a case that count, under the labels that no two devices share. Evidence that was taken
// back is in none, and of two numbers of one file only the first counts. Of evidence that was erased the number stays:
// where nothing else is left under it, the exhibit names what is gone.
func exhibitsOf(ctx context.Context, from querier, caseID string, labels map[string]string, withdrawn []casefile.Withdrawal,
) ([]casefile.Recorded[casefile.Exhibit], error) {
	exhibits, err := ofCase[casefile.Exhibit](ctx, from, record.KindExhibit, caseID)
	if err != nil {
		return nil, err
	}
	left, erased := map[string]bool{}, map[string]bool{} // left out
	for _, one := range withdrawn {
		left[one.EntryID], erased[one.EntryID] = true, one.Erased
	}
	shown := []casefile.Recorded[casefile.Exhibit]{}
	for _, exhibit := range exhibits {
		var pieces, gone []string
		for _, id := range exhibit.Value.Pieces() {
			switch {
			case !left[id]:
				pieces = append(pieces, id)
			case erased[id]:
				gone = append(gone, id)
			}
			left[id], erased[id] = true, false // it has its number
		}
		if len(pieces) == 0 && len(gone) == 0 {
			continue
		}
		if len(pieces) == 0 {
			pieces = gone[:1]
		}
		exhibit.Value.EvidenceID, exhibit.Value.With = pieces[0], append([]string(nil), pieces[1:]...)
		exhibit.Value.Label = labels[exhibit.Value.ID]
		shown = append(shown, exhibit)
	}
	return shown, nil
}

// numbersOfOwn gives the letter under which this device numbers exhibits in a case, or will, and how many it gave.
func (l *Library) numbersOfOwn(ctx context.Context, tx *sql.Tx, caseID string) (letter string, given int64, err error) {
	logs, err := logsOf(ctx, tx, caseID)
	if err != nil {
		return "", 0, err
	}
	byLog := letters(logs)
	writing, err := l.identify(ctx, tx)
	if err != nil {
		return "", 0, err
	}
	for _, log := range logs {
		if log.DeviceID == writing.device {
			err := tx.QueryRowContext(ctx, "SELECT coalesce(max(number), 0) FROM exhibit_number WHERE log_id = ?", log.ID).Scan(&given)
			return byLog[log.ID], given, err
		}
	}
	free, err := freeLetter(ctx, tx, caseID)
	if err != nil {
		return "", 0, err
	}
	taken := map[string]bool{}
	for _, letter := range byLog {
		taken[letter] = true
	}
	return unambiguous(free, taken), 0, nil
}
