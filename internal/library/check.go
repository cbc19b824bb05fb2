package library

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"time"

	"constancia/internal/problem"
	"constancia/internal/record"
)

// What a check of the library can find, beside what [record.Checker] finds.
const (
	DatabaseDamaged  record.What = "database_damaged"   // SQLite finds the file itself damaged
	SchemaDiffers    record.What = "schema_differs"     // a table is not the one that this program makes
	ErasureDiffers   record.What = "erasure_differs"    // an entry counts as erased, and no erasure says so; or the other way round
	ViewDiffers      record.What = "view_differs"       // a view does not say what the log says
	ContentMissing   record.What = "content_missing"    // a file that the record names is not there
	ContentDamaged   record.What = "content_damaged"    // a file is not the one that was kept
	ContentUnnamed   record.What = "content_unnamed"    // bytes that nothing in the record names
	ContentWritable  record.What = "content_writable"   // a file of the vault can be written to
	FileUnknown      record.What = "file_unknown"       // a file in the vault that this program did not make
	LeftBehind       record.What = "left_behind"        // what a crash left half-written
	ReadableByOthers record.What = "readable_by_others" // a file that not only its owner can read
	CopyKept         record.What = "copy_kept"          // the database as an earlier program left it
)

// harmless are findings that take nothing from the record: somebody should know of them, that is all.
var harmless = []record.What{ContentUnnamed, ContentWritable, FileUnknown, LeftBehind, ReadableByOthers, CopyKept}

// IsHarmless reports whether the library holds all the same when a check has found this.
func IsHarmless(what record.What) bool { return slices.Contains(harmless, what) }

// CheckStep is what a check is at.
type CheckStep string

// The steps of a check, in order.
const (
	CheckingDatabases CheckStep = "checking_databases"
	CheckingViews     CheckStep = "checking_views"
	CheckingContents  CheckStep = "checking_contents"
)

// Checked is told how far a check is; total is 0 where it is not known.
type Checked func(step CheckStep, done, total int64)

// Check holds the databases, the views and the contents against the log, and says what does not hold. The views of a
// damaged database, or of one with other tables, are not looked at. Told may be nil.
//
// Problems: cancelled, library_damaged, library_unwritable.
func (l *Library) Check(ctx context.Context, told Checked) ([]record.Finding, error) {
	if told == nil {
		told = func(CheckStep, int64, int64) {}
	}
	told(CheckingDatabases, 0, 0)
	findings, err := l.checkAll(ctx, l.checkDatabases, l.checkSchemas)
	if err != nil || len(findings) > 0 {
		return findings, err
	}
	told(CheckingViews, 0, 0)
	found, err := l.checkAll(ctx, l.checkTrees, l.checkErasures, l.checkViews, l.checkIndex)
	if err != nil {
		return nil, err
	}
	findings = append(findings, found...)
	found, err = l.checkAll(ctx, func(ctx context.Context) ([]record.Finding, error) { return l.checkContents(ctx, told) }, l.checkFiles)
	return append(findings, found...), err
}

// checkAll makes several checks, and names each finding once.
func (l *Library) checkAll(ctx context.Context, checks ...func(context.Context) ([]record.Finding, error)) ([]record.Finding, error) {
	var findings []record.Finding
	for _, check := range checks {
		found, err := check(ctx)
		if err != nil {
			return nil, l.explainCheck(ctx, err)
		}
		for _, finding := range found {
			if !slices.Contains(findings, finding) {
				findings = append(findings, finding)
			}
		}
	}
	return findings, nil
}

// explainCheck gives an error of a check its code. What can't even be read, and for no reason outside, is damaged.
func (l *Library) explainCheck(ctx context.Context, err error) error {
	explained := l.options.explain(unlessCalledOff(ctx, err))
	if ctx.Err() == nil && problem.From(explained).Code == problem.Unexpected {
		return problem.Wrap(err, problem.LibraryDamaged, problem.Values{"path": l.options.Directory, "detail": err.Error()})
	}
	return explained
}

// leftBehindAfter is how old an unfinished file must be: a younger one may be somebody's at work.
const leftBehindAfter = time.Hour

// checkFiles looks at what lies in the folder beside the databases' content and the vault's: who can read it, and what
// was left there.
func (l *Library) checkFiles(ctx context.Context) ([]record.Finding, error) {
	var findings []record.Finding
	find := func(what record.What, name string) {
		findings = append(findings, record.Finding{What: what, Where: name})
	}
	folder := os.DirFS(l.options.Directory)
	err := fs.WalkDir(folder, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || ctx.Err() != nil || entry.IsDir() {
			return errors.Join(ignoreAbsent(err), ctx.Err())
		}
		info, err := entry.Info()
		if err != nil {
			return ignoreAbsent(err) // somebody has just removed it
		}
		if !info.Mode().IsRegular() {
			find(FileUnknown, name)
			return nil
		}
		if othersCanRead(info) {
			find(ReadableByOthers, name)
		}
		old := time.Since(info.ModTime()) > leftBehindAfter
		switch base, inVault := path.Base(name), strings.HasPrefix(name, vaultName+"/"); {
		case base == copyingName || inVault && strings.HasPrefix(base, temporaryPrefix):
			if old {
				find(LeftBehind, name)
			}
		case inVault && !isVaultName(strings.TrimPrefix(name, vaultName+"/")):
			find(FileUnknown, name)
		case inVault && info.Mode().Perm()&0o222 != 0:
			find(ContentWritable, name)
		case !inVault && matches(copyPattern, name):
			find(CopyKept, name)
		}
		return nil
	})
	return findings, err
}

func matches(pattern, name string) bool {
	matched, err := path.Match(pattern, name)
	return matched && err == nil
}
