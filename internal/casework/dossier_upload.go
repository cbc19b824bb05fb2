package casework

import (
	"cmp"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"

	"constancia/internal/casefile"
	"constancia/internal/dossier"
	"constancia/internal/dossier/addressee"
	"constancia/internal/durable"
	"constancia/internal/i18n"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// UploadSet says which dossier to make as files that an authority's form takes, and in which folder, which is made. Out and
// Overwrite are not looked at.
type UploadSet struct {
	ExportDossier
	Folder string
}

// UploadSetMade is what was made: in the folder the volumes and the facts, in its folder [CompleteFolder] the dossier.
type UploadSetMade struct {
	Folder string `json:"folder"`
	// Volumes are in their order.
	Volumes []UploadVolume `json:"volumes"`
	// Complete is the dossier that they are the pages of. It is kept, not uploaded.
	Complete Exported `json:"complete"`
	// Facts is a file with the facts as plain text, to be pasted.
	Facts  string           `json:"facts"`
	Limits addressee.Limits `json:"limits"`
	// SmallPictures says that pictures were reduced: the volumes would not have fit.
	SmallPictures bool `json:"small_pictures"`
	// Unfit are the pages that fit no volume all the same, and UnfitRows what begins on them.
	Unfit     []int         `json:"unfit"`
	UnfitRows []dossier.Tag `json:"unfit_rows"`
	// Unstamped is what kept the chosen service from volumes that have no time stamp: each can be stamped later.
	Unstamped *problem.Problem `json:"-"`
}

// UploadVolume is a file of an upload set.
type UploadVolume struct {
	Name   string `json:"name"`
	First  int    `json:"first_page"` // as printed
	Last   int    `json:"last_page"`
	Size   int64  `json:"size"` // bytes
	SHA256 string `json:"sha256"`
	// StampedAt and StampedBy are as in [Exported].
	StampedAt string `json:"stamped_at,omitempty"`
	StampedBy string `json:"stamped_by,omitempty"`
}

// WithoutStamp are the names of the volumes that have no time stamp.
func (s UploadSetMade) WithoutStamp() []string {
	var names []string
	for _, volume := range s.Volumes {
		if volume.StampedAt == "" {
			names = append(names, volume.Name)
		}
	}
	return names
}

// The names in an upload set's folder.
const (
	CompleteFolder = "complete"
	completeName   = "dossier.pdf"
	factsName      = "facts.txt"
)

const (
	// volumeEdition is what a volume is on record as.
	volumeEdition = "volume"
	// factsLimit is what forms take, in characters.
	factsLimit = 1500
)

// ExportUploadSet makes a dossier in volumes that an authority's form takes, and puts each on record. The folder is made
// whole or not at all. Nothing is embedded in the volumes; each page tells the hash of the complete dossier.
// When a service was chosen, it stamps the complete dossier and each volume.
//
// Problems: those of [Casework.ExportDossier]; file_exists when the folder is there; not_a_choice for the press edition.
func (c *Casework) ExportUploadSet(ctx context.Context, n UploadSet, progress func(Progress)) (UploadSetMade, error) {
	if n.Edition = cmp.Or(n.Edition, dossier.Regulator); n.Edition == dossier.Press {
		return UploadSetMade{}, problem.New(problem.NotAChoice, problem.Values{
			"field": "edition", "value": string(n.Edition), "choices": string(dossier.Regulator) + ", " + string(dossier.HeadOffice)})
	}
	unstamped, err := c.sealForExport(ctx, n.CaseID, progress)
	if err != nil {
		return UploadSetMade{}, err
	}
	made, err := c.compileDossier(ctx, n.ExportDossier, true, progress)
	if err != nil {
		return UploadSetMade{}, err
	}
	set := UploadSetMade{Folder: n.Folder, Complete: Exported{Unstamped: unstamped, Addressee: made.addressed},
		Limits: limitsOf(made.addressed), Unfit: []int{}, UnfitRows: []dossier.Tag{}}
	err = writeFolder(n.Folder, func(folder string) error {
		if err := c.fillUploadSet(ctx, folder, n, made, &set, progress); err != nil {
			return err
		}
		return c.recordUploadSet(ctx, n, made, set)
	})
	if err != nil {
		return UploadSetMade{}, err
	}
	set.Complete.Path = filepath.Join(n.Folder, CompleteFolder, completeName)
	set.Facts = filepath.Join(n.Folder, factsName)
	return set, nil
}

func limitsOf(to Addressed) addressee.Limits {
	if known, ok := addressee.Find(to.ID); ok {
		return known.Limits
	}
	return addressee.Usual
}

// fillUploadSet writes the complete dossier, its volumes, and the facts.
func (c *Casework) fillUploadSet(
	ctx context.Context, folder string, n UploadSet, made compiledDossier, set *UploadSetMade, progress func(Progress),
) error {
	complete := filepath.Join(folder, CompleteFolder)
	if err := os.Mkdir(complete, 0o700); err != nil {
		return err
	}
	err := durable.WriteAndReadBack(filepath.Join(complete, completeName), func(file *os.File) error {
		return c.writeDossier(ctx, file, made, &set.Complete)
	})
	if err != nil {
		return err
	}
	report(progress, Progress{What: "drawing"})
	set.Unstamped = set.Complete.Unstamped // a service that has just failed is not asked again
	if err := c.writeVolumes(ctx, folder, made, set); err != nil {
		return err
	}
	file, err := c.library.CaseFile(ctx, n.CaseID)
	if err != nil {
		return err
	}
	facts := dossier.PlainFacts(file, made.model.Summary.Sentence, i18n.For(made.model.Language).Text("dossier.summary.asked"), factsLimit)
	return durable.WriteFile(filepath.Join(folder, factsName), func(w io.Writer) error {
		_, err := io.WriteString(w, facts)
		return err
	})
}

// recordUploadSet puts the dossier and its volumes on record, in one act.
func (c *Casework) recordUploadSet(ctx context.Context, n UploadSet, made compiledDossier, set UploadSetMade) error {
	return c.record(ctx, n.CaseID, func(o *operation) {
		add := func(edition string, file UploadVolume) {
			o.add(record.KindExport, casefile.Export{
				CaseID: n.CaseID, Edition: edition, Language: string(n.Language), FileName: file.Name, SHA256: file.SHA256, Size: file.Size,
				Fingerprint: made.model.RecordFingerprint, Heads: made.heads, Addressee: made.addressed.Name,
				StampedAt: file.StampedAt, StampedBy: file.StampedBy})
		}
		complete := set.Complete
		add(string(made.model.Edition), UploadVolume{Name: completeName, Size: complete.Size, SHA256: complete.SHA256,
			StampedAt: complete.StampedAt, StampedBy: complete.StampedBy})
		for _, volume := range set.Volumes {
			add(volumeEdition, volume)
		}
	})
}

// writeFolder makes a folder with what write puts into it, under another name until all is there.
//
// Problems: file_exists, file_unwritable, disk_full.
func writeFolder(path string, write func(folder string) error) error {
	path = filepath.Clean(path)
	if _, err := os.Lstat(path); err == nil {
		return problem.New(problem.FileExists, problem.Values{"path": path})
	}
	folder, err := os.MkdirTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return explainFile(err, path)
	}
	if err = write(folder); err == nil {
		err = errors.Join(durable.SyncNames(folder), os.Rename(folder, path))
	}
	if err != nil {
		return explainFile(errors.Join(err, os.RemoveAll(folder)), path)
	}
	return explainFile(durable.SyncNames(filepath.Dir(path)), path)
}

// rowsOn are the rows that begin on some pages, in the order of their tags.
func rowsOn(pages []int, places map[dossier.Tag]int) []dossier.Tag {
	rows := []dossier.Tag{}
	for tag, page := range places {
		if slices.Contains(pages, page) {
			rows = append(rows, tag)
		}
	}
	slices.Sort(rows)
	return rows
}
